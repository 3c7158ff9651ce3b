"""Who passed slips to whom, how far those of a period came, and what came of one's own: counts, never a prospect."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from app.core.ids import GroupId, MemberId
from app.core.local_time import Period
from app.plugins.referrals.domain.looking import Journey
from app.plugins.referrals.domain.slip import SlipState
from app.plugins.referrals.models import SlipRow, ThankYouRow
from app.plugins.referrals.queries.totals import counts_in, thanks_in

_SLIP: Any = SlipRow.__table__
_THANKS: Any = ThankYouRow.__table__


@dataclass(frozen=True, slots=True, kw_only=True)
class PairCount:
    """How many slips went from one to the other; None is a side that is not of this group."""

    giver: MemberId | None
    receiver: MemberId | None
    slips: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCount:
    """How many of a member's slips went to (`is_given`) or came from `other`, and stand at `state`."""

    other: MemberId | None
    is_given: bool
    state: SlipState
    is_historic: bool
    slips: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrencySum:
    """Thank-you business in one currency, in its minor units, and how many thank-yous it is."""

    currency: str
    minor: int
    thanks: int


def pairs_in(
    session: Session, group_id: GroupId, period: Period, zone: str, *, now: datetime
) -> Sequence[PairCount]:
    """Return who passed how many slips to whom, counted as PALMS counts them. One statement."""
    pair = (_SLIP.c.giver_member_id, _SLIP.c.receiver_member_id)
    query = (
        select(*pair, func.count().label("slips"))
        .where(_SLIP.c.group_id == group_id, counts_in(period, zone, now))
        .group_by(*pair)
    )
    return [
        PairCount(
            giver=_member(row.giver_member_id), receiver=_member(row.receiver_member_id), slips=row.slips
        )
        for row in session.execute(query)
    ]


def journeys_in(
    session: Session, group_id: GroupId, period: Period, zone: str, *, now: datetime
) -> Sequence[Journey]:
    """Return the slips that were passed in the house in those days, with their instants. One statement.

    Without those that were withdrawn, as in every count, those of files, of which no instant is known, and those whose
    receiver is not of this group.
    """
    query = select(
        _SLIP.c.receiver_member_id,
        _SLIP.c.state,
        _SLIP.c.passed_at_utc,
        _SLIP.c.acknowledged_at_utc,
        _SLIP.c.closed_at_utc,
    ).where(
        _SLIP.c.group_id == group_id,
        _SLIP.c.is_historic.is_(False),
        _SLIP.c.receiver_member_id.is_not(None),
        counts_in(period, zone, now),
    )
    return [
        Journey(
            receiver=_member(row.receiver_member_id),
            state=SlipState(row.state),
            passed_at=row.passed_at_utc,
            answered_at=row.acknowledged_at_utc,
            closed_at=row.closed_at_utc,
        )
        for row in session.execute(query)
    ]


def own_counts(
    session: Session, group_id: GroupId, member_id: MemberId, period: Period, zone: str, *, now: datetime
) -> Sequence[OwnCount]:
    """Return the member's own slips of those days, both ways, counted by the other side and where they stand."""
    is_given = case((_SLIP.c.giver_member_id == member_id, 1), else_=0)
    other = case(
        (_SLIP.c.giver_member_id == member_id, _SLIP.c.receiver_member_id), else_=_SLIP.c.giver_member_id
    )
    by = (is_given.label("is_given"), other.label("other"), _SLIP.c.state, _SLIP.c.is_historic)
    own = or_(_SLIP.c.giver_member_id == member_id, _SLIP.c.receiver_member_id == member_id)
    slips = select(*by).where(_SLIP.c.group_id == group_id, own, counts_in(period, zone, now)).subquery()
    query = select(*slips.c, func.count().label("slips")).group_by(*slips.c)
    return [
        OwnCount(
            other=_member(row.other),
            is_given=bool(row.is_given),
            state=SlipState(row.state),
            is_historic=bool(row.is_historic),
            slips=row.slips,
        )
        for row in session.execute(query)
    ]


def thanks_by_currency(
    session: Session, group_id: GroupId, period: Period, thanked: MemberId | None = None
) -> Sequence[CurrencySum]:
    """Return what was thanked for in those days, one sum a currency, without names; of `thanked` alone where given."""
    those = [_THANKS.c.group_id == group_id, thanks_in(period)]
    if thanked is not None:
        those.append(_THANKS.c.thanked_member_id == thanked)
    query = (
        select(
            _THANKS.c.currency,
            func.sum(_THANKS.c.amount_minor).label("minor"),
            func.count().label("thanks"),
        )
        .where(*those)
        .group_by(_THANKS.c.currency)
        .order_by(_THANKS.c.currency)
    )
    return [
        CurrencySum(currency=row.currency, minor=int(row.minor), thanks=row.thanks)
        for row in session.execute(query)
    ]


def _member(key: int | None) -> MemberId | None:
    return None if key is None else MemberId(key)
