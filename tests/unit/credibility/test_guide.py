"""What docs/credibility.md tells members: the worked example, the table of conditions and the what-if example are as the product has them."""

import re
from datetime import date
from pathlib import Path

import pytest

from app.plugins.credibility.domain.reports import EPOCH
from app.plugins.credibility.domain.scheme import GROUP_SCHEMES, PROFILES, STANDARD
from app.plugins.credibility.domain.sheet import sheet_of
from app.plugins.credibility.domain.standing import Row
from app.plugins.credibility.replay import answers
from tests.support.sheet_by_hand import estimate_by_hand

GUIDE = (Path(__file__).parents[3] / "docs" / "credibility.md").read_text(encoding="utf-8")
TODAY = date(2026, 11, 15)


def table(head: str) -> list[list[str]]:
    """Return the cells of the rows below the head that begins so."""
    below = GUIDE.split(f"| {head}", 1)[1].split("\n\n", 1)[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in below]


def report(giver: str, month: date, weight: float, y: float, *, is_independent: bool = True) -> Row:
    t = float((month - EPOCH.date()).days)
    return Row(giver=giver, t=t, weight=weight, y=y, is_independent=is_independent)


def test_worked_example_is_what_the_product_computes() -> None:
    november = date(2026, 11, 3)
    found = sheet_of(
        [
            report("Rui", date(2025, 11, 20), 0.5, 1.0),
            report("Eva", november, 0.5, 0.0),
            report("Eva", november, 0.5, 1.0),
            report("Wei", november, 0.8391, 1.0),
            report("Zoe", november, 0.5 / 3, 1.0, is_independent=False),
        ],
        TODAY,
        STANDARD,
    )
    assert [[float(one[place]) for place in (4, 6, 7, 8, 9)] for one in table("colleague | month")] == [
        [one.weight, one.days, one.left, one.good, one.bad] for one in found.rows
    ]
    *voices, together = table("colleague | left together")
    assert [[float(one) for one in cells[1:]] for cells in voices] == [
        [one.left, one.latest, one.divisor, one.good, one.bad] for one in found.voices
    ]
    assert (float(together[4]), float(together[5])) == (found.good, found.bad)
    assert f"= **{found.p}**" in GUIDE
    assert f"{round(found.p * 10)} in 10 would refer again" in GUIDE


def test_worked_example_can_be_followed_by_hand() -> None:
    reports = table("colleague | month")
    *voices, together = table("colleague | left together")
    words = "fades to one half in 365 days " + GUIDE.replace("**", "")
    assert estimate_by_hand(reports, [*voices, [together[0], *together[4:]]], words, TODAY) == 0.79


@pytest.mark.parametrize("scheme", GROUP_SCHEMES)
def test_conditions_are_those_of_the_schemes(scheme: str) -> None:
    place = 1 + GROUP_SCHEMES.index(scheme)
    constants = PROFILES[scheme]
    assert [float(cells[place]) for cells in table("condition |")] == [
        constants.min_tenure,
        constants.min_attended,
        constants.min_given,
        constants.min_outcomes,
        constants.min_independent,
        constants.min_evidence,
    ]


def test_what_if_example_answers_as_it_is_written() -> None:
    asked = re.search(r"```json\n(.*?)```", GUIDE, re.DOTALL)
    told = re.search(r"```text\n(.*?)```", GUIDE, re.DOTALL)
    assert asked is not None
    assert told is not None
    assert list(answers(asked[1].splitlines())) == told[1].split()


def test_five_good_voices_and_one_that_says_no_come_to_what_leaders_are_told() -> None:
    rows = [report(name, TODAY, 0.5, 1.0) for name in "abcde"] + [report("f", TODAY, 0.5, 0.0)] * 4
    assert round(sheet_of(rows, TODAY, STANDARD).p * 10) == 8
