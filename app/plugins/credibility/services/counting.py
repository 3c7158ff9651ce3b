"""The weekly counting: reports that have opened get their frozen weight, records move, and what is shown follows.

Everything a week brings is weighed by what was published before it, whatever the order, so that no report of the
same week moves another. What is new about a member is shown once there are two new reports: after one alone, in a small
group, everybody would know whose it is.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from app.core.groups.domain.standing import Group
from app.core.ids import MemberId
from app.core.local_time import instant_of, local_day
from app.core.work import UnitOfWork
from app.plugins.credibility.domain.estimate import is_returned, surfaced_on, voice
from app.plugins.credibility.domain.reports import (
    Facet,
    day_of,
    handling_worth,
    lead_strength,
    lead_worth,
    weekly_day,
)
from app.plugins.credibility.domain.scheme import Constants
from app.plugins.credibility.domain.standing import Pair, Row, Standing, counted, rebuilt
from app.plugins.credibility.queries import secret
from app.plugins.credibility.queries.appeals import open_appeals, void_reports
from app.plugins.credibility.queries.choices import constants_in_force, parts
from app.plugins.credibility.queries.facts import Facts, facts_of
from app.plugins.credibility.queries.secret import NOTHING_KNOWN, Evidence, Known
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
)
from app.plugins.credibility.store_appeals import end_moot_appeals, one_at_a_time
from app.plugins.referrals.interface import OpenedReport, SlipHistory

NEW_ROWS = 2
"""So many new reports about a member are needed before anything new is shown."""

KEPT_HALF_LIVES = 5
"""Evidence is deleted after so many half-lives: by then it weighs a thirtieth."""

_OUT = frozenset({"no", "object"})


@dataclass(slots=True, kw_only=True)
class _Week:
    """One counting: what was known before, and what it comes to. `now` is when it happens, as days since 1970."""

    group: Group
    day: date
    now: float
    constants: Constants
    facts: Facts
    says: Mapping[MemberId, str]
    before: Mapping[Whose, Known]
    pairs: dict[Voice, Pair]
    after: dict[Whose, Standing] = field(default_factory=dict)
    new: Counter[Whose] = field(default_factory=Counter)
    touched: set[Voice] = field(default_factory=set)


def count_week(work: UnitOfWork, group: Group) -> int:
    """Count what has opened since the last weekly day, once a week, and return how many reports. The caller commits.

    Before that, records are put right for reports that were corrected, that went with their slip, or that are too old.
    While referrals is off nothing is counted, and nothing taken away.
    """
    if work.reader(group.id, SlipHistory) is None:  # type: ignore[type-abstract]  # a protocol is asked for, never made
        return 0
    today = local_day(work.now, group.zone)
    return count_as_of(work, group, weekly_day(today), now=work.now)


def count_as_of(work: UnitOfWork, group: Group, week: date, *, now: datetime | None = None) -> int:
    """Count the week that ends on `week`, as it stands at `now`, by default the beginning of that day."""
    at = now or instant_of(week, datetime.min.time(), group.zone)
    one_at_a_time(work.session, group.id)
    if not hold_week(work.session, group.id, week, at):
        return 0
    facts, kept = facts_of(work, group, at), secret.all_evidence(work.session, group.id)
    constants, says = constants_in_force(work.session, group.id), parts(work.session, group.id)
    oldest = day_of(at) - KEPT_HALF_LIVES * constants.half_life
    gone = _gone(kept, facts, says, oldest)
    take_away(work, group, gone, constants)
    _put_back(work, group, [row for row in kept if row.is_frozen and row not in gone], constants)
    void = void_reports(work.session, group.id)
    known: set[tuple[Facet, int]] = {(row.facet, row.slip_id) for row in kept}
    known -= {(row.facet, row.slip_id) for row in gone}
    fresh = sorted(
        (
            report
            for report in facts.reports
            if (Facet(report.report), report.slip_id) not in known
            and report.number > void.get((Facet(report.report), report.slip_id), 0)
            and facts.handed(report.slip_id) is not None
            and _counts_from(report) >= oldest
            and says.get(report.about_member_id) not in _OUT
        ),
        key=_counts_from,
    )
    counting = _Week(
        group=group,
        day=week,
        now=day_of(at),
        constants=constants,
        facts=facts,
        says=says,
        before=secret.standings(work.session, group.id),
        pairs=dict(secret.voices_about(work.session, group.id, {one.about_member_id for one in fresh})),
    )
    add_evidence(work.session, [_take(work, counting, report) for report in fresh])
    _write(work, counting, Counter(row.whose for row in kept if row.published_on is None and row not in gone))
    return len(fresh)


def take_away(work: UnitOfWork, group: Group, gone: Sequence[Evidence], constants: Constants) -> None:
    """Take counted reports away for good: nothing of them stays in any sum, neither counted nor shown.

    Where a member disagreed with one of them, nothing is left to decide.
    """
    end_moot_appeals(work.session, group.id, [row.id for row in gone], work.now)
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


def _put_back(work: UnitOfWork, group: Group, frozen: Sequence[Evidence], constants: Constants) -> None:
    """Put reports back at their old place which a disagreement kept out of the sums, and which was not upheld."""
    if not frozen:
        return
    disputed = {appeal.evidence_id for appeal in open_appeals(work.session, group.id)}
    back = [row for row in frozen if row.id not in disputed]
    for row in back:
        freeze_evidence(work.session, group.id, row.id, is_frozen=False)
    for whose in sorted({row.whose for row in back}):
        fold_again(work, group, whose, constants)


def _gone(
    kept: Sequence[Evidence], facts: Facts, says: Mapping[MemberId, str], oldest: float
) -> list[Evidence]:
    """Return the rows that must go: corrected since, without their slip, about somebody who objected, or too old."""
    stands: dict[tuple[Facet, int], int] = {
        (Facet(one.report), one.slip_id): one.number for one in facts.reports
    }
    return [
        row
        for row in kept
        if stands.get((row.facet, row.slip_id)) != row.report_number
        or row.day < oldest
        or says.get(row.about_member_id) in _OUT
    ]


def _counts_from(report: OpenedReport) -> float:
    """Return the day of a report: when it opened, or when it was corrected since."""
    return day_of(max(report.opened_at_utc, report.answered_at_utc))


def _take(work: UnitOfWork, week: _Week, report: OpenedReport) -> dict[str, Any]:
    """Weigh one report, move the record it is about, and return the row to be kept."""
    facet = Facet(report.report)
    by, about = report.by_member_id, report.about_member_id
    t = _counts_from(report)
    spoken, weight, is_mutual = _weight(week, facet, report, t)
    row = Row(giver=str(by), t=t, weight=weight, y=_worth(week, facet, report), is_independent=not is_mutual)
    whose, one = (facet, about), (facet, about, by)
    standing = week.after.get(whose, week.before.get(whose, NOTHING_KNOWN).counted)
    week.pairs[one], week.after[whose] = counted(week.pairs.get(one, Pair()), standing, row, week.constants)
    week.touched.add(one)
    week.new[whose] += 1
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


def _weight(week: _Week, facet: Facet, report: OpenedReport, t: float) -> tuple[str, float, bool]:
    """Return who spoke (new or known), the weight of the report, and whether it returns a favour."""
    by, about = report.by_member_id, report.about_member_id
    published = _published(week, by, t)
    giver, receiver = (about, by) if facet is Facet.HANDLING else (by, about)
    is_mutual = is_returned(week.facts.last_given(giver, receiver, t), t, week.constants)
    weight = voice(published, week.constants) * (week.constants.mutual_factor if is_mutual else 1.0)
    if facet is Facet.LEAD:
        handed = week.facts.handed(report.slip_id)
        weight *= lead_strength(handed) if handed else 0.0
    return ("new" if published is None else "known"), weight, is_mutual


def _published(week: _Week, member_id: MemberId, t: float) -> float | None:
    """Return the member's own estimate as last published, on day `t`; None while they are not surfaced.

    They must be surfaced on the day of counting too: a report can be old (its receiver took part late, say), and what has
    faded since, perhaps unseen by anybody, must not show in the weight of somebody else's record.
    """
    if week.says.get(member_id) != "yes":
        return None
    shown = week.before.get((Facet.HANDLING, member_id), NOTHING_KNOWN).shown
    now, then = (
        surfaced_on(shown, week.facts.history(member_id, day), day, week.constants) for day in (week.now, t)
    )
    return None if now is None or then is None else then.p


def _worth(week: _Week, facet: Facet, report: OpenedReport) -> float:
    handed = week.facts.handed(report.slip_id)
    if facet is Facet.LEAD or handed is None:
        return lead_worth(report.answer)
    return handling_worth(report.answer, handed)


def _write(work: UnitOfWork, week: _Week, waiting: Counter[Whose]) -> None:
    put_pairs(work.session, week.group.id, {one: week.pairs[one] for one in sorted(week.touched)})
    told = {whose for whose in week.after if week.new[whose] + waiting[whose] >= NEW_ROWS}
    publish_evidence(work.session, week.group.id, told, week.day)
    written: dict[Whose, tuple[Standing, Standing, date | None]] = {}
    for whose, standing in week.after.items():
        known = week.before.get(whose, NOTHING_KNOWN)
        shown, since = (standing, week.day) if whose in told else (known.shown, known.shown_on)
        written[whose] = standing, shown, since
    put_standings(work.session, week.group.id, written)
