"""Bringing a file: uploaded, shown as it was understood, applied whole on a second press, and refused where it must be."""

from io import BytesIO

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from tests.support.planned_roster import HEADER, PEOPLE, chapter_grid
from tests.support.reading import column, sentence, words
from tests.support.sheets import csv_bytes, spreadsheetml_bytes, xlsx_bytes
from tests.support.world import World

IMPORT = "/g/harbour/import"
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + step, b"&%c;" % (97 + step) * 10) for step in range(9))
    + b']><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table><Row><Cell><Data>&j;'
    + b"</Data></Cell></Row></Table></Worksheet></Workbook>"
)
ROSTER = csv_bytes(chapter_grid())


@pytest.fixture
def group(world: World) -> Group:
    """Return the harbour."""
    return world.group()


@pytest.fixture
def leader(world: World, group: Group) -> FlaskClient:
    """Return the president's browser."""
    return world.client(world.member(group, offices=(Office.PRESIDENT,)))


def bring(client: FlaskClient, data: bytes, name: str = "roster.csv") -> TestResponse:
    """Upload a file."""
    return client.post(IMPORT, data={"file": (BytesIO(data), name)})


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (ROSTER, "roster.csv"),
        (xlsx_bytes({"Roster": chapter_grid()}), "roster.xlsx"),
        (spreadsheetml_bytes(chapter_grid()), "roster.xls"),
    ],
    ids=["csv", "xlsx", "xls"],
)
def test_a_roster_is_shown_first_and_applied_once(
    world: World, leader: FlaskClient, data: bytes, name: str
) -> None:
    before = world.rows("member")
    shown = bring(leader, data, name)
    assert shown.status_code == 303
    preview = words(leader.get(shown.location))
    assert all(str(line[4]).strip() in preview for line in PEOPLE if line[9] == "Active")
    assert world.rows("member") == before
    applied = leader.post(f"{shown.location}/apply")
    assert applied.location == shown.location
    taken_in = world.rows("member") - before
    assert taken_in == 4
    assert "4 members were taken in." in words(leader.get(shown.location))
    assert "Undo this import" in words(leader.get(shown.location))


def test_applying_twice_changes_nothing(world: World, group: Group, leader: FlaskClient) -> None:
    shown = bring(leader, ROSTER).location
    first = leader.post(f"{shown}/apply")
    rows = world.rows("member"), world.rows("ledger_entry")
    again = leader.post(f"{shown}/apply")
    assert (again.status_code, again.location) == (303, first.location)
    same_file = bring(leader, ROSTER).location
    assert "in already" in words(leader.get(same_file))
    assert leader.post(f"{same_file}/apply").status_code == 303
    assert world.rows("member") == rows[0]
    assert world.rows("ledger_entry") <= rows[1] + 1
    world.assert_ledger_whole(group)


def test_the_file_is_kept_only_until_it_is_applied(world: World, leader: FlaskClient) -> None:
    shown = bring(leader, ROSTER).location
    assert column(world, "import_batch", "content") == [ROSTER]
    leader.post(f"{shown}/apply")
    assert column(world, "import_batch", "content") == [None]
    assert column(world, "import_batch", "answers") == [""]


def test_a_missing_column_is_named_and_nothing_changes(world: World, leader: FlaskClient) -> None:
    before = world.rows("member")
    without_names = [
        [value for place, value in enumerate(row) if place not in {3, 4}] for row in (HEADER, *PEOPLE)
    ]
    shown = bring(leader, csv_bytes(without_names)).location
    for refused in (leader.get(shown), leader.post(f"{shown}/apply")):
        assert refused.status_code == 422
        assert "There is no column for names." in words(refused), words(refused)[-2000:]
    assert world.rows("member") == before


def test_a_problem_is_told_with_its_row_and_bars_the_way(world: World, leader: FlaskClient) -> None:
    twice = [
        ("First Name", "Last Name", "email"),
        ("Ana", "Silva", "a@b.example"),
        ("Rui", "Costa", "a@b.example"),
    ]
    shown = bring(leader, csv_bytes(twice)).location
    page = words(leader.get(shown))
    assert "row 3" in page.lower()
    assert "Import it" not in page
    before = world.rows("member")
    refused = leader.post(f"{shown}/apply")
    assert refused.status_code == 422
    assert sentence("imports.to_mend") in words(refused)
    assert world.rows("member") == before


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "empty.csv"),
        (BOMB, "bomb.xls"),
        (b"PK\x03\x04not a zip", "broken.xlsx"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 200, "picture.csv"),
        (b"%PDF-1.7 text", "report.pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old.xls"),
        (csv_bytes([("Colour", "Size"), ("red", "small")]), "shoes.csv"),
        (b"<html><body>not a table", "page.xls"),
    ],
    ids=["empty", "xml bomb", "no zip", "picture", "pdf", "old excel", "unknown kind", "web page"],
)
def test_a_file_that_is_none_of_ours_is_refused(
    world: World, leader: FlaskClient, data: bytes, name: str
) -> None:
    refused = bring(leader, data, name)
    assert refused.status_code == 422
    assert "Please look at this again" in words(refused)
    assert world.rows("import_batch") == 0


def test_no_file_at_all_is_said(leader: FlaskClient) -> None:
    assert sentence("imports.no_file") in words(leader.post(IMPORT, data={}))
    assert leader.post(IMPORT, data={"file": "text, not a file"}).status_code == 422


def test_a_file_of_13_megabytes_is_too_large(leader: FlaskClient) -> None:
    refused = leader.post(IMPORT, data=b"x" * 13 * 1024 * 1024, content_type="text/csv")
    assert refused.status_code == 413
    assert "No more than 12 MB" in words(refused)


def test_a_file_of_another_group_is_not_there(world: World, leader: FlaskClient) -> None:
    elsewhere = world.client(world.member(world.group("mill"), offices=(Office.PRESIDENT,)))
    other = elsewhere.post("/g/mill/import", data={"file": (BytesIO(ROSTER), "roster.csv")})
    batch = other.location.rpartition("/")[2]
    before = world.rows("member")
    assert leader.get(f"{IMPORT}/{batch}").status_code == 404
    assert leader.post(f"{IMPORT}/{batch}/apply").status_code == 404
    assert world.rows("member") == before


def test_importing_is_for_the_office(world: World, group: Group, leader: FlaskClient) -> None:
    shown = bring(leader, ROSTER).location
    plain = world.client(world.member(group))
    assert [plain.get(IMPORT).status_code, bring(plain, ROSTER).status_code] == [403, 403]
    assert [plain.get(shown).status_code, plain.post(f"{shown}/apply").status_code] == [403, 403]
    assert column(world, "import_batch", "state") == ["shown"]


@pytest.mark.parametrize(
    "query",
    [
        "period_first=yesterday",
        "period_first=2026-13-01",
        "period_last=" + "9" * 5_000,
        "day_order=sideways",
        "currency=XXQ",
        "column:9999999=x",
        "name:=new",
    ],
)
def test_an_impossible_answer_is_no_fault(leader: FlaskClient, query: str) -> None:
    shown = bring(leader, ROSTER).location
    assert leader.post(f"{shown}/answers", data=dict([query.split("=")])).status_code in {303, 422}
    assert leader.post(f"{shown}/apply", data=dict([query.split("=")])).status_code in {303, 422}


def test_a_name_of_a_file_is_never_read_as_a_page(world: World, leader: FlaskClient) -> None:
    shown = bring(leader, ROSTER, "<script>alert(1)</script>.csv").location
    page = leader.get(shown).text
    assert "<script>alert" not in page
    assert bring(leader, ROSTER, "n" * 5_000 + ".csv").status_code == 303


def test_a_cell_is_never_read_as_a_page(leader: FlaskClient) -> None:
    grid = [("First Name", "Last Name", "email"), ("<b>Ana</b>", '"><img src=x>', "ana@silva.example")]
    shown = bring(leader, xlsx_bytes({"Roster": grid}), "roster.xlsx")
    page = leader.get(shown.location).text
    assert "&lt;b&gt;Ana" in page
    assert "<b>Ana" not in page
    assert "<img src=x>" not in page
