"""The printed sheet is typed in: all of it in one transaction, what stands equal stays, what differs is asked about."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.core.errors import NotFound, Refusal, Refused
from app.core.ids import GroupId
from app.core.work import UnitOfWork
from app.plugins.attendance.domain.evidence import Recorder
from app.plugins.attendance.domain.rules import WantedMark, refusals_for_mark
from app.plugins.attendance.domain.sheet_entry import entry_of, mark_by_entry, refusal_of_unclear_entry
from app.plugins.attendance.domain.status import CAME, Status
from app.plugins.attendance.queries.roster import Roster, RosterLine, roster_in_address
from app.plugins.attendance.services.marking import MarkToWrite, says_the_same, settle_claim, write_mark


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterSheet:
    """What was typed beside each member (by public id); `rest_absent` marks absent (on leave: M) whom nothing stands or was typed for.

    `seen` holds the version of each differing mark that was shown, `over` those that are to be written over.
    `planned_substitutes` are the names given beforehand, for an S without a name.
    """

    group_id: GroupId
    meeting_public_id: str
    recorder: Recorder
    typed: Mapping[str, str]
    rest_absent: bool = False
    seen: Mapping[str, int]
    over: frozenset[str]
    planned_substitutes: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowProblem:
    """What is wrong with one line: its number on the sheet, whose it is, and every reason."""

    number: int
    public_id: str
    name: str
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowDiffers:
    """A line that says something else than the record: what stands, and what was typed."""

    number: int
    line: RosterLine
    wanted: WantedMark


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetAnswer:
    """What came of it. With `problems` or `differing` nothing was written."""

    problems: tuple[RowProblem, ...] = ()
    differing: tuple[RowDiffers, ...] = ()
    written: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    number: int
    line: RosterLine
    wanted: WantedMark


def enter_sheet(work: UnitOfWork, command: EnterSheet) -> SheetAnswer:
    """Write what was typed where it adds something, or answer with all that is in the way, and write nothing."""
    roster = roster_in_address(work.session, command.group_id, command.meeting_public_id)
    if roster is None:
        raise NotFound
    if not roster.meeting.record.is_open:
        raise Refused([Refusal(code="attendance.already_submitted")])
    rows, problems = _read(work, command, roster)
    differing = [row for row in rows if _is_to_be_asked(command, row)]
    if problems or differing:
        work.rollback()
        asked = tuple(RowDiffers(number=row.number, line=row.line, wanted=row.wanted) for row in differing)
        return SheetAnswer(problems=tuple(problems), differing=asked)
    return _written(work, command, roster, rows)


def _read(work: UnitOfWork, command: EnterSheet, roster: Roster) -> tuple[list[_Row], list[RowProblem]]:
    """Return the lines that say something, and what is wrong with them."""
    rows: list[_Row] = []
    problems: list[RowProblem] = []
    for number, line in enumerate(roster.lines, start=1):
        text = command.typed.get(line.public_id, "").strip()
        wanted = _wanted(command, roster, line, text)
        if wanted is None:
            if text:
                problems.append(_problem(number, line, [refusal_of_unclear_entry()]))
            continue
        refusals = refusals_for_mark(roster.meeting.facts, wanted, was_member=line.was_member, now=work.now)
        if refusals:
            problems.append(_problem(number, line, refusals))
        else:
            rows.append(_Row(number=number, line=line, wanted=wanted))
    return rows, problems


def _wanted(command: EnterSheet, roster: Roster, line: RosterLine, text: str) -> WantedMark | None:
    if not text:
        is_rest = command.rest_absent and line.mark.status is None and line.was_member
        rest = Status.MEDICAL if line.is_on_leave else Status.ABSENT
        return WantedMark(status=rest) if is_rest else None
    entry = entry_of(text)
    if entry is None:
        return None
    wanted = mark_by_entry(roster.meeting.facts, entry)
    if wanted.status is Status.SUBSTITUTE and not wanted.substitute_name:
        known = line.mark.substitute_name or command.planned_substitutes.get(line.public_id, "")
        return WantedMark(status=Status.SUBSTITUTE, substitute_name=known)
    return wanted


def _problem(number: int, line: RosterLine, refusals: list[Refusal]) -> RowProblem:
    return RowProblem(number=number, public_id=line.public_id, name=line.name, refusals=tuple(refusals))


def _stands_equal(row: _Row) -> bool:
    """Return whether the record says it already; a sheet knows minutes, the record seconds."""
    arrived, stood = row.wanted.arrived_at_utc, row.line.mark.arrived_at_utc
    if arrived is not None and stood is not None and row.line.mark.status is row.wanted.status:
        return stood.replace(second=0, microsecond=0) == arrived
    return says_the_same(row.line, row.wanted)


def _is_to_be_asked(command: EnterSheet, row: _Row) -> bool:
    """Return whether the line differs from what stands and nobody has said yet which of the two is true."""
    if row.line.mark.status is None or _stands_equal(row):
        return False
    return command.seen.get(row.line.public_id) != row.line.mark.version


def _written(work: UnitOfWork, command: EnterSheet, roster: Roster, rows: list[_Row]) -> SheetAnswer:
    written = 0
    for row in rows:
        if _stands_equal(row):
            if row.line.waits and row.wanted.status in CAME:
                settle_claim(work, roster.meeting, row.line, command.recorder, is_here=True)
            continue
        if row.line.mark.status is not None and row.line.public_id not in command.over:
            continue
        write_mark(
            work,
            MarkToWrite(
                meeting=roster.meeting,
                line=row.line,
                recorder=command.recorder,
                wanted=row.wanted,
                seen_version=row.line.mark.version,
            ),
        )
        written += 1
    work.commit()
    return SheetAnswer(written=written, unchanged=len(rows) - written)
