"""What an importer is: one kind of file, understood, shown before it is applied, and applied whole or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from app.core.groups.domain.standing import Group
from app.core.sheets import DayOrder, Sheet
from app.core.work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportAnswers:
    """What the person was asked about the file and said; None where the file itself tells.

    The period is asked where columns tell days without a year, the order of day and month where every date
    could be read both ways.
    """

    period_first: date | None = None
    period_last: date | None = None
    day_order: DayOrder | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPreview:
    """What an import would do. With `problems` it cannot be applied; `remarks` are worth reading, no more.

    `summary` says in sentences what would change; `headings` and `lines` are a table of what was understood.
    `asks_period` and `asks_day_order` hold the question that must be answered first, or are empty; `guessed`
    fills the answers in advance. `plan` is the importer's own, handed back to `apply`.
    """

    kind: str
    summary: Sequence[str]
    headings: Sequence[str] = ()
    lines: Sequence[Sequence[str]] = ()
    problems: Sequence[str] = ()
    remarks: Sequence[str] = ()
    asks_period: str = ""
    asks_day_order: str = ""
    guessed: ImportAnswers = field(default_factory=ImportAnswers)
    plan: Any = None

    @property
    def may_apply(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.problems and not self.asks_period and not self.asks_day_order


class Importer(Protocol):
    """One kind of file. Every sentence it gives is translated and says row and column where it can."""

    kind: str
    title: str
    permission: str

    def recognises(self, sheet: Sheet) -> bool:
        """Return whether the sheet looks like this kind."""
        ...

    def preview(
        self, work: UnitOfWork, group: Group, sheet: Sheet, *, file_name: str, answers: ImportAnswers
    ) -> ImportPreview:
        """Say what applying would do; changes nothing. Raises `Refused` where the sheet is not of this kind."""
        ...

    def apply(self, work: UnitOfWork, group: Group, preview: ImportPreview, batch_id: int) -> str:
        """Apply the plan within this unit of work, without a commit; return a sentence of what was done."""
        ...
