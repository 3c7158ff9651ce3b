"""Week-by-week files become marks: totals as planned before any file was written, nothing overwritten, nothing twice."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence

import pytest

from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.intake.importer import NOBODY, ImportAnswers, ImportContext, ImportPreview, UndoPreview
from app.core.intake.models import ImportBatchRow
from app.core.intake.queries import aliases_of
from app.core.local_time import Period
from app.core.meetings.services import add_schedule
from app.core.sheets import read_sheets
from app.core.work import UnitOfWork
from app.plugins.attendance.queries.grid import grid_of
from app.plugins.attendance.queries.palms import PalmsSheet, palms_sheet
from app.plugins.attendance.services.weekly_import import WeeklyAttendanceImporter
from tests.support.planned_attendance import (
    HOLIDAY,
    JOINED_MIDWAY,
    NAMES,
    WEEKS,
    export_grid,
    planned_attendance,
    table,
)
from tests.support.sheets import Grid, csv_bytes, spreadsheetml_bytes, xlsx_bytes
from tests.support.world import World

PLAN = planned_attendance()
HALF_YEAR = Period(first=WEEKS[0], last=WEEKS[-1])
IMPORTER = WeeklyAttendanceImporter()
NO_ANSWERS = ImportAnswers()
BATCH = 77

SMALL: Grid = [
    ["From", "2026-11-03", None, "To", "2026-11-17"],
    ["First Name", "Last Name", "", "Nov 03", "Nov 10", "Nov 17"],
    ["Ana", "Silva", None, "P", "L", "A"],
    ["Raj", "Patel", None, "A", None, "S"],
    ["Visitors", None, None, 1, None, 3],
]


def _tidy(name: str) -> str:
    return " ".join(name.split())


def _members(world: World, group: Group) -> list[MemberLine]:
    return [
        world.member(
            group,
            f"{_tidy(given)} {_tidy(family)}",
            joined=JOINED_MIDWAY.get(place, dt.date(2025, 1, 7)),
        )
        for place, (given, family) in enumerate(NAMES)
    ]


def _preview(
    world: World,
    group: Group,
    data: bytes,
    *,
    file_name: str = "report.csv",
    answers: ImportAnswers = NO_ANSWERS,
) -> ImportPreview:
    work = world.work()
    (sheet,) = read_sheets(data)
    assert IMPORTER.recognises(sheet)
    with world.app.test_request_context():
        shown = IMPORTER.preview(
            work, group, sheet, context=_context(work, group, file_name), answers=answers
        )
    work.rollback()
    return shown


def _context(work: UnitOfWork, group: Group, file_name: str = "report.csv") -> ImportContext:
    return ImportContext(file_name=file_name, file_hash="", aliases=aliases_of(work.session, group.id))


def _apply(world: World, group: Group, data: bytes, *, answers: ImportAnswers = NO_ANSWERS) -> str:
    work = world.work()
    _batch_row(work, group)
    (sheet,) = read_sheets(data)
    with world.app.test_request_context():
        shown = IMPORTER.preview(work, group, sheet, context=_context(work, group), answers=answers)
        assert shown.may_apply, (shown.problems, shown.unmatched)
        said = IMPORTER.apply(work, group, shown, BATCH)
    work.commit()
    return said


def _batch_row(work: UnitOfWork, group: Group) -> None:
    if work.session.get(ImportBatchRow, (group.id, BATCH)) is None:
        work.session.add(
            ImportBatchRow(
                group_id=group.id,
                id=BATCH,
                public_id="thebatch",
                kind=IMPORTER.kind,
                file_name="report.csv",
                file_hash="",
                state="applied",
                created_at_utc=work.now,
            )
        )
        work.session.flush()


def _palms(world: World, group: Group, period: Period) -> PalmsSheet:
    work = world.work()
    sheet = palms_sheet(work.session, group.id, period, world.now)
    work.rollback()
    return sheet


def _as_counter(letters: Sequence[int]) -> Counter[str]:
    return +Counter(dict(zip("PALMS", letters, strict=True)))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(spreadsheetml_bytes(export_grid(PLAN)), id="spreadsheetml"),
        pytest.param(xlsx_bytes({"Report": table(PLAN, list(WEEKS))}), id="xlsx"),
        pytest.param(csv_bytes(export_grid(PLAN), encoding="utf-8-sig"), id="csv"),
    ],
)
def test_half_a_year_appears_in_grid_and_palms_as_it_was_planned(world: World, data: bytes) -> None:
    group = world.group()
    members = _members(world, group)
    _apply(world, group, data)
    sheet = _palms(world, group, HALF_YEAR)
    by_member = {line.member_id: _as_counter(line.palms.letters()) for line in sheet.lines}
    assert by_member == {member.id: PLAN.letters_of(place) for place, member in enumerate(members)}
    assert sheet.held == len(WEEKS) - 1
    work = world.work()
    grid = grid_of(work.session, group.id, HALF_YEAR, world.now)
    work.rollback()
    assert [column.local_date for column in grid.columns] == [week for week in WEEKS if week != HOLIDAY]
    for column in grid.columns:
        letters = Counter(
            grid.letters[member.id][column.id] for member in members if column.id in grid.letters[member.id]
        )
        assert letters == PLAN.letters_on(column.local_date)
    world.assert_ledger_whole(group)


def test_imported_letters_have_no_arrival_and_no_evidence(world: World) -> None:
    group = world.group()
    world.member(group, "Ana Silva"), world.member(group, "Raj Patel")
    _apply(world, group, csv_bytes(SMALL))
    session = world.work().session
    rows = session.connection().exec_driver_sql(
        "SELECT DISTINCT origin, grade, arrived_at_utc, rules_version, batch_id FROM attendance_mark"
    )
    assert [tuple(row) for row in rows] == [("import", None, None, None, BATCH)]
    session.rollback()


def test_same_file_again_changes_nothing(world: World) -> None:
    group = world.group()
    world.member(group, "Ana Silva"), world.member(group, "Raj Patel")
    _apply(world, group, csv_bytes(SMALL))
    tables = ("attendance_mark", "attendance_record", "meeting", "ledger_entry")
    before = [world.rows(name) for name in tables]
    assert _apply(world, group, csv_bytes(SMALL)) == "0 letters were taken into the record."
    assert [world.rows(name) for name in tables] == before


def test_mark_that_stands_is_kept_and_told_with_its_cell(world: World) -> None:
    group = world.group()
    world.member(group, "Ana Silva"), world.member(group, "Raj Patel")
    _apply(world, group, csv_bytes(SMALL))
    other = [list(row) for row in SMALL]
    other[2][4] = "P"
    shown = _preview(world, group, csv_bytes(other))
    assert any(
        "Row 3, column E" in remark and "says L for Ana Silva, the file P" in remark
        for remark in shown.remarks
    )
    _apply(world, group, csv_bytes(other))
    assert _as_counter(
        _palms(world, group, Period(first=dt.date(2026, 11, 1), last=dt.date(2026, 11, 30)))
        .lines[1]
        .palms.letters()
    ) == Counter(P=1, L=1, A=1)


def test_letters_go_to_the_meeting_that_the_calendar_has(world: World) -> None:
    group = world.group()
    world.member(group, "Ana Silva"), world.member(group, "Raj Patel")
    world.meeting(group, dt.date(2026, 11, 10))
    shown = _preview(world, group, csv_bytes(SMALL))
    assert "2 meetings are put on the calendar." in shown.summary
    _apply(world, group, csv_bytes(SMALL))
    assert world.rows("meeting") == 3


def test_record_that_a_leader_has_begun_stays_open(world: World) -> None:
    group = world.group()
    ana = world.member(group, "Ana Silva")
    world.member(group, "Raj Patel")
    meeting = world.meeting(group, dt.date(2026, 11, 10))
    session = world.work().session
    session.connection().exec_driver_sql(
        "INSERT INTO attendance_mark (group_id, meeting_id, member_id, status, origin, version, updated_at_utc) "
        f"VALUES ({group.id}, {meeting.id}, {ana.id}, 'L', 'leader', 1, '2026-11-10T08:00:00.000000Z')"
    )
    session.commit()
    for_both = [list(row) for row in SMALL]
    for_both[3][4] = "P"
    _apply(world, group, csv_bytes(for_both))
    sheet = _palms(world, group, Period(first=dt.date(2026, 11, 1), last=dt.date(2026, 11, 30)))
    assert [one.local_date for one in sheet.uncounted] == [dt.date(2026, 11, 10)]


def test_a_name_that_nobody_has_waits_at_the_desk_with_those_like_it(world: World) -> None:
    group = world.group()
    ana = world.member(group, "Ana Silva")
    world.member(group, "Raj Patel")
    row = ["Anna", "Silva", None, "P", "P", "P"]
    data = csv_bytes([*SMALL[:4], row, *SMALL[4:]])
    shown = _preview(world, group, data)
    (asked,) = shown.unmatched
    assert (asked.written, list(asked.rows), asked.candidates[0]) == ("Anna Silva", [5], ana.public_id)
    assert not shown.may_apply
    left_out = ImportAnswers(names={"anna silva": NOBODY})
    answered = _preview(world, group, data, answers=left_out)
    assert answered.may_apply
    assert answered.totals["letters"] == shown.totals["letters"] == 5


def test_a_name_that_stands_twice_is_asked_about_row_by_row(world: World) -> None:
    group = world.group()
    world.member(group, "Ana Silva"), world.member(group, "Raj Patel")
    data = csv_bytes([*SMALL[:4], ["Raj", "Patel", None, "P", "P", "P"], *SMALL[4:]])
    asked = _preview(world, group, data).unmatched
    assert [(name.folded, list(name.rows)) for name in asked] == [
        ("raj patel #4", [4]),
        ("raj patel #5", [5]),
    ]
    second_is_a_stranger = ImportAnswers(
        names={"raj patel #4": asked[0].candidates[0], "raj patel #5": NOBODY}
    )
    assert _preview(world, group, data, answers=second_is_a_stranger).totals["letters"] == 5
    both_are_his = ImportAnswers(
        names=dict.fromkeys(["raj patel #4", "raj patel #5"], asked[0].candidates[0])
    )
    clash = _preview(world, group, data, answers=both_are_his)
    assert any("Row 5, column D: Raj Patel already has A" in problem for problem in clash.problems)


def test_family_name_first_is_understood(world: World) -> None:
    group = world.group()
    world.member(group, "Silva Ana"), world.member(group, "Patel Raj")
    assert _preview(world, group, csv_bytes(SMALL)).may_apply


def test_day_off_the_calendar_is_warned_of_and_kept(world: World) -> None:
    group = world.group()
    world.member(group, "Ana Silva")
    work = world.work()
    add_schedule(
        work,
        group,
        rule="FREQ=WEEKLY;BYDAY=TU",
        starts_on=dt.date(2026, 11, 24),
        wall_time=dt.time(7),
        minutes=60,
    )
    work.commit()
    data = csv_bytes([["First Name", "Last Name", "2026-11-10", "2026-11-12"], ["Ana", "Silva", "P", "L"]])
    shown = _preview(world, group, data)
    (warning,) = [remark for remark in shown.remarks if "2026" in remark]
    assert "12" in warning
    assert warning.endswith("is not a day on which the group meets. It is kept, as a meeting of its own.")
    _apply(world, group, data)
    assert world.rows("attendance_mark") == 2


def test_day_still_to_come_is_a_problem(world: World) -> None:
    group = world.group()
    world.member(group, "Ana Silva")
    data = csv_bytes([["First Name", "Last Name", "2026-11-24", "2026-12-01"], ["Ana", "Silva", "P", "P"]])
    assert any("2026 is still to come" in one for one in _preview(world, group, data).problems)


def test_columns_without_a_year_ask_for_the_period(world: World) -> None:
    group = world.group()
    world.member(group, "Ana Silva"), world.member(group, "Raj Patel")
    shown = _preview(world, group, csv_bytes(SMALL[1:]), file_name="attendance 2026-11.csv")
    assert shown.asks_period
    assert not shown.may_apply
    answers = ImportAnswers(period_first=dt.date(2026, 11, 1), period_last=dt.date(2026, 11, 30))
    assert _preview(world, group, csv_bytes(SMALL[1:]), answers=answers).may_apply


def _undo(world: World, group: Group, *keys: str) -> tuple[UndoPreview, str]:
    work = world.work()
    with world.app.test_request_context():
        shown = IMPORTER.undo_preview(work, group, BATCH)
        said = IMPORTER.undo(work, group, BATCH, also_touched=frozenset(keys))
    work.commit()
    return shown, said


def test_undoing_takes_letters_records_and_empty_meetings_away(world: World) -> None:
    group = world.group()
    world.member(group, "Ana Silva"), world.member(group, "Raj Patel")
    world.meeting(group, dt.date(2026, 11, 10))
    _apply(world, group, csv_bytes(SMALL))
    shown, said = _undo(world, group)
    assert shown.summary[0] == "5 letters go out of the record again."
    assert said == "5 letters were taken out of the record. 2 empty meetings were removed."
    assert [world.rows(name) for name in ("attendance_mark", "attendance_record", "meeting")] == [0, 0, 1]
    assert _apply(world, group, csv_bytes(SMALL)) == "5 letters were taken into the record."
    world.assert_ledger_whole(group)


@pytest.mark.parametrize(("is_ticked", "left"), [(False, 1), (True, 0)])
def test_a_letter_changed_since_is_listed_and_stays_unless_it_is_ticked(
    world: World, is_ticked: bool, left: int
) -> None:
    group = world.group()
    ana = world.member(group, "Ana Silva")
    world.member(group, "Raj Patel")
    _apply(world, group, csv_bytes(SMALL))
    session = world.work().session
    session.connection().exec_driver_sql(
        "UPDATE attendance_mark SET status = 'P', origin = 'leader', batch_id = NULL, version = 2 "
        f"WHERE member_id = {ana.id} AND status = 'L'"
    )
    session.commit()
    work = world.work()
    with world.app.test_request_context():
        (touched,) = IMPORTER.undo_preview(work, group, BATCH).touched
    work.rollback()
    assert touched.text == "Ana Silva, 10 November 2026: the file wrote L; P stands now."
    _undo(world, group, *([touched.key] if is_ticked else []))
    assert world.rows("attendance_mark") == left
    assert world.rows("meeting") == left
