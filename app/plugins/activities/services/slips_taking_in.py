"""Writes the one-to-ones and learning units of a slips audit, silently, and takes them away again."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.groups.domain.standing import Group
from app.core.work import UnitOfWork
from app.plugins.activities.domain.keys import LearningId, OneToOneId
from app.plugins.activities.interface import ActivitiesImportUndone, LearningRecorded, OneToOneRecorded
from app.plugins.activities.queries.historic import (
    BroughtLearning,
    BroughtTalk,
    brought_learning,
    brought_talks,
)
from app.plugins.activities.services.slips_plan import ActivitiesPlan
from app.plugins.activities.store import (
    NewLearning,
    NewTalk,
    add_learning,
    add_talks,
    remove_brought,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """How much went, and how much stays because somebody touched it since."""

    talks: int
    learning: int
    kept: int


def take_in_activities(work: UnitOfWork, group: Group, plan: ActivitiesPlan, batch_id: int) -> None:
    """Write what is planned, each a fact of the ledger; nobody is told. The caller commits."""
    if plan.day is None:
        raise ValueError(f"The slips of batch {batch_id} have no day; apply a preview that asks nothing.")
    talks = [
        NewTalk(
            id=OneToOneId(work.ids.key()),
            public_id=work.ids.public_id(),
            member_id=one.member,
            with_member_id=one.other,
            with_outside=one.outside,
            held_on=plan.day,
            origin="import",
            recorded_by=None,
            batch_id=batch_id,
        )
        for one in plan.talks
    ]
    learning = [
        NewLearning(
            id=LearningId(work.ids.key()),
            public_id=work.ids.public_id(),
            member_id=one.member,
            learned_on=plan.day,
            what=one.what,
            units=one.units,
            origin="import",
            recorded_by=None,
            batch_id=batch_id,
        )
        for one in plan.learning
    ]
    add_talks(work.session, group.id, talks, work.now)
    add_learning(work.session, group.id, learning, work.now)
    _record(work, group, talks, learning)


def key_of(one: BroughtTalk | BroughtLearning) -> str:
    """Return the key by which a touched line is named in the answer."""
    return f"{'talk' if isinstance(one, BroughtTalk) else 'learning'}:{one.public_id}"


def take_back_activities(
    work: UnitOfWork, group: Group, batch_id: int, also_touched: frozenset[str]
) -> Undone:
    """Take away what the file brought, without what was touched since unless its key is given. The caller commits."""
    talks = brought_talks(work.session, group.id, batch_id)
    learning = brought_learning(work.session, group.id, batch_id)
    going_talks = [one.id for one in talks if _goes(one, also_touched)]
    going_learning = [one.id for one in learning if _goes(one, also_touched)]
    remove_brought(work.session, group.id, going_talks, going_learning)
    undone = Undone(
        talks=len(going_talks),
        learning=len(going_learning),
        kept=len(talks) + len(learning) - len(going_talks) - len(going_learning),
    )
    if going_talks or going_learning:
        work.record(
            ActivitiesImportUndone(
                group_id=group.id,
                batch_id=batch_id,
                one_to_ones=undone.talks,
                learning=undone.learning,
            )
        )
    return undone


def _goes(one: BroughtTalk | BroughtLearning, also_touched: frozenset[str]) -> bool:
    return not one.is_touched or key_of(one) in also_touched


def _record(
    work: UnitOfWork, group: Group, talks: Sequence[NewTalk], learning: Sequence[NewLearning]
) -> None:
    for talk in talks:
        work.record(
            OneToOneRecorded(
                group_id=group.id,
                one_to_one_id=talk.id,
                member_id=talk.member_id,
                with_member_id=talk.with_member_id,
                held_on=talk.held_on,
                batch_id=talk.batch_id,
            )
        )
    for one in learning:
        work.record(
            LearningRecorded(
                group_id=group.id,
                learning_id=one.id,
                member_id=one.member_id,
                learned_on=one.learned_on,
                units=one.units,
                batch_id=one.batch_id,
            )
        )
