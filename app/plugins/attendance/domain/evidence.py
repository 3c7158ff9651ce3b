"""How well an arrival is witnessed: the grades of sign-in evidence, and the ways by which a mark comes about."""

from dataclasses import dataclass
from enum import StrEnum

from app.core.ids import DeviceId, MemberId


class Grade(StrEnum):
    """What vouches for a mark; shown to leaders, never to colleagues. A mark from a file has none."""

    TABLET_AND_PIN = "A"
    """The registered tablet, with the member's PIN or personal code."""
    OWN_SESSION_AND_ROOM_CODE = "B"
    """The member's own session, with the code of the room's screen."""
    NAME_ON_TABLET = "T"
    """The name tapped on the registered tablet, without more."""
    OFFLINE_WITHIN_BOUNDS = "C"
    """Signed in without network, inside proven bounds."""
    CLAIMED = "D"
    """Claimed by the member; a leader decides."""
    LEADER = "L"
    """Entered by a leader or a door steward."""


class Origin(StrEnum):
    """The way by which a mark came into the record."""

    ROOM_CODE = "room-code"
    CLAIM = "claim"
    """By name at the door or by a neighbour's phone: it counts, and a leader confirms it."""
    TABLET = "tablet"
    """At the group's registered tablet; the grade tells with what proof, and whether it had a network."""
    LEADER = "leader"
    STEWARD = "steward"
    SUBMISSION = "submission"
    """No mark stood when the record was submitted, so the member was absent."""
    IMPORT = "import"


GRADE_OF_ORIGIN = {
    Origin.ROOM_CODE: Grade.OWN_SESSION_AND_ROOM_CODE,
    Origin.CLAIM: Grade.CLAIMED,
    Origin.TABLET: Grade.NAME_ON_TABLET,
    Origin.LEADER: Grade.LEADER,
    Origin.STEWARD: Grade.LEADER,
    Origin.SUBMISSION: Grade.LEADER,
    Origin.IMPORT: None,
}


class HowClaimed(StrEnum):
    """By which way somebody without a session came to be counted."""

    OWN_NAME = "own-name"
    NEIGHBOUR = "neighbour"
    OFFLINE = "offline"
    """By their own phone, which had no network at the time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorder:
    """Who keeps the record: a member in office, or a door steward, known by their device alone."""

    member_id: MemberId | None = None
    device_id: DeviceId | None = None

    def __post_init__(self) -> None:
        if (self.member_id is None) == (self.device_id is None):
            raise ValueError(f"{self!r} must be either a member or a device; give one of them.")

    @property
    def origin(self) -> Origin:
        """The way by which what they write comes into the record."""
        return Origin.STEWARD if self.member_id is None else Origin.LEADER
