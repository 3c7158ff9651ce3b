"""A group's own settings: name, words, zone, how days are written, the settling-in period."""

import re
from datetime import date, time

import pytest
from flask.testing import FlaskClient

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.meetings.queries import meeting_by_key
from tests.support.reading import column, sentence, words
from tests.support.world import World

SETTINGS = "/g/harbour/settings"


@pytest.fixture
def group(world: World) -> Group:
    """Return the harbour."""
    return world.group()


@pytest.fixture
def leader(world: World, group: Group) -> FlaskClient:
    """Return the president's browser."""
    return world.client(world.member(group, offices=(Office.PRESIDENT,)))


def asked(**changed: str) -> dict[str, str]:
    """Return the form as it stands on the page of a new group, with what is changed."""
    return {
        "name": "Harbour Referrals",
        "vocabulary": "standard",
        "zone": "Europe/Lisbon",
        "locale": "en-GB",
        "settling_in_days": "91",
        "version": "1",
    } | changed


def version(page: str) -> str:
    """Return the version that stands in the form."""
    found = re.search(r'name="version"[^>]*value="(\d+)"', page)
    assert found is not None
    return found[1]


def test_a_group_is_found_by_others_once_its_leader_says_so(
    world: World, group: Group, leader: FlaskClient
) -> None:
    assert column(world, "member_group", "is_found_by_others") == [False]
    leader.post(SETTINGS, data=asked(is_found_by_others="y"))
    assert column(world, "member_group", "is_found_by_others") == [True]
    assert "checked" in leader.get(SETTINGS).text.partition('name="is_found_by_others"')[0].rpartition("<")[2]
    overtaken = leader.post(SETTINGS, data=asked(version="1"))
    assert overtaken.status_code == 422
    assert "Kept now: yes" in words(overtaken)
    leader.post(SETTINGS, data=asked(version="2", form_token="off"))
    assert column(world, "member_group", "is_found_by_others") == [False]


def test_a_group_gets_another_name_and_other_words(world: World, group: Group, leader: FlaskClient) -> None:
    saved = leader.post(
        SETTINGS, data=asked(name=" The Old Harbour ", vocabulary="tips", settling_in_days="0")
    )
    assert (saved.status_code, saved.location) == (303, SETTINGS)
    page = leader.get(SETTINGS)
    assert "Saved." in words(page)
    assert 'value="The Old Harbour"' in page.text
    assert "What the club uses" in words(page)
    assert column(world, "member_group", "settling_in_days") == [0]
    assert version(page.text) == "2"
    world.assert_ledger_whole(group)


def test_days_and_amounts_are_written_another_way(world: World, group: Group, leader: FlaskClient) -> None:
    world.meeting(group)
    assert "Today, Tuesday, 24 November 2026" in words(leader.get("/g/harbour/"))
    leader.post(SETTINGS, data=asked(locale="en-US"))
    assert "Today, Tuesday, November 24, 2026" in words(leader.get("/g/harbour/"))


def test_another_zone_takes_the_coming_meetings_along(
    world: World, group: Group, leader: FlaskClient
) -> None:
    past = world.meeting(group, date(2026, 11, 17), time(7))
    coming = world.meeting(group, date(2026, 12, 1), time(7))
    leader.post(SETTINGS, data=asked(zone="Europe/Berlin"))
    work = world.work()
    stayed = meeting_by_key(work.session, group.id, past.id)
    moved = meeting_by_key(work.session, group.id, coming.id)
    work.rollback()
    assert stayed == past
    assert moved is not None
    assert (moved.wall_time, moved.zone, moved.version) == (time(7), "Europe/Berlin", coming.version + 1)
    assert (moved.starts_at_utc.hour, moved.ends_at_utc - moved.starts_at_utc) == (
        6,
        coming.ends_at_utc - coming.starts_at_utc,
    )


def test_everyone_is_told_of_another_zone_once_with_calendar_entries(
    world: World, group: Group, leader: FlaskClient
) -> None:
    world.member(group, "Rui Almeida", email="rui@example.org")
    coming = world.meeting(group, date(2026, 12, 1), time(7))
    form = {**asked(zone="Europe/Berlin"), "form_token": "one"}
    for _tap in range(2):
        assert leader.post(SETTINGS, data=form).status_code == 303
    assert "Saved. 2 members are told." in words(leader.get(SETTINGS))
    assert column(world, "notice", "kind") == ["meetings.zone_changed"] * 2
    bodies, entries = column(world, "outgoing_mail", "body"), column(world, "outgoing_mail", "attached")
    assert len(bodies) == 2
    assert all(
        "Tuesday, 1 December 2026, 07:00" in str(body) and "Europe/Berlin" in str(body) for body in bodies
    )
    for entry in entries:
        lines = str(entry).replace("\r\n ", "").splitlines()
        assert any(coming.public_id in line for line in lines if line.startswith("UID"))
        assert "DTSTART;TZID=Europe/Berlin:20261201T070000" in lines


def test_nobody_is_told_of_another_zone_where_no_meeting_is_to_come(
    world: World, group: Group, leader: FlaskClient
) -> None:
    leader.post(SETTINGS, data=asked(zone="Europe/Berlin"))
    assert (world.rows("notice"), world.rows("outgoing_mail")) == (0, 0)


def test_saving_without_a_change_changes_nothing(world: World, leader: FlaskClient) -> None:
    before = world.rows("ledger_entry")
    leader.post(SETTINGS, data=asked())
    assert "Nothing was changed." in words(leader.get(SETTINGS))
    assert (world.rows("ledger_entry"), column(world, "member_group", "version")) == (before, [1])


def test_a_double_tap_is_one_change(world: World, leader: FlaskClient) -> None:
    form = {**asked(name="The Old Harbour"), "form_token": "one"}
    answers = [leader.post(SETTINGS, data=form) for _tap in range(2)]
    assert [one.location for one in answers] == [SETTINGS, SETTINGS]
    assert column(world, "member_group", "version") == [2]


def test_the_second_of_two_changes_sees_both(world: World, group: Group, leader: FlaskClient) -> None:
    second = world.client(world.member(group, offices=(Office.VICE_PRESIDENT,)))
    leader.post(SETTINGS, data=asked(name="The Old Harbour", vocabulary="chapter"))
    refused = second.post(SETTINGS, data=asked(name="The New Harbour"))
    assert refused.status_code == 422
    assert sentence("groups.changed_meanwhile") in words(refused).replace("chapter", "group")
    assert "Kept now: The Old Harbour" in words(refused)
    assert "Kept now: Chapter instead of group" in words(refused)
    assert 'value="The New Harbour"' in refused.text
    assert column(world, "member_group", "name") == ["The Old Harbour"]
    again = second.post(SETTINGS, data=asked(name="The New Harbour", version=version(refused.text)))
    assert again.status_code == 303
    assert column(world, "member_group", "name") == ["The New Harbour"]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"name": " "}, "The group needs a name."),
        ({"name": "x" * 201}, "Keep this under 200 characters."),
        ({"vocabulary": "klingon"}, "Please look at this again"),
        ({"zone": "Europe/Nowhere"}, "Please look at this again"),
        ({"locale": "xx-XX"}, "Please look at this again"),
        ({"locale": "x" * 100_000}, "Please look at this again"),
        ({"settling_in_days": ""}, "Write a number of days."),
        ({"settling_in_days": "soon"}, "Please look at this again"),
        ({"settling_in_days": "-1"}, "Write a number of days from 0 to 730."),
        ({"settling_in_days": "731"}, "Write a number of days from 0 to 730."),
        ({"version": "x" * 50}, "Please look at this again"),
        ({"name": "New", "version": "none"}, "Somebody changed the settings"),
    ],
)
def test_impossible_settings_are_refused_and_what_was_typed_stays(
    world: World, leader: FlaskClient, changed: dict[str, str], expected: str
) -> None:
    refused = leader.post(SETTINGS, data=asked(**changed))
    assert refused.status_code == 422
    assert expected in words(refused)
    assert column(world, "member_group", "version") == [1]


def test_every_reason_is_given_at_once(leader: FlaskClient) -> None:
    refused = words(leader.post(SETTINGS, data=asked(name="", settling_in_days="9000")))
    assert ("needs a name" in refused, "from 0 to 730" in refused) == (True, True)


def test_a_way_of_writing_that_is_not_offered_is_kept(
    world: World, group: Group, leader: FlaskClient
) -> None:
    work = world.work()
    work.session.connection().exec_driver_sql("UPDATE member_group SET locale = 'cy-GB'")
    work.commit()
    assert '<option selected value="cy-GB"' in leader.get(SETTINGS).text
    assert leader.post(SETTINGS, data=asked(locale="cy-GB", name="Harbwr")).status_code == 303


def test_settings_of_one_group_leave_the_other(world: World, leader: FlaskClient) -> None:
    other = world.group("mill")
    leader.post(SETTINGS, data=asked(name="The Old Harbour", zone="Europe/Berlin", vocabulary="tips"))
    page = world.client(world.member(other, offices=(Office.PRESIDENT,))).get("/g/mill/settings")
    assert ('value="Mill Referrals"' in page.text, "What the group uses" in words(page)) == (True, True)
    assert '<option selected value="Europe/Lisbon"' in page.text


def test_settings_are_for_those_who_lead(world: World, group: Group) -> None:
    member = world.client(world.member(group))
    assert member.get(SETTINGS).status_code == 403
    assert member.post(SETTINGS, data=asked(name="Mine")).status_code == 403
