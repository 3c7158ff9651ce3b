"""Offices that change hands: both hold the office for a while, the successor is told, what is open is listed."""

import re
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.plugins.attendance.plugin import AttendancePlugin
from tests.support.reading import sentence, words
from tests.support.world import World

OFFICES = "/g/harbour/offices"
OPEN = f"{OFFICES}/president/handover"


@pytest.fixture
def group(world: World) -> Group:
    """Return the harbour."""
    return world.group()


@pytest.fixture
def ana(world: World, group: Group) -> MemberLine:
    """Return the president, the only leader."""
    return world.member(group, "Ana Sousa", offices=(Office.PRESIDENT,))


@pytest.fixture
def rui(world: World, group: Group) -> MemberLine:
    """Return who is to follow."""
    return world.member(group, "Rui Almeida")


@pytest.fixture
def leader(world: World, ana: MemberLine) -> FlaskClient:
    """Return the president's browser."""
    return world.client(ana)


def address(member: MemberLine, office: Office = Office.PRESIDENT) -> str:
    """Return where the member's term of the office is handed over."""
    return f"{OFFICES}/{member.public_id}/{office.value}/hand-over"


def asked(
    client: FlaskClient,
    page: str,
    successor: MemberLine,
    *,
    first_day: str = "2026-12-01",
    overlap_days: str = "14",
) -> dict[str, str]:
    """Return the filled form, as it stands on the page now."""
    found = re.search(r'name="seen"[^>]*value="([^"]+)"', client.get(page).text)
    assert found is not None
    return {
        "successor": successor.public_id,
        "first_day": first_day,
        "overlap_days": overlap_days,
        "seen": found[1],
    }


def mails(world: World) -> list[tuple[str, str]]:
    """Return subject and body of every mail in the outbox."""
    session = world.work().session
    rows = session.execute(text("SELECT subject, body FROM outgoing_mail ORDER BY id")).all()
    session.rollback()
    return [(row.subject, row.body) for row in rows]


def test_both_hold_the_office_until_the_overlap_is_over(
    world: World, ana: MemberLine, rui: MemberLine, leader: FlaskClient
) -> None:
    follower = world.client(rui)
    given = leader.post(address(ana), data=asked(leader, address(ana), rui))
    assert (given.status_code, given.location) == (303, OPEN)
    assert "Rui Almeida follows, and has been told." in words(leader.get(OPEN))
    assert follower.get(OFFICES).status_code == 403
    world.pass_time(days=7)
    assert (leader.get(OFFICES).status_code, follower.get(OFFICES).status_code) == (200, 200)
    world.pass_time(days=13)
    assert leader.get(OFFICES).status_code == 200
    world.pass_time(days=1)
    assert (leader.get(OFFICES).status_code, follower.get(OFFICES).status_code) == (403, 200)


def test_the_successor_gets_a_notice_and_a_mail_that_lead_to_what_is_open(
    world: World, ana: MemberLine, rui: MemberLine, leader: FlaskClient
) -> None:
    leader.post(address(ana), data=asked(leader, address(ana), rui))
    notices = world.client(rui).get("/g/harbour/notices")
    assert "Ana Sousa hands over an office to you: President, from 1 December 2026." in words(notices)
    assert OPEN in notices.text
    [(subject, body)] = mails(world)
    assert subject == "President of Harbour Referrals, from 1 December 2026"
    assert "You both hold it until 14 December 2026" in body
    assert f"http://localhost{OPEN}" in body


def test_what_is_open_is_for_the_two_and_the_leaders(
    world: World, group: Group, ana: MemberLine, rui: MemberLine, leader: FlaskClient
) -> None:
    leader.post(address(ana), data=asked(leader, address(ana), rui))
    other = world.client(world.member(group))
    secretary = world.client(world.member(group, offices=(Office.SECRETARY_TREASURER,)))
    read = [client.get(OPEN).status_code for client in (leader, world.client(rui), secretary, other)]
    assert read == [200, 200, 200, 403]
    assert "You have done nothing wrong." in words(other.get(OPEN))


def test_what_is_open_empties_as_it_is_done(
    world: World, group: Group, ana: MemberLine, leader: FlaskClient
) -> None:
    meeting = world.meeting(group, date(2026, 11, 17))
    world.meeting(group, date(2026, 12, 1))
    before = words(leader.get(OPEN))
    assert "1 meeting of the next four weeks has no place." in before
    assert "The record of the meeting is not submitted." in before
    world.pass_time(days=8)
    assert "has no place" not in words(leader.get(OPEN))
    record = f"/g/harbour/attendance/meetings/{meeting.public_id}"
    assert record in leader.get(OPEN).text
    submitted = {"seen_version": "0", "shown": ana.public_id, "form_token": "once"}
    assert leader.post(f"{record}/submit", data=submitted).status_code == 303
    assert record not in leader.get(OPEN).text


def test_the_open_matters_of_attendance_are_for_those_who_keep_the_records(
    world: World, group: Group, leader: FlaskClient
) -> None:
    assert "open_matters" in vars(AttendancePlugin)
    world.meeting(group, date(2026, 11, 17))
    assert "is not submitted" in words(leader.get(OPEN))
    assert "Nothing is open in this office." in words(leader.get(f"{OFFICES}/mentor/handover"))


def test_a_term_that_ends_with_nobody_to_follow_is_open(
    world: World, ana: MemberLine, rui: MemberLine, leader: FlaskClient
) -> None:
    host = {
        "member": rui.public_id,
        "office": "visitor-host",
        "starts_on": "2026-11-24",
        "ends_on": "2026-12-31",
    }
    leader.post(OFFICES, data=host)
    assert "Nobody follows Rui Almeida yet: Visitor host." in words(leader.get(OPEN))
    page = address(rui, Office.VISITOR_HOST)
    leader.post(page, data=asked(leader, page, ana))
    assert "Nobody follows" not in words(leader.get(OPEN))


def test_a_double_tap_hands_over_once(
    world: World, ana: MemberLine, rui: MemberLine, leader: FlaskClient
) -> None:
    form = {**asked(leader, address(ana), rui, first_day="2026-11-24", overlap_days="0"), "form_token": "one"}
    before = world.rows("office_term")
    answers = [leader.post(address(ana), data=form) for _tap in range(2)]
    assert [one.location for one in answers] == [OPEN, OPEN]
    assert (world.rows("office_term"), len(mails(world))) == (before + 1, 1)


def test_the_second_of_two_leaders_sees_what_the_first_did(
    world: World, group: Group, ana: MemberLine, rui: MemberLine, leader: FlaskClient
) -> None:
    eva = world.member(group, "Eva Lind")
    second = world.client(world.member(group, offices=(Office.VICE_PRESIDENT,)))
    late = asked(second, address(ana), eva)
    leader.post(address(ana), data=asked(leader, address(ana), rui))
    refused = second.post(address(ana), data=late)
    assert refused.status_code == 422
    assert sentence("groups.office_changed_meanwhile") in words(refused)
    assert "Rui Almeida" in words(refused)
    assert f'<option selected value="{eva.public_id}"' in refused.text
    again = second.post(address(ana), data={**late, **_hidden(refused.text)})
    assert again.status_code == 303


def _hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="(seen|form_token)"[^>]*value="([^"]+)"', page))


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"successor": ""}, "Choose the member."),
        ({"successor": "222222222222"}, "Please look at this again"),
        ({"first_day": ""}, "Write the day as year-month-day"),
        ({"first_day": "2026-11-23"}, "Choose today or a day to come."),
        ({"overlap_days": "61"}, "Two can hold the office together for 0 to 60 days."),
        ({"overlap_days": "-1"}, "Two can hold the office together for 0 to 60 days."),
        ({"overlap_days": "two weeks"}, "Please look at this again"),
        ({"overlap_days": "9" * 400}, "Two can hold the office together for 0 to 60 days."),
        ({"seen": "x" * 100_000}, "Please look at this again"),
    ],
)
def test_an_impossible_hand_over_is_refused(
    world: World,
    ana: MemberLine,
    rui: MemberLine,
    leader: FlaskClient,
    changed: dict[str, str],
    expected: str,
) -> None:
    before = world.rows("office_term")
    refused = leader.post(address(ana), data={**asked(leader, address(ana), rui), **changed})
    assert refused.status_code == 422
    assert expected in words(refused)
    assert (world.rows("office_term"), mails(world)) == (before, [])


def test_only_a_term_that_runs_is_handed_over(rui: MemberLine, leader: FlaskClient) -> None:
    assert leader.get(address(rui)).status_code == 404
    assert leader.get(f"{OFFICES}/{rui.public_id}/king/hand-over").status_code == 404
    assert leader.get(f"{OFFICES}/king/handover").status_code == 404


def test_the_days_of_a_term_to_come_can_be_changed(
    world: World, group: Group, rui: MemberLine, leader: FlaskClient
) -> None:
    coming = {"member": rui.public_id, "office": "mentor", "starts_on": "2026-12-01", "ends_on": ""}
    leader.post(OFFICES, data=coming)
    page = f"{OFFICES}/{rui.public_id}/mentor/from/2026-12-01"
    assert page in leader.get(OFFICES).text
    changed = leader.post(page, data={"starts_on": "2027-01-05", "ends_on": "2027-06-30"})
    assert (changed.status_code, changed.location) == (303, OFFICES)
    shown = words(leader.get(OFFICES))
    assert ("5 Jan 2027" in shown, "30 Jun 2027" in shown, "1 Dec 2026" in shown) == (True, True, False)
    world.assert_ledger_whole(group)
    assert leader.get(page).status_code == 404


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ({"starts_on": "2026-11-01", "ends_on": ""}, "Choose today or a day to come."),
        ({"starts_on": "2027-01-05", "ends_on": "2027-01-04"}, "cannot end before that day"),
    ],
)
def test_impossible_days_are_refused(
    rui: MemberLine, leader: FlaskClient, days: dict[str, str], expected: str
) -> None:
    coming = {"member": rui.public_id, "office": "mentor", "starts_on": "2026-12-01", "ends_on": ""}
    leader.post(OFFICES, data=coming)
    refused = leader.post(f"{OFFICES}/{rui.public_id}/mentor/from/2026-12-01", data=days)
    assert refused.status_code == 422
    assert expected in words(refused)


def test_a_term_that_runs_keeps_its_days(ana: MemberLine, leader: FlaskClient) -> None:
    refused = leader.post(
        f"{OFFICES}/{ana.public_id}/president/from/2025-01-07", data={"starts_on": "2027-01-05"}
    )
    assert refused.status_code == 422
    assert "This term began on 7 January 2025" in words(refused)


def test_the_successor_of_the_last_leader_cannot_be_put_off_into_a_gap(
    ana: MemberLine, rui: MemberLine, leader: FlaskClient
) -> None:
    leader.post(address(ana), data=asked(leader, address(ana), rui))
    page = f"{OFFICES}/{rui.public_id}/president/from/2026-12-01"
    refused = leader.post(page, data={"starts_on": "2026-12-16", "ends_on": ""})
    assert sentence("groups.last_leader") in words(refused)
    assert leader.post(page, data={"starts_on": "2026-12-15", "ends_on": ""}).status_code == 303


def test_somebody_who_holds_the_office_is_not_given_it_again(
    world: World, ana: MemberLine, leader: FlaskClient
) -> None:
    again = {"member": ana.public_id, "office": "president", "starts_on": "2026-12-01", "ends_on": ""}
    before = world.rows("office_term")
    refused = leader.post(OFFICES, data=again)
    assert refused.status_code == 422
    assert sentence("groups.office_held_already") in words(refused)
    assert world.rows("office_term") == before


def test_terms_that_ended_within_a_year_are_shown(
    world: World, group: Group, rui: MemberLine, leader: FlaskClient
) -> None:
    host = world.member(group, "Eva Lind", offices=(Office.VISITOR_HOST,))
    leader.post(f"{OFFICES}/{host.public_id}/visitor-host/end")
    assert "Ended within a year" not in words(leader.get(OFFICES))
    world.pass_time(days=1)
    assert "Ended within a year" in words(leader.get(OFFICES))
    world.pass_time(days=365)
    assert "Ended within a year" not in words(leader.get(OFFICES))
