"""Which rules are in force from when: a group's first rules, and each change, which never rewrites the past."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite

from app.core.errors import Refusal, Refused
from app.core.ids import GroupId
from app.core.sentences import N_
from app.core.work import UnitOfWork
from app.plugins.attendance.domain.rule_set import CutOff, CutOffKind, RuleSet
from app.plugins.attendance.domain.rule_set_json import (
    LEAST_MINUTES,
    MOST_MINUTES,
    rules_from_json,
    rules_to_json,
)
from app.plugins.attendance.interface import CutOffChanged, RulesChanged
from app.plugins.attendance.models import RuleSetRow
from app.plugins.attendance.queries.rule_sets import rule_book_of

FIRST_RULE_SET = N_("On time is until the start")
CHANGED_CUT_OFF = N_("On time is until the cut-off")
FROM_THE_BEGINNING = date(1900, 1, 1)
"""The first rule set covers every meeting there ever was, so that an old one has a cut-off too."""


@dataclass(frozen=True, kw_only=True)
class ChangeRules:
    """A leader puts rules in force from a day on. `seen_version` is the latest version they had before them."""

    group_id: GroupId
    rules: RuleSet
    effective_on: date
    seen_version: int
    fresh_start: bool = False


def ensure_rule_set(work: UnitOfWork, group_id: GroupId, *, cut_off_minutes: int = 0) -> None:
    """Give the group its first rule set unless it has one; the caller commits."""
    if _latest_version(work, group_id):
        return
    rules = RuleSet(name=FIRST_RULE_SET, cut_off=CutOff(minutes=cut_off_minutes))
    _add(work, group_id, 1, rules, effective_on=FROM_THE_BEGINNING)


def begin_with_rules(work: UnitOfWork, group_id: GroupId, rules: RuleSet, *, effective_on: date) -> None:
    """Put rules in force for a group whose past is made with them, as the demo's is; the caller commits."""
    _change(
        work,
        ChangeRules(
            group_id=group_id,
            rules=rules,
            effective_on=effective_on,
            seen_version=_latest_version(work, group_id),
        ),
    )


def change_rules(work: UnitOfWork, command: ChangeRules, *, today: date) -> int:
    """Count meetings from the day on by other rules and return their version; earlier days stay as they stood.

    Refused as `attendance.changed_meanwhile` where somebody else changed the rules since they were seen.
    """
    rules_from_json(rules_to_json(command.rules))
    refusals = _refusals_for_day(command.effective_on, today)
    if _latest_version(work, command.group_id) != command.seen_version:
        refusals.append(Refusal(code="attendance.changed_meanwhile"))
    if refusals:
        raise Refused(refusals)
    version = _change(work, command)
    work.commit()
    return version


def change_cut_off(
    work: UnitOfWork, group_id: GroupId, *, cut_off_minutes: int, effective_on: date, today: date
) -> None:
    """Judge meetings from `effective_on` on by another cut-off; all else in the rules stays as it is on that day."""
    refusals = []
    if not LEAST_MINUTES <= cut_off_minutes <= MOST_MINUTES:
        facts = {"least": LEAST_MINUTES, "most": MOST_MINUTES}
        refusals.append(Refusal(code="attendance.cut_off_unlikely", facts=facts, field="cut_off_minutes"))
    refusals += _refusals_for_day(effective_on, today)
    if refusals:
        raise Refused(refusals)
    in_force = rule_book_of(work.session, group_id).in_force(effective_on)
    rules = in_force.rules if in_force else RuleSet(name=CHANGED_CUT_OFF)
    name = CHANGED_CUT_OFF if rules.name == FIRST_RULE_SET else rules.name
    cut_off = replace(rules.cut_off, minutes=cut_off_minutes)
    _change(
        work,
        ChangeRules(
            group_id=group_id,
            rules=replace(rules, name=name, cut_off=cut_off),
            effective_on=effective_on,
            seen_version=_latest_version(work, group_id),
            fresh_start=False,
        ),
    )
    work.commit()


def _refusals_for_day(effective_on: date, today: date) -> list[Refusal]:
    if effective_on >= today:
        return []
    return [Refusal(code="attendance.cut_off_in_the_past", field="effective_on")]


def _change(work: UnitOfWork, command: ChangeRules) -> int:
    """Add the version and note what changed with it; the caller commits."""
    book = rule_book_of(work.session, command.group_id)
    before = book.in_force(command.effective_on)
    version = command.seen_version + 1
    added = _add(
        work,
        command.group_id,
        version,
        command.rules,
        effective_on=command.effective_on,
        fresh_start=command.fresh_start,
    )
    if not added:
        raise Refused([Refusal(code="attendance.changed_meanwhile")])
    _record(work, command, version, before.rules if before else None)
    return version


def _record(work: UnitOfWork, command: ChangeRules, version: int, before: RuleSet | None) -> None:
    if before is None or before.cut_off != command.rules.cut_off:
        work.record(
            CutOffChanged(
                group_id=command.group_id,
                rules_version=version,
                cut_off_minutes=command.rules.cut_off.minutes,
                effective_on=command.effective_on,
            )
        )
    if before is None or replace(before, cut_off=command.rules.cut_off) != command.rules:
        work.record(
            RulesChanged(
                group_id=command.group_id,
                rules_version=version,
                effective_on=command.effective_on,
                fresh_start=command.fresh_start,
            )
        )


def _latest_version(work: UnitOfWork, group_id: GroupId) -> int:
    query = select(func.max(RuleSetRow.version)).where(RuleSetRow.group_id == group_id)
    return work.session.scalar(query) or 0


def _add(
    work: UnitOfWork,
    group_id: GroupId,
    version: int,
    rules: RuleSet,
    *,
    effective_on: date,
    fresh_start: bool = False,
) -> bool:
    """Write the version, and return False where somebody else was quicker with it."""
    dialect = postgresql if work.session.get_bind().dialect.name == "postgresql" else sqlite
    values = {
        "group_id": group_id,
        "version": version,
        "effective_on": effective_on,
        "name": rules.name,
        "cut_off_minutes": rules.cut_off.minutes,
        "cut_off_kind": CutOffKind(rules.cut_off.kind).value,
        "fresh_start": fresh_start,
        "rules": rules_to_json(rules) if rules.measures or rules.limits or rules.weights else "{}",
        "created_at_utc": work.now,
    }
    new = dialect.insert(RuleSetRow).values(values).on_conflict_do_nothing().returning(RuleSetRow.version)
    return work.session.scalar(new) is not None
