"""Which asks stand, whose they are, and who answered them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.core.groups.models import MemberRow, MembershipRow
from app.core.ids import GroupId, MemberId
from app.core.people.models import PersonRow
from app.plugins.giving.domain.ask import AskState, is_open
from app.plugins.giving.domain.keys import AskId, ReplyId
from app.plugins.giving.domain.words import Help
from app.plugins.giving.models import AskRow, ReplyRow, ThanksRow

_ASK: Any = AskRow.__table__
_MEMBER: Any = MemberRow.__table__
_MEMBERSHIP: Any = MembershipRow.__table__
_PERSON: Any = PersonRow.__table__
_REPLY: Any = ReplyRow.__table__
_THANKS: Any = ThanksRow.__table__
_OWN_REPLY: Any = aliased(_REPLY)
_MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class AskLine:
    """An ask with its asker, as the viewer sees it. `is_answered` says that somebody did, never who or how many."""

    id: AskId
    public_id: str
    asker_id: MemberId
    asker_name: str
    asker_first_name: str
    asker_public_id: str
    kind: str
    is_learning: bool
    what: str
    why: str
    until_on: date
    state: str
    opened_at_utc: datetime
    is_answered: bool
    is_answered_by_viewer: bool

    def is_open_on(self, today: date) -> bool:
        """Return whether it can still be answered."""
        return is_open(self.state, self.until_on, today)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyLine:
    """An answer as asker and helper read it; `thanks` are the words of the thank-you, if it stands."""

    id: ReplyId
    public_id: str
    ask_id: AskId
    helper_id: MemberId
    helper_name: str
    helper_public_id: str
    words: str
    at_utc: datetime
    thanks: str


def open_asks(session: Session, group_id: GroupId, viewer: MemberId, today: date) -> list[AskLine]:
    """Return the asks of today's members that can still be answered, those that end first before the others."""
    query = (
        _asks(group_id, viewer)
        .where(
            _ASK.c.state == AskState.OPEN.value,
            _ASK.c.until_on >= today,
            exists().where(
                _MEMBERSHIP.c.group_id == _ASK.c.group_id,
                _MEMBERSHIP.c.member_id == _ASK.c.asker_member_id,
                _MEMBERSHIP.c.started_on <= today,
                or_(_MEMBERSHIP.c.ended_on.is_(None), _MEMBERSHIP.c.ended_on >= today),
            ),
        )
        .order_by(_ASK.c.until_on, _ASK.c.id)
        .limit(_MOST)
    )
    return [_line(row) for row in session.execute(query)]


def asks_of(session: Session, group_id: GroupId, viewer: MemberId) -> list[AskLine]:
    """Return the viewer's own asks, open and over, the newest first."""
    query = _asks(group_id, viewer).where(_ASK.c.asker_member_id == viewer).order_by(_ASK.c.id.desc())
    return [_line(row) for row in session.execute(query.limit(_MOST))]


def ask_by_public_id(session: Session, group_id: GroupId, public_id: str, viewer: MemberId) -> AskLine | None:
    """Return the ask of this group with that public id."""
    row = session.execute(_asks(group_id, viewer).where(_ASK.c.public_id == public_id)).one_or_none()
    return _line(row) if row else None


def replies_for(session: Session, group_id: GroupId, ask: AskLine, viewer: MemberId) -> list[ReplyLine]:
    """Return what the viewer may read of the answers: the asker all of them, a helper their own, others none."""
    query = _replies(group_id).where(_REPLY.c.ask_id == ask.id).order_by(_REPLY.c.at_utc, _REPLY.c.id)
    if viewer != ask.asker_id:
        query = query.where(_REPLY.c.helper_member_id == viewer)
    return [_reply(row) for row in session.execute(query)]


def reply_to(session: Session, group_id: GroupId, public_id: str, asker: MemberId) -> ReplyLine | None:
    """Return the answer with that public id to an ask of `asker`; to everybody else there is none."""
    query = _replies(group_id).where(_REPLY.c.public_id == public_id, _ASK.c.asker_member_id == asker)
    row = session.execute(query).one_or_none()
    return _reply(row) if row else None


def _asks(group_id: GroupId, viewer: MemberId) -> Select[Any]:
    own_reply = and_(
        _OWN_REPLY.c.group_id == _ASK.c.group_id,
        _OWN_REPLY.c.ask_id == _ASK.c.id,
        _OWN_REPLY.c.helper_member_id == viewer,
    )
    answered = exists().where(_REPLY.c.group_id == _ASK.c.group_id, _REPLY.c.ask_id == _ASK.c.id)
    return (
        select(
            _ASK,
            _MEMBER.c.public_id.label("asker_public_id"),
            _PERSON.c.name,
            _PERSON.c.given_name,
            answered.label("is_answered"),
            _OWN_REPLY.c.id.label("own_reply_id"),
        )
        .select_from(_ASK)
        .join(_MEMBER, and_(_MEMBER.c.group_id == _ASK.c.group_id, _MEMBER.c.id == _ASK.c.asker_member_id))
        .join(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
        .outerjoin(_OWN_REPLY, own_reply)
        .where(_ASK.c.group_id == group_id)
    )


def _replies(group_id: GroupId) -> Select[Any]:
    thanked = and_(
        _THANKS.c.group_id == _REPLY.c.group_id,
        _THANKS.c.kind == Help.REPLY.value,
        _THANKS.c.about_id == _REPLY.c.id,
    )
    return (
        select(
            _REPLY,
            _MEMBER.c.public_id.label("helper_public_id"),
            _PERSON.c.name,
            func.coalesce(_THANKS.c.words, "").label("thanks"),
        )
        .select_from(_REPLY)
        .join(_ASK, and_(_ASK.c.group_id == _REPLY.c.group_id, _ASK.c.id == _REPLY.c.ask_id))
        .join(
            _MEMBER, and_(_MEMBER.c.group_id == _REPLY.c.group_id, _MEMBER.c.id == _REPLY.c.helper_member_id)
        )
        .join(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
        .outerjoin(_THANKS, thanked)
        .where(_REPLY.c.group_id == group_id)
    )


def _line(row: Any) -> AskLine:
    return AskLine(
        id=AskId(row.id),
        public_id=row.public_id,
        asker_id=MemberId(row.asker_member_id),
        asker_name=row.name,
        asker_first_name=row.given_name or row.name,
        asker_public_id=row.asker_public_id,
        kind=row.kind,
        is_learning=row.is_learning,
        what=row.what,
        why=row.why,
        until_on=row.until_on,
        state=row.state,
        opened_at_utc=row.opened_at_utc,
        is_answered=bool(row.is_answered),
        is_answered_by_viewer=row.own_reply_id is not None,
    )


def _reply(row: Any) -> ReplyLine:
    return ReplyLine(
        id=ReplyId(row.id),
        public_id=row.public_id,
        ask_id=AskId(row.ask_id),
        helper_id=MemberId(row.helper_member_id),
        helper_name=row.name,
        helper_public_id=row.helper_public_id,
        words=row.words,
        at_utc=row.at_utc,
        thanks=row.thanks,
    )
