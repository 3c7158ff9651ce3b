"""Follows the computation sheet of one's own record with nothing but the numbers that stand on it, as with a pocket calculator."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from fractions import Fraction

Cells = Sequence[Sequence[str]]
MIDDLE_OF_MONTH = 15


class NotAsShown(AssertionError):
    """A number of the sheet is not what the numbers before it come to."""


def estimate_by_hand(reports: Cells, colleagues: Cells, words: str, today: date) -> float:
    """Return the estimate that the sheet ends with, after every number on it was computed anew.

    `reports` and `colleagues` are the cells of its two tables, `words` all of its text.
    """
    half_life = _number(r"fades to one half in (\d+) days", words)
    for cells in reports:
        _report(cells, half_life, today)
    for cells in colleagues[:-1]:
        _colleague(cells, [one for one in reports if one[0] == cells[0]])
    _word, good, bad = colleagues[-1]
    _is(good, sum(float(cells[4]) for cells in colleagues[:-1]))
    _is(bad, sum(float(cells[5]) for cells in colleagues[:-1]))
    last = re.search(
        r"\(([\d.]+) \+ ([\d.]+) × ([\d.]+)\) ÷ \(([\d.]+) \+ ([\d.]+) \+ ([\d.]+)\) = (\d\.\d+)", words
    )
    if last is None or (last[1], last[4], last[5], last[6]) != (good, good, bad, last[2]):
        raise NotAsShown(words)
    _is(
        last[7], (float(good) + float(last[2]) * float(last[3])) / (float(good) + float(bad) + float(last[2]))
    )
    return float(last[7])


def _report(cells: Sequence[str], half_life: float, today: date) -> None:
    _colleague_number, month, speaks, favour, weight, worth, days, left, good, bad = cells
    middle = datetime.strptime(month, "%B %Y").date().replace(day=MIDDLE_OF_MONTH)  # noqa: DTZ007 - a month has no zone
    _is(days, max(0, (today - middle).days))
    _is(left, 2 ** (-float(days) / half_life))
    returned = re.fullmatch(r"× ([\d./]+)", favour)
    _is(weight, float(speaks) * (float(Fraction(returned[1])) if returned else 1))
    share = 0.5 if worth == "½" else float(worth)
    _is(good, float(weight) * share * float(left))
    _is(bad, float(weight) * (1 - share) * float(left))


def _colleague(cells: Sequence[str], reports: Cells) -> None:
    _colleague_number, left, latest, divisor, good, bad = cells
    _is(left, sum(float(one[7]) for one in reports))
    _is(latest, max(float(one[7]) for one in reports))
    _is(divisor, max(1.0, float(left) / float(latest)))
    _is(good, sum(float(one[8]) for one in reports) / float(divisor))
    _is(bad, sum(float(one[9]) for one in reports) / float(divisor))


def _is(shown: str, value: float) -> None:
    """Say that a number is shown as computed, to its last digit."""
    digits = len(shown.partition(".")[2])
    if abs(float(shown) - value) > 0.5 * 10**-digits + 1e-9:
        raise NotAsShown(f"{shown} is shown, and it is {value}")


def _number(pattern: str, words: str) -> float:
    found = re.search(pattern, words)
    if found is None:
        raise NotAsShown(f"nothing like {pattern} in {words}")
    return float(found[1])
