"""Files of no row and of ten thousand: said clearly, left to the worker, applied whole within seconds, told when done."""

import time
from io import BytesIO

import pytest
from flask.testing import FlaskClient

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.plugin_runtime.import_job import apply_queued
from tests.support.imports import looked_at, taken_in, undone, what_undoing_takes
from tests.support.reading import column, words
from tests.support.sheets import csv_bytes
from tests.support.world import World

ROWS = 10_000
STATEMENTS = 600
"""Twenty for each of the tables that are written or that may point at a member, and what reading needs; a writer of single rows needs fifty thousand."""
HEADER = ("First Name", "Last Name", "email", "Profession", "Region")
WAITING = 1_600
"""More than is applied at once while the page waits."""


def roster_of(people: int) -> bytes:
    """Return a roster of that many people."""
    rows = [(f"Given{n}", f"Family{n}", f"p{n}@large.example", "Baker", f"Region {n}") for n in range(people)]
    return csv_bytes([HEADER, *rows])


LARGE = roster_of(WAITING)
SQLITE = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)


@pytest.fixture
def group(world: World) -> Group:
    """Return the harbour."""
    return world.group()


@pytest.fixture
def president(world: World, group: Group) -> MemberLine:
    """Return who leads it."""
    return world.member(group, "Pia Lead", offices=(Office.PRESIDENT,))


@pytest.fixture
def leader(world: World, president: MemberLine) -> FlaskClient:
    """Return the president's browser."""
    return world.client(president)


def brought(client: FlaskClient, data: bytes) -> str:
    """Upload a file and return its page."""
    return client.post("/g/harbour/import", data={"file": (BytesIO(data), "large.csv")}).location


def test_ten_thousand_rows_go_in_and_out_again_with_few_statements(
    world: World, group: Group, president: MemberLine
) -> None:
    began = time.process_time()
    with world.statements() as into:
        public_id = taken_in(world, group, roster_of(ROWS), by=president)
    applied = time.process_time()
    assert world.rows("member") == world.rows("membership") == ROWS + 1
    assert world.rows("ledger_entry") >= ROWS
    assert world.rows("import_extra") == ROWS
    assert what_undoing_takes(world, group, public_id).touched == []
    with world.statements() as out:
        undone(world, group, public_id)
    print(f"10,000 rows, CPU: in {applied - began:.1f} s, out {time.process_time() - applied:.1f} s")
    left = ("member", "membership", "person", "import_effect", "import_extra")
    assert [world.rows(name) for name in left] == [1, 1, 1, 0, 0]
    assert max(len(into), len(out)) < STATEMENTS, (len(into), len(out))


def test_a_large_file_is_left_to_the_worker_and_found_again(
    world: World, group: Group, leader: FlaskClient
) -> None:
    page = brought(leader, LARGE)
    shown = words(leader.get(page))
    assert "The first 50 of 1600 lines are shown." in shown
    assert leader.post(f"{page}/apply").location == page
    waits = words(leader.get(page))
    assert "It waits for the worker" in waits
    assert "You may leave this page" in waits
    assert "waits" in words(leader.get("/g/harbour/import"))
    assert world.rows("member") == 1
    with world.app.app_context():
        assert apply_queued(world.held) == 1
        assert apply_queued(world.held) == 0
    assert world.rows("member") == WAITING + 1
    assert column(world, "import_batch", "step_done") == [3]
    assert "1600 members were taken in." in words(leader.get(page))
    assert "1600 members were taken in." in words(leader.get(f"{page}/progress"))
    notices = leader.get("/g/harbour/notices")
    assert "“large.csv” was imported." in words(notices)
    assert page in notices.text
    world.assert_ledger_whole(group)


def test_a_large_file_brought_again_is_forgotten_and_the_first_import_stands(
    world: World, group: Group, leader: FlaskClient
) -> None:
    first = brought(leader, LARGE)
    leader.post(f"{first}/apply")
    with world.app.app_context():
        apply_queued(world.held)
    rows = [world.rows(name) for name in ("member", "ledger_entry", "import_effect", "import_extra")]
    again = brought(leader, LARGE)
    assert leader.post(f"{again}/apply").location == first
    assert "The worker looks for anything new in it" in words(leader.get(first))
    with world.app.app_context():
        assert apply_queued(world.held) == 0
    assert column(world, "import_batch", "state") == ["applied"]
    assert rows == [world.rows(name) for name in ("member", "ledger_entry", "import_effect", "import_extra")]
    assert leader.get(again).status_code == 404
    notices = leader.get("/g/harbour/notices")
    assert "Nothing in “large.csv” is new. Its page says when it was imported." in words(notices)
    assert (first in notices.text, again in notices.text) == (True, False)
    world.assert_ledger_whole(group)


@SQLITE
def test_a_large_file_brought_again_with_somebody_new_is_imported(
    world: World, group: Group, leader: FlaskClient
) -> None:
    """What the first import left out comes with the second, which is kept as it did something."""
    first = brought(leader, LARGE)
    leader.post(f"{first}/answers", data={"name:given0 family0": "nobody"})
    leader.post(f"{first}/apply")
    with world.app.app_context():
        apply_queued(world.held)
    left = world.rows("member")
    world.member(group, "Given0 Family0", email="somebody@else.example", trade="")
    again = brought(leader, LARGE)
    leader.post(f"{again}/apply")
    with world.app.app_context():
        done = apply_queued(world.held)
    assert (left, done, world.rows("member")) == (WAITING, 1, WAITING + 1)
    assert column(world, "import_batch", "state") == ["applied", "applied"]
    assert again in leader.get("/g/harbour/notices").text


@SQLITE
def test_a_file_taken_back_from_the_queue_is_looked_at_again(world: World, leader: FlaskClient) -> None:
    page = brought(leader, LARGE)
    leader.post(f"{page}/apply")
    assert leader.post(f"{page}/hold").location == page
    assert "Import it" in words(leader.get(page))
    with world.app.app_context():
        assert apply_queued(world.held) == 0
    assert world.rows("member") == 1


@SQLITE
def test_what_changed_while_a_file_waited_sends_it_back_with_its_reason(
    world: World, group: Group, leader: FlaskClient
) -> None:
    few = csv_bytes([HEADER, ("Ana", "Silva", "ana@x.example", "Baker", "North")])
    large = brought(leader, LARGE)
    leader.post(f"{large}/apply")
    small = brought(leader, few)
    assert leader.post(f"{small}/apply").location == small
    assert "It waits for 1 other file of the group." in words(leader.get(small))
    leader.post(f"{large}/hold")
    world.member(group, "Ana Silva"), world.member(group, "Ana Silva")
    with world.app.app_context():
        assert apply_queued(world.held) == 0
    page = words(leader.get(small))
    assert "The last try changed nothing" in page
    assert "Names to settle" in page
    assert "could not be imported" in words(leader.get("/g/harbour/notices"))


@SQLITE
def test_a_file_without_a_row_says_so(world: World, group: Group, leader: FlaskClient) -> None:
    page = leader.get(brought(leader, csv_bytes([HEADER])))
    assert page.status_code == 422
    assert "Nobody is listed below the headings in row 1." in words(page)
    assert world.rows("member") == 1


@SQLITE
def test_many_problems_are_told_in_a_readable_page(world: World, group: Group, leader: FlaskClient) -> None:
    wrong = csv_bytes(
        [HEADER, *((f"Given{n}", f"Family{n}", "no address", "Baker", "North") for n in range(WAITING))]
    )
    page = leader.get(brought(leader, wrong))
    assert "1600 things to mend in the file" in words(page)
    assert "… and 1597 more of this kind" in words(page)
    assert len(page.data) < 200_000


@SQLITE
def test_two_workers_apply_a_file_once(world: World, group: Group, president: MemberLine) -> None:
    few = csv_bytes([HEADER, ("Ana", "Silva", "ana@x.example", "Baker", "North")])
    looked_at(world, group, few, by=president)
    session = world.work().session
    session.connection().exec_driver_sql("UPDATE import_batch SET state = 'queued'")
    session.commit()
    with world.app.app_context():
        assert [apply_queued(world.held), apply_queued(world.held)] == [1, 0]
    assert column(world, "import_batch", "state") == ["applied"]
    assert world.rows("member") == 2
