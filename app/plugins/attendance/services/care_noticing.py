"""A trend is noticed from submitted records: the member is told at once and alone, the office only after they could look."""

from collections.abc import Sequence
from datetime import timedelta

from app.core.groups.domain.standing import Group
from app.core.groups.queries import members_on
from app.core.ids import MemberId
from app.core.local_time import local_day
from app.core.notices.services import notify
from app.core.sentences import N_
from app.core.work import UnitOfWork
from app.plugins.attendance.domain.care_events import CareMoved
from app.plugins.attendance.domain.care_patterns import GOOD_YEAR_WEEKS, Trend, trends_of
from app.plugins.attendance.domain.care_trail import CareState, is_to_open
from app.plugins.attendance.queries.care import CareLine, cares_in, cares_of, facts_by_member
from app.plugins.attendance.queries.care_numbers import numbers_of
from app.plugins.attendance.store_care import NewCare, move_care, notice

TOLD = N_("Your attendance has changed lately. Have a look at how you are coming; only you see it now.")
_ACTIVE = (CareState.NOTICED, CareState.OPEN)


def look_after(work: UnitOfWork, group: Group, *, path: str = "") -> int:
    """Notice what is new, let go what no longer holds, open what the member could see; return how much moved.

    Reads all of the group anew, so that running twice, or after any correction, comes to the same. The caller commits.
    """
    today = local_day(work.now, group.zone)
    numbers = numbers_of(work.session, group.id)
    first = today - timedelta(weeks=GOOD_YEAR_WEEKS + max(numbers.drop_weeks, numbers.absences_weeks))
    facts = facts_by_member(work.session, group.id, first)
    known = cares_in(work.session, group.id)
    moved = 0
    members = members_on(work.session, group.id, today)
    for member in members:
        trends = trends_of(facts.get(member.id, []), today, numbers)
        of_member = [care for care in known if care.member_id == member.id]
        moved += _look_after_one(work, group, member.id, trends, of_member, path=path)
    here = {member.id for member in members}
    gone = [care for care in known if care.member_id not in here and care.state is CareState.NOTICED]
    moved += sum(_let_go(work, group, care) for care in gone)
    return moved + _open_due(work, group)


def see_own(work: UnitOfWork, group: Group, member_id: MemberId) -> int:
    """Note that the member looked at their own trends, so that the office may know; commits, and returns how many were new."""
    unseen = [
        care
        for care in cares_of(work.session, group.id, member_id)
        if care.state is CareState.NOTICED and care.seen_at_utc is None
    ]
    for care in unseen:
        if move_care(
            work.session,
            group.id,
            care.id,
            seen_version=care.version,
            seen_at_utc=work.now,
            state=CareState.OPEN.value,
            opened_at_utc=work.now,
        ):
            _record(work, group, care, CareState.OPEN)
    work.commit()
    return len(unseen)


def _look_after_one(
    work: UnitOfWork,
    group: Group,
    member_id: MemberId,
    trends: Sequence[Trend],
    known: Sequence[CareLine],
    *,
    path: str,
) -> int:
    moved = 0
    for trend in trends:
        of_pattern = [care for care in known if care.pattern is trend.pattern]
        active = next((care for care in of_pattern if care.state in _ACTIVE), None)
        if active is not None:
            moved += _still_holds(work, group, active, trend)
        elif not _was_settled(group, of_pattern, trend):
            moved += _notice(work, group, member_id, trend, of_pattern, path=path)
    holding = {trend.pattern for trend in trends}
    over = [care for care in known if care.state in _ACTIVE and care.pattern not in holding]
    return moved + sum(_let_go(work, group, care) for care in over)


def _was_settled(group: Group, known: Sequence[CareLine], trend: Trend) -> bool:
    """Return whether a conversation about it was closed, and no further meeting was missed since."""
    closed = [local_day(care.closed_at_utc, group.zone) for care in known if care.closed_at_utc]
    return bool(closed) and trend.newest_on <= max(closed)


def _notice(
    work: UnitOfWork,
    group: Group,
    member_id: MemberId,
    trend: Trend,
    known: Sequence[CareLine],
    *,
    path: str,
) -> int:
    again = next((care for care in known if care.newest_on == trend.newest_on), None)
    care_id = again.id if again else work.ids.key()
    if again:
        is_new = move_care(
            work.session,
            group.id,
            again.id,
            seen_version=again.version,
            state=CareState.NOTICED.value,
            noticed_at_utc=work.now,
            seen_at_utc=None,
            gone_at_utc=None,
            count=trend.count,
        )
    else:
        new = NewCare(
            key=care_id,
            public_id=work.ids.public_id(),
            group_id=group.id,
            member_id=member_id,
            trend=trend,
            noticed_at=work.now,
        )
        is_new = notice(work.session, new)
    if not is_new:
        return 0
    moved = CareMoved(group_id=group.id, care_id=care_id, member_id=member_id, state=CareState.NOTICED.value)
    work.record(moved)
    notify(work, group_id=group.id, member_id=member_id, kind="attendance.own_trend", text=TOLD, path=path)
    return 1


def _still_holds(work: UnitOfWork, group: Group, care: CareLine, trend: Trend) -> int:
    if care.count == trend.count and care.gone_at_utc is None:
        return 0
    return int(
        move_care(
            work.session,
            group.id,
            care.id,
            seen_version=care.version,
            count=trend.count,
            gone_at_utc=None,
        )
    )


def _let_go(work: UnitOfWork, group: Group, care: CareLine) -> int:
    """Close what no office has seen; in an open conversation say that the trend holds no more."""
    if care.gone_at_utc is not None:
        return 0
    said = {"state": CareState.GONE.value} if care.state is CareState.NOTICED else {}
    is_moved = move_care(
        work.session, group.id, care.id, seen_version=care.version, gone_at_utc=work.now, **said
    )
    if is_moved:
        _record(work, group, care, CareState.GONE)
    return int(is_moved)


def _open_due(work: UnitOfWork, group: Group) -> int:
    opened = 0
    for care in cares_in(work.session, group.id, [CareState.NOTICED]):
        if not is_to_open(care.noticed_at_utc, care.seen_at_utc, work.now):
            continue
        if move_care(
            work.session,
            group.id,
            care.id,
            seen_version=care.version,
            state=CareState.OPEN.value,
            opened_at_utc=work.now,
        ):
            _record(work, group, care, CareState.OPEN)
            opened += 1
    return opened


def _record(work: UnitOfWork, group: Group, care: CareLine, state: CareState) -> None:
    work.record(CareMoved(group_id=group.id, care_id=care.id, member_id=care.member_id, state=state.value))
