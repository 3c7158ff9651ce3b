"""What would a PALMS summary change? Names to members, counts to balances; what stands already stays and is told."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from babel.numbers import get_currency_precision
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.groups.domain.standing import Group
from app.core.ids import GroupId, MemberId
from app.core.intake.kept_cells import KeptCell, cells_beside
from app.core.intake.remarks import Period
from app.core.intake.summary import Summary
from app.core.intake.summary_header import Measure
from app.core.intake.summary_line import SummaryCounts, SummaryLine
from app.core.intake.summary_notes import SummaryResidue
from app.core.intake.tail_rows import TailKind
from app.core.meetings.models import MeetingRow
from app.core.sentences import N_
from app.core.sheets import folded
from app.plugins.attendance.domain.record import RecordState
from app.plugins.attendance.models import MarkRow, OpeningBalanceRow, RecordRow
from app.plugins.attendance.services.weekly_plan import Said
from app.plugins.attendance.store_balances import COLUMN_OF

STANDS_ALREADY = N_(
    "Row %(row)s: %(name)s has counts from %(first)s to %(last)s, from an earlier file. They stay as they are, and "
    "this row is left out. To replace them, undo that import first."
)
RECORDED_BESIDE = N_(
    "Row %(row)s: %(name)s has letters in submitted records within this period (%(letters)s). Both count. "
    "To count only one of them, say a period that ends before."
)
ROUNDED = N_(
    "Row %(row)s: the amount %(found)s of %(name)s has more digits than the currency; it was rounded."
)
OTHER_GROUP = N_("The file is of “%(found)s”. Check that it is your group’s.")

_BALANCE: Any = OpeningBalanceRow.__table__
_MARK: Any = MarkRow.__table__
_RECORD: Any = RecordRow.__table__
_MEETING: Any = MeetingRow.__table__
PEOPLE_NO_LONGER_LISTED = "People no longer listed"
"""Under which name it is kept what the Total row counts beyond the rows above it; files are not asked for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedBalance:
    """One row that would be kept; `row` is where it stands in the file."""

    row: int
    member_id: MemberId | None
    listed_name: str
    said: SummaryCounts
    thank_you_minor: int


@dataclass(kw_only=True)
class SummaryPlan:
    """What would be kept, what stands already, and everything there is to say about it.

    `kept_cells` are the further columns, kept as notes with the file.
    """

    period: Period
    meetings: int | None
    currency: str
    balances: list[PlannedBalance] = field(default_factory=list)
    kept_cells: list[KeptCell] = field(default_factory=list)
    already_there: int = 0
    overlaps: list[Said] = field(default_factory=list)
    remarks: list[Said] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Standing:
    member_id: MemberId | None
    folded_name: str
    first: date
    last: date
    counts: tuple[int, ...]


def minor_units(amount: Decimal, currency: str) -> int:
    """Return an amount in whole minor units of its currency, rounded half up."""
    return int(amount.scaleb(get_currency_precision(currency)).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def plan_summary(
    session: Session,
    group: Group,
    summary: Summary,
    member_of_row: Mapping[int, MemberId | None],
    *,
    period: Period,
    currency: str,
) -> SummaryPlan:
    """Return what the summary would change in the group; two statements.

    Rows missing in `member_of_row` are open questions of the desk and left out of the plan.
    """
    plan = SummaryPlan(period=period, meetings=summary.meetings, currency=currency)
    if summary.group_name and folded(summary.group_name) != folded(group.name):
        plan.remarks.append(Said(sentence=OTHER_GROUP, facts={"found": summary.group_name}))
    standing = _standing(session, group.id, period)
    letters = _letters_recorded(session, group.id, period)
    for balance in _wanted(summary, member_of_row, currency):
        if known := _of_the_same(balance, standing):
            _say_it_stands(plan, balance, known)
            continue
        plan.balances.append(balance)
        if beside := letters.get(balance.member_id, 0):
            facts = {"row": balance.row, "name": balance.listed_name, "letters": beside}
            plan.overlaps.append(Said(sentence=RECORDED_BESIDE, facts=facts))
    plan.remarks += _rounded(summary, currency)
    plan.kept_cells += _kept_beside(summary.lines, member_of_row)
    return plan


def _wanted(
    summary: Summary, member_of_row: Mapping[int, MemberId | None], currency: str
) -> Iterator[PlannedBalance]:
    """Yield a balance for each person, for money from outside the group, and for people no longer listed."""
    for line in summary.lines:
        if line.row in member_of_row:
            yield PlannedBalance(
                row=line.row,
                member_id=member_of_row[line.row],
                listed_name=line.name.full,
                said=line.said,
                thank_you_minor=minor_units(line.said.thank_you, currency),
            )
    for foot in summary.tail:
        if foot.kind is not TailKind.TOTAL and foot.said.thank_you:
            yield PlannedBalance(
                row=foot.row,
                member_id=None,
                listed_name=foot.label,
                said=SummaryCounts(thank_you=foot.said.thank_you),
                thank_you_minor=minor_units(foot.said.thank_you, currency),
            )
    if beyond := {one.measure: one for one in summary.residues if one.beyond > 0}:
        yield _of_people_no_longer_listed(beyond, currency)


def _of_people_no_longer_listed(beyond: Mapping[Measure, SummaryResidue], currency: str) -> PlannedBalance:
    money = beyond[Measure.THANK_YOU].beyond if Measure.THANK_YOU in beyond else Decimal(0)
    return PlannedBalance(
        row=next(iter(beyond.values())).row,
        member_id=None,
        listed_name=PEOPLE_NO_LONGER_LISTED,
        said=SummaryCounts(
            counts={
                measure: int(one.beyond)
                for measure, one in beyond.items()
                if measure is not Measure.THANK_YOU
            },
            thank_you=money,
        ),
        thank_you_minor=minor_units(money, currency),
    )


def _kept_beside(
    lines: Sequence[SummaryLine], member_of_row: Mapping[int, MemberId | None]
) -> Iterator[KeptCell]:
    """Yield the further columns of every row that the desk has settled, also of those that stand already."""
    for line in lines:
        if line.row in member_of_row:
            yield from cells_beside(line.row, line.name.full, member_of_row[line.row], line.extras)


def _standing(session: Session, group_id: GroupId, period: Period) -> Sequence[_Standing]:
    """Return the balances of periods that touch this one."""
    rows = session.execute(
        select(_BALANCE).where(
            _BALANCE.c.group_id == group_id,
            _BALANCE.c.first_day <= period.last,
            _BALANCE.c.last_day >= period.first,
        )
    ).mappings()
    return [
        _Standing(
            member_id=row["member_id"],
            folded_name=folded(row["listed_name"]),
            first=row["first_day"],
            last=row["last_day"],
            counts=tuple(row[column] for column in (*COLUMN_OF.values(), "thank_you_minor")),
        )
        for row in rows
    ]


def _of_the_same(balance: PlannedBalance, standing: Sequence[_Standing]) -> Sequence[_Standing]:
    """Return what stands for the same member, or under the same name where one of both has no member."""
    name = folded(balance.listed_name)
    return [
        one
        for one in standing
        if (one.member_id == balance.member_id and balance.member_id is not None)
        or (one.folded_name == name and None in {one.member_id, balance.member_id})
    ]


def _say_it_stands(plan: SummaryPlan, balance: PlannedBalance, known: Sequence[_Standing]) -> None:
    counts = (*(balance.said.count(measure) for measure in COLUMN_OF), balance.thank_you_minor)
    period = plan.period
    if any((one.first, one.last, one.counts) == (period.first, period.last, counts) for one in known):
        plan.already_there += 1
        return
    facts = {
        "row": balance.row,
        "name": balance.listed_name,
        "first": known[0].first,
        "last": known[0].last,
    }
    plan.overlaps.append(Said(sentence=STANDS_ALREADY, facts=facts))


def _letters_recorded(session: Session, group_id: GroupId, period: Period) -> Mapping[MemberId | None, int]:
    """Return how many letters each member has in submitted records of the period."""
    rows = session.execute(
        select(_MARK.c.member_id, func.count())
        .join(
            _RECORD,
            (_RECORD.c.group_id == _MARK.c.group_id) & (_RECORD.c.meeting_id == _MARK.c.meeting_id),
        )
        .join(_MEETING, (_MEETING.c.group_id == _MARK.c.group_id) & (_MEETING.c.id == _MARK.c.meeting_id))
        .where(
            _MARK.c.group_id == group_id,
            _MARK.c.status.is_not(None),
            _RECORD.c.state == RecordState.SUBMITTED.value,
            _MEETING.c.local_date.between(period.first, period.last),
        )
        .group_by(_MARK.c.member_id)
    )
    return {MemberId(member_id): count for member_id, count in rows}


def _rounded(summary: Summary, currency: str) -> Iterator[Said]:
    for line in summary.lines:
        exact = line.said.thank_you.scaleb(get_currency_precision(currency))
        # A spreadsheet's own arithmetic leaves traces far behind the mark; those are nobody's digits.
        if abs(exact - exact.quantize(Decimal(1), rounding=ROUND_HALF_UP)) > Decimal("0.001"):
            facts = {"row": line.row, "name": line.name.full, "found": f"{line.said.thank_you:f}"}
            yield Said(sentence=ROUNDED, facts=facts)
