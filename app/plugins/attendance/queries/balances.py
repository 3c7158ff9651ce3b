"""What other systems' summaries say of times before: the opening balances that touch a period, one statement."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, and_, bindparam, select
from sqlalchemy.orm import Session

from app.core.ids import GroupId, MemberId
from app.core.intake.models import ImportBatchRow
from app.core.intake.tail_rows import TailKind, tail_kind
from app.core.local_time import Period
from app.plugins.attendance.domain.palms import Palms
from app.plugins.attendance.domain.whole_palms import (
    NO_NUMBERS,
    THANK_YOU,
    Balance,
    Numbers,
    column_key,
)
from app.plugins.attendance.models import OpeningBalanceRow

_BALANCE: Any = OpeningBalanceRow.__table__
_BATCH: Any = ImportBatchRow.__table__
_BATCH_OF_BALANCE = and_(_BATCH.c.group_id == _BALANCE.c.group_id, _BATCH.c.id == _BALANCE.c.batch_id)
_COUNTED = {
    "rgi": "RGI",
    "rgo": "RGO",
    "rri": "RRI",
    "rro": "RRO",
    "visitors": "V",
    "one_to_ones": "1-2-1",
    "learning_units": "CEU",
    "testimonials": "T",
}
_NO_PEOPLE = frozenset((TailKind.OUTSIDE, TailKind.VISITORS))
_BALANCES: Select[Any] = (
    select(*_BALANCE.c, _BATCH.c.file_name)
    .select_from(_BALANCE.join(_BATCH, _BATCH_OF_BALANCE))
    .where(_BALANCE.c.group_id == bindparam("group_id"))
    .order_by(_BALANCE.c.first_day, _BALANCE.c.batch_id, _BALANCE.c.id)
)
_TOUCHING = _BALANCES.where(
    _BALANCE.c.first_day <= bindparam("last"), _BALANCE.c.last_day >= bindparam("first")
)


def balances_touching(session: Session, group_id: GroupId, period: Period) -> list[Balance]:
    """Return the balances that have a day in the period, the earliest first."""
    bound = {"group_id": group_id, "first": period.first, "last": period.last}
    return _balances(session.execute(_TOUCHING, bound).all())


def all_balances(session: Session, group_id: GroupId) -> list[Balance]:
    """Return every balance of the group, the earliest first."""
    return _balances(session.execute(_BALANCES, {"group_id": group_id}).all())


def _balances(rows: Sequence[Any]) -> list[Balance]:
    together: dict[tuple[Any, ...], list[Any]] = {}
    for row in rows:
        together.setdefault((row.batch_id, row.first_day, row.last_day), []).append(row)
    return [_balance(lines) for lines in together.values()]


def _balance(rows: Sequence[Any]) -> Balance:
    members: dict[MemberId, Numbers] = {}
    unlisted, outside = NO_NUMBERS, NO_NUMBERS
    for row in rows:
        if row.member_id is None and tail_kind(row.listed_name) in _NO_PEOPLE:
            outside += _numbers(row)
        elif row.member_id is None:
            unlisted += _numbers(row)
        else:
            member_id = MemberId(row.member_id)
            members[member_id] = members.get(member_id, NO_NUMBERS) + _numbers(row)
    return Balance(
        source=rows[0].file_name,
        period=Period(first=rows[0].first_day, last=rows[0].last_day),
        meetings=max(row.meetings or 0 for row in rows),
        members=members,
        people_listed_no_more=unlisted,
        from_outside=outside,
        order=list(members),
    )


def _numbers(row: Any) -> Numbers:
    others = {column_key(code): getattr(row, name) for name, code in _COUNTED.items()}
    others[column_key(THANK_YOU, row.currency)] = row.thank_you_minor
    palms = Palms(present=row.p, absent=row.a, late=row.l, medical=row.m, substitute=row.s)
    return Numbers(palms=palms, others=others)
