"""How much was given, received and thanked for: PALMS per member, and the plain counts of the group."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import Session

from app.core.groups.models import GroupRow
from app.core.ids import GroupId, MemberId
from app.core.local_time import Period
from app.plugins.referrals.domain.basis import Tier
from app.plugins.referrals.domain.slip import RESULTS, SlipState
from app.plugins.referrals.interface import PalmsReferrals
from app.plugins.referrals.models import SlipRow, ThankYouRow
from app.plugins.referrals.queries.told import is_told

_SLIP: Any = SlipRow.__table__
_THANKS: Any = ThankYouRow.__table__
_GROUP: Any = GroupRow.__table__


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupCounts:
    """What happened in a period, without names: `thanked_minor` is in minor units of the group's currency.

    `passed` leaves out what was withdrawn; `acknowledged` is of these. `closed` are the results told in the period,
    whenever the slip was passed; `won` is of these.
    """

    passed: int
    acknowledged: int
    closed: int
    won: int
    thanked_minor: int
    thanks: int


class PalmsTotals:
    """Answers `ReferralTotals` from the slips and thank-yous themselves."""

    def __init__(self, session: Session, now: datetime) -> None:
        self._session, self._now = session, now

    def palms_totals(
        self, group_id: GroupId, first: date, last: date, zone: str
    ) -> Mapping[MemberId, PalmsReferrals]:
        """Return the totals of each member who has any. Two statements."""
        period = Period(first=first, last=last)
        counts: defaultdict[MemberId, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
        for row in self._session.execute(_slips_by_pair(group_id, period, zone, self._now)):
            inside = row.tier == Tier.INSIDE
            if row.giver_member_id is not None:
                counts[MemberId(row.giver_member_id)]["rgi" if inside else "rgo"] += row.number
            if row.receiver_member_id is not None:
                counts[MemberId(row.receiver_member_id)]["rri" if inside else "rro"] += row.number
        for row in self._session.execute(_thanks_by_member(group_id, period)):
            counts[MemberId(row.thanked_member_id)]["thank_you_minor"] += int(row.amount)
        return {member_id: PalmsReferrals(**one) for member_id, one in counts.items()}


def group_counts(
    session: Session, group_id: GroupId, period: Period, zone: str, *, now: datetime
) -> GroupCounts:
    """Return the plain counts of the group in the period. One statement."""
    acknowledged = _SLIP.c.acknowledged_at_utc.is_not(None)
    passed = (
        select(func.count().label("passed"), func.count().filter(acknowledged).label("acknowledged"))
        .where(_SLIP.c.group_id == group_id, counts_in(period, zone, now))
        .subquery()
    )
    closed = (
        select(
            func.count().label("closed"),
            func.count().filter(_SLIP.c.state == SlipState.WON).label("won"),
        )
        .where(
            _SLIP.c.group_id == group_id,
            _SLIP.c.state.in_(sorted(RESULTS)),
            _SLIP.c.closed_at_utc >= period.starts_at_utc(zone),
            _SLIP.c.closed_at_utc < period.ends_before_utc(zone),
        )
        .subquery()
    )
    thanks = (
        select(
            func.count().label("thanks"),
            func.coalesce(func.sum(_THANKS.c.amount_minor), 0).label("thanked_minor"),
        )
        .where(_THANKS.c.group_id == group_id, _is_counted(group_id, period))
        .subquery()
    )
    each_with_each = passed.join(closed, true()).join(thanks, true())
    row = session.execute(select(passed, closed, thanks).select_from(each_with_each)).one()
    return GroupCounts(
        passed=row.passed,
        acknowledged=row.acknowledged,
        closed=row.closed,
        won=row.won,
        thanked_minor=int(row.thanked_minor),
        thanks=row.thanks,
    )


def _slips_by_pair(group_id: GroupId, period: Period, zone: str, now: datetime) -> Any:
    pair = (_SLIP.c.giver_member_id, _SLIP.c.receiver_member_id, _SLIP.c.tier)
    return (
        select(*pair, func.count().label("number"))
        .where(_SLIP.c.group_id == group_id, counts_in(period, zone, now))
        .group_by(*pair)
    )


def _thanks_by_member(group_id: GroupId, period: Period) -> Any:
    return (
        select(_THANKS.c.thanked_member_id, func.sum(_THANKS.c.amount_minor).label("amount"))
        .where(
            _THANKS.c.group_id == group_id,
            _is_counted(group_id, period),
            _THANKS.c.thanked_member_id.is_not(None),
        )
        .group_by(_THANKS.c.thanked_member_id)
    )


def counts_in(period: Period, zone: str, now: datetime) -> ColumnElement[bool]:
    """Return the condition that a slip counts in the period: on the day it was passed, or on its historic day.

    In the minute in which its giver may undo it, it does not count yet.
    """
    on_passed_day = and_(
        _SLIP.c.historic_on.is_(None),
        _SLIP.c.passed_at_utc >= period.starts_at_utc(zone),
        _SLIP.c.passed_at_utc < period.ends_before_utc(zone),
    )
    on_historic_day = _SLIP.c.historic_on.between(period.first, period.last)
    return and_(_SLIP.c.state != SlipState.WITHDRAWN, is_told(now), or_(on_passed_day, on_historic_day))


def _is_counted(group_id: GroupId, period: Period) -> ColumnElement[bool]:
    """Return the condition that a thank-you falls in the period and is in the group's currency."""
    currency = select(_GROUP.c.currency).where(_GROUP.c.id == group_id).scalar_subquery()
    return and_(thanks_in(period), _THANKS.c.currency == currency)


def thanks_in(period: Period) -> ColumnElement[bool]:
    """Return the condition that a thank-you counts in the period, in whatever currency: unless it was taken back."""
    return and_(_THANKS.c.thanked_on.between(period.first, period.last), _THANKS.c.withdrawn_at_utc.is_(None))
