"""What does a slips audit say? Every row is a slip; equal rows are as many slips, and only the day is the file's."""

import datetime as dt
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from app.core.errors import Refusal, Refused
from app.core.intake.reading_notes import encoding_notes
from app.core.intake.remarks import Note, Period, Problem, Remark
from app.core.intake.slips_audit_day import SaidOfDays, SlipsDay, slips_day
from app.core.intake.slips_audit_header import SlipsHeader, find_slips_header, looks_like_slips_audit
from app.core.intake.slips_audit_line import SaidOfSlip, SlipKind, SlipLine, SlipName, SlipsReader
from app.core.sheets.sheet import Sheet

__all__ = [
    "SaidOfDays",
    "SlipKind",
    "SlipLine",
    "SlipName",
    "SlipsAudit",
    "looks_like_slips_audit",
    "parse_slips",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipsAudit:
    """A slips audit as read: its day, the slips in the file's order, and what is to be said about them.

    `day` has no period where it must be asked first; the slips are read all the same.
    """

    day: SlipsDay
    lines: tuple[SlipLine, ...]
    said: tuple[SaidOfSlip, ...]

    @property
    def period(self) -> Period | None:
        """The days that the slips are of."""
        return self.day.period

    @property
    def counts_on(self) -> dt.date | None:
        """The day on which every slip of the file counts: the last of its period."""
        return self.day.period.last if self.day.period else None

    def lines_of(self, *kinds: SlipKind) -> list[SlipLine]:
        """Return the slips of those kinds, in the file's order."""
        return [line for line in self.lines if line.kind in kinds]

    def problems(self, kinds: Collection[SlipKind]) -> list[Remark]:
        """Return what stands in the way of those kinds, or of the file."""
        return [*self.day.problems, *self._remarks(Problem, kinds)]

    def notes(self, kinds: Collection[SlipKind]) -> list[Remark]:
        """Return what is worth knowing about those kinds, or about the file."""
        return self._remarks(Note, kinds)

    def _remarks(self, sort: type[Remark], kinds: Collection[SlipKind]) -> list[Remark]:
        return [
            one.remark
            for one in self.said
            if isinstance(one.remark, sort) and (one.kind is None or one.kind in kinds)
        ]


def parse_slips(sheet: Sheet, said: SaidOfDays, *, places: int) -> SlipsAudit:
    """Return what the audit says. `places` are the decimal places of the currency in which the amounts are.

    Raises Refused where the sheet is no slips audit, or holds no slip.
    """
    header = find_slips_header(sheet)
    rows = [row for row in sheet.rows if row.number > header.row.number]
    reader = SlipsReader(header=header, places=places)
    reader.read(rows)
    if not reader.lines and not reader.said:
        raise Refused([Refusal(code="intake.slips_none", facts={"row": header.row.number})])
    about_file = [SaidOfSlip(kind=None, remark=note) for note in (*encoding_notes(sheet), *_left_out(header))]
    return SlipsAudit(
        day=slips_day(sheet, header, said),
        lines=tuple(reader.lines),
        said=(*about_file, *reader.said, *_repeats(reader.lines)),
    )


def _left_out(header: SlipsHeader) -> list[Note]:
    """Name the further columns, which are not kept: like Detail they may tell of customers, who never asked for it."""
    if not header.extras:
        return []
    facts = {"found": ", ".join(header.extras)}
    return [Note(code="intake.columns_left_out", row=header.row.number, facts=facts)]


def _repeats(lines: list[SlipLine]) -> list[SaidOfSlip]:
    """Tell for each kind how many rows equal an earlier one: each counts, since two equal slips are two slips."""
    said = []
    for kind in SlipKind:
        alike = Counter(
            (line.sender, line.receiver, line.tier, line.amount_minor, line.credits, line.detail)
            for line in lines
            if line.kind is kind
        )
        again = sum(count - 1 for count in alike.values())
        if again:
            first = next(line.row for line in lines if line.kind is kind)
            note = Note(code="intake.slips_alike", row=first, facts={"rows": again})
            said.append(SaidOfSlip(kind=kind, remark=note))
    return said
