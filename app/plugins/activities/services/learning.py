"""Keeping what a member learned: by the member, or by an office for them; corrected and taken back within a week."""

from dataclasses import dataclass
from datetime import date

from app.core.errors import NotFound, Refusal, Refused
from app.core.groups.domain.standing import Group
from app.core.ids import MemberId
from app.core.work import UnitOfWork
from app.plugins.activities.domain.keys import LearningId
from app.plugins.activities.domain.rules import (
    LearningFacts,
    Partner,
    may_be_corrected,
    refusals_for_learning,
    refusals_for_pair,
)
from app.plugins.activities.interface import LearningCorrected, LearningRecorded, LearningTakenBack
from app.plugins.activities.queries.learning import Learning, learning_for
from app.plugins.activities.queries.partners import partner
from app.plugins.activities.services.telling import LEARNING_RECORDED, tell
from app.plugins.activities.store import NewLearning, add_learning, correct_learning, remove_learning


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordLearning:
    """Learning as it is recorded. `learner` is the public id of the member an office records it for, or empty."""

    group: Group
    today: date
    by: MemberId
    by_name: str
    facts: LearningFacts
    public_id: str
    learner: str = ""
    is_for_another: bool = False
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnLearning:
    """Who acts on which line of their learning, at which version they saw it."""

    group: Group
    today: date
    member: MemberId
    learning: str
    seen_version: int


def record_learning(work: UnitOfWork, command: RecordLearning) -> LearningId:
    """Keep the learning; refused with every reason at once. Somebody for whom an office records it is told."""
    group_id, facts = command.group.id, command.facts
    learner = partner(work.session, group_id, command.learner) if command.is_for_another else None
    refusals = refusals_for_learning(facts, today=command.today)
    if command.is_for_another:
        refusals = [*_about_learner(command.learner, learner, command.today), *refusals]
    if refusals or facts.learned_on is None or facts.units is None:
        raise Refused(refusals)
    new = NewLearning(
        id=LearningId(work.ids.key()),
        public_id=command.public_id,
        member_id=learner.member_id if learner else command.by,
        learned_on=facts.learned_on,
        what=facts.what,
        units=facts.units,
        recorded_by=command.by,
    )
    add_learning(work.session, group_id, [new], work.now)
    work.record(
        LearningRecorded(
            group_id=group_id,
            learning_id=new.id,
            member_id=new.member_id,
            learned_on=new.learned_on,
            units=new.units,
        )
    )
    if new.member_id != command.by:
        tell(work, group_id, new.member_id, LEARNING_RECORDED, name=command.by_name, path=command.path)
    work.commit()
    return new.id


def correct(work: UnitOfWork, command: OnLearning, facts: LearningFacts) -> None:
    """Keep the corrected line of learning; refused with every reason at once. Others do not know it (`NotFound`)."""
    found = _found(work, command)
    refusals = [*_standing(found, work, command), *refusals_for_learning(facts, today=command.today)]
    if refusals or facts.learned_on is None or facts.units is None:
        raise Refused(refusals)
    correct_learning(
        work.session,
        command.group.id,
        found.id,
        seen_version=command.seen_version,
        what=facts.what,
        learned_on=facts.learned_on,
        units=facts.units,
    )
    work.record(
        LearningCorrected(
            group_id=command.group.id, learning_id=found.id, learned_on=facts.learned_on, units=facts.units
        )
    )
    work.commit()


def take_back(work: UnitOfWork, command: OnLearning) -> None:
    """Take the line of learning away."""
    found = _found(work, command)
    if refusals := _standing(found, work, command):
        raise Refused(refusals)
    remove_learning(work.session, command.group.id, found.id, seen_version=command.seen_version)
    work.record(LearningTakenBack(group_id=command.group.id, learning_id=found.id))
    work.commit()


def _found(work: UnitOfWork, command: OnLearning) -> Learning:
    found = learning_for(work.session, command.group.id, command.learning, command.member)
    if found is None:
        raise NotFound
    return found


def _standing(found: Learning, work: UnitOfWork, command: OnLearning) -> list[Refusal]:
    refusals = []
    if command.seen_version != found.version:
        refusals.append(Refusal(code="activities.changed_meanwhile"))
    if not may_be_corrected(found.recorded_at, work.now):
        refusals.append(Refusal(code="activities.week_over"))
    return refusals


def _about_learner(named: str, learner: Partner | None, today: date) -> list[Refusal]:
    if not named:
        return [Refusal(code="activities.member_missing", field="learner")]
    return refusals_for_pair(named=named, one=None, partner=learner, today=today, field="learner")
