"""Prospects are people: forgotten when their time has come, when one of the two sides or an office asks, when they object."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from app.core.errors import NotFound, Refusal, Refused
from app.core.groups.domain.standing import Group
from app.core.ids import MemberId
from app.core.local_time import local_day
from app.core.sentences import N_
from app.core.work import UnitOfWork
from app.plugins.referrals.domain.contact import is_findable, is_same_contact
from app.plugins.referrals.domain.expiry import KEPT_FOR
from app.plugins.referrals.interface import ProspectForgotten
from app.plugins.referrals.queries.elsewhere import other_slip
from app.plugins.referrals.queries.one_slip import slip_for
from app.plugins.referrals.queries.parties import is_member
from app.plugins.referrals.queries.rights import Held, all_held, due_for_forgetting, held_about
from app.plugins.referrals.services.carrying import record_in_both, tell_elsewhere
from app.plugins.referrals.services.telling import Addresses, News, tell
from app.plugins.referrals.store_rights import redact

EXPIRED: Final = "expired"
ASKED: Final = "asked"
OBJECTED: Final = "objected"

FORGOTTEN = N_("The prospect of a slip between you and %(name)s is forgotten, as they wish.")
OF_FORGETTING = N_(
    "The prospect of a slip between you and %(name)s in %(group)s does not want to be kept any longer. Their name, "
    "contact and all that was written about them are gone here:\n\n%(link)s\n\nPlease delete what you noted "
    "elsewhere, and do not contact them again.\n"
)

Find = Callable[[str], Addresses]
"""Returns where the slip of a public id is found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetContact:
    """An office passes on that somebody wants to be forgotten, who was reached at `contact`."""

    group: Group
    contact: str
    find: Find


def forget_due(work: UnitOfWork, group: Group) -> int:
    """Forget the prospects whose time has come; return how many. A job: must not commit, and tells nobody."""
    today, silent_since = local_day(work.now, group.zone), work.now - KEPT_FOR
    due = due_for_forgetting(work.session, group.id, today=today, silent_since=silent_since)
    return sum(_forget(work, group, held, EXPIRED) for held in due)


def forget_for(work: UnitOfWork, group: Group, slip: str, member: MemberId, find: Find) -> None:
    """Forget the prospect of the slip, as its giver or receiver asks; the other side is told, if they know of it. Commits.

    `NotFound` for everyone else, and once it is forgotten.
    """
    view = slip_for(work.session, group.id, slip, member, now=work.now)
    held = held_about(work.session, group.id, slip) if view else None
    if held is None or not _forget(work, group, held, ASKED):
        raise NotFound
    if view is not None and not view.slip.is_untold(work.now):
        _tell(work, group, held, find, but=member)
    work.commit()


def forget_contact(work: UnitOfWork, command: ForgetContact) -> None:
    """Forget whoever is reached at the contact, and tell both sides of each slip. Commits.

    Says nothing of whether anybody was found: an office does not learn who is a prospect.
    """
    if not is_findable(command.contact):
        raise Refused([Refusal(code="referrals.contact_missing", field="contact")])
    for held in all_held(work.session, command.group.id):
        if is_same_contact(held.contact, command.contact) and _forget(work, command.group, held, ASKED):
            _tell(work, command.group, held, command.find)
    work.commit()


def object_to(work: UnitOfWork, group: Group, slip: str, find: Find) -> None:
    """Forget the prospect of the slip, who objects by their own link, and tell both sides. Commits.

    Nothing happens where it is forgotten already. The caller has read the slip from a signed link.
    """
    held = held_about(work.session, group.id, slip)
    if held is not None and _forget(work, group, held, OBJECTED):
        _tell(work, group, held, find)
    work.commit()


def _forget(work: UnitOfWork, group: Group, held: Held, why: str) -> bool:
    """Forget the prospect of the slip, in both groups of a slip between two; False where it was forgotten already."""
    session, has_objected = work.session, why == OBJECTED
    other = other_slip(session, group.id, held.exchange)
    if not redact(session, group.id, held.slip_id, held.prospect_id, work.now, has_objected=has_objected):
        return False
    if other is not None:
        redact(session, other.group.id, other.id, other.prospect_id, work.now, has_objected=has_objected)
    record_in_both(work, ProspectForgotten(group_id=group.id, slip_id=held.slip_id, why=why), other)
    return True


def _tell(work: UnitOfWork, group: Group, held: Held, find: Find, but: MemberId | None = None) -> None:
    """Tell the sides of the slip who are members today, each with the name of the other, and who is of another group."""
    today = local_day(work.now, group.zone)
    if other := other_slip(work.session, group.id, held.exchange):
        tell_elsewhere(work, other, _news(held, other.our_name), find(held.slip))
    for member, other_name in ((held.giver, held.receiver_name), (held.receiver, held.giver_name)):
        if member is None or member == but or not is_member(work.session, group.id, member, today):
            continue
        tell(work, group, member, _news(held, other_name), find(held.slip))


def _news(held: Held, other_name: str) -> News:
    return News(
        kind="referrals.prospect_forgotten",
        sentence=FORGOTTEN,
        body=OF_FORGETTING,
        name=other_name,
        subject=held.slip,
    )
