"""What would other rules have said of past months? The present and the chosen ones side by side, before anything changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar

from app.plugins.attendance.domain.rule_facts import MeetingFact
from app.plugins.attendance.domain.rule_set import RuleBook, RuleSet, always
from app.plugins.attendance.domain.rule_standing import MemberStanding, State, where_stands

Who = TypeVar("Who")

MONTHS_TRIED = 6
"""Today and so many ends of months before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Life(Generic[Who]):
    """A member with all their meetings, and since when they are one."""

    who: Who
    facts: Sequence[MeetingFact]
    since: date
    until: date | None = None

    def covers(self, day: date) -> bool:
        """Return whether they were a member on `day`."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class SideBySide(Generic[Who]):
    """How one member stood on a day under the rules then in force, and how under the chosen ones."""

    who: Who
    present: MemberStanding
    chosen: MemberStanding

    @property
    def is_clear_in_both(self) -> bool:
        """Whether neither has anything to say of them."""
        return max(self.present.state, self.chosen.state) < State.NEAR


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialDay(Generic[Who]):
    """One day of the trial, with everybody who was a member on it."""

    day: date
    members: Sequence[SideBySide[Who]]

    def number(self, state: State, *, chosen: bool) -> int:
        """Return how many stand so, under the chosen rules or under the present ones."""
        return sum((one.chosen if chosen else one.present).state == state for one in self.members)

    @property
    def told(self) -> list[SideBySide[Who]]:
        """Those of whom either has something to say."""
        return [one for one in self.members if not one.is_clear_in_both]


def trial(
    present: RuleBook, chosen: RuleSet, lives: Sequence[Life[Who]], days: Sequence[date]
) -> list[TrialDay[Who]]:
    """Return each of the days with both rule sets side by side; the chosen one as if it had been in force all along."""
    book = always(chosen)
    return [
        TrialDay(
            day=day,
            members=[
                SideBySide(
                    who=life.who,
                    present=where_stands(present, life.facts, day, member_since=life.since),
                    chosen=where_stands(book, life.facts, day, member_since=life.since),
                )
                for life in lives
                if life.covers(day)
            ],
        )
        for day in days
    ]


def days_to_try(today: date) -> list[date]:
    """Return today and the last days of the months before it, the latest first."""
    days = [today]
    for _month in range(MONTHS_TRIED):
        days.append(days[-1].replace(day=1) - timedelta(days=1))
    return days
