"""Writing confirmations: a link made, used up, run out; and the weight of a counted report that a customer confirmed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, or_, update
from sqlalchemy.orm import Session

from app.core.ids import GroupId, MemberId
from app.plugins.credibility.domain.confirming import CONFIRMED
from app.plugins.credibility.models import EvidenceRow
from app.plugins.credibility.models_confirming import ConfirmationRow
from app.plugins.credibility.sealed import call, is_behind_functions

_CONFIRMATION: Any = ConfirmationRow.__table__
_EVIDENCE: Any = EvidenceRow.__table__


def add_asking(session: Session, values: Mapping[str, Any]) -> None:
    """Keep that a customer is asked for the first time."""
    session.execute(insert(_CONFIRMATION).values(**values))


def change_asking(session: Session, group_id: GroupId, slip_id: int, values: Mapping[str, Any]) -> None:
    """Put another link in the place of the one before."""
    session.execute(
        update(_CONFIRMATION)
        .where(_CONFIRMATION.c.group_id == group_id, _CONFIRMATION.c.slip_id == slip_id)
        .values(**values)
    )


def use_up(session: Session, group_id: GroupId, slip_id: int, *, confirmed_at: datetime | None) -> None:
    """Forget the link, which was answered; keep the instant of a yes, and nothing of any other answer.

    A yes that stands already stays.
    """
    values: dict[str, Any] = {"link_hash": None}
    if confirmed_at is not None:
        values["confirmed_at_utc"] = confirmed_at
    change_asking(session, group_id, slip_id, values)


def close_links(session: Session, group_id: GroupId, which: Any) -> Sequence[int]:
    """Forget the links of these askings; return the slips that had one."""
    return list(
        session.scalars(
            update(_CONFIRMATION)
            .where(_CONFIRMATION.c.group_id == group_id, _CONFIRMATION.c.link_hash.is_not(None), which)
            .values(link_hash=None)
            .returning(_CONFIRMATION.c.slip_id)
        )
    )


def close_link_of(session: Session, group_id: GroupId, slip_id: int) -> None:
    """Forget the link of a slip whose customer must be asked no more."""
    close_links(session, group_id, _CONFIRMATION.c.slip_id == slip_id)


def close_links_over(session: Session, group_id: GroupId, now: datetime) -> Sequence[int]:
    """Forget the links that have run out; return their slips."""
    return close_links(session, group_id, _CONFIRMATION.c.expires_at_utc <= now)


def forget_askings(session: Session, group_id: GroupId, before: datetime) -> int:
    """Take away what was asked before that instant, with the yes; return how many."""
    old = (_CONFIRMATION.c.group_id == group_id, _CONFIRMATION.c.asked_at_utc < before)
    return len(session.execute(delete(_CONFIRMATION).where(*old).returning(_CONFIRMATION.c.slip_id)).all())


def unconfirm(session: Session, group_id: GroupId, member_id: MemberId) -> None:
    """Take every yes about a member away, who does not take part; that it was asked for stays, so that nobody sees it."""
    session.execute(
        update(_CONFIRMATION)
        .where(_CONFIRMATION.c.group_id == group_id, _CONFIRMATION.c.about_member_id == member_id)
        .values(confirmed_at_utc=None)
    )


def drop_askings_of(session: Session, group_id: GroupId, member_id: MemberId) -> Sequence[int]:
    """Take away what was asked about a member, and what they asked themselves; return the slips.

    A yes to what they asked stays with the record of somebody else, without a link.
    """
    of_group = _CONFIRMATION.c.group_id == group_id
    by_them = _CONFIRMATION.c.by_member_id == member_id
    unanswered = by_them & _CONFIRMATION.c.confirmed_at_utc.is_(None)
    gone = or_(_CONFIRMATION.c.about_member_id == member_id, unanswered)
    dropped = session.scalars(
        delete(_CONFIRMATION).where(of_group, gone).returning(_CONFIRMATION.c.slip_id)
    ).all()
    return [*dropped, *close_links(session, group_id, by_them)]


def merge_askings(session: Session, group_id: GroupId, kept: MemberId, gone: MemberId) -> None:
    """Let one member stand where two did; what the two asked about each other is nothing."""
    two, of_group = (kept, gone), _CONFIRMATION.c.group_id == group_id
    session.execute(
        delete(_CONFIRMATION).where(
            of_group, _CONFIRMATION.c.by_member_id.in_(two), _CONFIRMATION.c.about_member_id.in_(two)
        )
    )
    for column in ("by_member_id", "about_member_id"):
        session.execute(
            update(_CONFIRMATION).where(of_group, _CONFIRMATION.c[column] == gone).values({column: kept})
        )


def lift_evidence(session: Session, group_id: GroupId, row_id: int, weight: float) -> None:
    """Give a counted report the weight of a confirmed one, at its old place."""
    if is_behind_functions(session):
        call(session, "lift_evidence", group=group_id, id=row_id, weight=weight, voice=CONFIRMED)
        return
    session.execute(
        update(_EVIDENCE)
        .where(_EVIDENCE.c.group_id == group_id, _EVIDENCE.c.id == row_id)
        .values(weight=weight, voice=CONFIRMED)
    )
