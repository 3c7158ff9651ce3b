"""What does one row of a slips audit say? Each cell that says nothing sensible is named with its row and column."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from app.core.intake.remarks import Note, Problem, Remark, shown
from app.core.intake.slips_audit_header import SlipColumn, SlipsHeader, is_slips_header
from app.core.sheets.sheet import Cell, Row
from app.core.sheets.spelling import letters_only, tidy
from app.core.sheets.values import DecimalMark, NoNumber, read_count, read_number

_PLACES_LIKE_THOUSANDS = 3
"""With three decimal places (KWD) `1,234` may be either; with any other number the mark can only group."""
_MOST_CREDITS = 500


class SlipKind(StrEnum):
    """The types of slip in an audit."""

    REFERRAL = "referral"
    ONE_TO_ONE = "one-to-one"
    LEARNING = "learning"
    BUSINESS = "business"
    VISITOR = "visitor"


KINDS = {
    "referral": SlipKind.REFERRAL,
    "referrals": SlipKind.REFERRAL,
    "onetoone": SlipKind.ONE_TO_ONE,
    "onetoones": SlipKind.ONE_TO_ONE,
    "121": SlipKind.ONE_TO_ONE,
    "ceu": SlipKind.LEARNING,
    "ceus": SlipKind.LEARNING,
    "tyfcb": SlipKind.BUSINESS,
    "visitor": SlipKind.VISITOR,
    "visitors": SlipKind.VISITOR,
}
"""The types as the exports write them, by their letters."""

TIERS = {
    "inside": "inside",
    "tier1inside": "inside",
    "tier1": "inside",
    "outside": "outside",
    "tier2outside": "outside",
    "tier2": "outside",
}
"""The tiers as the exports write them, by their letters."""

_SIDES = {
    SlipKind.REFERRAL: (SlipColumn.FROM, SlipColumn.TO),
    SlipKind.ONE_TO_ONE: (SlipColumn.FROM, SlipColumn.TO),
    SlipKind.LEARNING: (SlipColumn.FROM,),
    SlipKind.BUSINESS: (SlipColumn.TO,),
    SlipKind.VISITOR: (SlipColumn.FROM, SlipColumn.TO),
}
"""Which names a row needs: thank-you business never says from whom it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipName:
    """A name in a slips audit, tidy; bold in the file, it `is_elsewhere`: of another group."""

    text: str
    is_elsewhere: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipLine:
    """One slip of an audit. `sender` is giver, initiator, learner or inviter, and None for thank-you business.

    `receiver` is receiver, partner, the person thanked or the visitor, and None for learning units. `tier` is inside
    or outside, or empty. `amount_minor` is of thank-you business, `credits` of learning units; else 0.
    `detail` names the other group where a name is of one.
    """

    row: int
    kind: SlipKind
    sender: SlipName | None
    receiver: SlipName | None
    tier: str = ""
    amount_minor: int = 0
    credits: int = 0
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidOfSlip:
    """A problem or note, and the kind of slip that it is about; None where it is about the file."""

    kind: SlipKind | None
    remark: Remark


@dataclass(slots=True, kw_only=True)
class SlipsReader:
    """Reads the rows below the header. `places` are the decimal places of the currency of the amounts."""

    header: SlipsHeader
    places: int
    lines: list[SlipLine] = field(default_factory=list)
    said: list[SaidOfSlip] = field(default_factory=list)
    _bold_tells: bool = False

    def read(self, rows: Sequence[Row]) -> None:
        """Take in the rows, from top to bottom. Where every name is bold, that tells nothing."""
        self._bold_tells = any(not cell.is_bold for row in rows for cell in self._names_in(row))
        for row in rows:
            if not is_slips_header(row):  # an export of several pages repeats it
                self._read_row(row)

    def _read_row(self, row: Row) -> None:
        cell = self.header.cell(row, SlipColumn.KIND)
        text = tidy(cell.text) if cell else ""
        if not text and not all(self._name(row, side) for side in (SlipColumn.FROM, SlipColumn.TO)):
            first = row.cells[0]
            facts = {"found": shown(first.text)}
            note = Note(code="intake.row_skipped", row=row.number, column=first.letter, facts=facts)
            self.said.append(SaidOfSlip(kind=None, remark=note))
            return
        kind = KINDS.get(letters_only(text))
        if kind is None:
            self._problem(None, "intake.slips_unknown_type", row, SlipColumn.KIND)
            return
        self._read_slip(row, kind)

    def _read_slip(self, row: Row, kind: SlipKind) -> None:
        faults_before = len(self.said)
        names = {side: self._needed_name(row, kind, side) for side in _SIDES[kind]}
        line = SlipLine(
            row=row.number,
            kind=kind,
            sender=names.get(SlipColumn.FROM),
            receiver=names.get(SlipColumn.TO),
            tier=self._tier(row, kind),
            amount_minor=self._amount(row) if kind is SlipKind.BUSINESS else 0,
            credits=self._credits(row) if kind is SlipKind.LEARNING else 0,
            detail=self._text(row, SlipColumn.DETAIL),
        )
        if len(self.said) == faults_before:
            self.lines.append(line)

    def _needed_name(self, row: Row, kind: SlipKind, side: SlipColumn) -> SlipName | None:
        name = self._name(row, side)
        if name is None:
            self._problem(kind, "intake.slips_name_missing", row, side)
        return name

    def _name(self, row: Row, side: SlipColumn) -> SlipName | None:
        cell = self.header.cell(row, side)
        if cell is None or not tidy(cell.text):
            return None
        return SlipName(text=tidy(cell.text), is_elsewhere=self._bold_tells and cell.is_bold)

    def _names_in(self, row: Row) -> list[Cell]:
        cells = (self.header.cell(row, side) for side in (SlipColumn.FROM, SlipColumn.TO))
        return [cell for cell in cells if cell]

    def _tier(self, row: Row, kind: SlipKind) -> str:
        """Return inside or outside: a referral must be one of them, a one-to-one may leave it open."""
        text = self._text(row, SlipColumn.TIER)
        if kind not in {SlipKind.REFERRAL, SlipKind.ONE_TO_ONE} or (not text and kind is SlipKind.ONE_TO_ONE):
            return ""
        tier = TIERS.get(letters_only(text), "")
        if not tier:
            self._problem(kind, "intake.slips_unknown_tier", row, SlipColumn.TIER)
        return tier

    def _amount(self, row: Row) -> int:
        number = self._number(row)
        if not isinstance(number, Decimal):
            if number is NoNumber.MARK_UNCLEAR:
                self._problem(SlipKind.BUSINESS, "intake.slips_amount_unclear", row, SlipColumn.AMOUNT)
            else:
                self._problem(SlipKind.BUSINESS, "intake.slips_amount_unreadable", row, SlipColumn.AMOUNT)
            return 0
        minor = number.scaleb(self.places)
        if minor != minor.to_integral_value():
            self._problem(SlipKind.BUSINESS, "intake.slips_amount_too_fine", row, SlipColumn.AMOUNT)
        elif minor == 0:
            self._left_out(SlipKind.BUSINESS, row, SlipColumn.AMOUNT)
        elif not 0 < minor <= 10**14:
            self._problem(SlipKind.BUSINESS, "intake.slips_amount_unlikely", row, SlipColumn.AMOUNT)
        return int(minor)

    def _number(self, row: Row) -> Decimal | NoNumber:
        """Return the amount of a row, without a currency sign: what it is in is asked for the whole file."""
        cell = self.header.cell(row, SlipColumn.AMOUNT)
        if cell is None:
            return NoNumber.BLANK
        bare = "".join(one for one in cell.text if unicodedata.category(one) != "Sc")
        plain = Cell(column=cell.column, text=bare, kind=cell.kind)
        number = read_number(plain)
        if number is NoNumber.MARK_UNCLEAR and self.places != _PLACES_LIKE_THOUSANDS:
            readings = (read_number(plain, mark) for mark in DecimalMark)
            return max(one for one in readings if isinstance(one, Decimal))
        return number

    def _credits(self, row: Row) -> int:
        count = read_count(self.header.cell(row, SlipColumn.CREDITS))
        if isinstance(count, NoNumber) or not 0 <= count <= _MOST_CREDITS:
            self._problem(SlipKind.LEARNING, "intake.slips_credits_unreadable", row, SlipColumn.CREDITS)
            return 0
        if count == 0:
            self._left_out(SlipKind.LEARNING, row, SlipColumn.CREDITS)
        return count

    def _text(self, row: Row, column: SlipColumn) -> str:
        cell = self.header.cell(row, column)
        return tidy(cell.text) if cell else ""

    def _left_out(self, kind: SlipKind, row: Row, column: SlipColumn) -> None:
        note = Note(code="intake.slips_zero_left_out", row=row.number, column=self.header.letter(column))
        self.said.append(SaidOfSlip(kind=kind, remark=note))

    def _problem(self, kind: SlipKind | None, code: str, row: Row, column: SlipColumn) -> None:
        facts = {"found": shown(self._text(row, column)), "heading": column.value}
        problem = Problem(code=code, row=row.number, column=self.header.letter(column), facts=facts)
        self.said.append(SaidOfSlip(kind=kind, remark=problem))
