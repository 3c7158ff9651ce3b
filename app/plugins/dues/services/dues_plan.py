"""What would a dues file change? Each line as it would stand, and which stand already from what is noted here."""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.core.groups.domain.standing import Group
from app.core.ids import MemberId
from app.core.intake.desk import Settled
from app.core.intake.dues_file import DuesLine, DuesTable
from app.core.intake.slips_audit_part import beyond
from app.core.sheets import folded
from app.core.sheets.spelling import letters_only
from app.plugins.dues.domain.entry import DueKind, DueState
from app.plugins.dues.queries.entries import EntryLine, entries_due_between

_KIND_WORDS: Mapping[DueKind, tuple[str, ...]] = {
    DueKind.MEMBERSHIP: ("member", "renewal", "annual", "dues", "mitglied", "cotisation", "cuota", "quota"),
    DueKind.MEETING: ("meeting", "breakfast", "lunch", "venue", "room", "treffen", "réunion", "reunión"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedEntry:
    """A line of the file as it would stand; without a member only the name as the file has it."""

    row: int
    member_id: MemberId | None
    listed_name: str
    kind: DueKind
    amount_minor: int
    due_on: date
    state: DueState
    paid_on: date | None
    note: str

    def key(self, currency: str) -> Hashable:
        """By what it equals another: whose, until when, how much, what for."""
        whose = self.member_id or folded(self.listed_name)
        return whose, self.due_on, self.amount_minor, currency, self.kind


@dataclass(frozen=True, slots=True, kw_only=True)
class DuesPlan:
    """What would be written in `currency`, and which rows stand already.

    `told_otherwise` are those of them that the file says are paid and that are still owed here. `twice` are rows that
    equal an earlier one of the file: each counts.
    """

    currency: str
    entries: Sequence[PlannedEntry] = ()
    standing_rows: Sequence[int] = ()
    told_otherwise: Sequence[int] = ()
    twice: Sequence[int] = ()

    def count(self, state: DueState) -> int:
        """Return how many lines would stand so."""
        return sum(entry.state is state for entry in self.entries)


def plan_dues(
    session: Session, group: Group, lines: Sequence[DuesLine], settled: Settled, *, currency: str, today: date
) -> DuesPlan:
    """Return what the lines would change in the group; one statement. Names that the desk still asks stand for nobody."""
    if not lines:
        return DuesPlan(currency=currency)
    wanted = [_planned(line, settled, today) for line in lines]
    days = [one.due_on for one in wanted]
    standing = entries_due_between(session, group.id, min(days), max(days))
    known = Counter(_key_of(one) for one in standing)
    new, _already = beyond(wanted, known, key=lambda one: one.key(currency))
    new_rows = {one.row for one in new}
    owed = {_key_of(one) for one in standing if one.state is DueState.OWED}
    there = [one for one in wanted if one.row not in new_rows]
    return DuesPlan(
        currency=currency,
        entries=new,
        standing_rows=[one.row for one in there],
        told_otherwise=[one.row for one in there if one.state is DueState.PAID and one.key(currency) in owed],
        twice=_twice(new, currency),
    )


def kind_called(what_for: str) -> DueKind:
    """Return what an amount is for, by the file's own word; without one it is membership."""
    letters = letters_only(what_for)
    for kind, words in _KIND_WORDS.items():
        if any(word in letters for word in words):
            return kind
    return DueKind.OTHER if letters else DueKind.MEMBERSHIP


def _planned(line: DuesLine, settled: Settled, today: date) -> PlannedEntry:
    member_id = settled.member_of.get(folded(line.name.full))
    kind = kind_called(line.what_for)
    paid_on = line.paid_on if line.paid_on and line.paid_on <= today else None
    return PlannedEntry(
        row=line.row,
        member_id=member_id,
        listed_name="" if member_id is not None else line.name.full,
        kind=kind,
        amount_minor=line.amount_minor,
        due_on=line.due_on,
        state=state_of(line),
        paid_on=paid_on,
        note="\n".join(part for part in (line.what_for if kind is DueKind.OTHER else "", line.note) if part),
    )


def state_of(line: DuesLine) -> DueState:
    """Return how a line stands: whoever left owes nothing any more, unless the row says that it was paid."""
    if line.is_paid:
        return DueState.PAID
    return DueState.DROPPED if line.table is DuesTable.LEFT else DueState.OWED


def _key_of(entry: EntryLine) -> Hashable:
    whose = entry.member_id or folded(entry.name)
    return whose, entry.due_on, entry.amount_minor, entry.currency, entry.kind


def _twice(entries: Sequence[PlannedEntry], currency: str) -> list[int]:
    seen: set[Hashable] = set()
    twice = []
    for entry in entries:
        if entry.key(currency) in seen:
            twice.append(entry.row)
        seen.add(entry.key(currency))
    return twice
