"""A clock that once ran ahead: its weeks are counted already, so nothing is counted until they come. Said, and put right."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from app.core.groups.domain.standing import Group
from app.core.local_time import local_day
from app.core.work import UnitOfWork
from app.plugins.credibility.domain.reports import weekly_day
from app.plugins.credibility.queries import secret
from app.plugins.credibility.queries.secret import Evidence
from app.plugins.credibility.store import drop_weeks_ahead, week_ahead
from app.plugins.credibility.store_appeals import one_at_a_time
from app.plugins.credibility.store_schemes import put_evidence


def ahead_of(work: UnitOfWork, group: Group) -> date | None:
    """Return the latest week that was counted ahead of its time, or None."""
    return week_ahead(work.session, group.id, _this_week(work, group))


def faults_of(work: UnitOfWork, group: Group) -> Sequence[str]:
    """Return a line for `flask doctor` where nothing is counted because of a week ahead."""
    ahead = ahead_of(work, group)
    if ahead is None:
        return []
    mending = f"flask --app wsgi credibility rebuild --group {group.slug} --drop-weeks-ahead"
    why = "a clock that ran ahead counted that week already"
    return [f"nothing is counted before {ahead}: {why}. Once the clock is right, run `{mending}`"]


def take_back_weeks_ahead(work: UnitOfWork, group: Group) -> date | None:
    """Let weeks ahead be counted when they come, and what they brought stand as of this week; commit, and return the latest.

    Whoever calls this rebuilds the records, which tell since which week they are shown. What had not opened yet goes by itself
    with the next counting, until its time.
    """
    one_at_a_time(work.session, group.id)
    ahead, week = ahead_of(work, group), _this_week(work, group)
    if ahead is None:
        work.rollback()
        return None
    rows = secret.all_evidence(work.session, group.id)
    changed = [now for row in rows if (now := _by(week, row)) != row]
    put_evidence(work.session, group.id, changed)
    drop_weeks_ahead(work.session, group.id, week)
    work.commit()
    return ahead


def _this_week(work: UnitOfWork, group: Group) -> date:
    return weekly_day(local_day(work.now, group.zone))


def _by(week: date, row: Evidence) -> Evidence:
    """Return the report as counted, and published if it was, by that week at the latest."""
    published = None if row.published_on is None else min(row.published_on, week)
    return replace(row, counted_on=min(row.counted_on, week), published_on=published)
