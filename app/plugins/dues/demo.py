"""Fills a demo group with believable dues: a membership fee a year, paid by nearly all, and a few meeting fees."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import insert

from app.core.local_time import instant_of
from app.core.work import UnitOfWork
from app.plugin_api import DemoGroup, MemberBrief
from app.plugins.dues.domain.entry import DueKind, DueState
from app.plugins.dues.models import EntryRow

_MEMBERSHIP_MINOR, _MEETING_MINOR = 45_000, 1_800
_PAYS = 0.93
_OWES_FOR_A_MEETING = 0.15
_YEAR = timedelta(days=365)
_SOON = timedelta(days=45)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Due:
    """An amount of the demo; without `paid_on` it is still to be paid."""

    kind: DueKind
    amount_minor: int
    due_on: date
    paid_on: date | None


def fill_demo(work: UnitOfWork, group: DemoGroup) -> None:
    """Note each member's fee of the year, the next ones that are soon due, and a few meeting fees."""
    chance = group.chance("dues")
    rows = [
        _row(work, group, member, due)
        for member in group.members_on(group.today)
        for due in _dues_of(group.today, chance)
    ]
    if rows:
        work.session.execute(insert(EntryRow), rows)


def _dues_of(today: date, chance: Any) -> list[_Due]:
    due_on = today - timedelta(days=chance.randrange(5, 360))
    paid_on = min(today, due_on + timedelta(days=chance.randrange(-20, 12)))
    has_paid = chance.random() < _PAYS
    dues = [
        _Due(
            kind=DueKind.MEMBERSHIP,
            amount_minor=_MEMBERSHIP_MINOR,
            due_on=due_on,
            paid_on=paid_on if has_paid else None,
        )
    ]
    if has_paid and due_on + _YEAR <= today + _SOON:
        dues.append(
            _Due(
                kind=DueKind.MEMBERSHIP,
                amount_minor=_MEMBERSHIP_MINOR,
                due_on=due_on + _YEAR,
                paid_on=None,
            )
        )
    if chance.random() < _OWES_FOR_A_MEETING:
        dues.append(
            _Due(
                kind=DueKind.MEETING,
                amount_minor=_MEETING_MINOR,
                due_on=today + timedelta(days=chance.randrange(-3, 20)),
                paid_on=None,
            )
        )
    return dues


def _row(work: UnitOfWork, group: DemoGroup, member: MemberBrief, due: _Due) -> dict[str, Any]:
    noted_on = min(group.today, due.due_on - timedelta(days=30))
    return {
        "group_id": group.group_id,
        "id": work.ids.key(),
        "public_id": work.ids.public_id(),
        "member_id": member.id,
        "listed_name": "",
        "kind": due.kind.value,
        "amount_minor": due.amount_minor,
        "currency": group.currency,
        "due_on": due.due_on,
        "state": (DueState.PAID if due.paid_on else DueState.OWED).value,
        "paid_on": due.paid_on,
        "note": "",
        "batch_id": None,
        "noted_at_utc": instant_of(noted_on, time(12), group.zone),
        "version": 1,
    }
