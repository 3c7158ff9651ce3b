"""What members tell of themselves: one's own, one member's, those of several, and what a group likes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session

from app.core.database import table_of
from app.core.groups.models import MemberRow, MembershipRow
from app.core.ids import GroupId, MemberId
from app.plugins.activities.interface import ProfileTold
from app.plugins.profiles.domain.own_words import OwnWords, Part
from app.plugins.profiles.models import PhotoRow, ProfileRow, RecordingRow

_PROFILE = table_of(ProfileRow)
_PHOTO = table_of(PhotoRow)
_RECORDING = table_of(RecordingRow)
_MEMBER = table_of(MemberRow)
_MEMBERSHIP = table_of(MembershipRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileLine:
    """A member's profile with whether there is a photo and a recording; `version` is 0 where nothing was written yet."""

    words: OwnWords
    version: int
    has_photo: bool
    has_recording: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A photo or a recording, as it is sent; `mark` changes with it."""

    content: bytes
    media_type: str
    mark: str


def profile_of(session: Session, group_id: GroupId, member_id: MemberId) -> ProfileLine:
    """Return the member's profile with all its parts, those that they keep to themselves too."""
    row = session.execute(
        select(
            _PROFILE,
            _PHOTO.c.mark.label("photo_mark"),
            _RECORDING.c.mark.label("recording_mark"),
        )
        .select_from(_MEMBER)
        .outerjoin(_PROFILE, _same_member(_PROFILE))
        .outerjoin(_PHOTO, _same_member(_PHOTO))
        .outerjoin(_RECORDING, _same_member(_RECORDING))
        .where(_MEMBER.c.group_id == group_id, _MEMBER.c.id == member_id)
    ).one()
    return ProfileLine(
        words=_words(row) if row.version is not None else OwnWords(),
        version=row.version or 0,
        has_photo=row.photo_mark is not None,
        has_recording=row.recording_mark is not None,
    )


def interests_of_others(
    session: Session, group_id: GroupId, member_id: MemberId, today: date
) -> list[tuple[str, ...]]:
    """Return the interests that other members of today show, one tuple a member."""
    rows = session.scalars(
        select(_PROFILE.c.interests)
        .where(
            _PROFILE.c.group_id == group_id,
            _PROFILE.c.member_id != member_id,
            _PROFILE.c.shows_interests,
            _PROFILE.c.interests != "",
            _is_member_in(_PROFILE, today),
        )
        .order_by(_PROFILE.c.member_id)
    )
    return [tuple(one.split("\n")) for one in rows]


def photo_of(session: Session, group_id: GroupId, public_id: str, today: date) -> Kept | None:
    """Return the photo of somebody who is a member of this group on that day or later, else nothing."""
    row = _of_present_member(
        session, group_id, public_id, today, _PHOTO, _PHOTO.c.jpeg.label("content"), _PHOTO.c.mark
    )
    return Kept(content=row.content, media_type="image/jpeg", mark=row.mark) if row else None


def recording_of(session: Session, group_id: GroupId, public_id: str, today: date) -> Kept | None:
    """Return the recording of somebody who is a member of this group on that day or later, else nothing."""
    columns = (_RECORDING.c.sound.label("content"), _RECORDING.c.media_type, _RECORDING.c.mark)
    row = _of_present_member(session, group_id, public_id, today, _RECORDING, *columns)
    return Kept(content=row.content, media_type=row.media_type, mark=row.mark) if row else None


class StoredProfiles:
    """Answers other plugins what members tell of themselves: only what they show."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of_members(
        self, group_id: GroupId, member_ids: Collection[MemberId]
    ) -> Mapping[MemberId, ProfileTold]:
        """Return what those of the members tell who tell something."""
        rows = self._session.execute(
            select(_PROFILE).where(
                _PROFILE.c.group_id == group_id, _PROFILE.c.member_id.in_(sorted(member_ids))
            )
        )
        found = {MemberId(row.member_id): _words(row) for row in rows}
        return {member: _told(words) for member, words in found.items() if words.says_something}


def _told(words: OwnWords) -> ProfileTold:
    return ProfileTold(
        talk_to_me_about=words.shown(Part.TALK),
        good_fit=words.shown(Part.GOOD_FIT),
        not_a_good_fit=words.shown(Part.NOT_A_GOOD_FIT),
        interests=() if Part.INTERESTS in words.hidden else words.interests,
        how_to_say=words.how_to_say,
    )


def _of_present_member(
    session: Session, group_id: GroupId, public_id: str, today: date, table: Any, *columns: Any
) -> Any:
    return session.execute(
        select(*columns)
        .select_from(_MEMBER)
        .join(table, _same_member(table))
        .where(
            _MEMBER.c.group_id == group_id,
            _MEMBER.c.public_id == public_id,
            table.c.group_id == group_id,
            _is_member_in(table, today),
        )
    ).one_or_none()


def _same_member(table: Any) -> Any:
    return and_(table.c.group_id == _MEMBER.c.group_id, table.c.member_id == _MEMBER.c.id)


def _is_member_in(table: Any, today: date) -> Any:
    return exists().where(
        _MEMBERSHIP.c.group_id == table.c.group_id,
        _MEMBERSHIP.c.member_id == table.c.member_id,
        or_(_MEMBERSHIP.c.ended_on.is_(None), _MEMBERSHIP.c.ended_on >= today),
    )


def _words(row: Any) -> OwnWords:
    return OwnWords(
        talk_to_me_about=row.talk_to_me_about,
        good_fit=row.good_fit,
        not_a_good_fit=row.not_a_good_fit,
        interests=tuple(row.interests.split("\n")) if row.interests else (),
        how_to_say=row.how_to_say,
        hidden=frozenset(part for part in Part if not getattr(row, f"shows_{part.value}")),
        is_practised=row.is_practised,
    )
