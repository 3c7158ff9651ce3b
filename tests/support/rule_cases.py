"""A member's meetings in a short hand, a week apart: `P`, `L12` (minutes), `Pe` (left early), `Sl` (late), `A(care)`."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from app.plugins.attendance.domain.rule_facts import MeetingFact
from app.plugins.attendance.domain.status import Status

FIRST: Final = date(2026, 1, 6)
"""A Tuesday; the n-th word is the meeting n weeks later."""
_WORD = re.compile(r"([PALMS])(\d*)(e?)(l?)(?:\((\w+)\))?")


def facts(words: str, *, first: date = FIRST, every_days: int = 7) -> Sequence[MeetingFact]:
    """Return the meetings that the words stand for; `-` is a meeting without a record."""
    return [
        _fact(word, first + timedelta(days=number * every_days))
        for number, word in enumerate(words.split())
        if word != "-"
    ]


def _fact(word: str, day: date) -> MeetingFact:
    found = _WORD.fullmatch(word)
    assert found, word
    letter, minutes, early, late, excuse = found.groups()
    return MeetingFact(
        meeting=f"{day:%Y%m%d}",
        day=day,
        starts_at_utc=datetime.combine(day, time(7), tzinfo=UTC),
        letter=Status(letter),
        minutes_late=int(minutes or 0),
        left_early=bool(early),
        substitute_late=bool(late),
        excuse=excuse,
    )
