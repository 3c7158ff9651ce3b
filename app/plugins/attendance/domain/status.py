"""Which letter a member has for a meeting: P A L M S, or blank where there is no record."""

from enum import StrEnum


class Status(StrEnum):
    """One letter of the record. L excludes P: who came late is not also counted present."""

    PRESENT = "P"
    ABSENT = "A"
    LATE = "L"
    MEDICAL = "M"
    SUBSTITUTE = "S"


CAME = frozenset({Status.PRESENT, Status.LATE})
"""The letters of those who were there in person."""

IN_THE_ROOM = CAME | {Status.SUBSTITUTE}
"""The letters for which somebody was there: the member, or who stood in."""


def status_of(letter: str | None) -> Status | None:
    """Return the status that `letter` stands for, or None where it is blank; an unknown letter raises ValueError."""
    return Status(letter) if letter else None
