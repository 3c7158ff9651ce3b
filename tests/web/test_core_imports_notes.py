"""The page of a file shows what its further columns held: to whom may bring it, page by page, and never as markup."""

from io import BytesIO

import pytest
from flask.testing import FlaskClient

from app.core.access.domain.permission import Permission
from app.core.access.permissions import MEMBERS_EDIT
from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.web.imports_outcome import ROWS_SHOWN
from tests.support.reading import words
from tests.support.sheets import Grid, csv_bytes
from tests.support.world import World

IMPORT = "/g/harbour/import"
HEADER: list[str] = ["First Name", "Last Name", "email", "Region", "Badge"]
TWO: Grid = [
    HEADER,
    ["Ana", "Silva", "ana@silva.example", "North <b>shore</b>", "12"],
    ["Raj", "Patel", "raj@patel.example", "South", None],
]


@pytest.fixture
def group(world: World) -> Group:
    """Return the harbour."""
    return world.group()


@pytest.fixture
def leader(world: World, group: Group) -> FlaskClient:
    """Return the president's browser."""
    return world.client(world.member(group, offices=(Office.PRESIDENT,)))


def imported(client: FlaskClient, grid: Grid) -> str:
    """Bring a roster and apply it; return its page."""
    page = client.post(IMPORT, data={"file": (BytesIO(csv_bytes(grid)), "roster.csv")}).location
    assert client.post(f"{page}/apply").location == page
    return page


def many(people: int) -> Grid:
    """Return a roster of that many people, each with a region of their own."""
    return [HEADER, *([f"Given{n}", f"Family{n}", f"p{n}@x.example", f"R{n}.", ""] for n in range(people))]


def test_the_page_of_a_file_shows_its_notes_by_row_and_column(leader: FlaskClient) -> None:
    page = leader.get(imported(leader, TWO))
    said = words(page)
    assert "Kept as notes" in said
    assert all(f"<bdi>{text}</bdi>" in page.text for text in ("Region", "Badge", "Ana Silva", "12", "South"))
    assert "/g/harbour/members/" in page.text
    assert "more row" not in said
    assert "From the first row again" not in said


def test_a_file_without_further_columns_says_nothing_of_notes(leader: FlaskClient) -> None:
    page = imported(leader, [row[:3] for row in TWO])
    assert "otes" not in words(leader.get(page)).partition("<main")[2]
    assert "kept as notes" not in words(leader.get(f"{page}/undo"))


def test_a_note_is_never_read_as_a_page(leader: FlaskClient) -> None:
    grid = [
        [*HEADER[:3], "<i>Region</i>"],
        ["Ana", "Silva", "ana@silva.example", "<script>alert(1)</script>"],
    ]
    text = leader.get(imported(leader, grid)).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "&lt;i&gt;Region" in text
    assert "<script>alert" not in text
    assert "<i>Region" not in text


def test_notes_of_a_long_file_go_on_page_by_page(leader: FlaskClient) -> None:
    page = imported(leader, many(ROWS_SHOWN + 3))
    first = leader.get(page)
    assert "and 3 more rows" in words(first)
    assert ("R0." in first.text, f"R{ROWS_SHOWN}." in first.text) == (True, False)
    following = f"{page}?after={ROWS_SHOWN + 1}"
    assert f'href="{following}#notes"' in first.text
    rest = leader.get(following)
    assert all(f"R{ROWS_SHOWN + n}." in rest.text for n in range(3))
    assert f"R{ROWS_SHOWN - 1}." not in rest.text
    assert "more row" not in words(rest)
    assert "From the first row again" in words(rest)


@pytest.mark.parametrize("said", ["-1", "x", "", "²", "9" * 40, "1; DROP TABLE import_extra"])
def test_an_impossible_place_to_go_on_is_the_beginning(leader: FlaskClient, said: str) -> None:
    page = imported(leader, TWO)
    answer = leader.get(page, query_string={"after": said})
    assert answer.status_code == 200
    assert "South" in answer.text


def test_undoing_says_that_the_notes_go_and_takes_them(world: World, leader: FlaskClient) -> None:
    page = imported(leader, TWO)
    assert "What was kept as notes from 2 rows goes too." in words(leader.get(f"{page}/undo"))
    assert leader.post(f"{page}/undo").location == page
    assert world.rows("import_extra") == 0
    assert "South" not in leader.get(page).text


def test_notes_are_for_the_office(world: World, group: Group, leader: FlaskClient) -> None:
    page = imported(leader, TWO)
    plain = world.client(world.member(group))
    assert [plain.get(page).status_code, plain.get(f"{page}/undo").status_code] == [403, 403]
    assert world.client().get(page).status_code in {302, 303}
    elsewhere = world.client(world.member(world.group("mill"), offices=(Office.PRESIDENT,)))
    assert elsewhere.get(page.replace("harbour", "mill")).status_code == 404


def test_who_may_not_bring_such_a_file_reads_none_of_its_notes(
    world: World, leader: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = imported(leader, TWO)
    of_others = Permission(name=MEMBERS_EDIT, title="", offices=frozenset({Office.VISITOR_HOST}))
    monkeypatch.setitem(world.held.registry.permissions, MEMBERS_EDIT, of_others)
    answer = leader.get(page)
    assert (answer.status_code, "South" in answer.text) == (200, False)
