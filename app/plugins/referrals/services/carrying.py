"""What a slip between two groups carries to the other one: its events, its expiry, and the news to the member there."""

from dataclasses import replace
from typing import Any

from app.core.events import DomainEvent
from app.core.groups.queries import member_by_key
from app.core.ids import GroupId
from app.core.local_time import local_day
from app.core.work import UnitOfWork
from app.plugins.referrals.domain.slip import Slip
from app.plugins.referrals.queries.elsewhere import OtherSlip, other_slip
from app.plugins.referrals.services.telling import Addresses, News, keep_untold, tell


def carried(work: UnitOfWork, group_id: GroupId, slip: Slip) -> OtherSlip | None:
    """Return the other group's row of the slip, or None for a slip within the group."""
    return other_slip(work.session, group_id, slip.exchange)


def record_in_both(work: UnitOfWork, event: Any, other: OtherSlip | None) -> None:
    """Record the event here, and about the other group's row there: each ledger tells the whole of its own group."""
    work.record(event)
    if other is not None:
        there: DomainEvent = replace(event, group_id=other.group.id, slip_id=other.id)
        work.record(there)


def tell_elsewhere(work: UnitOfWork, other: OtherSlip, news: News, addresses: Addresses) -> None:
    """Tell the member of the other group, by name and group of ours, with the address of their own slip.

    Nobody who has left there is told, nor where referrals are switched off: the page would not open.
    """
    line = member_by_key(work.session, other.group.id, other.member_id)
    today = local_day(work.now, other.group.zone)
    has_left = line.ended_on is not None and line.ended_on < today
    if has_left or not other.group.is_on:
        return
    told = replace(news, name=other.our_name, subject=other.public_id)
    tell(work, other.group, other.member_id, told, _addresses_there(other, addresses))


def keep_untold_elsewhere(work: UnitOfWork, other: OtherSlip) -> None:
    """Take away what the member of the other group was about to be told of a new slip."""
    keep_untold(work, other.group.id, other.member_id, slip=other.public_id, path=_path_there(other))


def _path_there(other: OtherSlip) -> str:
    return f"/g/{other.group.slug}/referrals/slips/{other.public_id}"


def _addresses_there(other: OtherSlip, here: Addresses) -> Addresses:
    """Return where the other group's slip is found; the house is the same, so what comes before the path is too."""
    path = _path_there(other)
    house = here.link.removesuffix(here.path)
    return Addresses(path=path, link=f"{house}{path}" if here.link else "")
