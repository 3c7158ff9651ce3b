"""What was asked of customers, as the giver may know it; and which slips are confirmed, for the weekly counting alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.groups.domain.standing import Group
from app.core.ids import GroupId, MemberId
from app.core.work import UnitOfWork
from app.plugins.credibility.domain.confirming import can_be_confirmed
from app.plugins.credibility.domain.reports import Facet, handling_worth
from app.plugins.credibility.models_confirming import ConfirmationRow
from app.plugins.credibility.queries.facts import facts_of
from app.plugins.credibility.queries.shown import Surfaced, shown_of
from app.plugins.referrals.interface import ReferredCustomer

_CONFIRMATION: Any = ConfirmationRow.__table__


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """That a customer was asked. Whether they answered, and what, is not in it: no page can show it."""

    slip_id: int
    about_member_id: MemberId
    links: int
    asked_at: datetime
    expires_at: datetime
    mailed_at: datetime | None


def asked_on_slip(session: Session, group_id: GroupId, slip_id: int) -> Asked | None:
    """Return what was asked on the slip, or None; one statement."""
    return _asked(session, group_id, _CONFIRMATION.c.slip_id == slip_id)


def could_lift(work: UnitOfWork, group: Group, customer: ReferredCustomer) -> bool:
    """Return whether a customer's yes could lift the giver's report, by what the giver knows: that it is good, and their own record.

    Whether the receiver takes part is no part of it: an invitation that is missing would tell. About twelve statements.
    """
    handed = facts_of(work, group).handed(customer.slip_id) if customer.answer else None
    if handed is None or not can_be_confirmed(Facet.HANDLING, handling_worth(customer.answer, handed)):
        return False
    return not isinstance(shown_of(work, group, customer.giver_member_id), Surfaced)


def asked_by_link(session: Session, group_id: GroupId, link_hash: str, now: datetime) -> Asked | None:
    """Return what a link asks that can still be answered, or None; one statement."""
    is_it = _CONFIRMATION.c.link_hash == link_hash
    return _asked(session, group_id, is_it & (_CONFIRMATION.c.expires_at_utc > now))


def has_link(session: Session, group_id: GroupId, slip_id: int, link_hash: str) -> bool:
    """Return whether this is the link of the slip that stands."""
    is_it = (_CONFIRMATION.c.slip_id == slip_id) & (_CONFIRMATION.c.link_hash == link_hash)
    return _asked(session, group_id, is_it) is not None


def slips_with_link(session: Session, group_id: GroupId) -> Sequence[int]:
    """Return the slips whose customer holds a link; one statement."""
    query = select(_CONFIRMATION.c.slip_id).where(
        _CONFIRMATION.c.group_id == group_id, _CONFIRMATION.c.link_hash.is_not(None)
    )
    return list(session.scalars(query.order_by(_CONFIRMATION.c.slip_id)))


def confirmed_slips(session: Session, group_id: GroupId, at: datetime) -> frozenset[int]:
    """Return the slips whose customers had confirmed by `at`; one statement."""
    query = select(_CONFIRMATION.c.slip_id).where(
        _CONFIRMATION.c.group_id == group_id, _CONFIRMATION.c.confirmed_at_utc <= at
    )
    return frozenset(session.scalars(query))


def confirmed_at(session: Session, group_id: GroupId) -> Mapping[int, datetime]:
    """Return when customers confirmed, by slip: for weighing reports anew; one statement."""
    query = select(_CONFIRMATION.c.slip_id, _CONFIRMATION.c.confirmed_at_utc).where(
        _CONFIRMATION.c.group_id == group_id, _CONFIRMATION.c.confirmed_at_utc.is_not(None)
    )
    return {row.slip_id: row.confirmed_at_utc for row in session.execute(query)}


def _asked(session: Session, group_id: GroupId, which: Any) -> Asked | None:
    row = session.execute(
        select(_CONFIRMATION).where(_CONFIRMATION.c.group_id == group_id, which)
    ).one_or_none()
    if row is None:
        return None
    return Asked(
        slip_id=row.slip_id,
        about_member_id=MemberId(row.about_member_id),
        links=row.links,
        asked_at=row.asked_at_utc,
        expires_at=row.expires_at_utc,
        mailed_at=row.mailed_at_utc,
    )
