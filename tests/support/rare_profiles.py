"""A photo, and a name spoken: what no demo has of a leader for certain."""

from hashlib import sha256

from app.core.ids import GroupId, MemberId
from app.core.work import UnitOfWork
from app.plugins.profiles.domain.sound import SoundKind
from app.plugins.profiles.store import keep_face
from tests.support.profiles import picture
from tests.support.sounds import webm


def keep_face_and_voice(work: UnitOfWork, group_id: GroupId, member_id: MemberId) -> None:
    """Keep a photo and a recording of the member."""
    photo, sound = picture("JPEG", (240, 240)), webm()
    values = {"jpeg": photo, "width": 240, "height": 240, "mark": sha256(photo).hexdigest()}
    keep_face(work.session, "photo", group_id, member_id, values | {"kept_at_utc": work.now})
    values = {"sound": sound, "media_type": SoundKind.WEBM.value, "mark": sha256(sound).hexdigest()}
    keep_face(work.session, "recording", group_id, member_id, values | {"kept_at_utc": work.now})
