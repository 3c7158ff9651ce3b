"""What a member noted for themself of their talks, and what they promised themself: the writer's own alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from app.core.groups.models import MemberRow, MembershipRow
from app.core.ids import GroupId, MemberId
from app.core.people.former import name_or_nobody
from app.core.people.models import PersonRow
from app.plugins.activities.domain.commitments import PromiseState
from app.plugins.activities.domain.keys import ArrangementId, OneToOneId
from app.plugins.activities.models import OneToOneRow
from app.plugins.activities.models_arranging import ArrangementRow, CommitmentRow, TalkNoteRow

_NOTE: Any = TalkNoteRow.__table__
_TALK: Any = OneToOneRow.__table__
_ARRANGEMENT: Any = ArrangementRow.__table__
_PROMISE: Any = CommitmentRow.__table__
_MEMBER: Any = MemberRow.__table__
_MEMBERSHIP: Any = MembershipRow.__table__
_PERSON: Any = PersonRow.__table__
_MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnNote:
    """A note of its writer. `id` is 0 and `version` 0 where none is written yet."""

    id: int = 0
    public_id: str = ""
    note: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteLine:
    """A note in its writer's list. `talk` and `arrangement` are public ids, empty where there is none any more."""

    public_id: str
    note: str
    day: date
    about: str
    talk: str
    arrangement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A promise as its owner sees it; `about_name` and `about_public_id` are empty where it names nobody."""

    id: int
    public_id: str
    member_id: MemberId
    words: str
    due_on: date
    state: PromiseState
    about_name: str
    about_public_id: str

    @property
    def is_open(self) -> bool:
        """Whether it is neither done nor let go."""
        return self.state is PromiseState.OPEN


def note_of_talk(session: Session, group_id: GroupId, talk_id: OneToOneId, member_id: MemberId) -> OwnNote:
    """Return what this member noted of a recorded talk."""
    return _own_note(session, group_id, member_id, _NOTE.c.one_to_one_id == talk_id)


def note_of_arrangement(
    session: Session, group_id: GroupId, arrangement_id: ArrangementId, member_id: MemberId
) -> OwnNote:
    """Return what this member prepared for an arranged talk."""
    return _own_note(session, group_id, member_id, _NOTE.c.arrangement_id == arrangement_id)


def notes_of(session: Session, group_id: GroupId, member_id: MemberId) -> list[NoteLine]:
    """Return every note of its writer, the newest day first."""
    query = (
        select(
            _NOTE.c.public_id,
            _NOTE.c.note,
            _NOTE.c.day,
            name_or_nobody(_PERSON.c.name).label("about"),
            func.coalesce(_TALK.c.public_id, "").label("talk"),
            func.coalesce(_ARRANGEMENT.c.public_id, "").label("arrangement"),
        )
        .select_from(_NOTE)
        .outerjoin(_TALK, and_(_TALK.c.group_id == group_id, _TALK.c.id == _NOTE.c.one_to_one_id))
        .outerjoin(
            _ARRANGEMENT,
            and_(_ARRANGEMENT.c.group_id == group_id, _ARRANGEMENT.c.id == _NOTE.c.arrangement_id),
        )
        .outerjoin(_MEMBER, and_(_MEMBER.c.group_id == group_id, _MEMBER.c.id == _NOTE.c.about_member_id))
        .outerjoin(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
        .where(_NOTE.c.group_id == group_id, _NOTE.c.member_id == member_id)
        .order_by(_NOTE.c.day.desc(), _NOTE.c.id.desc())
    )
    return [NoteLine(**row) for row in session.execute(query.limit(_MOST)).mappings()]


def promises_of(session: Session, group_id: GroupId, member_id: MemberId) -> list[Promise]:
    """Return the promises of their owner: the open ones by their day, then the others, the newest first."""
    query = _promises(group_id).where(_PROMISE.c.member_id == member_id).order_by(_PROMISE.c.id.desc())
    found = [_promise(row) for row in session.execute(query.limit(_MOST)).mappings()]
    opened = sorted((one for one in found if one.is_open), key=lambda one: (one.due_on, one.id))
    return [*opened, *(one for one in found if not one.is_open)]


def promise_of(session: Session, group_id: GroupId, member_id: MemberId, public_id: str) -> Promise | None:
    """Return one promise, for its owner alone."""
    query = _promises(group_id).where(_PROMISE.c.member_id == member_id, _PROMISE.c.public_id == public_id)
    row = session.execute(query).mappings().one_or_none()
    return _promise(row) if row else None


def promises_due(session: Session, group_id: GroupId, today: date) -> Sequence[Promise]:
    """Return the open promises of today's members whose day has come and for which nobody was nudged yet."""
    is_member = (
        select(_MEMBERSHIP.c.member_id)
        .where(
            _MEMBERSHIP.c.group_id == group_id,
            _MEMBERSHIP.c.started_on <= today,
            or_(_MEMBERSHIP.c.ended_on.is_(None), _MEMBERSHIP.c.ended_on >= today),
        )
        .scalar_subquery()
    )
    query = _promises(group_id).where(
        _PROMISE.c.state == PromiseState.OPEN.value,
        _PROMISE.c.due_on <= today,
        or_(_PROMISE.c.nudged_for.is_(None), _PROMISE.c.nudged_for != _PROMISE.c.due_on),
        _PROMISE.c.member_id.in_(is_member),
    )
    return [_promise(row) for row in session.execute(query.order_by(_PROMISE.c.id)).mappings()]


def _own_note(session: Session, group_id: GroupId, member_id: MemberId, which: Any) -> OwnNote:
    query = select(_NOTE.c.id, _NOTE.c.public_id, _NOTE.c.note, _NOTE.c.version).where(
        _NOTE.c.group_id == group_id, _NOTE.c.member_id == member_id, which
    )
    row = session.execute(query).mappings().first()
    return OwnNote(**row) if row else OwnNote()


def _promises(group_id: GroupId) -> Select[Any]:
    return (
        select(
            _PROMISE.c.id,
            _PROMISE.c.public_id,
            _PROMISE.c.member_id,
            _PROMISE.c.words,
            _PROMISE.c.due_on,
            _PROMISE.c.state,
            name_or_nobody(_PERSON.c.name).label("about_name"),
            func.coalesce(_MEMBER.c.public_id, "").label("about_public_id"),
        )
        .select_from(_PROMISE)
        .outerjoin(_MEMBER, and_(_MEMBER.c.group_id == group_id, _MEMBER.c.id == _PROMISE.c.about_member_id))
        .outerjoin(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
        .where(_PROMISE.c.group_id == group_id)
    )


def _promise(row: Any) -> Promise:
    return Promise(**{**row, "state": PromiseState(row["state"]), "member_id": MemberId(row["member_id"])})
