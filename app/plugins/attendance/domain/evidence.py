"""How well an arrival is witnessed: the grades of sign-in evidence, and the ways by which a mark comes about."""

from enum import StrEnum


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
    LEADER = "leader"
    SUBMISSION = "submission"
    """No mark stood when the record was submitted, so the member was absent."""
    IMPORT = "import"


GRADE_OF_ORIGIN = {
    Origin.ROOM_CODE: Grade.OWN_SESSION_AND_ROOM_CODE,
    Origin.LEADER: Grade.LEADER,
    Origin.SUBMISSION: Grade.LEADER,
    Origin.IMPORT: None,
}
