"""What goes to whoever takes over an office: dates, words for holders alone, files, and all of it as one pack."""

from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from flask.testing import FlaskClient

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.groups.services import take_office
from app.plugins.attendance.plugin import AttendancePlugin
from tests.support.reading import words
from tests.support.slips import acting
from tests.support.world import World

HANDOVER = "/g/harbour/offices/vice-president/handover"
WORDS = f"{HANDOVER}/words"
SECRET = "Rui keeps the spare key. <b>Ask</b> him."


@pytest.fixture
def group(world: World) -> Group:
    return world.group()


@pytest.fixture
def holder(world: World, group: Group) -> FlaskClient:
    return world.client(world.member(group, "Vera Lima", offices=(Office.VICE_PRESIDENT,)))


@pytest.fixture
def successor(world: World, group: Group) -> MemberLine:
    member = world.member(group, "Sara Pinto")
    with acting(world) as work:
        take_office(
            work,
            group_id=group.id,
            member_id=member.id,
            office=Office.VICE_PRESIDENT,
            starts_on=date(2026, 12, 1),
        )
        work.commit()
    return member


def write(client: FlaskClient, text: str = SECRET) -> str:
    assert client.post(WORDS, data={"words": text}).location == HANDOVER
    page = client.get(HANDOVER).text
    return page[page.index(f"{WORDS}/") :].partition('"')[0]


def test_words_are_read_by_holders_alone_and_by_the_successor_from_the_first_day(
    world: World, group: Group, holder: FlaskClient, successor: MemberLine
) -> None:
    president = world.client(world.member(group, offices=(Office.PRESIDENT,)))
    address = write(holder)
    assert SECRET in words(holder.get(HANDOVER))
    assert "<b>Ask" not in holder.get(HANDOVER).text
    follows = world.client(successor)
    for other in (president, follows):
        page = words(other.get(HANDOVER))
        assert ("spare key" in page, "For holders of the office alone" in page) == (False, False)
        assert "spare key" not in pack_text(other)
        assert [other.get(one).status_code for one in (WORDS, address)] == [404, 404]
        for sent in (WORDS, address, f"{address}/remove"):
            assert other.post(sent, data={"words": "Mine", "version": "1"}).status_code == 404
    world.pass_time(days=7)
    assert "spare key" in words(follows.get(HANDOVER))
    assert "spare key" in pack_text(follows)


def pack_text(client: FlaskClient) -> str:
    answer = client.get(f"{HANDOVER}/pack.zip")
    assert answer.status_code == 200
    with ZipFile(BytesIO(answer.data)) as whole:
        return whole.read("handover.txt").decode()


def test_strangers_members_and_other_groups_see_nothing_of_it(
    world: World, group: Group, holder: FlaskClient
) -> None:
    address = write(holder)
    uptown = world.group("uptown")
    visitors = {
        303: world.client(),
        403: world.client(world.member(group)),
        404: world.client(world.member(uptown, offices=(Office.VICE_PRESIDENT,))),
    }
    for status, client in visitors.items():
        for page in (HANDOVER, f"{HANDOVER}/pack.zip", f"{HANDOVER}/files/members.csv"):
            assert client.get(page).status_code == status
        assert client.get(address).status_code == (404 if status == 403 else status)
    elsewhere = address.replace("/harbour/", "/uptown/")
    assert visitors[404].get(elsewhere).status_code == 404, "a word of another group"
    assert holder.get(address.replace("vice-president", "mentor")).status_code == 404
    assert holder.get(HANDOVER.replace("vice-president", "treasure")).status_code == 404


def test_two_holders_change_the_same_words_and_the_second_sees_both(
    world: World, group: Group, holder: FlaskClient
) -> None:
    other = world.client(world.member(group, offices=(Office.VICE_PRESIDENT,)))
    address = write(holder)
    assert other.post(address, data={"words": "Ana has it now.", "version": "1"}).location == HANDOVER
    late = holder.post(address, data={"words": "Ben has it now.", "version": "1"})
    page = words(late)
    assert late.status_code == 422
    assert ["Ana has it now." in page, "Ben has it now." in page] == [True, True]
    assert holder.post(address, data={"words": "", "version": "2"}).status_code == 422
    assert holder.post(f"{address}/remove").location == HANDOVER
    assert other.get(address).status_code == 404


def test_dates_and_files_of_the_office_are_there_and_the_pack_holds_them_all(
    world: World, group: Group, holder: FlaskClient, successor: MemberLine
) -> None:
    assert "handover_files" in vars(AttendancePlugin)
    world.meeting(group, world.now.date() + timedelta(days=7))
    page = words(holder.get(HANDOVER))
    assert "Meeting at 07:00" in page
    assert "First day of Sara Pinto: Vice-president" in page
    assert ["PALMS" in page, "Who came when" in page, "Members" in page] == [True, True, True]
    answer = holder.get(f"{HANDOVER}/pack.zip")
    assert answer.headers["Content-Disposition"].endswith('vice-president-harbour-2026-11-24.zip"')
    with ZipFile(BytesIO(answer.data)) as whole:
        assert sorted(whole.namelist()) == ["attendance.csv", "handover.txt", "members.csv", "palms.csv"]
        assert "Vera Lima" in whole.read("members.csv").decode()
        assert "First day of Sara Pinto" in whole.read("handover.txt").decode()
    members = holder.get(f"{HANDOVER}/files/members.csv")
    assert members.mimetype == "text/csv"
    assert holder.get(f"{HANDOVER}/files/accounts.csv").status_code == 404


def test_a_successor_gets_no_file_that_only_the_office_may_see(
    world: World, holder: FlaskClient, successor: MemberLine
) -> None:
    follows = world.client(successor)
    assert "PALMS" not in words(follows.get(HANDOVER))
    assert follows.get(f"{HANDOVER}/files/palms.csv").status_code == 404
    with ZipFile(BytesIO(follows.get(f"{HANDOVER}/pack.zip").data)) as whole:
        assert sorted(whole.namelist()) == ["handover.txt", "members.csv"]


def test_an_office_that_sees_no_attendance_has_no_file_of_it(world: World, group: Group) -> None:
    mentor = world.client(world.member(group, offices=(Office.MENTOR, Office.PRESIDENT)))
    page = words(mentor.get("/g/harbour/offices/mentor/handover"))
    assert "Who came when" not in page
