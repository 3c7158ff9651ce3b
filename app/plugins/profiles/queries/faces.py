"""Who belongs to a group on a day, each with what stands on their card and their badge: one statement."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from app.core.database import table_of
from app.core.groups.domain.office import Office
from app.core.groups.models import MemberRow, MembershipRow, OfficeTermRow
from app.core.ids import GroupId, MemberId
from app.core.people.models import PersonRow
from app.plugins.profiles.models import PhotoRow, ProfileRow, RecordingRow

_MEMBER = table_of(MemberRow)
_MEMBERSHIP = table_of(MembershipRow)
_PERSON = table_of(PersonRow)
_TERM = table_of(OfficeTermRow)
_PROFILE = table_of(ProfileRow)
_PHOTO = table_of(PhotoRow)
_RECORDING = table_of(RecordingRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceLine:
    """A member as others should know them. Phone and mail are empty where the member does not show them."""

    member_id: MemberId
    public_id: str
    given_name: str
    family_name: str
    name: str
    firm: str
    trade: str
    phone: str
    email: str
    how_to_say: str
    is_practised: bool
    has_photo: bool
    has_recording: bool
    is_visitor_host: bool

    @property
    def first_name(self) -> str:
        """What stands large on the badge."""
        return self.given_name or self.name


def faces_on(session: Session, group_id: GroupId, day: date) -> list[FaceLine]:
    """Return the members of a day in alphabetical order."""
    rows = session.execute(_faces(group_id, day).where(_touches(day)))
    return list({row.id: _line(row) for row in rows}.values())


def _faces(group_id: GroupId, day: date) -> Any:
    hosts = select(func.count()).where(
        _TERM.c.group_id == group_id,
        _TERM.c.member_id == _MEMBER.c.id,
        _TERM.c.office == Office.VISITOR_HOST.value,
        _TERM.c.starts_on <= day,
        or_(_TERM.c.ends_on.is_(None), _TERM.c.ends_on >= day),
    )
    return (
        select(
            _MEMBER,
            _PERSON.c.given_name,
            _PERSON.c.family_name,
            _PERSON.c.name,
            _PROFILE.c.how_to_say,
            _PROFILE.c.is_practised,
            _PHOTO.c.mark.label("photo_mark"),
            _RECORDING.c.mark.label("recording_mark"),
            hosts.scalar_subquery().label("terms_as_host"),
        )
        .join(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
        .join(_MEMBERSHIP, _same_member(_MEMBERSHIP))
        .outerjoin(_PROFILE, _same_member(_PROFILE))
        .outerjoin(_PHOTO, _same_member(_PHOTO))
        .outerjoin(_RECORDING, _same_member(_RECORDING))
        .where(_MEMBER.c.group_id == group_id)
        .order_by(_PERSON.c.sort_name, _MEMBER.c.id)
    )


def _same_member(table: Any) -> Any:
    return and_(table.c.group_id == _MEMBER.c.group_id, table.c.member_id == _MEMBER.c.id)


def _touches(day: date) -> Any:
    return and_(
        _MEMBERSHIP.c.started_on <= day,
        or_(_MEMBERSHIP.c.ended_on.is_(None), _MEMBERSHIP.c.ended_on >= day),
    )


def _line(row: Any) -> FaceLine:
    return FaceLine(
        member_id=MemberId(row.id),
        public_id=row.public_id,
        given_name=row.given_name,
        family_name=row.family_name,
        name=row.name,
        firm=row.firm,
        trade=row.trade,
        phone=row.phone if row.shows_contact else "",
        email=row.email if row.shows_contact else "",
        how_to_say=row.how_to_say or "",
        is_practised=bool(row.is_practised),
        has_photo=row.photo_mark is not None,
        has_recording=row.recording_mark is not None,
        is_visitor_host=bool(row.terms_as_host),
    )
