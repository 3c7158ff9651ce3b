"""Which rules are in force from when: a group's first rule set, and a new cut-off, which never rewrites the past."""

from datetime import date

from sqlalchemy import func, insert, select

from app.core.errors import Refusal, Refused
from app.core.ids import GroupId
from app.core.sentences import N_
from app.core.work import UnitOfWork
from app.plugins.attendance.interface import CutOffChanged
from app.plugins.attendance.models import RuleSetRow

FIRST_RULE_SET = N_("On time is until the start")
CHANGED_CUT_OFF = N_("On time is until the cut-off")
FROM_THE_BEGINNING = date(1900, 1, 1)
"""The first rule set covers every meeting there ever was, so that an old one has a cut-off too."""

LEAST_MINUTES = -60
MOST_MINUTES = 180


def ensure_rule_set(work: UnitOfWork, group_id: GroupId, *, cut_off_minutes: int = 0) -> None:
    """Give the group its first rule set unless it has one; the caller commits."""
    if _latest_version(work, group_id):
        return
    _add(
        work,
        group_id,
        1,
        effective_on=FROM_THE_BEGINNING,
        name=FIRST_RULE_SET,
        cut_off_minutes=cut_off_minutes,
    )


def change_cut_off(
    work: UnitOfWork, group_id: GroupId, *, cut_off_minutes: int, effective_on: date, today: date
) -> None:
    """Judge meetings from `effective_on` on by another cut-off; earlier ones and marks already made stay as they are."""
    refusals = []
    if not LEAST_MINUTES <= cut_off_minutes <= MOST_MINUTES:
        facts = {"least": LEAST_MINUTES, "most": MOST_MINUTES}
        refusals.append(Refusal(code="attendance.cut_off_unlikely", facts=facts, field="cut_off_minutes"))
    if effective_on < today:
        refusals.append(Refusal(code="attendance.cut_off_in_the_past", field="effective_on"))
    if refusals:
        raise Refused(refusals)
    version = _latest_version(work, group_id) + 1
    _add(
        work,
        group_id,
        version,
        effective_on=effective_on,
        name=CHANGED_CUT_OFF,
        cut_off_minutes=cut_off_minutes,
    )
    work.record(
        CutOffChanged(
            group_id=group_id,
            rules_version=version,
            cut_off_minutes=cut_off_minutes,
            effective_on=effective_on,
        )
    )
    work.commit()


def _latest_version(work: UnitOfWork, group_id: GroupId) -> int:
    query = select(func.max(RuleSetRow.version)).where(RuleSetRow.group_id == group_id)
    return work.session.scalar(query) or 0


def _add(
    work: UnitOfWork, group_id: GroupId, version: int, *, effective_on: date, name: str, cut_off_minutes: int
) -> None:
    work.session.execute(
        insert(RuleSetRow).values(
            group_id=group_id,
            version=version,
            effective_on=effective_on,
            name=name,
            cut_off_minutes=cut_off_minutes,
            rules="{}",
            created_at_utc=work.now,
        )
    )
