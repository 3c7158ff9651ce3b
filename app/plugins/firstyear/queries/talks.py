"""Which talks are due, with whom, who owns them, and what was written of those that were held."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session, aliased

from app.core.database import table_of
from app.core.groups.models import MemberRow
from app.core.ids import GroupId, MemberId
from app.core.people.models import PersonRow
from app.plugins.firstyear.domain.keys import StayId, TalkId
from app.plugins.firstyear.domain.talks import SeenBy, TalkKind, TalkState
from app.plugins.firstyear.models import StayRow, TalkRow

_MEMBER = table_of(MemberRow)
_PERSON = table_of(PersonRow)
_STAY = table_of(StayRow)
_TALK = table_of(TalkRow)
_MOST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkLine:
    """A talk with its member and its owner. Who may read `outcome`, `words` and `wishes` is `is_readable_by`'s to say."""

    id: TalkId
    public_id: str
    stay_id: StayId
    stay_public_id: str
    member_id: MemberId
    member_public_id: str
    name: str
    first_name: str
    started_on: date
    kind: TalkKind
    year: int
    round: int
    planned_on: date
    due_on: date
    is_moved: bool
    owner_id: MemberId | None
    owner_name: str
    owner_public_id: str
    is_owner_named: bool
    told_on: date | None
    state: TalkState
    held_on: date | None
    outcome: str
    seen_by: str
    words: str
    wishes: str
    reason: str
    forget_on: date | None
    is_forgotten: bool
    version: int

    def is_of_the_two(self, viewer: MemberId) -> bool:
        """Return whether the viewer is one of those who talk."""
        return viewer in {self.member_id, self.owner_id}

    def is_readable_by(self, viewer: MemberId, *, reads_words: bool) -> bool:
        """Return whether the viewer may read what was written; `reads_words` is the committee's permission."""
        return self.is_of_the_two(viewer) or (reads_words and self.seen_by == SeenBy.COMMITTEE)


def talks_due(session: Session, group_id: GroupId, until: date = date.max) -> list[TalkLine]:
    """Return the talks of running stays that are due on `until` or earlier, the next first."""
    query = _talks(group_id).where(
        _TALK.c.state == TalkState.DUE.value, _STAY.c.state == "running", _TALK.c.due_on <= until
    )
    return [_talk(row) for row in session.execute(query.order_by(_TALK.c.due_on, _TALK.c.id))]


def talks_for_committee(session: Session, group_id: GroupId) -> list[TalkLine]:
    """Return the talks of which something was written for the membership committee, the latest first."""
    query = _talks(group_id).where(
        _TALK.c.state == TalkState.HELD.value,
        _TALK.c.seen_by == SeenBy.COMMITTEE.value,
        _TALK.c.forgotten_at_utc.is_(None),
    )
    ordered = query.order_by(_TALK.c.held_on.desc(), _TALK.c.id.desc()).limit(_MOST)
    return [_talk(row) for row in session.execute(ordered)]


def talks_of_stay(session: Session, group_id: GroupId, stay_id: StayId) -> list[TalkLine]:
    """Return all talks of one stay in the order of their days."""
    query = _talks(group_id).where(_TALK.c.stay_id == stay_id).order_by(_TALK.c.due_on, _TALK.c.id)
    return [_talk(row) for row in session.execute(query)]


def talk_in_address(session: Session, group_id: GroupId, public_id: str) -> TalkLine | None:
    """Return the talk of this group with that public id."""
    row = session.execute(_talks(group_id).where(_TALK.c.public_id == public_id)).one_or_none()
    return _talk(row) if row else None


def renewals(session: Session, group_id: GroupId) -> dict[StayId, list[TalkLine]]:
    """Return the renewal talks of the running stays, of each the latest last."""
    query = _talks(group_id).where(_TALK.c.kind == TalkKind.RENEWAL.value, _STAY.c.state == "running")
    found: dict[StayId, list[TalkLine]] = {}
    for row in session.execute(query.order_by(_TALK.c.year, _TALK.c.round)):
        found.setdefault(StayId(row.stay_id), []).append(_talk(row))
    return found


def talks_to_forget(session: Session, group_id: GroupId, today: date) -> list[tuple[TalkId, str]]:
    """Return key and public id of the settled talks whose time to be forgotten has come."""
    query = select(_TALK.c.id, _TALK.c.public_id).where(
        _TALK.c.group_id == group_id, _TALK.c.forget_on <= today, _TALK.c.forgotten_at_utc.is_(None)
    )
    return [(TalkId(row.id), row.public_id) for row in session.execute(query)]


def _talks(group_id: GroupId) -> Select[Any]:
    owner, owning = aliased(_MEMBER), aliased(_PERSON)
    return (
        select(
            _TALK,
            _STAY.c.public_id.label("stay_public_id"),
            _STAY.c.member_id,
            _STAY.c.started_on,
            _MEMBER.c.public_id.label("member_public_id"),
            _PERSON.c.name,
            _PERSON.c.given_name,
            owner.c.public_id.label("owner_public_id"),
            owning.c.name.label("owner_name"),
        )
        .join(_STAY, and_(_STAY.c.group_id == _TALK.c.group_id, _STAY.c.id == _TALK.c.stay_id))
        .join(_MEMBER, and_(_MEMBER.c.group_id == _STAY.c.group_id, _MEMBER.c.id == _STAY.c.member_id))
        .join(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
        .outerjoin(owner, and_(owner.c.group_id == _TALK.c.group_id, owner.c.id == _TALK.c.owner_member_id))
        .outerjoin(owning, owning.c.id == owner.c.person_id)
        .where(_TALK.c.group_id == group_id)
    )


def _talk(row: Any) -> TalkLine:
    return TalkLine(
        id=TalkId(row.id),
        public_id=row.public_id,
        stay_id=StayId(row.stay_id),
        stay_public_id=row.stay_public_id,
        member_id=MemberId(row.member_id),
        member_public_id=row.member_public_id,
        name=row.name,
        first_name=row.given_name or row.name,
        started_on=row.started_on,
        kind=TalkKind(row.kind),
        year=row.year,
        round=row.round,
        planned_on=row.planned_on,
        due_on=row.due_on,
        is_moved=row.is_moved,
        owner_id=MemberId(row.owner_member_id) if row.owner_member_id else None,
        owner_name=row.owner_name or "",
        owner_public_id=row.owner_public_id or "",
        is_owner_named=row.is_owner_named,
        told_on=row.told_on,
        state=TalkState(row.state),
        held_on=row.held_on,
        outcome=row.outcome,
        seen_by=row.seen_by,
        words=row.words,
        wishes=row.wishes,
        reason=row.reason,
        forget_on=row.forget_on,
        is_forgotten=row.forgotten_at_utc is not None,
        version=row.version,
    )
