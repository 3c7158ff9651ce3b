"""What you did this week in the browser: one line for both, asked when it stands already, seen by the two alone."""

from datetime import date
from html import unescape

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.plugins.activities.web.quick_list import LINES
from tests.support.talks import recorded_learning, recorded_talk, talks
from tests.support.world import World

WEEK = "/g/harbour/activities/"
ENTER = "/g/harbour/activities/enter"
TOTALS = "/g/harbour/activities/group"


@pytest.fixture
def group(world: World) -> Group:
    return world.group(plugins=("attendance", "referrals", "activities"))


@pytest.fixture
def ana(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ana Sousa")


@pytest.fixture
def ben(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ben Ito")


@pytest.fixture
def leader(world: World, group: Group) -> MemberLine:
    return world.member(group, "Lea Brandt", offices=[Office.PRESIDENT])


def record(client: FlaskClient, partner: str, **change: str) -> TestResponse:
    form = {"partner": partner, "held_on": "2026-11-24", "place": "", "note": "", "form_token": "one"}
    return client.post(
        f"{WEEK}talks", data={f"talk-{name}": value for name, value in {**form, **change}.items()}
    )


def learn(client: FlaskClient, **change: str) -> TestResponse:
    form = {"what": "Book", "learned_on": "2026-11-24", "units": "2", "form_token": "two"}
    return client.post(
        f"{WEEK}learning", data={f"learning-{name}": value for name, value in {**form, **change}.items()}
    )


def text(answer: TestResponse) -> str:
    return unescape(answer.text)


def test_one_line_is_seen_by_both_at_once(world: World, ana: MemberLine, ben: MemberLine) -> None:
    of_ana = world.client(ana)
    assert record(of_ana, ben.public_id, place="Harbour café", note="Prices").status_code == 303
    assert "One-to-one with Ben Ito" in text(of_ana.get(WEEK))
    of_ben = text(world.client(ben).get(WEEK))
    assert "One-to-one with Ana Sousa" in of_ben
    assert "Harbour café" in of_ben


def test_the_other_gets_a_notice_that_leads_to_it(
    world: World, group: Group, ana: MemberLine, ben: MemberLine
) -> None:
    record(world.client(ana), ben.public_id)
    (line,) = talks(world, group, ben)
    page = text(world.client(ben).get("/g/harbour/notices"))
    assert "Ana Sousa recorded your one-to-one." in page
    assert f"/g/harbour/activities/talks/{line.public_id}" in page


def test_place_and_note_are_seen_by_nobody_else(
    world: World, group: Group, ana: MemberLine, ben: MemberLine, leader: MemberLine
) -> None:
    talk = recorded_talk(world, group, ana, ben, note="Secret plans", place="Old mill")
    of_leader = world.client(leader)
    pages = [WEEK, ENTER, TOTALS, "/g/harbour/", f"/g/harbour/members/{ana.public_id}"]
    assert not any("Secret plans" in text(of_leader.get(page)) for page in pages)
    assert of_leader.get(f"{WEEK}talks/{talk}").status_code == 404


def test_whoever_comes_second_is_asked_and_the_same_talk_is_not_doubled(
    world: World, group: Group, ana: MemberLine, ben: MemberLine
) -> None:
    recorded_talk(world, group, ben, ana)
    client = world.client(ana)
    asked = record(client, ben.public_id, note="My words")
    assert asked.status_code == 422
    assert "Ben Ito recorded this already" in text(asked)
    assert "My words" in text(asked)
    assert record(client, ben.public_id, same="same", form_token="three").status_code == 303
    assert len(talks(world, group, ana)) == 1


def test_another_talk_of_the_day_is_recorded_when_said_so(
    world: World, group: Group, ana: MemberLine, ben: MemberLine
) -> None:
    recorded_talk(world, group, ben, ana)
    assert record(world.client(ana), ben.public_id, same="another").status_code == 303
    assert len(talks(world, group, ana)) == 2


def test_every_reason_is_said_at_once_and_what_was_typed_stays(world: World, ana: MemberLine) -> None:
    answer = record(world.client(ana), "", held_on="2027-01-01", note="Kept words")
    assert answer.status_code == 422
    page = text(answer)
    assert "Choose the member whom you met." in page
    assert "The day lies in the future." in page
    assert "Kept words" in page


def test_a_former_member_is_refused_by_name(world: World, group: Group, ana: MemberLine) -> None:
    gone = world.member(group, "Gus Old", ended=date(2026, 10, 1))
    answer = record(world.client(ana), gone.public_id)
    assert "Gus Old has left the group." in text(answer)


def test_a_member_of_another_group_is_unknown(world: World, ana: MemberLine) -> None:
    stranger = world.member(world.group("mill", plugins=("activities",)), "Max Mill")
    assert "is not a member of this group" in text(record(world.client(ana), stranger.public_id))


def test_a_double_tap_is_one_record(world: World, group: Group, ana: MemberLine, ben: MemberLine) -> None:
    client = world.client(ana)
    assert [record(client, ben.public_id).status_code for _tap in range(2)] == [303, 303]
    assert len(talks(world, group, ana)) == 1


def test_a_link_from_a_members_page_fills_in_the_other(
    world: World, ana: MemberLine, ben: MemberLine
) -> None:
    client = world.client(ana)
    assert f"with={ben.public_id}" in client.get(f"/g/harbour/members/{ben.public_id}").text
    page = client.get(f"{WEEK}?with={ben.public_id}").text
    assert f'<option selected value="{ben.public_id}">' in page


def test_either_corrects_and_a_stale_correction_shows_both(
    world: World, group: Group, ana: MemberLine, ben: MemberLine
) -> None:
    talk = recorded_talk(world, group, ana, ben)
    address = f"{WEEK}talks/{talk}"
    form = {"held_on": "2026-11-23", "place": "", "note": "Ben's words", "version": "1", "form_token": "b"}
    assert world.client(ben).post(address, data=form).status_code == 303
    stale = {**form, "note": "Ana's words", "form_token": "a"}
    of_ana = world.client(ana)
    answer = of_ana.post(address, data=stale)
    assert answer.status_code == 422
    assert "As it stands now" in text(answer)
    assert "Ben's words" in text(answer)
    assert "Ana's words" in text(answer)
    assert of_ana.post(address, data={**stale, "version": "2", "form_token": "c"}).status_code == 303
    assert talks(world, group, ben)[0].note == "Ana's words"


def test_taken_back_it_is_gone(world: World, group: Group, ana: MemberLine, ben: MemberLine) -> None:
    talk = recorded_talk(world, group, ana, ben)
    answer = world.client(ben).post(
        f"{WEEK}talks/{talk}/take-back", data={"take-back-version": "1", "take-back-form_token": "t"}
    )
    assert answer.status_code == 303
    assert talks(world, group, ana) == []


def test_taking_back_what_changed_meanwhile_shows_it(
    world: World, group: Group, ana: MemberLine, ben: MemberLine
) -> None:
    talk = recorded_talk(world, group, ana, ben)
    answer = world.client(ben).post(
        f"{WEEK}talks/{talk}/take-back", data={"take-back-version": "7", "take-back-form_token": "t"}
    )
    assert answer.status_code == 422
    assert "As it stands now" in text(answer)
    assert len(talks(world, group, ana)) == 1


def test_after_a_week_the_page_shows_it_without_a_form(
    world: World, group: Group, ana: MemberLine, ben: MemberLine
) -> None:
    talk = recorded_talk(world, group, ana, ben)
    world.pass_time(days=8)
    page = text(world.client(ana).get(f"{WEEK}talks/{talk}"))
    assert "more than a week ago" in page
    assert "Take it back" not in page


def test_learning_is_recorded_corrected_and_taken_back(world: World, group: Group, ana: MemberLine) -> None:
    client = world.client(ana)
    assert learn(client).status_code == 303
    learning = recorded_learning(world, group, ana, units=3)
    address = f"{WEEK}learning/{learning}"
    form = {"what": "Course", "learned_on": "2026-11-20", "units": "4", "version": "1", "form_token": "c"}
    assert client.post(address, data=form).status_code == 303
    assert "4 units" in text(client.get(WEEK))
    stale = client.post(address, data={**form, "form_token": "d"})
    assert stale.status_code == 422
    assert "As it stands now" in text(stale)
    gone = client.post(f"{address}/take-back", data={"take-back-version": "2", "take-back-form_token": "t"})
    assert gone.status_code == 303
    assert "Course" not in text(client.get(WEEK))


@pytest.mark.parametrize("units", ["0", "21", "2.5", "", "-1"])
def test_units_out_of_range_are_refused_and_kept(world: World, ana: MemberLine, units: str) -> None:
    answer = learn(world.client(ana), units=units)
    assert answer.status_code == 422
    assert "whole number from 1 to 20" in text(answer)


def test_learning_of_somebody_else_is_not_there(
    world: World, group: Group, ana: MemberLine, ben: MemberLine
) -> None:
    learning = recorded_learning(world, group, ana)
    assert world.client(ben).get(f"{WEEK}learning/{learning}").status_code == 404


def test_days_that_make_no_sense_are_said_and_the_usual_ones_shown(world: World, ana: MemberLine) -> None:
    page = text(world.client(ana).get(f"{WEEK}?from=soon"))
    assert "“soon” is not a day." in page


def enter(client: FlaskClient, pairs: list[tuple[str, str]], **more: object) -> TestResponse:
    return client.post(
        ENTER,
        data={
            "list-held_on": "2026-11-24",
            "list-form_token": "e",
            "one": [one for one, _other in pairs],
            "other": [other for _one, other in pairs],
            **more,
        },
    )


def test_the_list_has_fields_in_a_table_that_a_phone_shows_without_scrolling(
    world: World, leader: MemberLine
) -> None:
    page = world.client(leader).get(ENTER).text
    assert '<table class="table table-entry">' in page
    assert page.count('<td><div class="field"><span class="select"><select') == 2 * LINES


def test_a_leader_enters_several_one_to_ones_in_one_go(
    world: World, group: Group, leader: MemberLine, ana: MemberLine, ben: MemberLine
) -> None:
    client = world.client(leader)
    pairs = [(ana.public_id, ben.public_id), ("", ""), (ben.public_id, leader.public_id)]
    assert enter(client, pairs).status_code == 303
    assert len(talks(world, group, ben)) == 2
    assert world.rows("notice") == 3
    assert "Ana Sousa" in text(client.get(ENTER))


def test_each_line_that_is_wrong_says_why_and_nothing_is_kept(
    world: World, group: Group, leader: MemberLine, ana: MemberLine, ben: MemberLine
) -> None:
    recorded_talk(world, group, ana, ben)
    cara = world.member(group, "Cara Lund")
    pairs = [
        (ana.public_id, ben.public_id),
        (ana.public_id, ana.public_id),
        (ana.public_id, ""),
        (cara.public_id, ben.public_id),
        (ben.public_id, cara.public_id),
    ]
    client = world.client(leader)
    answer = enter(client, pairs)
    assert answer.status_code == 422
    page = text(answer)
    assert page.count("stands on 24 November 2026 already") == 2
    assert "Choose two different members." in page
    assert "Choose both members, or clear the line." in page
    assert len(talks(world, group, cara)) == 0
    again = enter(client, pairs[:1], another="1", **{"list-form_token": "f"})
    assert again.status_code == 303


def test_an_empty_list_is_refused(world: World, leader: MemberLine) -> None:
    answer = enter(world.client(leader), [], **{"list-held_on": "2027-01-01"})
    assert answer.status_code == 422
    assert "at least one line" in text(answer)
    assert "The day lies in the future." in text(answer)


def test_a_leader_takes_back_what_they_entered_for_others(
    world: World, group: Group, leader: MemberLine, ana: MemberLine, ben: MemberLine
) -> None:
    client = world.client(leader)
    enter(client, [(ana.public_id, ben.public_id)])
    (line,) = talks(world, group, ana)
    form = {"take-back-version": "1", "take-back-form_token": "t"}
    assert client.post(f"{ENTER}/{line.public_id}/take-back", data=form).status_code == 303
    assert talks(world, group, ana) == []
    other = recorded_talk(world, group, ana, ben)
    form["take-back-form_token"] = "u"
    assert client.post(f"{ENTER}/{other}/take-back", data=form).status_code == 404


def test_a_leader_records_learning_of_a_member_who_is_told(
    world: World, leader: MemberLine, ana: MemberLine
) -> None:
    client = world.client(leader)
    form = {
        "learner": ana.public_id,
        "what": "Course",
        "learned_on": "2026-11-24",
        "units": "3",
        "form_token": "l",
    }
    sent = {f"learning-{name}": value for name, value in form.items()}
    assert client.post(f"{ENTER}/learning", data=sent).status_code == 303
    assert "3 units" in text(world.client(ana).get(WEEK))
    assert world.rows("notice") == 1
    missing = client.post(
        f"{ENTER}/learning", data={**sent, "learning-learner": "", "learning-form_token": "m"}
    )
    assert "Choose the member who learned." in text(missing)


def test_totals_count_each_talk_for_both_and_once_for_the_group(
    world: World, group: Group, leader: MemberLine, ana: MemberLine, ben: MemberLine
) -> None:
    recorded_talk(world, group, ana, ben)
    recorded_learning(world, group, ben, units=4)
    page = " ".join(text(world.client(leader).get(TOTALS)).split())
    assert f'{ben.public_id}"><bdi>Ben Ito</bdi></a></th><td class="num">1</td><td class="num">4</td>' in page
    assert '<bdi class="counts-value">1</bdi> <span class="counts-label">one-to-one</span>' in page


@pytest.mark.parametrize("address", [ENTER, TOTALS])
def test_members_without_an_office_enter_nothing_for_others(
    world: World, ana: MemberLine, address: str
) -> None:
    assert world.client(ana).get(address).status_code == 403


def test_the_education_office_may_enter_and_see_totals(world: World, group: Group) -> None:
    client = world.client(world.member(group, "Edu Cato", offices=[Office.EDUCATION]))
    assert [client.get(address).status_code for address in (ENTER, TOTALS)] == [200, 200]
