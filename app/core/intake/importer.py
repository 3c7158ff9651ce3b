"""What an importer is: one kind of file, understood, shown before it is applied, applied whole, and undone whole.

A kind of file may concern several components: a slips audit holds referrals, one-to-ones and visitors. Each of them
brings an importer of the same `kind`; the house shows their previews as one and applies them in one transaction.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from app.core.errors import Refusal
from app.core.groups.domain.standing import Group
from app.core.ids import MemberId
from app.core.sheets import DayOrder, Sheet
from app.core.work import UnitOfWork

NOBODY = "nobody"
"""The desk's answer for a name that means no member of the group: its rows are left out, or kept without a member."""

NEW_MEMBER = "new"
"""The desk's answer for a name that is to become a member; offered only where `UnmatchedName.may_join`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportAnswers:
    """What the person was asked about the file and said; empty where the file itself tells, or nobody said yet.

    `period_first`, `period_last`: asked where columns tell days without a year, or no period stands in the file.
    `day_order`: asked where every date could be read both ways. `currency`: ISO 4217, asked wherever amounts stand.
    `names`: by the name as `folded`, a member's public id, `NOBODY` or `NEW_MEMBER`. `columns`: by the column's
    number (0 is A), a code of `ColumnGuess.choices`. `letters`: by the cell's text as written in a hand-kept sheet, a
    letter of P A L M S or empty for nothing.
    """

    period_first: date | None = None
    period_last: date | None = None
    day_order: DayOrder | None = None
    currency: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[int, str] = field(default_factory=dict)
    letters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnmatchedName:
    """A name of the file that is nobody's yet, for the desk: in which `rows`, who it might be, what was said of it.

    `folded` is the key of the answer; `candidates` are members' public ids, best first, never taken unasked.
    `called_so` are the public ids of several members who have this very name; `also_in` are further rows of it,
    where each row is asked about.
    """

    written: str
    folded: str
    rows: Sequence[int]
    candidates: Sequence[str] = ()
    may_join: bool = False
    answer: str = ""
    called_so: Sequence[str] = ()
    also_in: Sequence[int] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnGuess:
    """What a column of a hand-kept sheet is taken for: a guess that the person may correct.

    `choices` are pairs of code and translated words; `guess` is the code in force (the answer, where one was given).
    """

    column: int
    letter: str
    heading: str
    samples: Sequence[str]
    guess: str
    choices: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterGuess:
    """What a mark of a hand-kept sheet (`x`, `✓`, `1`) is taken for; `count` is how often it stands there."""

    written: str
    count: int
    guess: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPreview:
    """What an import would do. With `problems` it cannot be applied; `remarks` are worth reading, no more.

    `to_say` is in the way as well, but what its sentences ask for is said beside the columns and marks: the file can
    stay as it is.

    `summary` says in sentences what would change; `overlaps` say which rows stand already from earlier files;
    `headings` and `lines` are a table of what was understood. The `asks_…` texts hold the question that must be
    answered first, or are empty; `guessed` fills the answers in advance. `unmatched` is the desk of names, all of
    them, answered or not. `totals` are named counts by which a test, or a person, checks what was understood.
    `plan` is the importer's own, handed back to `apply`.
    """

    kind: str
    summary: Sequence[str]
    overlaps: Sequence[str] = ()
    headings: Sequence[str] = ()
    lines: Sequence[Sequence[str]] = ()
    problems: Sequence[str] = ()
    to_say: Sequence[str] = ()
    remarks: Sequence[str] = ()
    asks_period: str = ""
    asks_day_order: str = ""
    asks_currency: str = ""
    unmatched: Sequence[UnmatchedName] = ()
    columns: Sequence[ColumnGuess] = ()
    letters: Sequence[LetterGuess] = ()
    totals: Mapping[str, int] = field(default_factory=dict)
    guessed: ImportAnswers = field(default_factory=ImportAnswers)
    plan: Any = None

    @property
    def may_apply(self) -> bool:
        """Whether nothing stands in the way."""
        asks = self.asks_period or self.asks_day_order or self.asks_currency
        said = not self.to_say and all(name.answer for name in self.unmatched)
        return not self.problems and not asks and said

    @property
    def why_not(self) -> Refusal:
        """What to say to whoever wants it applied all the same: the file is to be mended, or an answer is missing."""
        if self.problems:
            return Refusal(code="imports.to_mend")
        return Refusal(code="imports.not_ready")


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchedLine:
    """Something the import made that somebody changed since: `key` names it in the answer, `text` says it in words."""

    key: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoPreview:
    """What undoing would do: sentences of what goes, and what was touched since and stays unless the leader says so."""

    summary: Sequence[str]
    touched: Sequence[TouchedLine] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportContext:
    """Who brings the file, and how a name is settled beyond the group's own names.

    `aliases` are the names set by hand for files, by folded name; None means nobody of the group.
    `file_hash` is the SHA-256 of the whole file.
    """

    file_name: str
    file_hash: str
    aliases: Mapping[str, MemberId | None] = field(default_factory=dict)
    by: MemberId | None = None


class Importer(Protocol):
    """One component's part of one kind of file. Every sentence it gives is translated, with row and column."""

    kind: str
    title: str
    permission: str

    def recognises(self, sheet: Sheet) -> bool:
        """Return whether the sheet looks like this kind."""
        ...

    def preview(
        self, work: UnitOfWork, group: Group, sheet: Sheet, *, context: ImportContext, answers: ImportAnswers
    ) -> ImportPreview:
        """Say what applying would do; changes nothing. Raises `Refused` where the sheet is not of this kind."""
        ...

    def apply(self, work: UnitOfWork, group: Group, preview: ImportPreview, batch_id: int) -> str:
        """Apply the plan within this unit of work, without a commit; return a sentence of what was done."""
        ...

    def undo_preview(self, work: UnitOfWork, group: Group, batch_id: int) -> UndoPreview:
        """Say what undoing the batch would take away, and what was touched since; changes nothing."""
        ...

    def undo(self, work: UnitOfWork, group: Group, batch_id: int, *, also_touched: frozenset[str]) -> str:
        """Undo the batch within this unit of work, without a commit; keep what was touched unless its key is given."""
        ...
