"""A leader's own sheet becomes marks like any report's weeks: guessed, corrected by a person, applied and undone whole."""

import datetime as dt
import json
import re
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.core.errors import Refused
from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.ids import MemberId
from app.core.intake.importer import NOBODY, ImportAnswers
from app.core.meetings.models import MeetingRow
from app.plugins.attendance.models import MarkRow
from app.plugins.attendance.services.handkept_plan import UNSAID_MARK
from tests.support.bringing import Intake
from tests.support.fixtures_handkept import NAMES, VARIANTS, write_kept_sheets
from tests.support.fixtures_summary import SHAPES, summary_grid
from tests.support.planned_attendance import export_grid, planned_attendance
from tests.support.planned_roster import chapter_grid
from tests.support.reading import words
from tests.support.sheets import Grid, csv_bytes, spreadsheetml_bytes
from tests.support.world import World

SQLITE = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
MARK: Any = MarkRow.__table__
MEETING: Any = MeetingRow.__table__
NOVEMBER: Grid = [
    ["Name", "2025-11-18", "2025-11-25"],
    ["Ana Silva", "x", "-"],
    ["Raj Patel", "x", "x"],
]
WITH_A_PARTY: Grid = [
    ["Name", "2025-11-18", "party", "2025-12-02"],
    ["Ana Silva", "x", "x", "-"],
    ["Raj Patel", "x", "?", "x"],
]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with every planned sheet and its expectation beside it."""
    folder = tmp_path_factory.mktemp("kept")
    write_kept_sheets(folder)
    return folder


@pytest.fixture
def group(world: World) -> Group:
    """Return the harbour."""
    return world.group()


@pytest.fixture
def intake(world: World, group: Group) -> Intake:
    """Return the harbour's files, where Ana Silva and Raj Patel are members."""
    world.member(group, "Ana Silva"), world.member(group, "Raj Patel")
    return Intake(world=world, group=group)


def _letters(world: World, name_of: Mapping[MemberId, str]) -> dict[str, dict[str, str]]:
    """Return the record by member's name and day."""
    query = (
        select(MARK.c.member_id, MEETING.c.local_date, MARK.c.status)
        .join(MEETING, (MEETING.c.group_id == MARK.c.group_id) & (MEETING.c.id == MARK.c.meeting_id))
        .where(MARK.c.status.is_not(None))
    )
    found: dict[str, dict[str, str]] = {name: {} for name in name_of.values()}
    with world.held.new_session() as session:
        for member_id, day, status in session.execute(query):
            found[name_of[member_id]][day.isoformat()] = status
    return found


def _answers(planned: Mapping[str, Any], **more: Any) -> ImportAnswers:
    first, last = planned["period"] or (None, None)
    return ImportAnswers(
        period_first=dt.date.fromisoformat(first) if first else None,
        period_last=dt.date.fromisoformat(last) if last else None,
        letters=planned["answers"],
        **more,
    )


@pytest.mark.parametrize("variant", VARIANTS, ids=[variant.name for variant in VARIANTS])
def test_letters_in_the_database_are_those_of_the_plan(
    world: World, group: Group, written: Path, variant: Any
) -> None:
    file = written / f"{variant.name}.{variant.containers[0]}"
    planned = json.loads((written / f"{file.name}.json").read_text(encoding="utf-8"))
    members = {world.member(group, name).id: name for name in planned["people"]}
    intake = Intake(world=world, group=group)
    batch = intake.bring(file.read_bytes(), _answers(planned), file_name=file.name)
    shown = intake.preview(batch)
    assert shown.kind == "attendance-handkept"
    assert shown.may_apply, (shown.problems, shown.unmatched)
    assert {letter: shown.totals[letter] for letter in "PALMS"} == planned["letters"]
    assert shown.totals["people"] == len(NAMES)
    intake.apply(batch)
    assert _letters(world, members) == planned["people"]
    assert world.rows("meeting") == len(planned["days"]) - 1
    world.assert_ledger_whole(group)


def test_a_sheet_is_undone_with_the_meetings_that_it_made(world: World, intake: Intake) -> None:
    before = [world.rows(name) for name in ("attendance_mark", "meeting")]
    batch = intake.bring(csv_bytes(NOVEMBER))
    intake.apply(batch)
    assert world.rows("attendance_mark") == before[0] + 4
    intake.undo(batch)
    assert intake.preview(intake.bring(csv_bytes(NOVEMBER))).totals["letters"] == 4
    world.assert_ledger_whole(intake.group)


def test_the_same_sheet_again_changes_nothing(world: World, intake: Intake) -> None:
    intake.apply(intake.bring(csv_bytes(NOVEMBER)))
    before = [world.rows(name) for name in ("attendance_mark", "meeting", "attendance_record")]
    again = intake.bring(csv_bytes(NOVEMBER))
    assert intake.preview(again).totals["already_there"] == 4
    assert intake.apply(again) == "0 letters were taken into the record."
    assert [world.rows(name) for name in ("attendance_mark", "meeting", "attendance_record")] == before


def test_columns_and_marks_that_nobody_can_guess_must_be_said(world: World, intake: Intake) -> None:
    world.meeting(intake.group, dt.date(2025, 11, 25))
    batch = intake.bring(csv_bytes(WITH_A_PARTY))
    shown = intake.preview(batch)
    assert shown.problems == []
    assert [line.split(":")[0] for line in shown.to_say] == ["Row 1, column C", "Row 3, column C"]
    with pytest.raises(Refused):
        intake.apply(batch)
    party = shown.columns[2]
    assert (party.column, party.letter, party.heading, party.guess) == (2, "C", "party", "")
    assert ("day:2025-11-25", "The meeting of") in [(code, text[:14]) for code, text in party.choices]
    assert "day:2025-12-09" not in dict(party.choices)
    assert {mark.written: mark.guess for mark in shown.letters} == {"x": "P", "-": "A", "?": UNSAID_MARK}
    said = ImportAnswers(columns={2: "day:2025-11-25"}, letters={"?": "L"})
    batch = intake.bring(csv_bytes(WITH_A_PARTY), said)
    shown = intake.preview(batch)
    assert shown.may_apply, shown.to_say
    assert (shown.columns[2].guess, shown.letters[2].guess) == ("day:2025-11-25", "L")
    intake.apply(batch)
    assert sorted(str(day) for day in _days(world)) == ["2025-11-18", "2025-11-25", "2025-12-02"]


@SQLITE
def test_a_mark_that_is_sent_back_unsaid_is_still_asked(intake: Intake) -> None:
    said = ImportAnswers(columns={2: "ignore", 0: "name", 1: "day"}, letters={"?": UNSAID_MARK, "x": "P"})
    left_out = intake.preview(intake.bring(csv_bytes(WITH_A_PARTY), said))
    assert left_out.may_apply
    kept: Grid = [["Name", "2025-11-18"], ["Ana Silva", "x"], ["Raj Patel", "?"], ["Mei Lin", "x"]]
    asked = intake.preview(intake.bring(csv_bytes(kept), said))
    assert (len(asked.to_say), len(asked.problems)) == (1, 0)
    nothing = intake.preview(intake.bring(csv_bytes(kept), ImportAnswers(letters={"?": ""})))
    assert (nothing.to_say, nothing.problems) == ([], [])
    assert {mark.written: mark.guess for mark in nothing.letters}["?"] == ""


@SQLITE
def test_a_group_without_a_calendar_is_offered_every_day_between_the_neighbours(intake: Intake) -> None:
    choices = dict(intake.preview(intake.bring(csv_bytes(WITH_A_PARTY))).columns[2].choices)
    days = [code for code in choices if code.startswith("day:")]
    assert (days[0], days[-1], len(days)) == ("day:2025-11-19", "day:2025-12-01", 13)
    assert next(iter(choices)) == ""


@SQLITE
def test_a_column_that_was_understood_may_be_called_something_else(intake: Intake) -> None:
    shown = intake.preview(intake.bring(csv_bytes(NOVEMBER)))
    assert [column.guess for column in shown.columns] == ["name", "day", "day"]
    assert list(dict(shown.columns[1].choices)) == ["name", "given", "family", "day", "note", "ignore"]
    without = ImportAnswers(columns={2: "ignore"})
    assert intake.preview(intake.bring(csv_bytes(NOVEMBER), without)).totals["letters"] == 2


@SQLITE
def test_questions_are_asked_with_the_columns_at_hand(intake: Intake) -> None:
    yearless: Grid = [["Name", "Dec 30", "Jan 6"], ["Ana Silva", "x", "x"]]
    shown = intake.preview(intake.bring(csv_bytes(yearless), file_name="ours.csv"))
    assert "tell no year" in shown.asks_period
    assert (shown.guessed.period_first, shown.guessed.period_last) == (
        dt.date(2025, 12, 30),
        dt.date(2026, 1, 6),
    )
    assert len(shown.columns) == 3
    unclear: Grid = [["Name", "02/12/2025", "09/12/2025"], ["Ana Silva", "x", "x"]]
    assert "can be read in two ways" in intake.preview(intake.bring(csv_bytes(unclear))).asks_day_order


@SQLITE
def test_names_of_nobody_are_asked_and_may_be_left_out(intake: Intake) -> None:
    grid: Grid = [*NOVEMBER, ["Gone Away", "x", "x"]]
    shown = intake.preview(intake.bring(csv_bytes(grid)))
    assert [name.written for name in shown.unmatched] == ["Gone Away"]
    assert not shown.may_apply
    left_out = ImportAnswers(names={"gone away": NOBODY})
    shown = intake.preview(intake.bring(csv_bytes(grid), left_out))
    assert shown.may_apply
    assert shown.totals["letters"] == 4


@SQLITE
def test_other_kinds_of_files_go_before_this_one(intake: Intake) -> None:
    kinds = {
        "attendance-weekly": spreadsheetml_bytes(export_grid(planned_attendance())),
        "members-roster": csv_bytes(chapter_grid()),
        **{f"summary {shape}": csv_bytes(summary_grid(shape)) for shape in SHAPES},
        "attendance-handkept": csv_bytes(NOVEMBER),
    }
    found = {name: intake.preview(intake.bring(data)).kind for name, data in kinds.items()}
    assert found.pop("members-roster") not in {"attendance-handkept", "attendance-weekly"}
    assert found == {
        "attendance-weekly": "attendance-weekly",
        **{f"summary {shape}": "attendance-summary" for shape in SHAPES},
        "attendance-handkept": "attendance-handkept",
    }


def test_a_leader_brings_their_own_sheet_on_the_pages(world: World, group: Group, written: Path) -> None:
    planned = json.loads((written / "without_years.csv.json").read_text(encoding="utf-8"))
    members = {world.member(group, name).id: name for name in planned["people"]}
    leader = world.client(world.member(group, "Lena Leader", offices=(Office.PRESIDENT,)))
    file = (BytesIO((written / "without_years.csv").read_bytes()), "our meetings.csv")
    shown = leader.post("/g/harbour/import", data={"file": file}).location
    page = words(leader.get(shown))
    assert "tell no year" in page
    assert "Say what this means" in page
    sent = _as_sent(leader.get(shown).text)
    assert sent["letter:?"] == UNSAID_MARK
    first, last = planned["period"]
    leader.post(f"{shown}/answers", data=sent | {"period_first": first, "period_last": last})
    assert "nobody can tell what “?” stands for" in words(leader.get(shown))
    said = {f"letter:{mark}": letter for mark, letter in planned["answers"].items()}
    leader.post(f"{shown}/answers", data=_as_sent(leader.get(shown).text) | said)
    letters = sum(planned["letters"].values())
    assert f"{letters} letters are new." in words(leader.get(shown))
    assert leader.post(f"{shown}/apply").status_code == 303
    assert f"{letters} letters were taken into the record." in words(leader.get(shown))
    assert _letters(world, members) == planned["people"]
    world.assert_ledger_whole(group)


def _as_sent(page: str) -> dict[str, str]:
    """Return what a browser sends of the page's columns and marks, nothing changed."""
    found = {}
    for name, options in re.findall(
        r'<select[^>]* name="((?:column|letter):[^"]*)"[^>]*>(.*?)</select>', page
    ):
        chosen = re.search(r'value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options)
        assert chosen is not None
        found[name] = chosen[1]
    return found


def _days(world: World) -> list[Any]:
    with world.held.new_session() as session:
        return list(session.scalars(select(MEETING.c.local_date)))
