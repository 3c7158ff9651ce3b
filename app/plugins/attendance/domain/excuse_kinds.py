"""For which reasons may somebody be excused? The codes that marks and rules keep."""

from enum import StrEnum


class ExcuseKind(StrEnum):
    """Why somebody missed a meeting or came late. The value is what the database and the rules keep."""

    BEREAVEMENT = "bereavement"
    WEATHER = "weather"
    CARE = "care"
    ILLNESS = "illness"
    WORK = "work"
    OTHER = "other"


EXCUSE_KINDS: tuple[str, ...] = tuple(kind.value for kind in ExcuseKind)
"""Every code, in the order in which people choose."""
