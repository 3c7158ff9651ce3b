"""Names are settled by hand and remembered; half-answered files are found again; what was touched since stays."""

from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.intake.importer import NOBODY, ImportPreview, UndoPreview, UnmatchedName
from app.core.intake.kinds import KindOfFile, kinds_of
from app.core.intake.merging import PartPreview, as_one, keys_of_part, undo_as_one
from app.core.intake.services import bringing
from app.web import imports
from tests.support.imports import looked_at, taken_in, undone, what_undoing_takes
from tests.support.parallel import at_once
from tests.support.reading import column, sentence, words
from tests.support.sheets import Grid, csv_bytes
from tests.support.world import World

SQLITE = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
WEEKS: Grid = [
    ["First Name", "Last Name", "2026-11-03", "2026-11-10"],
    ["Bob", "Smith", "P", "L"],
    ["Raj", "Patel", "A", "P"],
    ["Old", "Friend", "P", "P"],
]
ROSTER: Grid = [
    ("First Name", "Last Name", "email", "Profession", "Phone Number"),
    ("Ana", "Silva", "ana@silva.example", "Baker", "+351 21"),
    ("Raj", "Patel", "raj@patel.example", "Painter", "+351 22"),
]


@pytest.fixture
def group(world: World) -> Group:
    """Return the harbour."""
    return world.group()


@pytest.fixture
def robert(world: World, group: Group) -> MemberLine:
    """Return the president, whom files call Bob."""
    return world.member(group, "Robert Smith", offices=(Office.PRESIDENT,))


@pytest.fixture
def leader(world: World, robert: MemberLine) -> FlaskClient:
    """Return the president's browser."""
    return world.client(robert)


def brought(client: FlaskClient, grid: Grid) -> str:
    """Upload a file and return its page."""
    data = {"file": (BytesIO(csv_bytes(grid)), "file.csv")}
    return client.post("/g/harbour/import", data=data).location


def test_a_half_answered_file_is_found_again_and_its_names_serve_the_next_one(
    world: World, group: Group, robert: MemberLine, leader: FlaskClient
) -> None:
    world.member(group, "Raj Patel")
    page = brought(leader, WEEKS)
    shown = words(leader.get(page))
    assert "2 names are nobody’s yet." in shown
    leader.post(f"{page}/answers", data={"name:bob smith": robert.public_id})
    assert "1 name is nobody’s yet." in words(leader.get(brought(leader, WEEKS)))
    refused = leader.post(f"{page}/apply")
    assert refused.status_code == 422
    assert sentence("imports.not_ready") in words(refused)
    assert world.rows("attendance_mark") == 0
    assert leader.post(f"{page}/apply", data={"name:old friend": NOBODY}).status_code == 303
    assert world.rows("attendance_mark") == 4
    names = words(leader.get("/g/harbour/import/names"))
    assert "bob smith" in names
    assert "nobody of the group" in names
    later = words(leader.get(brought(leader, [[*WEEKS[0][:2], "2026-11-17"], ["BOB", "Smith", "P"]])))
    assert "Names to settle" not in later
    assert "1 letter is new." in later
    leader.post("/g/harbour/import/names/remove", data={"name": "bob smith"})
    asked = words(leader.get(brought(leader, [[*WEEKS[0][:2], "2026-11-17"], ["BOB", "Smith", "P"]])))
    assert "1 name is nobody’s yet." in asked


def test_two_browsers_that_import_at_once_import_once_and_get_one_answer(
    world: World, group: Group, robert: MemberLine, leader: FlaskClient
) -> None:
    page = brought(leader, ROSTER)
    other = world.client(robert)
    browsers = [leader, other]
    answers = at_once(2, lambda number: browsers[number].post(f"{page}/apply").status_code)
    assert answers == [303, 303]
    assert world.rows("member") == 3
    kinds = column(world, "ledger_entry", "kind")
    assert kinds.count("intake.file_imported") == 1
    assert "2 members were taken in." in words(leader.get(page))


@pytest.mark.parametrize("settings", ["postgresql"], indirect=True)
def test_file_that_another_applies_while_it_is_read_leads_to_what_was_done(
    world: World, group: Group, robert: MemberLine, leader: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, other, whole = brought(leader, ROSTER), world.client(robert), bringing.brought
    answers: list[int] = []

    def late(*asked: Any, **more: Any) -> Any:
        if not answers:
            answers.append(0)
            answers[0] = other.post(f"{page}/apply").status_code
        return whole(*asked, **more)

    monkeypatch.setattr(imports, "brought", late)
    late_answer = leader.post(f"{page}/apply")
    assert (answers, late_answer.status_code, late_answer.location) == ([303], 303, page)
    assert world.rows("member") == 3


def test_undoing_a_roster_keeps_who_was_active_since_and_says_so(
    world: World, group: Group, robert: MemberLine, leader: FlaskClient
) -> None:
    page = brought(leader, ROSTER)
    leader.post(f"{page}/apply")
    weeks: Grid = [["First Name", "Last Name", "2026-11-03"], ["Ana", "Silva", "P"]]
    taken_in(world, group, csv_bytes(weeks))
    shown = words(leader.get(f"{page}/undo"))
    assert "1 member whom this file brought goes again." in shown
    assert "Ana Silva: 1 thing was recorded about them since." in shown
    assert leader.post(f"{page}/undo").location == page
    assert world.rows("member") == 2
    outcome = words(leader.get(page))
    assert "1 member was removed. 1 member stays, with what was recorded since." in outcome
    assert column(world, "import_batch", "state")[0] == "undone"
    assert "intake.file_undone" in column(world, "ledger_entry", "kind")
    assert leader.post(f"{page}/undo").status_code == 303
    again = brought(leader, ROSTER)
    assert "imported on" in words(leader.get(again))
    assert "undone again" in words(leader.get(again))
    leader.post(f"{again}/apply")
    assert world.rows("member") == 3
    world.assert_ledger_whole(group)


def test_a_ticked_member_leaves_today_and_their_letters_stay(world: World, group: Group) -> None:
    public_id = taken_in(world, group, csv_bytes(ROSTER))
    weeks: Grid = [["First Name", "Last Name", "2026-11-03"], ["Ana", "Silva", "P"]]
    taken_in(world, group, csv_bytes(weeks))
    (touched,) = what_undoing_takes(world, group, public_id).touched
    assert undone(world, group, public_id, touched.key) == "1 member was removed. 1 membership ends today."
    assert world.rows("attendance_mark") == 1
    assert [str(day) for day in column(world, "membership", "ended_on")] == ["2026-11-24"]


def test_a_person_of_two_groups_stays_when_one_groups_roster_is_undone(world: World, group: Group) -> None:
    elsewhere = world.member(world.group("mill"), "Ana Silva", email="ana@silva.example")
    public_id = taken_in(world, group, csv_bytes(ROSTER))
    # A file tells nobody whose address it is: the two are one person only once an invitation is accepted.
    assert column(world, "member", "person_id").count(elsewhere.person_id) == 1
    assert len(column(world, "person", "id")) == 3
    undone(world, group, public_id)
    assert column(world, "member", "person_id") == [elsewhere.person_id]
    assert column(world, "person", "id") == [elsewhere.person_id]


def test_blanks_are_filled_what_stands_is_kept_and_both_are_undone(world: World, group: Group) -> None:
    ana = world.member(group, "Ana Silva", email="ana@silva.example", trade="Confectioner")
    public_id, shown = looked_at(world, group, csv_bytes(ROSTER))
    assert "What is empty is filled in for 1 member." in shown.whole.summary
    assert any("says trade “Baker”; “Confectioner” stands here" in one for one in shown.whole.remarks)
    taken_in(world, group, csv_bytes(ROSTER))
    assert sorted(map(str, column(world, "member", "phone"))) == ["+351 21", "+351 22"]
    assert sorted(map(str, column(world, "member", "trade"))) == ["Confectioner", "Painter"]
    undone(world, group, public_id)
    assert column(world, "member", "phone") == [""]
    assert column(world, "member", "id") == [ana.id]


@SQLITE
def test_nobody_is_taken_for_somebody_of_a_like_name(world: World, group: Group) -> None:
    world.member(group, "Ana Sylva", email="other@silva.example")
    _public_id, shown = looked_at(world, group, csv_bytes(ROSTER))
    (asked,) = shown.whole.unmatched
    assert (asked.written, asked.answer, len(asked.candidates)) == ("Ana Silva", "new", 1)
    assert shown.whole.totals["joining"] == 2


def test_parts_of_one_file_are_shown_as_one(world: World) -> None:
    part = SimpleNamespace(kind="slips", title="", permission="")
    name = UnmatchedName(written="Bob", folded="bob", rows=[2], candidates=["a"], may_join=True, answer="a")
    one = ImportPreview(kind="slips", summary=["1 slip."], unmatched=[name], totals={"rows": 2})
    other = ImportPreview(
        kind="slips",
        summary=["1 meeting."],
        unmatched=[UnmatchedName(written="Bob", folded="bob", rows=[5], candidates=["b"])],
        totals={"rows": 3},
    )
    shown = as_one("slips", [PartPreview(part=part, preview=one), PartPreview(part=part, preview=other)], [])
    (asked,) = shown.whole.unmatched
    assert (asked.rows, asked.candidates, asked.may_join, asked.answer) == ([2, 5], ("a", "b"), False, "")
    assert shown.whole.summary == ["1 slip.", "1 meeting."]
    assert shown.whole.totals == {"rows": 5}
    assert not shown.whole.may_apply


def test_a_part_whose_permission_is_missing_is_left_out_and_said() -> None:
    mine = SimpleNamespace(kind="slips", title="Slips", permission="slips:import")
    theirs = SimpleNamespace(kind="slips", title="Visitors", permission="visitors:import")
    kinds = kinds_of([mine, theirs], lambda permission: permission == "slips:import")
    assert kinds == (KindOfFile(code="slips", title="Slips", parts=(mine,), left_out=("Visitors",)),)
    assert kinds_of([theirs], lambda _permission: False) == ()
    merged = undo_as_one([UndoPreview(summary=["a"]), UndoPreview(summary=["a", "b"])])
    assert merged.summary == ["a", "b"]
    assert keys_of_part(frozenset({"0:x", "1:y"}), 1) == {"y"}


def test_a_file_applied_again_with_nothing_new_leads_to_the_import_that_stands(
    world: World, group: Group, leader: FlaskClient
) -> None:
    first = brought(leader, ROSTER)
    leader.post(f"{first}/apply")
    again = brought(leader, ROSTER)
    assert again != first
    assert leader.post(f"{again}/apply").location == first
    assert "Nothing in the file is new. It was taken in on" in words(leader.get(first))
    assert column(world, "import_batch", "state") == ["applied"]


def test_a_name_twice_in_a_roster_is_asked_row_by_row_before_anybody_joins(
    world: World, group: Group, leader: FlaskClient
) -> None:
    twice: Grid = [*ROSTER, ("Ana", "Silva", "accounts@silva.example", "Baker", "")]
    page = brought(leader, twice)
    assert "Also in row 4: one person, or two?" in words(leader.get(page))
    assert leader.post(f"{page}/apply").status_code == 422
    assert world.rows("member") == 1
    leader.post(f"{page}/apply", data={"name:ana silva #2": "new", "name:ana silva #4": NOBODY})
    assert world.rows("member") == 3
