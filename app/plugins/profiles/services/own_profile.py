"""A member keeps what they tell of themselves: words, photo and recording together or not at all; and takes it away."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from app.core.errors import NotFound, Refusal, Refused
from app.core.groups.domain.standing import Group
from app.core.ids import MemberId
from app.core.pictures import Picture, UnreadablePicture, redrawn
from app.core.work import UnitOfWork
from app.plugins.profiles.domain.own_words import OwnWords, Part, refusals_for_words
from app.plugins.profiles.domain.sound import kind_of, refusals_for_sound
from app.plugins.profiles.interface import FaceRemoved, ProfileKept
from app.plugins.profiles.store import keep_face, keep_profile, remove_face

LONGEST_SIDE = 640


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepProfile:
    """What a member tells of themselves. `photo` and `sound` are the files as they came, empty where none was chosen."""

    group: Group
    member: MemberId
    words: OwnWords
    seen_version: int
    photo: bytes = b""
    sound: bytes = b""


def keep_profile_of(work: UnitOfWork, command: KeepProfile) -> None:
    """Keep words, photo and recording; refused with every reason at once, and then nothing is kept. Commits."""
    refusals = refusals_for_words(command.words)
    picture = _picture(command.photo, refusals)
    if command.sound:
        refusals += refusals_for_sound(command.sound)
    if refusals:
        raise Refused(refusals)
    group_id, member = command.group.id, command.member
    if not keep_profile(work.session, group_id, member, _values(work, command.words), command.seen_version):
        raise Refused([Refusal(code="profiles.changed_meanwhile")])
    parts = ["words"]
    if picture is not None:
        keep_face(work.session, "photo", group_id, member, _photo(work, picture))
        parts.append("photo")
    if command.sound:
        keep_face(work.session, "recording", group_id, member, _recording(work, command.sound))
        parts.append("recording")
    work.record(ProfileKept(group_id=group_id, member_id=member, parts=", ".join(parts)))
    work.commit()


def remove_own(work: UnitOfWork, group: Group, member: MemberId, part: str) -> None:
    """Take the member's own photo or recording away (`part` says which); nothing to do is as good as done. Commits."""
    if part not in {"photo", "recording"}:
        raise NotFound
    if remove_face(work.session, part, group.id, member):
        work.record(FaceRemoved(group_id=group.id, member_id=member, part=part))
    work.commit()


def _picture(raw: bytes, refusals: list[Refusal]) -> Picture | None:
    """Return the photo drawn anew; where that cannot be, add why to `refusals`."""
    if not raw:
        return None
    try:
        return redrawn(raw, longest_side=LONGEST_SIDE)
    except UnreadablePicture as fault:
        refusals.append(_why_no_photo(fault.reason))
        return None


def _why_no_photo(reason: str) -> Refusal:
    if reason in {"too_heavy", "too_many_pixels"}:
        return Refusal(code="profiles.photo_too_large", field="photo")
    if reason == "too_small":
        return Refusal(code="profiles.photo_too_small", field="photo")
    return Refusal(code="profiles.photo_unreadable", field="photo")


def _values(work: UnitOfWork, words: OwnWords) -> dict[str, Any]:
    return {
        "talk_to_me_about": words.talk_to_me_about,
        "good_fit": words.good_fit,
        "not_a_good_fit": words.not_a_good_fit,
        "interests": "\n".join(words.interests),
        "how_to_say": words.how_to_say,
        **{f"shows_{part.value}": part not in words.hidden for part in Part},
        "is_practised": words.is_practised,
        "changed_at_utc": work.now,
    }


def _photo(work: UnitOfWork, picture: Picture) -> dict[str, Any]:
    return {
        "jpeg": picture.jpeg,
        "width": picture.width,
        "height": picture.height,
        "mark": sha256(picture.jpeg).hexdigest(),
        "kept_at_utc": work.now,
    }


def _recording(work: UnitOfWork, sound: bytes) -> dict[str, Any]:
    kind = kind_of(sound)
    if kind is None:
        raise ValueError("A recording of no known kind was let through; refusals_for_sound refuses it.")
    return {
        "sound": sound,
        "media_type": kind.value,
        "mark": sha256(sound).hexdigest(),
        "kept_at_utc": work.now,
    }
