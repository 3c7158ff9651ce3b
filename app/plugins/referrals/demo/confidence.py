"""What the demo's members said in confidence: most reports on slips that ended, and the weekly quality check."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from app.core.ids import MemberId
from app.plugins.referrals.demo.rows import Pile
from app.plugins.referrals.domain.keys import SlipId
from app.plugins.referrals.domain.quality import ASKED_FOR, drawn, week_drawn_from, week_of
from app.plugins.referrals.domain.reports import ANSWERS, ASKED_OPEN_AFTER, Report
from app.plugins.referrals.domain.slip import OPEN, RESULTS, SlipState
from app.plugins.referrals.interface import QualityCheckAnswered, QualityCheckDrawn, ReportGiven
from app.plugins.referrals.models import SlipRow
from app.plugins.referrals.models_reports import QualityCheckRow, ReportRow

_REPORTED = {Report.HANDLING: 0.72, Report.LEAD: 0.64}
"""How many of a hundred say their word, each side."""
_WELL, _SILENT = (82, 13, 5), (12, 30, 58)
"""How a report turns out after a result, and after two weeks without one: yes, between, no."""
_CHECKED = 0.85
_CORRECTED = 0.04


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """A slip on which something can be said since an instant, and how likely it is something good."""

    slip: dict[str, Any]
    since: datetime
    weights: tuple[int, int, int]


def fill_in_confidence(pile: Pile) -> None:
    """Put reports and checks on the pile, for the slips that lie there."""
    chance = pile.group.chance("referrals in confidence")
    slips = pile.rows.get(SlipRow, [])
    for told in _told(slips, pile.now):
        if told.slip["id"] in pile.told:
            _report_for_sure(pile, told, pile.told[told.slip["id"]])
            continue
        for report in Report:
            if chance.random() < _REPORTED[report]:
                _report(pile, chance, told, report)
    _checks(pile, chance, slips)


def _told(slips: Sequence[dict[str, Any]], now: datetime) -> Iterator[_Told]:
    for slip in slips:
        state = SlipState(slip["state"])
        if state in RESULTS:
            yield _Told(slip=slip, since=slip["closed_at_utc"], weights=_WELL)
        elif state in OPEN and now - slip["passed_at_utc"] >= ASKED_OPEN_AFTER:
            yield _Told(slip=slip, since=slip["passed_at_utc"] + ASKED_OPEN_AFTER, weights=_SILENT)


def _report(pile: Pile, chance: Random, told: _Told, report: Report) -> None:
    """Let one side answer some hours or days after it could; now and then they correct it."""
    at = told.since + timedelta(hours=1 + chance.expovariate(1 / 30))
    times = 2 if chance.random() < _CORRECTED else 1
    for number in range(1, times + 1):
        if at >= pile.now:
            return
        answer = chance.choices(ANSWERS[report], told.weights)[0]
        _keep(pile, told, report, answer, at, number=number)
        at += timedelta(days=chance.uniform(1, 4))


def _report_for_sure(pile: Pile, told: _Told, answer: str) -> None:
    """Let both sides answer within a day: the giver as is known, the receiver that the lead was real."""
    _keep(pile, told, Report.LEAD, "yes", told.since + timedelta(hours=4))
    _keep(pile, told, Report.HANDLING, answer, told.since + timedelta(hours=20))


def _keep(pile: Pile, told: _Told, report: Report, answer: str, at: datetime, *, number: int = 1) -> None:
    by = "giver_member_id" if report is Report.HANDLING else "receiver_member_id"
    pile.add_row(
        ReportRow,
        slip_id=told.slip["id"],
        kind=report.value,
        number=number,
        answer=answer,
        by_member_id=told.slip[by],
        at_utc=at,
    )
    pile.work.record(
        ReportGiven(group_id=pile.group_id, slip_id=told.slip["id"], report=report.value, number=number)
    )


def _checks(pile: Pile, chance: Random, slips: Sequence[dict[str, Any]]) -> None:
    """Draw the two slips of every week as the house does, and let most of their receivers answer."""
    by_week: defaultdict[date, dict[SlipId, dict[str, Any]]] = defaultdict(dict)
    for slip in slips:
        if SlipState(slip["state"]) not in {SlipState.WITHDRAWN, SlipState.DECLINED}:
            by_week[week_of(pile.day_of(slip["passed_at_utc"]))][slip["id"]] = slip
    present = {member.id for member in pile.group.members_on(pile.group.today)}
    week, last = min(by_week, default=pile.group.today), week_of(pile.group.today)
    while week <= last:
        candidates = by_week.get(week_drawn_from(week).first, {})
        for key in drawn(pile.group_id, week, list(candidates)):
            _check(pile, chance, candidates[key], week, present)
        week += timedelta(weeks=1)


def _check(pile: Pile, chance: Random, slip: dict[str, Any], week: date, present: set[MemberId]) -> None:
    """Keep one drawn slip; who is not there any more is not asked, and of the last weeks some answers are still to come."""
    receiver: MemberId = slip["receiver_member_id"]
    if receiver not in present:
        return
    is_old = pile.group.today - week > ASKED_FOR
    answers = chance.random() < (_CHECKED if is_old else 0.4)
    went_well = slip["state"] not in {SlipState.PASSED.value, SlipState.NO_RESPONSE.value}
    pile.add_row(
        QualityCheckRow,
        slip_id=slip["id"],
        week=week,
        receiver_member_id=receiver,
        called=(went_well or chance.random() < 0.5) if answers else None,
        welcome=chance.random() < (0.88 if went_well else 0.5) if answers else None,
        real=chance.random() < (0.9 if went_well else 0.6) if answers else None,
        answered_at_utc=_answered_at(pile, chance, week) if answers else None,
    )
    pile.work.record(QualityCheckDrawn(group_id=pile.group_id, slip_id=slip["id"], week=week))
    if answers:
        pile.work.record(QualityCheckAnswered(group_id=pile.group_id, slip_id=slip["id"]))


def _answered_at(pile: Pile, chance: Random, week: date) -> datetime:
    """Return an instant in the days after the draw, never in the future."""
    days = (pile.group.today - week).days
    return pile.now - timedelta(days=max(0.0, days - chance.uniform(0.3, 6)), minutes=chance.randrange(5, 90))
