"""The sum of a record as a sheet that can be followed with a pocket calculator, from reports that carry no more than their month.

The day of a report would name its author, and so would a weight with all its digits. So each report counts from the middle of its
month, with a weight of two digits, and every further number comes from the numbers on the sheet. The estimate on it is that of the
exact days within a hundredth or two; what is shown to anybody is the exact one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from app.plugins.credibility.domain.reports import EPOCH
from app.plugins.credibility.domain.scheme import Constants
from app.plugins.credibility.domain.standing import Row, fading

_MIDDLE: Final = 15
_WEIGHT_DIGITS, _DIGITS, _P_DIGITS = 2, 3, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """One report: whose voice (a number, no name), its month, days since the middle of it, and what it comes to today.

    Its weight is what its author `speaks` with, times `favour`, which is 1 where it returns none.
    """

    voice: int
    month: date
    days: int
    left: float
    speaks: float
    favour: float
    weight: float
    worth: float
    good: float
    bad: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetVoice:
    """One colleague: what is left of their reports, by what these are divided to weigh as one, and what then enters the sum.

    They weighed as one when the latest came, and have faded together since: so what is left is seen against the `latest`.
    """

    voice: int
    left: float
    latest: float
    divisor: float
    good: float
    bad: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The reports by voice and month, the voices, their sums, and the estimate that these make."""

    rows: Sequence[SheetRow]
    voices: Sequence[SheetVoice]
    good: float
    bad: float
    p: float


def sheet_of(rows: Sequence[Row], today: date, constants: Constants) -> Sheet:
    """Return the sheet of the reports that count, as of `today`. Voices are numbered as they first come in `rows`."""
    numbers: dict[str, int] = {}
    for row in rows:
        numbers.setdefault(row.giver, len(numbers) + 1)
    lines = sorted(
        (_line(numbers[row.giver], row, today, constants) for row in rows),
        key=lambda line: (line.voice, line.month),
    )
    voices = [
        _voice(number, [one for one in lines if one.voice == number], constants)
        for number in numbers.values()
    ]
    good = round(sum(voice.good for voice in voices), _DIGITS)
    bad = round(sum(voice.bad for voice in voices), _DIGITS)
    p = (good + constants.kappa * constants.prior) / (good + bad + constants.kappa)
    return Sheet(rows=lines, voices=voices, good=good, bad=bad, p=round(p, _P_DIGITS))


def month_on(day: float) -> date:
    """Return the first day of the month in which a day since 1970 lies."""
    return (EPOCH + timedelta(days=day)).date().replace(day=1)


def _line(number: int, row: Row, today: date, constants: Constants) -> SheetRow:
    month = month_on(row.t)
    days = max(0, (today - month.replace(day=_MIDDLE)).days)
    left = round(fading(days, constants), _DIGITS)
    favour = 1.0 if row.is_independent or not constants.mutual_factor else constants.mutual_factor
    speaks = round(row.weight / favour, _WEIGHT_DIGITS)
    weight = round(speaks * favour, _WEIGHT_DIGITS)
    return SheetRow(
        voice=number,
        month=month,
        days=days,
        left=left,
        speaks=speaks,
        favour=favour,
        weight=weight,
        worth=row.y,
        good=round(weight * row.y * left, _DIGITS),
        bad=round(constants.bad_weight * weight * (1.0 - row.y) * left, _DIGITS),
    )


def _voice(number: int, lines: Sequence[SheetRow], constants: Constants) -> SheetVoice:
    left = round(sum(line.left for line in lines), _DIGITS)
    latest = max(line.left for line in lines)
    divisor = round(max(1.0, left / latest / constants.cap) if latest else 1.0, _DIGITS)
    return SheetVoice(
        voice=number,
        left=left,
        latest=latest,
        divisor=divisor,
        good=round(sum(line.good for line in lines) / divisor, _DIGITS),
        bad=round(sum(line.bad for line in lines) / divisor, _DIGITS),
    )
