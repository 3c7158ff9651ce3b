"""Writing profiles, photos and recordings, each act one statement."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, delete, exists, insert, or_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.core.database import table_of
from app.core.groups.models import MembershipRow
from app.core.ids import GroupId, MemberId
from app.plugins.profiles.models import PhotoRow, ProfileRow, RecordingRow

_PROFILE = table_of(ProfileRow)
_MEMBERSHIP = table_of(MembershipRow)

FACES: Mapping[str, Table] = {"photo": table_of(PhotoRow), "recording": table_of(RecordingRow)}
"""What shows a member, and goes when they leave."""


def keep_profile(
    session: Session, group_id: GroupId, member_id: MemberId, values: Mapping[str, Any], seen_version: int
) -> bool:
    """Keep a profile over the version that was seen, 0 for the first; return False where another stands by now."""
    if seen_version == 0:
        whose = {"group_id": group_id, "member_id": member_id, "version": 1}
        added = (
            _insert(session, _PROFILE)
            .values(dict(values) | whose)
            .on_conflict_do_nothing()
            .returning(_PROFILE.c.version)
        )
        return session.scalar(added) is not None
    changed = session.scalar(
        update(_PROFILE)
        .where(
            _PROFILE.c.group_id == group_id,
            _PROFILE.c.member_id == member_id,
            _PROFILE.c.version == seen_version,
        )
        .values(dict(values) | {"version": seen_version + 1})
        .returning(_PROFILE.c.version)
    )
    return changed is not None


def keep_face(
    session: Session, part: str, group_id: GroupId, member_id: MemberId, values: Mapping[str, Any]
) -> None:
    """Keep a photo or a recording (`part` names which) in the place of the one before."""
    table = FACES[part]
    new = _insert(session, table).values(dict(values) | {"group_id": group_id, "member_id": member_id})
    session.execute(
        new.on_conflict_do_update(index_elements=[table.c.group_id, table.c.member_id], set_=dict(values))
    )


def remove_face(session: Session, part: str, group_id: GroupId, member_id: MemberId) -> bool:
    """Take a photo or a recording away; return whether there was one."""
    table = FACES[part]
    gone = session.scalar(
        delete(table)
        .where(table.c.group_id == group_id, table.c.member_id == member_id)
        .returning(table.c.member_id)
    )
    return gone is not None


def remove_faces_of_leavers(session: Session, part: str, group_id: GroupId, today: date) -> list[MemberId]:
    """Take away the photos or the recordings of everybody whose last day has passed; return whose."""
    table = FACES[part]
    gone = session.scalars(
        delete(table)
        .where(table.c.group_id == group_id, ~_belongs(table, today))
        .returning(table.c.member_id)
    )
    return sorted(MemberId(one) for one in gone)


def end_practising_of_leavers(session: Session, group_id: GroupId, today: date) -> None:
    """Practise nobody's name any more whose last day has passed: whoever comes back chooses anew."""
    session.execute(
        update(_PROFILE)
        .where(_PROFILE.c.group_id == group_id, _PROFILE.c.is_practised, ~_belongs(_PROFILE, today))
        .values(is_practised=False, version=_PROFILE.c.version + 1)
    )


def add_in_bulk(session: Session, row: type[ProfileRow | PhotoRow], rows: list[dict[str, Any]]) -> None:
    """Keep invented rows of a demo group."""
    if rows:
        session.execute(insert(row), rows)


def _belongs(table: Table, today: date) -> ColumnElement[bool]:
    """Whether the row's member belongs to the group today or later: the last day itself is one of theirs."""
    return exists().where(
        and_(
            _MEMBERSHIP.c.group_id == table.c.group_id,
            _MEMBERSHIP.c.member_id == table.c.member_id,
            or_(_MEMBERSHIP.c.ended_on.is_(None), _MEMBERSHIP.c.ended_on >= today),
        )
    )


def _insert(session: Session, table: Table) -> Any:
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    return dialect.insert(table)
