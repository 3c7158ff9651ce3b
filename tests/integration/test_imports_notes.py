"""Columns that nobody asked for are kept as notes with their file: once, beside whom they are about, and gone with it."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import select

from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.ids import MemberId
from app.core.intake.importer import NOBODY, ImportAnswers
from app.core.intake.models import ImportExtraRow
from tests.support.imports import looked_at, taken_in, undone, what_undoing_takes
from tests.support.sheets import Grid, csv_bytes
from tests.support.world import World

EXTRA: Any = ImportExtraRow.__table__
ROSTER: Grid = [
    ["First Name", "Last Name", "email", "Status", "Renewal Date", "Sponsor", "Region", "Badge"],
    ["Ana", "Silva", "ana@silva.example", "Active", "2027-01-31", "Raj Patel", "North", 12],
    ["Raj", "Patel", "raj@patel.example", "Active", None, None, "South", None],
    ["Ida", "Gone", "ida@gone.example", "Dropped", None, None, "West", 7],
    ["Tom", "Other", "tom@other.example", "Active", None, None, None, None],
]
WEEKS: Grid = [
    ["First Name", "Last Name", "2026-11-03", "2026-11-10", "Region"],
    ["Ana", "Silva", "P", "L", "North"],
    ["Raj", "Patel", "A", "P", None],
    ["Una", "Stranger", "P", "P", "Elsewhere"],
]
OWN_SHEET: Grid = [
    ["Name", "2026-11-03", "2026-11-10", "Remarks"],
    ["Ana Silva", "x", "-", "rides a blue bicycle"],
    ["Raj Patel", "x", "x", "brings the coffee"],
]
COUNTS: Grid = [
    ["First Name", "Last Name", "P", "A", "L", "M", "S", "RGI", "RGO", "RRI", "RRO", "V", "1-2-1", "TYFCB", "CEU", "Region"],
    ["Ana", "Silva", 20, 1, 2, 1, 1, 3, 4, 5, 6, 2, 8, "120.50", 1, "North"],
    ["Una", "Stranger", 21, 0, 2, 1, 1, 0, 0, 0, 0, 0, 0, "0", 0, "Elsewhere"],
]  # fmt: skip
KEPT = "This is kept as a note on the page of this file."
STRANGER_IS_NOBODY: Mapping[str, str] = {"una stranger": NOBODY}


@pytest.fixture
def group(world: World) -> Group:
    """Return the harbour."""
    return world.group()


@pytest.fixture
def ana(world: World, group: Group) -> MemberLine:
    """Return a member whom the files name."""
    return world.member(group, "Ana Silva", email="ana@silva.example")


@pytest.fixture
def raj(world: World, group: Group) -> MemberLine:
    """Return another member whom the files name."""
    return world.member(group, "Raj Patel", email="raj@patel.example")


def kept(world: World) -> list[tuple[int, str, MemberId | None, str, str]]:
    """Return every note of every file: row, name as written, member, heading, text."""
    with world.held.new_session() as session:
        rows = session.execute(select(EXTRA).order_by(EXTRA.c.batch_id, EXTRA.c.number))
        return [(row.row_number, row.name, row.member_id, row.heading, row.text) for row in rows]


def member_called(world: World, group: Group, address: str) -> MemberId:
    """Return the member of that mail address."""
    member = EXTRA.metadata.tables["member"]
    with world.held.new_session() as session:
        found = session.scalar(
            select(member.c.id).where(member.c.group_id == group.id, member.c.email == address)
        )
    assert found is not None
    return MemberId(found)


def test_a_roster_keeps_what_no_profile_has_a_place_for(world: World, group: Group, ana: MemberLine) -> None:
    """Beside who was in and who joins; blanks are not kept, nor rows of whom the file does not bring."""
    taken_in(world, group, csv_bytes(ROSTER))
    raj_id = member_called(world, group, "raj@patel.example")
    assert kept(world) == [
        (2, "Ana Silva", ana.id, "Renewal Date", "2027-01-31"),
        (2, "Ana Silva", ana.id, "Sponsor", "Raj Patel"),
        (2, "Ana Silva", ana.id, "Region", "North"),
        (2, "Ana Silva", ana.id, "Badge", "12"),
        (3, "Raj Patel", raj_id, "Region", "South"),
    ]
    world.assert_ledger_whole(group)


def test_the_preview_of_a_roster_says_of_each_note_that_it_is_kept(
    world: World, group: Group, ana: MemberLine
) -> None:
    _batch, shown = looked_at(world, group, csv_bytes(ROSTER))
    told = [remark for remark in shown.whole.remarks if "kept as" in remark]
    assert told == [
        "Row 1: these columns are kept as notes: Region, Badge.",
        f"Row 2, Ana Silva: Renewal Date: 2027-01-31; Sponsor: Raj Patel; Region: North; Badge: 12. {KEPT}",
        f"Row 3, Raj Patel: Region: South. {KEPT}",
    ]


def test_attendance_week_by_week_keeps_the_notes_of_members_rows(
    world: World, group: Group, ana: MemberLine, raj: MemberLine
) -> None:
    taken_in(world, group, csv_bytes(WEEKS), said=ImportAnswers(names=STRANGER_IS_NOBODY))
    assert kept(world) == [(2, "Ana Silva", ana.id, "Region", "North")]


def test_a_leaders_own_sheet_keeps_its_remarks(
    world: World, group: Group, ana: MemberLine, raj: MemberLine
) -> None:
    _batch, shown = looked_at(world, group, csv_bytes(OWN_SHEET))
    assert "Row 1: these columns are kept as notes: Remarks." in shown.whole.remarks
    taken_in(world, group, csv_bytes(OWN_SHEET))
    assert kept(world) == [
        (2, "Ana Silva", ana.id, "Remarks", "rides a blue bicycle"),
        (3, "Raj Patel", raj.id, "Remarks", "brings the coffee"),
    ]


def test_a_summary_keeps_notes_also_of_whom_it_counts_without_a_member(
    world: World, group: Group, ana: MemberLine
) -> None:
    said = ImportAnswers(
        period_first=dt.date(2026, 11, 1),
        period_last=dt.date(2026, 11, 20),
        currency="EUR",
        names=STRANGER_IS_NOBODY,
    )
    taken_in(world, group, csv_bytes(COUNTS), said=said)
    assert kept(world) == [
        (2, "Ana Silva", ana.id, "Region", "North"),
        (3, "Una Stranger", None, "Region", "Elsewhere"),
    ]


def test_undoing_the_file_takes_its_notes_and_whom_it_brought(
    world: World, group: Group, ana: MemberLine
) -> None:
    batch = taken_in(world, group, csv_bytes(ROSTER))
    assert what_undoing_takes(world, group, batch).touched == []
    undone(world, group, batch)
    assert kept(world) == []
    assert world.rows("member") == 1


def test_a_note_of_a_later_file_keeps_nobody_in_whom_an_undone_file_brought(
    world: World, group: Group, ana: MemberLine
) -> None:
    first = taken_in(world, group, csv_bytes(ROSTER))
    taken_in(world, group, csv_bytes([row[:7] for row in ROSTER]))
    assert what_undoing_takes(world, group, first).touched == []
    undone(world, group, first)
    assert world.rows("member") == 1
    assert {member_id for _row, _name, member_id, _heading, _text in kept(world)} == {ana.id}


def test_the_same_file_keeps_nothing_twice(world: World, group: Group, ana: MemberLine) -> None:
    taken_in(world, group, csv_bytes(ROSTER))
    before = kept(world)
    taken_in(world, group, csv_bytes(ROSTER))
    assert kept(world) == before


def test_the_same_file_keeps_its_notes_again_once_it_was_undone(
    world: World, group: Group, ana: MemberLine
) -> None:
    undone(world, group, taken_in(world, group, csv_bytes(ROSTER)))
    taken_in(world, group, csv_bytes(ROSTER))
    assert len(kept(world)) == 5


def test_the_same_file_brings_the_notes_of_a_row_that_was_left_out_before(
    world: World, group: Group, ana: MemberLine, raj: MemberLine
) -> None:
    taken_in(world, group, csv_bytes(WEEKS), said=ImportAnswers(names=STRANGER_IS_NOBODY))
    una = world.member(group, "Una Stranger")
    taken_in(world, group, csv_bytes(WEEKS))
    assert kept(world) == [
        (2, "Ana Silva", ana.id, "Region", "North"),
        (4, "Una Stranger", una.id, "Region", "Elsewhere"),
    ]


def test_a_file_of_another_group_with_the_same_bytes_keeps_its_own(
    world: World, group: Group, ana: MemberLine
) -> None:
    mill = world.group("mill")
    taken_in(world, group, csv_bytes(ROSTER))
    batch = taken_in(world, mill, csv_bytes(ROSTER))
    assert len(kept(world)) == 10
    undone(world, mill, batch)
    assert {row[2] for row in kept(world)} == {ana.id, member_called(world, group, "raj@patel.example")}
