"""Brings files into a group as its pages do, through the services of the house: kept, answered, applied, undone."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from app.core.groups.domain.standing import Group
from app.core.intake.importer import ImportAnswers, ImportPreview, UndoPreview
from app.core.intake.kinds import KindOfFile, kinds_of
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

NO_ANSWERS = ImportAnswers()


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """One group's files."""

    world: World
    group: Group

    def bring(
        self, data: bytes, answers: ImportAnswers = NO_ANSWERS, *, file_name: str = "report.csv"
    ) -> str:
        """Bring a file and say something about it; return its public id."""
        work = self.world.work()
        batch = bring(work, self.group, data=data, file_name=file_name, kinds=self._kinds, by=None)
        remember_answers(work, self.group.id, batch, answers)
        work.commit()
        return batch

    def preview(self, batch: str) -> ImportPreview:
        """Return what applying the file would do."""
        work = self.world.work()
        with self.world.app.test_request_context():
            file = brought(work, self.group.id, batch, self._kinds)
            shown = preview_of(work, self.group, file).whole
        work.rollback()
        return shown

    def apply(self, batch: str) -> str:
        """Apply the file and return what was done."""
        with self._acting() as work:
            return apply_batch(work, self.group, batch, self._kinds)

    def undo_preview(self, batch: str) -> UndoPreview:
        """Return what undoing the file would do."""
        work = self.world.work()
        with self.world.app.test_request_context():
            shown = undo_preview_of(work, self.group, batch, self._kinds)
        work.rollback()
        return shown

    def undo(self, batch: str, *, also_touched: frozenset[str] = frozenset()) -> str:
        """Undo the file and return what was done."""
        with self._acting() as work:
            return undo_batch(work, self.group, batch, self._kinds, also_touched=also_touched, by=None)

    @contextmanager
    def _acting(self) -> Iterator[UnitOfWork]:
        """Lend a unit of work that is committed at the end, or rolled back where the act is refused."""
        work = self.world.work()
        try:
            with self.world.app.test_request_context():
                yield work
            work.commit()
        finally:
            work.rollback()

    @property
    def _kinds(self) -> tuple[KindOfFile, ...]:
        return kinds_of(self.world.held.registry.importers(frozenset({"attendance", "referrals"})))
