"""What the other plugins know of a group that the scheme asks for: who gave whom what and when, who came, since when."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.core.groups.domain.standing import Group
from app.core.groups.queries import belonging
from app.core.ids import MemberId
from app.core.local_time import instant_of, local_day
from app.core.work import UnitOfWork
from app.plugins.attendance.interface import AttendanceHistory
from app.plugins.credibility.domain.estimate import History
from app.plugins.credibility.domain.reports import Handed, day_of
from app.plugins.referrals.interface import OpenedReport, SlipAct, SlipHistory

_MORNING = datetime.min.time()


LATELY_DAYS = 26 * 7
"""How far back the plain counts beside a record reach."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gives:
    """How many referrals somebody gave, and to how many colleagues."""

    referrals: int
    colleagues: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A group's facts. `joined` are the days since 1970 on which members first began; `acts` the slips by key.

    `here` are those who are members on that day: who left keeps a record, and nobody sees it until they are back.
    `off` names the plugins that are switched off: what they would know is missing, and is not nothing.
    """

    acts: Mapping[int, SlipAct]
    given_days: Mapping[tuple[MemberId, MemberId], Sequence[float]]
    given: Mapping[MemberId, int]
    attended: Mapping[MemberId, int]
    joined: Mapping[MemberId, float]
    here: frozenset[MemberId]
    reports: Sequence[OpenedReport]
    off: frozenset[str]

    def history(self, member_id: MemberId, t: float) -> History:
        """Return what the gate asks of a member on day `t` beside the reports."""
        joined = self.joined.get(member_id)
        return History(
            tenure_days=None if joined is None else t - joined,
            attended=self.attended.get(member_id, 0),
            given=self.given.get(member_id, 0),
        )

    def last_given(self, giver: MemberId, receiver: MemberId, t: float) -> float | None:
        """Return the latest day up to `t` on which one gave the other a referral, or None."""
        days = self.given_days.get((giver, receiver), ())
        before = bisect_right(days, t)
        return days[before - 1] if before else None

    def gives(self, giver: MemberId, *, since: float) -> Gives:
        """Return how many referrals the member gave since that day, and to how many colleagues."""
        lately = [
            sum(day >= since for day in days) for (by, _to), days in self.given_days.items() if by == giver
        ]
        return Gives(referrals=sum(lately), colleagues=sum(number > 0 for number in lately))

    def handed(self, slip_id: int) -> Handed | None:
        """Return a slip as evidence needs it; None for one that its giver withdrew."""
        act = self.acts.get(slip_id)
        if act is None:
            return None
        return Handed(
            given_at=act.reached_at_utc,
            how_well=act.how_well,
            contacted_at=act.contacted_at_utc,
            is_historic=act.historic_on is not None,
        )


def is_all_known(work: UnitOfWork, group: Group) -> bool:
    """Return whether referrals and attendance both answer. Nothing is weighed while one is off: its facts would be missing for good."""
    asked = (SlipHistory, AttendanceHistory)
    return all(work.reader(group.id, one) is not None for one in asked)


def facts_of(work: UnitOfWork, group: Group, at: datetime | None = None) -> Facts:
    """Return the facts, by default of now; with `at`, which reports had opened by then, what they said, who had come and given.

    About four statements to referrals, attendance and core; what a plugin that is off would know is missing.
    """
    slips = work.reader(group.id, SlipHistory)  # type: ignore[type-abstract]  # a protocol is asked for, never made
    came = work.reader(group.id, AttendanceHistory)  # type: ignore[type-abstract]  # likewise
    members = belonging(work.session, group.id, local_day(at or work.now, group.zone))
    acts = [] if slips is None else slips.acts(group.id)
    given = [act for act in acts if not act.is_handed_back]
    days: defaultdict[tuple[MemberId, MemberId], list[float]] = defaultdict(list)
    for act in given:
        days[act.giver_member_id, act.receiver_member_id].append(_given_on(act, group.zone))
    return Facts(
        acts={act.slip_id: act for act in acts},
        given_days={pair: sorted(found) for pair, found in days.items()},
        given=Counter(
            act.giver_member_id for act in given if at is None or _given_on(act, group.zone) < day_of(at)
        ),
        attended={} if came is None else _attended(came, group, at),
        joined={
            member: day_of(instant_of(one.first, _MORNING, group.zone)) for member, one in members.items()
        },
        here=frozenset(member for member, one in members.items() if one.is_here),
        reports=[] if slips is None else slips.opened_reports(group.id, at or work.now),
        off=switched_off(slips, came),
    )


def switched_off(slips: SlipHistory | None, came: AttendanceHistory | None) -> frozenset[str]:
    """Return the names of the plugins that answer nothing, as they are off."""
    return frozenset(
        name for name, answers in (("referrals", slips), ("attendance", came)) if answers is None
    )


def _attended(came: AttendanceHistory, group: Group, at: datetime | None) -> Mapping[MemberId, int]:
    """Return how often each member came, on the days before that of `at` where it is given."""
    if at is None:
        return came.attended_by_member(group.id)
    day = local_day(at, group.zone)
    return {member: bisect_left(days, day) for member, days in came.attended_days(group.id).items()}


def _given_on(act: SlipAct, zone: str) -> float:
    historic: date | None = act.historic_on
    return day_of(act.given_at_utc if historic is None else instant_of(historic, _MORNING, zone))
