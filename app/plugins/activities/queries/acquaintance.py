"""Whom has a member not met one-to-one yet, or not for long? Their own view; of the group counts of pairs alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, case, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from app.core.groups.models import MembershipRow
from app.core.ids import GroupId, MemberId
from app.plugins.activities.models import OneToOneRow
from app.plugins.activities.models_arranging import PairWishRow, RhythmRow

_TALK: Any = OneToOneRow.__table__
_RHYTHM: Any = RhythmRow.__table__
_WISH: Any = PairWishRow.__table__
_MEMBERSHIP: Any = MembershipRow.__table__
_ANYBODY = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Every how many weeks somebody would like a talk, and since when they wish so."""

    weeks: int
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWishes:
    """What one member wishes for: every so many weeks with anybody, and with which colleagues."""

    rhythm: Wish | None
    of: Mapping[MemberId, Wish]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairCounts:
    """Of all pairs of today's members, how many ever had a one-to-one with each other."""

    pairs: int
    met: int

    @property
    def not_met(self) -> int:
        """How many pairs had none yet."""
        return self.pairs - self.met


def last_talks(session: Session, group_id: GroupId, member_id: MemberId) -> Mapping[MemberId, date]:
    """Return for each colleague the day of the latest one-to-one with this member."""
    other = case((_TALK.c.member_id == member_id, _TALK.c.with_member_id), else_=_TALK.c.member_id)
    query = (
        select(other.label("other"), func.max(_TALK.c.held_on).label("last_on"))
        .where(
            _TALK.c.group_id == group_id,
            or_(_TALK.c.member_id == member_id, _TALK.c.with_member_id == member_id),
            _TALK.c.with_member_id.is_not(None),
        )
        .group_by(other)
    )
    return {MemberId(row.other): row.last_on for row in session.execute(query)}


def wishes_of(session: Session, group_id: GroupId, member_id: MemberId) -> OwnWishes:
    """Return with whom, and how often, the member would like to talk. One statement."""
    anybody = select(literal(_ANYBODY).label("about"), _RHYTHM.c.weeks, _RHYTHM.c.since).where(
        _RHYTHM.c.group_id == group_id, _RHYTHM.c.member_id == member_id
    )
    somebody = select(_WISH.c.about_member_id.label("about"), _WISH.c.weeks, _WISH.c.since).where(
        _WISH.c.group_id == group_id, _WISH.c.member_id == member_id
    )
    found = {
        row.about: Wish(weeks=row.weeks, since=row.since)
        for row in session.execute(union_all(anybody, somebody))
    }
    rhythm = found.pop(_ANYBODY, None)
    return OwnWishes(rhythm=rhythm, of={MemberId(about): wish for about, wish in found.items()})


def pair_counts(session: Session, group_id: GroupId, today: date) -> PairCounts:
    """Return how many pairs of today's members met one-to-one, at any time. Two statements, and nobody is named."""
    of_today = select(_MEMBERSHIP.c.member_id).where(
        _MEMBERSHIP.c.group_id == group_id,
        _MEMBERSHIP.c.started_on <= today,
        or_(_MEMBERSHIP.c.ended_on.is_(None), _MEMBERSHIP.c.ended_on >= today),
    )
    members = session.scalar(
        select(func.count(func.distinct(_MEMBERSHIP.c.member_id))).where(
            _MEMBERSHIP.c.group_id == group_id, _MEMBERSHIP.c.member_id.in_(of_today)
        )
    )
    low = case((_TALK.c.member_id < _TALK.c.with_member_id, _TALK.c.member_id), else_=_TALK.c.with_member_id)
    high = case((_TALK.c.member_id < _TALK.c.with_member_id, _TALK.c.with_member_id), else_=_TALK.c.member_id)
    met = (
        select(low.label("low"), high.label("high"))
        .where(
            and_(
                _TALK.c.group_id == group_id,
                _TALK.c.member_id.in_(of_today),
                _TALK.c.with_member_id.in_(of_today),
            )
        )
        .distinct()
        .subquery()
    )
    number = members or 0
    return PairCounts(
        pairs=number * (number - 1) // 2, met=session.scalar(select(func.count()).select_from(met)) or 0
    )
