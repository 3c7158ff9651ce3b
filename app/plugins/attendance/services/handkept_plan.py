"""What is each column and each mark of a hand-kept sheet taken for, and what else could a person say it is?"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from flask_babel import format_date
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.groups.domain.standing import Group
from app.core.ids import GroupId
from app.core.intake.handkept import HandKept
from app.core.intake.handkept_columns import DAY_CODE, ColumnUse, KeptColumn
from app.core.intake.handkept_marks import FoundMark
from app.core.intake.importer import ColumnGuess, ImportAnswers, LetterGuess
from app.core.meetings.domain.schedule import days_between
from app.core.meetings.models import MeetingRow, ScheduleRow
from app.core.sheets import column_letter

UNSAID_MARK = "?"
"""The guess for a mark that nobody can tell: it says nothing, and sent back it is no answer."""

_MEETING: Any = MeetingRow.__table__
_SCHEDULE: Any = ScheduleRow.__table__
_LOOKED_BACK = timedelta(weeks=52)
_DAYS_OFFERED = 60


def column_guesses(
    session: Session, group: Group, kept: HandKept, answers: ImportAnswers, *, today: date
) -> list[ColumnGuess]:
    """Return every column with what it is taken for and what else it may be; at most two statements.

    A column of marks without a readable day is offered the group's days between its neighbours.
    """
    waits = [column for column in kept.columns if _waits_for_a_day(column, answers)]
    days = _days_of_group(session, group.id, kept, today) if waits else ()
    return [
        ColumnGuess(
            column=column.column - 1,
            letter=column_letter(column.column),
            heading=column.heading,
            samples=column.samples,
            guess=_code(column, answers),
            choices=_choices(column, _between(column, kept.columns, days) if column in waits else ()),
        )
        for column in kept.columns
    ]


def letter_guesses(kept: HandKept) -> list[LetterGuess]:
    """Return every mark with the letter it is taken for: empty for nothing, `UNSAID_MARK` where somebody must say."""
    return [
        LetterGuess(written=mark.written, count=mark.count, guess=_letter_code(mark)) for mark in kept.marks
    ]


def _letter_code(mark: FoundMark) -> str:
    if mark.is_open:
        return UNSAID_MARK
    return mark.letter.value if mark.letter else ""


def _said_day(column: KeptColumn, answers: ImportAnswers) -> bool:
    return answers.columns.get(column.column - 1, "").startswith(DAY_CODE) and column.day is not None


def _waits_for_a_day(column: KeptColumn, answers: ImportAnswers) -> bool:
    undated = column.use is ColumnUse.DAY and column.day is None
    return column.use is ColumnUse.UNSAID or undated or _said_day(column, answers)


def _code(column: KeptColumn, answers: ImportAnswers) -> str:
    """Return the code in force."""
    if column.use is ColumnUse.DAY and isinstance(column.day, date) and _said_day(column, answers):
        return f"{DAY_CODE}{column.day.isoformat()}"
    return column.use.value


def _choices(column: KeptColumn, days: Sequence[date]) -> list[tuple[str, str]]:
    """Return what the column may be, in the reader's words."""
    choices = [
        (ColumnUse.NAME.value, str(_("The whole name"))),
        (ColumnUse.GIVEN.value, str(_("The given name"))),
        (ColumnUse.FAMILY.value, str(_("The family name"))),
    ]
    if column.day and not days:
        choices.append((ColumnUse.DAY.value, str(_("The meeting of %(day)s", day=_day(column)))))
    choices += [
        (f"{DAY_CODE}{day.isoformat()}", str(_("The meeting of %(day)s", day=_written(day)))) for day in days
    ]
    choices += [
        (ColumnUse.NOTE.value, str(_("A note: kept on the page of the file"))),
        (ColumnUse.IGNORE.value, str(_("Nothing: leave it out"))),
    ]
    unsaid = (ColumnUse.UNSAID.value, str(_("Say what this is")))
    return [unsaid, *choices] if column.use is ColumnUse.UNSAID else choices


def _day(column: KeptColumn) -> str:
    return _written(column.day) if isinstance(column.day, date) else column.heading


def _written(day: date) -> str:
    return str(format_date(day, "long", rebase=False))


def _days_of_group(session: Session, group_id: GroupId, kept: HandKept, today: date) -> Sequence[date]:
    """Return the days on which the group met or used to meet, where none is known every day, the earliest first."""
    told = [column.day for column in kept.columns if isinstance(column.day, date)]
    first = min([*told, today - _LOOKED_BACK])
    met = session.scalars(
        select(_MEETING.c.local_date).where(
            _MEETING.c.group_id == group_id, _MEETING.c.local_date.between(first, today)
        )
    )
    schedule = session.execute(
        select(_SCHEDULE.c.rule)
        .where(_SCHEDULE.c.group_id == group_id)
        .order_by(_SCHEDULE.c.starts_on.desc())
        .limit(1)
    ).one_or_none()
    usual = days_between(schedule.rule, first, first, today) if schedule else ()
    every_day = (today - timedelta(days=back) for back in range((today - first).days + 1))
    return sorted({*met, *usual} or set(every_day))


def _between(column: KeptColumn, columns: Sequence[KeptColumn], days: Sequence[date]) -> list[date]:
    """Return the days that no other column has, those between the column's neighbours where both are known."""
    dated = [(other.column, other.day) for other in columns if isinstance(other.day, date)]
    taken = {day for place, day in dated if place != column.column}
    left = [day for place, day in dated if place < column.column][-1:]
    right = [day for place, day in dated if place > column.column][:1]
    free = [day for day in days if day not in taken]
    if left and right:
        low, high = sorted([*left, *right])
        free = [day for day in free if low < day < high] or free
    return free[-_DAYS_OFFERED:]
