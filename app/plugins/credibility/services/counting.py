"""The weekly counting: reports that have opened get their frozen weight, records move, and what is shown follows.

Everything a week brings is weighed by what was published before it, whatever the order, so that no report of the
same week moves another. What is new about a member is shown once there are two new reports: after one alone, in a small
group, everybody would know whose it is.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise
from typing import Any

import structlog

from app.core.groups.domain.standing import Group
from app.core.ids import MemberId
from app.core.local_time import instant_of, local_day
from app.core.work import UnitOfWork
from app.plugins.credibility.domain.appeals import AppealState
from app.plugins.credibility.domain.confirming import NEW, can_be_confirmed, lifted, who_spoke
from app.plugins.credibility.domain.estimate import is_returned, surfaced_on, voice
from app.plugins.credibility.domain.reports import (
    Facet,
    day_of,
    lead_strength,
    weekly_day,
)
from app.plugins.credibility.domain.scheme import Constants
from app.plugins.credibility.domain.standing import Pair, Row, Standing, counted, rebuilt
from app.plugins.credibility.interface import AppealEnded
from app.plugins.credibility.queries import secret
from app.plugins.credibility.queries.appeals import open_appeals, void_reports
from app.plugins.credibility.queries.choices import (
    Choice,
    Said,
    choices_of,
    constants_of_choice,
    parts_since,
    took_part,
)
from app.plugins.credibility.queries.confirming import confirmed_slips
from app.plugins.credibility.queries.facts import Facts, facts_of, is_all_known
from app.plugins.credibility.queries.secret import NOTHING_KNOWN, Evidence, Known
from app.plugins.credibility.services.appeal_news import ask_no_more, tell_end
from app.plugins.credibility.services.what_counts import Asked, day_of_report, fresh_of, gone_of, worth_of
from app.plugins.credibility.store import (
    Voice,
    Whose,
    add_evidence,
    drop_evidence,
    drop_pairs,
    freeze_evidence,
    hold_week,
    publish_evidence,
    put_pairs,
    put_standings,
    week_ahead,
)
from app.plugins.credibility.store_appeals import end_moot_appeals, one_at_a_time
from app.plugins.credibility.store_confirming import lift_evidence
from app.plugins.referrals.interface import OpenedReport

log = structlog.get_logger("givefirst.credibility")

NEW_ROWS = 2
"""So many new reports about a member are needed before anything new is shown."""

KEPT_HALF_LIVES = 5
"""Evidence is deleted after so many half-lives: by then it weighs a thirtieth."""


@dataclass(slots=True, kw_only=True)
class _Week:
    """One counting: what was known before, and what it comes to. `now` is when the week begins, as days since 1970.

    `published` is what reporters speak with: as it stood before anything of this week was put back, lifted or counted.
    """

    group: Group
    day: date
    now: float
    constants: Constants
    facts: Facts
    yes: frozenset[MemberId]
    confirmed: frozenset[int]
    published: Mapping[Whose, Known]
    before: Mapping[Whose, Known]
    pairs: dict[Voice, Pair]
    after: dict[Whose, Standing] = field(default_factory=dict)
    touched: set[Voice] = field(default_factory=set)


def count_week(work: UnitOfWork, group: Group) -> int:
    """Count what had opened before the last weekly day began, once a week, and return how many reports. The caller commits.

    When the job comes round, on that day or later, brings in nothing that was said, confirmed, attended or given since that day
    began. What was taken away meanwhile (a slip, a consent, a report found void) is out at once, and what a meeting's record or
    a slip is said to have been counts as it stands when the job comes round. Before that, records are put right for reports that
    were corrected, that went with their slip, or that are too old. While referrals or attendance is off nothing is counted, and
    nothing taken away.
    """
    if not is_all_known(work, group):
        return 0
    today = local_day(work.now, group.zone)
    return count_as_of(work, group, weekly_day(today))


def count_as_of(work: UnitOfWork, group: Group, week: date) -> int:
    """Count the week that ends where the day `week` begins in the group's zone."""
    at = instant_of(week, datetime.min.time(), group.zone)
    one_at_a_time(work.session, group.id)
    if not hold_week(work.session, group.id, week, at):
        _warn_of_a_week_ahead(work, group, week)
        return 0
    facts, kept = facts_of(work, group, at), secret.all_evidence(work.session, group.id)
    said = parts_since(work.session, group.id)
    constants, asked = _asked(work, group, facts, said, at)
    gone = gone_of(asked, kept)
    take_away(work, group, gone, constants)
    stay = [row for row in kept if row not in gone]
    fresh = fresh_of(asked, stay)
    confirmed = confirmed_slips(work.session, group.id, at)
    told = _told(stay, fresh)
    published = secret.standings(work.session, group.id)
    moved = _put_back(work, group, [row for row in stay if row.is_frozen], constants)
    moved |= _lift(work, group, [row for row in stay if row.slip_id in confirmed], told, constants)
    counting = _Week(
        group=group,
        day=week,
        now=day_of(at),
        constants=constants,
        facts=facts,
        yes=frozenset(member for member, one in said.items() if took_part(one, at)),
        confirmed=confirmed,
        published=published,
        before=secret.standings(work.session, group.id) if moved else published,
        pairs=dict(secret.voices_about(work.session, group.id, {one.about_member_id for one in fresh})),
    )
    add_evidence(work.session, [_take(work, counting, report) for report in fresh])
    _write(work, counting, told)
    return len(fresh)


def _asked(
    work: UnitOfWork, group: Group, facts: Facts, said: Mapping[MemberId, Said], at: datetime
) -> tuple[Constants, Asked]:
    """Return the constants in force, and what decides which reports count."""
    schemes = choices_of(work.session, group.id)
    constants = constants_of_choice(work.session, schemes[-1])
    return constants, Asked(
        facts=facts,
        void=void_reports(work.session, group.id),
        says={member: one.says for member, one in said.items()},
        oldest=day_of(at) - KEPT_HALF_LIVES * constants.half_life,
        forgotten=_forgotten_before(work, schemes, at),
        at=at,
    )


def _warn_of_a_week_ahead(work: UnitOfWork, group: Group, week: date) -> None:
    """Say in the log that nothing is counted before a week that a clock once had ahead of its time."""
    ahead = week_ahead(work.session, group.id, week)
    if ahead is not None:
        log.warning("credibility.week_ahead", group=group.slug, week=str(week), counted_already=str(ahead))


def _forgotten_before(work: UnitOfWork, schemes: Sequence[Choice], at: datetime) -> float:
    """Return the day before which counted reports may have been deleted as too old, by any scheme that the group had before."""
    return max(
        (
            day_of(min(after.chosen_at, at))
            - KEPT_HALF_LIVES * constants_of_choice(work.session, before).half_life
            for before, after in pairwise(schemes)
            if after.chosen_at is not None
        ),
        default=float("-inf"),
    )


def take_away(work: UnitOfWork, group: Group, gone: Sequence[Evidence], constants: Constants) -> None:
    """Take counted reports away for good: nothing of them stays in any sum, neither counted nor shown.

    Where a member disagreed with one of them, nothing is left to decide, and they are told.
    """
    for moot in end_moot_appeals(work.session, group.id, [row.id for row in gone], work.now):
        ask_no_more(work, group, moot.public_id)
        tell_end(work, group, moot, AppealState.MOOT)
        work.record(AppealEnded(group_id=group.id, appeal_id=moot.id))
    drop_evidence(work.session, group.id, [row.id for row in gone])
    for whose in sorted({row.whose for row in gone}):
        fold_again(work, group, whose, constants)


def fold_again(work: UnitOfWork, group: Group, whose: Whose, constants: Constants) -> None:
    """Make a member's voices and standing anew from the reports that count, with their frozen weights.

    What is shown holds those reports of them that had been shown before: so a withdrawal shows at once, and alone.
    """
    facet = whose[0]
    rows = [row for row in secret.evidence_about(work.session, group.id, whose) if not row.is_frozen]
    record = rebuilt((row.row for row in rows), constants)
    shown = rebuilt((row.row for row in rows if row.published_on is not None), constants).standing
    weeks = [row.published_on for row in rows if row.published_on is not None]
    drop_pairs(work.session, group.id, whose)
    put_pairs(
        work.session,
        group.id,
        {(facet, whose[1], MemberId(int(by))): pair for by, pair in record.pairs.items()},
    )
    put_standings(work.session, group.id, {whose: (record.standing, shown, max(weeks) if weeks else None)})


def _put_back(work: UnitOfWork, group: Group, frozen: Sequence[Evidence], constants: Constants) -> set[Whose]:
    """Put reports back at their old place which a disagreement kept out of the sums, and which was not upheld; return whose."""
    if not frozen:
        return set()
    disputed = {appeal.evidence_id for appeal in open_appeals(work.session, group.id)}
    back = [row for row in frozen if row.id not in disputed]
    for row in back:
        freeze_evidence(work.session, group.id, row.id, is_frozen=False)
    moved = {row.whose for row in back}
    for whose in sorted(moved):
        fold_again(work, group, whose, constants)
    return moved


def _told(kept: Sequence[Evidence], fresh: Sequence[OpenedReport]) -> frozenset[Whose]:
    """Return whose records are shown anew this week: those with something new, and two reports that nobody has seen yet."""
    new = Counter[Whose]((Facet(one.report), one.about_member_id) for one in fresh)
    waiting = Counter(row.whose for row in kept if row.published_on is None)
    return frozenset(whose for whose in new if new[whose] + waiting[whose] >= NEW_ROWS)


def _lift(
    work: UnitOfWork, group: Group, rows: Sequence[Evidence], told: Collection[Whose], constants: Constants
) -> set[Whose]:
    """Give counted reports of new voices, which customers have confirmed since, a full voice at their old place; return whose.

    One that is shown already waits until its record is shown anew: a value that moves by itself would tell its giver, who
    knows whom they asked, that the answer was yes. A frozen one waits until it is back.
    """
    lifting = [
        row
        for row in rows
        if row.voice == NEW
        and can_be_confirmed(row.facet, row.worth)
        and not row.is_frozen
        and (row.published_on is None or row.whose in told)
    ]
    for row in lifting:
        weight = lifted(row.weight, constants, is_independent=row.is_independent)
        lift_evidence(work.session, group.id, row.id, weight)
    moved = {row.whose for row in lifting}
    for whose in sorted(moved):
        fold_again(work, group, whose, constants)
    return moved


def _take(work: UnitOfWork, week: _Week, report: OpenedReport) -> dict[str, Any]:
    """Weigh one report, move the record it is about, and return the row to be kept."""
    facet = Facet(report.report)
    by, about = report.by_member_id, report.about_member_id
    t, worth = day_of_report(week.facts, report), worth_of(week.facts, report, report.answer)
    is_confirmed = report.slip_id in week.confirmed and can_be_confirmed(facet, worth)
    spoken, weight, is_mutual = _weight(week, facet, report, t, is_confirmed=is_confirmed)
    row = Row(giver=str(by), t=t, weight=weight, y=worth, is_independent=not is_mutual)
    whose, one = (facet, about), (facet, about, by)
    standing = week.after.get(whose, week.before.get(whose, NOTHING_KNOWN).counted)
    week.pairs[one], week.after[whose] = counted(week.pairs.get(one, Pair()), standing, row, week.constants)
    week.touched.add(one)
    return {
        "group_id": week.group.id,
        "id": work.ids.key(),
        "public_id": work.ids.public_id(),
        "facet": facet.value,
        "slip_id": report.slip_id,
        "report_number": report.number,
        "by_member_id": by,
        "about_member_id": about,
        "day": t,
        "worth": row.y,
        "weight": weight,
        "voice": spoken,
        "is_independent": row.is_independent,
        "is_frozen": False,
        "counted_on": week.day,
        "published_on": None,
    }


def _weight(
    week: _Week, facet: Facet, report: OpenedReport, t: float, *, is_confirmed: bool
) -> tuple[str, float, bool]:
    """Return who spoke (new, known or confirmed), the weight of the report, and whether it returns a favour."""
    by, about = report.by_member_id, report.about_member_id
    published = _published(week, by, t)
    giver, receiver = (about, by) if facet is Facet.HANDLING else (by, about)
    is_mutual = is_returned(week.facts.last_given(giver, receiver, t), t, week.constants)
    spoken = voice(published, week.constants, is_confirmed=is_confirmed)
    weight = spoken * (week.constants.mutual_factor if is_mutual else 1.0)
    if facet is Facet.LEAD:
        handed = week.facts.handed(report.slip_id)
        weight *= lead_strength(handed) if handed else 0.0
    return who_spoke(published, is_confirmed=is_confirmed), weight, is_mutual


def _published(week: _Week, member_id: MemberId, t: float) -> float | None:
    """Return the member's own estimate as last published, on day `t`; None while they are not surfaced.

    They must be surfaced on the day of counting too: a report can be old (its receiver took part late, say), and what has
    faded since, perhaps unseen by anybody, must not show in the weight of somebody else's record.
    """
    if member_id not in week.yes:
        return None
    shown = week.published.get((Facet.HANDLING, member_id), NOTHING_KNOWN).shown
    now, then = (
        surfaced_on(shown, week.facts.history(member_id, day), day, week.constants) for day in (week.now, t)
    )
    return None if now is None or then is None else then.p


def _write(work: UnitOfWork, week: _Week, told: Collection[Whose]) -> None:
    put_pairs(work.session, week.group.id, {one: week.pairs[one] for one in sorted(week.touched)})
    publish_evidence(work.session, week.group.id, told, week.day)
    written: dict[Whose, tuple[Standing, Standing, date | None]] = {}
    for whose, standing in week.after.items():
        known = week.before.get(whose, NOTHING_KNOWN)
        shown, since = (standing, week.day) if whose in told else (known.shown, known.shown_on)
        written[whose] = standing, shown, since
    put_standings(work.session, week.group.id, written)
