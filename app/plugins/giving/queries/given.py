"""What a member has put in, with the day of each: derived from what stands here, kept nowhere a second time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, String, Subquery, and_, cast, literal, select, union_all
from sqlalchemy.orm import Session, aliased

from app.core.groups.models import MemberRow
from app.core.ids import GroupId, MemberId
from app.core.people.models import PersonRow
from app.plugins.giving.domain.introduction import IntroductionState
from app.plugins.giving.domain.words import Contribution
from app.plugins.giving.models import AskRow, IntroductionRow, ReplyRow, TestimonialRow

_ASK: Any = AskRow.__table__
_INTRODUCTION: Any = IntroductionRow.__table__
_REPLY: Any = ReplyRow.__table__
_TESTIMONIAL: Any = TestimonialRow.__table__
_MEMBER: Any = MemberRow.__table__
_PERSON: Any = PersonRow.__table__


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenHere:
    """One contribution: what it was, when, for whom; `public_id` leads to it and is empty where it has no page."""

    kind: Contribution
    at_utc: datetime
    name: str
    other_name: str
    public_id: str


def given_here(session: Session, group_id: GroupId, member_id: MemberId, since: datetime) -> list[GivenHere]:
    """Return the member's answers, introductions that were made, and testimonials since then, the latest first."""
    given = _given(group_id, member_id)
    helped, person = aliased(_MEMBER), aliased(_PERSON)
    other, other_person = aliased(_MEMBER), aliased(_PERSON)
    query = (
        select(given, person.c.name, other_person.c.name.label("other_name"))
        .select_from(given)
        .join(helped, and_(helped.c.group_id == group_id, helped.c.id == given.c.helped))
        .join(person, person.c.id == helped.c.person_id)
        .outerjoin(other, and_(other.c.group_id == group_id, other.c.id == given.c.other))
        .outerjoin(other_person, other_person.c.id == other.c.person_id)
        .where(given.c.at_utc >= since)
        .order_by(given.c.at_utc.desc())
    )
    return [
        GivenHere(
            kind=Contribution(row.kind),
            at_utc=row.at_utc,
            name=row.name,
            other_name=row.other_name or "",
            public_id=row.public_id,
        )
        for row in session.execute(query)
    ]


def _given(group_id: GroupId, member_id: MemberId) -> Subquery:
    replies = (
        select(
            literal(Contribution.REPLY.value).label("kind"),
            _REPLY.c.at_utc,
            _ASK.c.asker_member_id.label("helped"),
            literal(0, BigInteger).label("other"),
            _ASK.c.public_id,
        )
        .join(_ASK, and_(_ASK.c.group_id == _REPLY.c.group_id, _ASK.c.id == _REPLY.c.ask_id))
        .where(_REPLY.c.group_id == group_id, _REPLY.c.helper_member_id == member_id)
    )
    introductions = select(
        literal(Contribution.INTRODUCTION.value),
        _INTRODUCTION.c.made_at_utc,
        _INTRODUCTION.c.one_member_id,
        _INTRODUCTION.c.other_member_id,
        _INTRODUCTION.c.public_id,
    ).where(
        _INTRODUCTION.c.group_id == group_id,
        _INTRODUCTION.c.introducer_member_id == member_id,
        _INTRODUCTION.c.state == IntroductionState.MADE.value,
    )
    testimonials = select(
        literal(Contribution.TESTIMONIAL.value),
        _TESTIMONIAL.c.at_utc,
        _TESTIMONIAL.c.about_member_id,
        literal(0, BigInteger),
        cast("", String(16)),
    ).where(_TESTIMONIAL.c.group_id == group_id, _TESTIMONIAL.c.author_member_id == member_id)
    return union_all(replies, introductions, testimonials).subquery("given")
