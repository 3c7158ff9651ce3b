"""The quality check: which two slips are drawn each week, what is asked, and from when offices see a share."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from app.core.errors import Refusal
from app.core.ids import GroupId
from app.core.local_time import Period
from app.plugins.referrals.domain.keys import SlipId

DRAWN: Final = 2
"""How many slips are drawn a week."""
ASKED_FOR: Final = timedelta(weeks=4)
"""How long a check may be answered, and changed."""
FEWEST_ANSWERS: Final = 10
"""From so many answers on a quarter says something; with fewer it would tell of single members."""
FEWEST_PEOPLE: Final = 5
"""From so many receivers on, for the same reason."""
QUESTIONS: Final = ("called", "welcome", "real")
"""Did you call, was the call welcome, was the need real."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What the receiver answered to the three questions, each yes, no, or None where nothing was chosen."""

    called: bool | None
    welcome: bool | None
    real: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarter:
    """The answers of one quarter, counted: how many of all answered yes to each question, from how many people."""

    first: date
    answers: int
    people: int
    called: int
    welcome: int
    real: int

    @property
    def says_something(self) -> bool:
        """Whether there are enough answers, from enough people, for a share."""
        return self.answers >= FEWEST_ANSWERS and self.people >= FEWEST_PEOPLE

    def tenths(self, question: str) -> int | None:
        """Return how many of ten answered yes to the question, rounded; None while it would tell of single members."""
        if not self.says_something:
            return None
        yes = {"called": self.called, "welcome": self.welcome, "real": self.real}[question]
        return (yes * 20 + self.answers) // (2 * self.answers)


def week_of(day: date) -> date:
    """Return the Monday of the week of `day`."""
    return day - timedelta(days=day.weekday())


def week_drawn_from(week: date) -> Period:
    """Return the days whose slips are drawn in the week that begins on `week`: the week two weeks before."""
    return Period(first=week - timedelta(weeks=2), last=week - timedelta(weeks=2) + timedelta(days=6))


def drawn(group_id: GroupId, week: date, slips: Sequence[SlipId]) -> list[SlipId]:
    """Return the slips of the week's check: the same whoever draws, whenever, and unknown before the week is over.

    The chance is seeded with the SHA-256 of `quality <group key> <Monday>`; it draws from the slips in order of their keys.
    """
    seed = hashlib.sha256(f"quality {group_id} {week.isoformat()}".encode()).digest()
    candidates = sorted(slips)
    return sorted(Random(seed).sample(candidates, min(DRAWN, len(candidates))))  # noqa: S311 - a draw to repeat


def refusals_for_answers(answers: Answers, *, drawn_on: date, today: date) -> list[Refusal]:
    """Return every reason not to take the answers to a check."""
    given = (("called", answers.called), ("welcome", answers.welcome), ("real", answers.real))
    refusals = [
        Refusal(code="referrals.quality_unanswered", field=question)
        for question, answer in given
        if answer is None
    ]
    if today - drawn_on > ASKED_FOR:
        refusals.append(Refusal(code="referrals.quality_over"))
    return refusals


def quarter_of(day: date) -> date:
    """Return the first day of the quarter of `day`."""
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def is_settled(quarter: date, today: date) -> bool:
    """Return whether no answer can join the quarter any more: what moved with each answer would name its author."""
    after = quarter_of(quarter + timedelta(days=95))
    return today - after > ASKED_FOR
