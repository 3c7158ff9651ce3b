"""A change of the scheme: every counted report is weighed anew, as if the scheme had held from the beginning.

A frozen weight holds two things of the scheme under which it was counted: what a favour returned counts, and whether the
reporter had a record of their own then, and which. So the weeks are gone through once more in their order, each weighed by
what the new scheme would have published before it. Two schemes are never mixed, and going back leads back to the same bits.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from app.core.groups.domain.standing import Group
from app.core.ids import MemberId
from app.core.local_time import instant_of
from app.core.work import UnitOfWork
from app.plugins.attendance.interface import AttendanceHistory
from app.plugins.credibility.domain.confirming import CONFIRMED, can_be_confirmed, who_spoke
from app.plugins.credibility.domain.estimate import History, is_returned, surfaced_on, voice
from app.plugins.credibility.domain.reports import Facet, day_of, lead_strength
from app.plugins.credibility.domain.scheme import Constants
from app.plugins.credibility.domain.standing import Row, Standing, rebuilt
from app.plugins.credibility.queries import secret
from app.plugins.credibility.queries.choices import Said, parts_since, took_part
from app.plugins.credibility.queries.confirming import confirmed_at
from app.plugins.credibility.queries.facts import Facts, facts_of
from app.plugins.credibility.queries.secret import Evidence
from app.plugins.credibility.store_schemes import put_evidence


@dataclass(slots=True, kw_only=True)
class _Past:
    """What the weeks are weighed by: facts as they were on each, and the reports weighed so far."""

    group: Group
    constants: Constants
    facts: Facts
    came: Mapping[MemberId, Sequence[date]]
    said: Mapping[MemberId, Said]
    given: Mapping[MemberId, Sequence[float]]
    confirmed: Mapping[int, datetime]
    told: Mapping[MemberId, Collection[date]]
    about: dict[MemberId, list[Evidence]] = field(default_factory=dict)
    estimates: dict[tuple[MemberId, float, date], float | None] = field(default_factory=dict)


def reweigh(work: UnitOfWork, group: Group, constants: Constants) -> int:
    """Weigh every counted report anew by these constants; return how many weigh otherwise than before.

    The sums are not touched: whoever calls this rebuilds them. The caller commits.
    """
    rows = secret.all_evidence(work.session, group.id)
    past = _past(work, group, constants, rows)
    weeks: defaultdict[date, list[Evidence]] = defaultdict(list)
    for row in rows:
        weeks[row.counted_on].append(row)
    changed = []
    for week in sorted(weeks):
        past.estimates.clear()
        weighed = [_weighed(past, row, week) for row in weeks[week]]
        for row in weighed:
            if row.facet is Facet.HANDLING and not row.is_frozen:
                past.about.setdefault(row.about_member_id, []).append(row)
        changed += [new for old, new in zip(weeks[week], weighed, strict=True) if new != old]
    put_evidence(work.session, group.id, changed)
    return len(changed)


def _past(work: UnitOfWork, group: Group, constants: Constants, rows: Sequence[Evidence]) -> _Past:
    facts = facts_of(work, group)
    came = work.reader(group.id, AttendanceHistory)  # type: ignore[type-abstract]  # a protocol is asked for, never made
    given: defaultdict[MemberId, list[float]] = defaultdict(list)
    for (giver, _receiver), days in facts.given_days.items():
        given[giver] += days
    told: defaultdict[MemberId, set[date]] = defaultdict(set)
    for row in rows:
        if row.facet is Facet.HANDLING and row.published_on is not None:
            told[row.about_member_id].add(row.published_on)
    return _Past(
        group=group,
        constants=constants,
        facts=facts,
        came={} if came is None else came.attended_days(group.id),
        said=parts_since(work.session, group.id),
        given={giver: sorted(days) for giver, days in given.items()},
        confirmed=confirmed_at(work.session, group.id),
        told=told,
    )


def _weighed(past: _Past, row: Evidence, week: date) -> Evidence:
    """Return the report with the weight that it would have got on its weekly day.

    A customer's yes that has lifted it stays. One that has not yet goes on waiting for the weekly counting: a change of the scheme,
    which leaders choose the day of, would tell the giver who asked that it is there.
    """
    published = _published(past, row.by_member_id, row.day, week)
    giver, receiver = row.about_member_id, row.by_member_id
    if row.facet is Facet.LEAD:
        giver, receiver = receiver, giver
    is_mutual = is_returned(past.facts.last_given(giver, receiver, row.day), row.day, past.constants)
    is_confirmed = _is_confirmed(past, row, week)
    weight = voice(published, past.constants, is_confirmed=is_confirmed)
    weight *= past.constants.mutual_factor if is_mutual else 1.0
    if row.facet is Facet.LEAD:
        handed = past.facts.handed(row.slip_id)
        weight *= lead_strength(handed) if handed else 0.0
    spoken = who_spoke(published, is_confirmed=is_confirmed)
    return replace(row, weight=weight, voice=spoken, is_independent=not is_mutual)


def _is_confirmed(past: _Past, row: Evidence, week: date) -> bool:
    if not can_be_confirmed(row.facet, row.worth):
        return False
    at = past.confirmed.get(row.slip_id)
    return row.voice == CONFIRMED or (at is not None and at <= _begins(past, week))


def _published(past: _Past, member_id: MemberId, t: float, week: date) -> float | None:
    """Return the reporter's own estimate on day `t`, as it was published before the week; None while it was not.

    As in the weekly counting: they took part when the week began, and were surfaced on its day as well.
    """
    begins = _begins(past, week)
    if not took_part(past.said.get(member_id), begins):
        return None
    if (member_id, t, week) not in past.estimates:
        shown = _shown(past, member_id, week)
        now, then = (
            surfaced_on(shown, _history(past, member_id, day, week), day, past.constants)
            for day in (day_of(begins), t)
        )
        past.estimates[member_id, t, week] = None if now is None or then is None else then.p
    return past.estimates[member_id, t, week]


def _shown(past: _Past, member_id: MemberId, week: date) -> Standing:
    rows = past.about.get(member_id, ())
    before = [
        _as_shown(past, row, row.published_on, week)
        for row in rows
        if row.published_on is not None and row.published_on < week
    ]
    return rebuilt(before, past.constants).standing


def _as_shown(past: _Past, row: Evidence, published_on: date, week: date) -> Row:
    """Return a report as it was shown before the week.

    A customer's yes that came after it was shown lifted it when its record was next shown anew, and not before.
    """
    at = past.confirmed.get(row.slip_id)
    if row.voice != CONFIRMED or at is None or at <= _begins(past, published_on):
        return row.row
    lifted_on = min((one for one in past.told[row.about_member_id] if at <= _begins(past, one)), default=week)
    if lifted_on < week:
        return row.row
    weight = voice(None, past.constants) * (1.0 if row.is_independent else past.constants.mutual_factor)
    return row.row._replace(weight=weight)


def _history(past: _Past, member_id: MemberId, t: float, week: date) -> History:
    """Return what the gate asks beside the reports: days until the report, meetings and slips until the weekly day."""
    joined = past.facts.joined.get(member_id)
    return History(
        tenure_days=None if joined is None else t - joined,
        attended=bisect_left(past.came.get(member_id, ()), week),
        given=bisect_left(past.given.get(member_id, ()), day_of(_begins(past, week))),
    )


def _begins(past: _Past, week: date) -> datetime:
    """Return when the weekly day began, as whose Monday the week was counted."""
    return instant_of(week, datetime.min.time(), past.group.zone)
