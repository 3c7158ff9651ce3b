"""What is known of a member's meetings when the rules are asked, and what each meeting was for them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.plugins.attendance.domain.rule_set import Happening
from app.plugins.attendance.domain.status import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingFact:
    """One meeting of a member with a letter. `day` is the group's; `excuse` the kind of an approved one, or None.

    `minutes_late` is 0 where no time is known.
    """

    meeting: str
    day: date
    starts_at_utc: datetime
    letter: Status
    minutes_late: int = 0
    left_early: bool = False
    substitute_late: bool = False
    excuse: str | None = None


_OF_LETTER = {
    Status.PRESENT: Happening.PRESENT,
    Status.ABSENT: Happening.ABSENT,
    Status.LATE: Happening.LATE,
    Status.MEDICAL: Happening.MEDICAL,
    Status.SUBSTITUTE: Happening.SUBSTITUTE,
}
_CAME = frozenset({Status.PRESENT, Status.LATE})


def happenings_of(fact: MeetingFact) -> tuple[Happening, ...]:
    """Return all that the meeting was for the member; a late substitute is also a substitute."""
    found = [_OF_LETTER[fact.letter]]
    if fact.letter in _CAME and fact.left_early:
        found.append(Happening.LEFT_EARLY)
    if fact.letter is Status.SUBSTITUTE and fact.substitute_late:
        found.append(Happening.LATE_SUBSTITUTE)
    return tuple(found)


def weighed_as(fact: MeetingFact) -> tuple[Happening, ...]:
    """Return what is weighed of the meeting: a late substitute instead of a substitute, everything else as it is."""
    found = happenings_of(fact)
    if Happening.LATE_SUBSTITUTE in found:
        return (Happening.LATE_SUBSTITUTE,)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthOfLetters:
    """A month of a member: how often each letter stands."""

    first: date
    letters: Mapping[Status, int]

    @property
    def meetings(self) -> int:
        """How many meetings have a letter."""
        return sum(self.letters.values())


def months_of(facts: Iterable[MeetingFact]) -> list[MonthOfLetters]:
    """Return the months that have meetings, the latest first: a member's own trend."""
    found: dict[date, Counter[Status]] = {}
    for fact in in_order(facts):
        found.setdefault(fact.day.replace(day=1), Counter())[fact.letter] += 1
    return [MonthOfLetters(first=first, letters=found[first]) for first in sorted(found, reverse=True)]


def in_order(facts: Iterable[MeetingFact]) -> Sequence[MeetingFact]:
    """Return the facts by their beginning, the earliest first, in whatever order they came."""
    return sorted(facts, key=lambda fact: (fact.day, fact.starts_at_utc, fact.meeting))
