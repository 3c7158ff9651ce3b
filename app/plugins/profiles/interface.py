"""What other components may know of profiles: that a member changed theirs. What it says is asked by `ProfilesTold`."""

from dataclasses import dataclass
from typing import ClassVar

from app.core.events import DomainEvent
from app.core.ids import MemberId


@dataclass(frozen=True, kw_only=True)
class ProfileKept(DomainEvent):
    """A member changed what they tell of themselves. `parts` names which, as codes: `words, photo, recording`."""

    kind: ClassVar[str] = "profiles.profile_kept"

    member_id: MemberId
    parts: str


@dataclass(frozen=True, kw_only=True)
class FaceRemoved(DomainEvent):
    """A photo or a recording was taken away: by its owner, or by the house after their last day. `part` says which."""

    kind: ClassVar[str] = "profiles.face_removed"

    member_id: MemberId
    part: str
