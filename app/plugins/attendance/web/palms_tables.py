"""PALMS, the grid and a member's history as tables that become files."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from flask_babel import gettext as _

from app.core.exports.table import Cell, Column, Kind, Table, amount
from app.core.local_time import Period
from app.http.page import GroupPage
from app.http.rendering import local_time, short_date
from app.plugins.attendance.domain.palms import Palms, palms_of_letters
from app.plugins.attendance.domain.status import status_of
from app.plugins.attendance.domain.whole_palms import Balance, ColumnKey, Numbers
from app.plugins.attendance.queries.grid import Grid
from app.plugins.attendance.queries.history import History
from app.plugins.attendance.web.palms_sheet import PalmsHeading, ShownPalms
from app.plugins.attendance.web.wording import month_names

_LETTERS = [Column(heading=letter, kind=Kind.NUMBER, width=6) for letter in "PALMS"]


def palms_table(page: GroupPage, shown: ShownPalms) -> Table:
    """Return PALMS with its totals, and below them what of these was brought from elsewhere."""
    whole = shown.whole
    rows = [_row(line.name, line.numbers, whole.held, whole.keys) for line in whole.lines]
    if whole.people_listed_no_more.is_anything:
        rows.append(_row(_("People no longer listed"), whole.people_listed_no_more, whole.held, whole.keys))
    if whole.from_outside.is_anything:
        rows.append(_row(_("From outside the group"), whole.from_outside, whole.held, whole.keys))
    brought = [
        _row(of_which(balance), balance.total, balance.meetings, whole.keys) for balance in whole.counted
    ]
    return Table(
        title=_("PALMS"),
        columns=[
            Column(heading=_("Name"), width=28),
            *_LETTERS,
            Column(heading=_("Meetings"), kind=Kind.NUMBER),
            *(_column(heading) for heading in shown.headings),
        ],
        rows=rows,
        foot=[_row(_("Total"), whole.total, whole.held, whole.keys), *brought],
        about=[page.group.name, period_line(shown)],
        notes=notes_of(shown),
    )


def period_line(shown: ShownPalms) -> str:
    """Return the period in words, with the meetings that are counted in it."""
    return str(
        _(
            "%(first)s to %(last)s: %(held)s meetings counted",
            first=short_date(shown.period.first),
            last=short_date(shown.period.last),
            held=shown.whole.held,
        )
    )


def of_which(balance: Balance) -> str:
    """Return the heading of the line that says what of the total came from elsewhere."""
    return str(_("of which from %(source)s, %(period)s", source=balance.source, period=days(balance.period)))


def days(period: Period) -> str:
    """Return both days of a period in words."""
    return f"{short_date(period.first)} – {short_date(period.last)}"


def notes_of(shown: ShownPalms) -> list[str]:
    """Return what a reader of the numbers must know."""
    notes = [str(_("L excludes P: who came late is not also counted present."))]
    if len(shown.currencies) > 1:
        notes.append(
            str(_("Amounts in different currencies stand in columns of their own and are never added."))
        )
    notes += [
        str(
            _(
                "Not counted: %(source)s, %(period)s, because this period cuts through it. Choose one that holds all of it.",
                source=balance.source,
                period=days(balance.period),
            )
        )
        for balance in shown.whole.cut
    ]
    return notes


def grid_table(page: GroupPage, grid: Grid, period: Period) -> Table:
    """Return the grid: a member a row, the sums, and a letter a meeting, the earliest first."""
    meetings = [
        Column(heading=column.local_date.isoformat(), width=11, short=_on_two_lines(column.local_date))
        for column in grid.columns
    ]
    return Table(
        title=_("Attendance"),
        columns=[Column(heading=_("Name"), width=28, repeats=True), *_LETTERS, *meetings],
        rows=[_grid_row(grid, place) for place in range(len(grid.members))],
        about=[page.group.name, days(period)],
    )


def _on_two_lines(day: date) -> str:
    return f"{day.day}\n{month_names()[day.month]}"


def history_table(page: GroupPage, history: History, name: str, period: Period) -> Table:
    """Return a member's meetings, the latest first."""
    return Table(
        title=_("Attendance of %(name)s", name=name),
        columns=[
            Column(heading=_("Day"), kind=Kind.DAY, width=12),
            Column(heading=_("Record"), width=8),
            Column(heading=_("Arrived"), width=9),
            Column(heading=_("Minutes after the cut-off"), kind=Kind.NUMBER, width=24),
            Column(heading=_("Left early"), width=9),
            Column(heading=_("Substitute"), width=24),
            Column(heading=_("Submitted"), width=11),
        ],
        rows=[
            (
                line.local_date,
                line.mark.status.value if line.mark.status else "",
                local_time(line.mark.arrived_at_utc, page.group.zone) if line.mark.arrived_at_utc else "",
                line.minutes_late or None,
                local_time(line.mark.left_early_at_utc, page.group.zone)
                if line.mark.left_early_at_utc
                else "",
                line.mark.substitute_name or "",
                _("yes") if line.is_submitted else _("no"),
            )
            for line in history.lines
        ],
        about=[page.group.name, days(period)],
    )


def number_of(numbers: Numbers, key: ColumnKey) -> int | Decimal:
    """Return the number of a column, an amount with the decimals of its currency."""
    value = numbers.others.get(key, 0)
    return amount(value, key.currency) if key.currency else value


def _row(name: str, numbers: Numbers, held: int, keys: Sequence[ColumnKey]) -> list[Cell]:
    return [name, *numbers.palms.letters(), held, *(number_of(numbers, key) for key in keys)]


def _column(heading: PalmsHeading) -> Column:
    if heading.key.currency:
        return Column(heading=heading.code, kind=Kind.MONEY, currency=heading.key.currency, width=18)
    return Column(heading=heading.code, kind=Kind.NUMBER, width=7)


def _grid_row(grid: Grid, place: int) -> list[Cell]:
    member = grid.members[place]
    stood = grid.letters.get(member.id, {})
    letters = [stood.get(column.id, "") for column in grid.columns]
    sums: Palms = palms_of_letters(status_of(letter) for letter in letters)
    cells = [
        _("%(letter)s, left early", letter=letter) if (member.id, column.id) in grid.left_early else letter
        for letter, column in zip(letters, grid.columns, strict=True)
    ]
    return [member.name, *sums.letters(), *cells]
