"""What referrals hold of a member beyond their labelled columns: their slips, and their name in the other group's."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select, update

from app.core.groups.domain.standing import Group
from app.core.ids import MemberId
from app.core.local_time import local_datetime
from app.core.people.former import FORMER_MEMBER
from app.core.person_data.exported import Exported
from app.core.texts import translated
from app.core.work import UnitOfWork
from app.plugins.referrals.models import SlipRow, ThankYouRow
from app.plugins.referrals.queries import own_data as own

_SLIP: Any = SlipRow.__table__
_THANKS: Any = ThankYouRow.__table__


def export_slips(work: UnitOfWork, group: Group, member_id: MemberId) -> Sequence[Exported]:
    """Return the slips of both sides with their steps; no contact of a prospect: each look at one is on record."""
    slips = own.own_slips(work.session, group.id, member_id)
    steps = own.own_steps(work.session, group.id, member_id)
    reports = own.own_reports(work.session, group.id, member_id)
    return (
        Exported(name="slips", rows=[_slip(group, one) for one in slips]),
        Exported(
            name="steps of slips",
            rows=[
                {"slip": one.slip, "act": one.act, "at": _moment(group, one.at), "by": one.by_name}
                for one in steps
            ],
        ),
        Exported(
            name="own reports",
            rows=[{"slip": one.slip, "report": one.report, "answer": one.answer} for one in reports],
        ),
    )


def erase_outside(work: UnitOfWork, group: Group, member_id: MemberId) -> int:
    """Take the member's name out of the slips that another group keeps of what they passed or got there."""
    passed = select(_SLIP.c.exchange_id).where(
        _SLIP.c.group_id == group.id,
        _SLIP.c.exchange_id.is_not(None),
        or_(_SLIP.c.giver_member_id == member_id, _SLIP.c.receiver_member_id == member_id),
    )
    there = (_SLIP.c.group_id != group.id) & _SLIP.c.exchange_id.in_(passed)
    slips = select(_SLIP.c.id).where(there)
    nobody = translated(group.locale, FORMER_MEMBER)
    emptied = 0
    for table, condition, columns in (
        (_SLIP, there, ("giver_outside", "receiver_outside")),
        (
            _THANKS,
            (_THANKS.c.group_id != group.id) & _THANKS.c.slip_id.in_(slips),
            ("thanker_outside", "thanked_outside"),
        ),
    ):
        for column in columns:
            named = table.c[column].not_in(("", nobody))
            changed = work.session.execute(
                update(table).where(condition, named).values({column: nobody}).returning(table.c.id)
            )
            emptied += len(changed.all())
    return emptied


def _slip(group: Group, one: own.OwnSlip) -> dict[str, str | int | None]:
    return {
        "slip": one.public_id,
        "way": "given" if one.is_given else "received",
        "other": one.other_name,
        "prospect": one.prospect_name,
        "about": one.about,
        "state": one.state,
        "passed_at": _moment(group, one.passed_at),
        "closed_at": _moment(group, one.closed_at),
    }


def _moment(group: Group, at: datetime | None) -> str:
    return local_datetime(at, group.zone).isoformat(timespec="seconds") if at else ""
