"""Takes files in and out again through the services, as a page or a command does."""

from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine, switched_on
from app.core.intake.importer import ImportAnswers, UndoPreview
from app.core.intake.kinds import KindOfFile, kinds_of
from app.core.intake.merging import FilePreview
from app.core.intake.services import (
    apply_batch,
    bring,
    brought,
    preview_of,
    remember_answers,
    undo_batch,
    undo_preview_of,
)
from app.core.work import UnitOfWork
from tests.support.world import World

NOTHING_SAID = ImportAnswers()


def kinds_in(world: World, work: UnitOfWork, group: Group) -> tuple[KindOfFile, ...]:
    """Return every kind that can be brought in the group."""
    return kinds_of(world.held.registry.importers(switched_on(work.session, group.id)))


def looked_at(
    world: World,
    group: Group,
    data: bytes,
    *,
    said: ImportAnswers = NOTHING_SAID,
    by: MemberLine | None = None,
    name: str = "file.csv",
) -> tuple[str, FilePreview]:
    """Bring a file, say something about it, and return its public id with the preview."""
    work = world.work(by)
    with world.app.test_request_context():
        kinds = kinds_in(world, work, group)
        public_id = bring(work, group, data=data, file_name=name, kinds=kinds, by=by.id if by else None)
        remember_answers(work, group.id, public_id, said)
        shown = preview_of(work, group, brought(work, group.id, public_id, kinds))
    work.commit()
    return public_id, shown


def applied(world: World, group: Group, public_id: str) -> str:
    """Apply a file that was brought."""
    work = world.work()
    with world.app.test_request_context():
        outcome = apply_batch(work, group, public_id, kinds_in(world, work, group))
    work.commit()
    return outcome


def taken_in(
    world: World,
    group: Group,
    data: bytes,
    *,
    said: ImportAnswers = NOTHING_SAID,
    by: MemberLine | None = None,
) -> str:
    """Bring and apply a file; return its public id."""
    public_id, shown = looked_at(world, group, data, said=said, by=by)
    assert shown.whole.may_apply, (shown.whole.problems, shown.whole.unmatched)
    applied(world, group, public_id)
    return public_id


def what_undoing_takes(world: World, group: Group, public_id: str) -> UndoPreview:
    """Return what undoing would do."""
    work = world.work()
    with world.app.test_request_context():
        shown = undo_preview_of(work, group, public_id, kinds_of(world.held.registry.every_importer()))
    work.rollback()
    return shown


def undone(world: World, group: Group, public_id: str, *ticked: str) -> str:
    """Undo a file, with these touched things too."""
    work = world.work()
    with world.app.test_request_context():
        outcome = undo_batch(
            work,
            group,
            public_id,
            kinds_of(world.held.registry.every_importer()),
            also_touched=frozenset(ticked),
            by=None,
        )
    work.commit()
    return outcome
