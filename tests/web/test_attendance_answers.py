"""Do you come? The links of the reminder, the same question on pages, who is expected, and apologies from the chat."""

import re
from datetime import date, time, timedelta

import pytest
from flask.testing import FlaskClient

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.meetings.domain.meeting import Meeting
from app.plugin_runtime.jobs import plugin_jobs
from app.plugin_runtime.runtime import runtime
from tests.support.reading import words
from tests.support.world import World

DAY = date(2026, 11, 25)
PRESIDENT = (Office.PRESIDENT,)


@pytest.fixture
def group(world: World) -> Group:
    return world.group(plugins=("attendance",))


@pytest.fixture
def meeting(world: World, group: Group) -> Meeting:
    return world.meeting(group, DAY)


def links_of_reminder(world: World, member: MemberLine) -> list[str]:
    """Return the three links that the member is mailed on the afternoon before."""
    world.pass_time(hours=11)
    with world.app.app_context():
        for job in plugin_jobs(runtime()):
            job.run()
    work = world.work()
    query = f"SELECT body FROM outgoing_mail WHERE person_id = {member.person_id} AND kind = 'attendance.reminder'"
    body = str(work.session.connection().exec_driver_sql(query).scalar_one())
    work.rollback()
    return re.findall(r"http://[^/]+(/visit/\S+)", body)


def answers(world: World) -> list[tuple[str, str, str]]:
    work = world.work()
    query = "SELECT answer, substitute_name, via FROM attendance_answer ORDER BY answer"
    found = [(row[0], row[1], row[2]) for row in work.session.connection().exec_driver_sql(query)]
    work.rollback()
    return found


def test_a_link_opens_anywhere_and_one_button_gives_the_answer(
    world: World, group: Group, meeting: Meeting
) -> None:
    member = world.member(group, "Ana Sousa")
    coming, late, _substitute = links_of_reminder(world, member)
    stranger = world.client()
    opened = stranger.get(coming)
    assert opened.status_code == 200
    assert "Ana, do you come?" in words(opened)
    assert answers(world) == [], "whatever merely opens links gives no answer"
    for _double_tap in range(2):
        assert stranger.post(coming).status_code == 303
    assert "Noted: I am coming." in words(stranger.get(coming))
    other_browser = world.client()
    assert "So far you said: I am coming." in words(other_browser.get(late))
    assert other_browser.post(late).status_code == 303
    assert answers(world) == [("late", "", "mail")]


def test_a_substitute_is_named(world: World, group: Group, meeting: Meeting) -> None:
    _coming, _late, substitute = links_of_reminder(world, world.member(group))
    stranger = world.client()
    assert stranger.get(substitute).text.count("<input") >= 1
    without = stranger.post(substitute, data={"substitute_name": " "})
    assert without.status_code == 422
    assert "Give the name of the person who comes instead." in words(without)
    assert stranger.post(substitute, data={"substitute_name": "Zoë <O'Brien>"}).status_code == 303
    assert "Zoë <O'Brien>" in words(stranger.get(substitute))
    assert "<O'Brien>" not in stranger.get(substitute).text
    assert answers(world) == [("substitute", "Zoë <O'Brien>", "mail")]
    assert stranger.post(substitute, data={"substitute_name": "x" * 3000}).status_code == 422


def test_a_link_that_is_not_whole_or_of_another_group_is_told_kindly(
    world: World, group: Group, meeting: Meeting
) -> None:
    coming, *_others = links_of_reminder(world, world.member(group))
    world.group("other", plugins=("attendance",))
    stranger = world.client()
    for address in (
        coming[:-3],
        coming.replace("/harbour/", "/other/"),
        "/visit/harbour/attendance/answer/x",
    ):
        for answer in (stranger.get(address), stranger.post(address)):
            assert answer.status_code == 404
            assert "This link is not whole, or not of this group." in words(answer)
    assert answers(world) == []


def test_a_link_lives_until_the_meeting_and_says_why_not_later(
    world: World, group: Group, meeting: Meeting
) -> None:
    coming, late, _substitute = links_of_reminder(world, world.member(group))
    stranger = world.client()
    assert stranger.post(coming).status_code == 303
    world.pass_time(hours=14, minutes=30)
    begun = stranger.post(late)
    assert begun.status_code == 410
    assert "The meeting has begun" in words(begun)
    assert "You said: I am coming." in words(begun)
    world.pass_time(hours=2)
    assert "This meeting is over." in words(stranger.get(late))
    assert answers(world) == [("coming", "", "mail")]


def test_a_former_members_link_is_told_kindly(world: World, group: Group, meeting: Meeting) -> None:
    member = world.member(group)
    world.member(group)
    coming, *_others = links_of_reminder(world, member)
    work = world.work()
    work.session.connection().exec_driver_sql(
        f"UPDATE membership SET ended_on = '2026-11-24' WHERE member_id = {member.id}"
    )
    work.commit()
    stranger = world.client()
    assert stranger.post(coming).status_code == 404
    assert answers(world) == []


def changed_by(client: FlaskClient, address: str, fields: dict[str, str]) -> None:
    """Make a change of a meeting as a leader does: with what the form holds."""
    hidden = re.findall(r'name="(form_token|seen|seen_all)"[^>]*value="([^"]*)"', client.get(address).text)
    assert client.post(address, data=dict(hidden) | fields | {"step": "confirm"}).status_code == 303


def test_a_meeting_moved_after_some_said_they_come_asks_again(
    world: World, group: Group, meeting: Meeting
) -> None:
    member = world.member(group, "Ana Sousa")
    leader = world.client(world.member(group, offices=PRESIDENT))
    coming, *_others = links_of_reminder(world, member)
    stranger = world.client()
    stranger.post(coming)
    page = f"/g/harbour/meetings/{meeting.public_id}"
    changed_by(leader, f"{page}/move", {"day": "2026-11-25", "wall_time": "18:00", "minutes": "90"})
    shown = words(leader.get(page))
    assert "Said for the old time" in shown
    opened = words(stranger.get(coming))
    assert "The meeting was moved after this mail was written." in opened
    assert "For the old time you said: I am coming." in opened
    assert stranger.post(coming).status_code == 303
    assert "Said for the old time" not in words(leader.get(page))


def test_links_of_a_cancelled_meeting_say_so(world: World, group: Group, meeting: Meeting) -> None:
    coming, *_others = links_of_reminder(world, world.member(group))
    leader = world.client(world.member(group, offices=PRESIDENT))
    changed_by(leader, f"/g/harbour/meetings/{meeting.public_id}/off", {"state": "cancelled"})
    answer = world.client().get(coming)
    assert answer.status_code == 410
    assert "This meeting does not take place" in words(answer)


def test_a_member_answers_on_home_and_meeting_page(world: World, group: Group, meeting: Meeting) -> None:
    client = world.client(world.member(group))
    address = f"/g/harbour/attendance/meetings/{meeting.public_id}/answer"
    page = f"/g/harbour/meetings/{meeting.public_id}"
    assert f'action="{address}"' in client.get("/g/harbour/").text
    assert client.post(address, data={"intent": "apologies"}).status_code == 303
    assert "I cannot come" in words(client.get(page))
    assert client.post(address, data={"intent": "substitute"}).status_code == 422
    assert client.post(address, data={"intent": "nonsense"}).status_code == 422
    named = {"intent": "substitute", "substitute_name": "Rita Melo"}
    assert client.post(address, data=named).status_code == 303
    assert "Rita Melo" in words(client.get("/g/harbour/"))
    assert answers(world) == [("substitute", "Rita Melo", "page")]


def test_only_the_offices_see_who_is_expected(world: World, group: Group, meeting: Meeting) -> None:
    member = world.member(group, "Ana Sousa")
    client = world.client(member)
    page = f"/g/harbour/meetings/{meeting.public_id}"
    client.post(f"/g/harbour/attendance/meetings/{meeting.public_id}/answer", data={"intent": "late"})
    assert "Who is expected" not in words(client.get(page))
    leader = world.client(world.member(group, offices=PRESIDENT))
    assert "Who is expected" in words(leader.get(page))
    apologies = f"/g/harbour/attendance/meetings/{meeting.public_id}/apologies"
    assert apologies in leader.get(page).text
    assert client.get(apologies).status_code == 403
    assert client.post(f"{apologies}/keep").status_code == 403


CHAT = """[24/11/26, 06:12:33] Ben Ferreira: stuck, 10 min late
[24/11/26, 06:13:01] Ana: can't make it today, sorry <b>
Carla Nunes: Bom dia, hoje vai o Rui Melo em meu lugar
"""


def confirmed(form_token: str, ben: MemberLine, carla: MemberLine) -> dict[str, str]:
    """Return what the leader confirms of the chat; who wrote the second message stays open."""
    return {
        "rows": "3",
        "form_token": form_token,
        "row0-quote": "stuck",
        "row0-member": ben.public_id,
        "row0-intent": "late",
        "row1-quote": "can't",
        "row1-member": "",
        "row1-intent": "apologies",
        "row2-quote": "Bom dia",
        "row2-member": carla.public_id,
        "row2-intent": "substitute",
        "row2-substitute_name": "Rui Melo",
    }


def test_apologies_from_the_chat_are_confirmed_by_name(world: World, group: Group, meeting: Meeting) -> None:
    ben, ana, other, carla = (
        world.member(group, name) for name in ("Ben Ferreira", "Ana Sousa", "Ana Costa", "Carla Nunes")
    )
    client = world.client(world.member(group, "Pia Lead", offices=PRESIDENT))
    page = f"/g/harbour/attendance/meetings/{meeting.public_id}/apologies"
    read = client.post(page, data={"pasted": CHAT})
    assert read.status_code == 200
    text = read.text
    assert "sorry &lt;b&gt;" in text
    assert answers(world) == [], "nothing is noted before it is confirmed"
    chosen = re.findall(r'name="row(\d)-(member|intent)".*?<option selected value="([^"]*)"', text, re.DOTALL)
    assert ("0", "member", ben.public_id) in chosen
    assert ("0", "intent", "late") in chosen
    assert ("1", "member", "") in chosen, "two are called Ana, so it stays open"
    assert ("1", "intent", "apologies") in chosen
    assert ("2", "member", carla.public_id) in chosen
    token = re.search(r'name="form_token"[^>]*value="([^"]*)"', text)
    assert token is not None
    rows = confirmed(token[1], ben, carla)
    open_still = client.post(f"{page}/keep", data=rows)
    assert open_still.status_code == 422
    assert "Choose who wrote this, or leave it out." in words(open_still)
    assert answers(world) == []
    for _double_tap in range(2):
        assert client.post(f"{page}/keep", data=rows | {"row1-member": other.public_id}).status_code == 303
    assert answers(world) == [
        ("apologies", "", "leader"),
        ("late", "", "leader"),
        ("substitute", "Rui Melo", "leader"),
    ]
    shown = words(client.get(f"/g/harbour/meetings/{meeting.public_id}"))
    assert "Rui Melo" in shown
    assert ana.name in shown


def test_a_paste_without_messages_or_without_end_is_refused_kindly(
    world: World, group: Group, meeting: Meeting
) -> None:
    client = world.client(world.member(group, offices=PRESIDENT))
    page = f"/g/harbour/attendance/meetings/{meeting.public_id}/apologies"
    assert "Paste the messages first." in words(client.post(page, data={"pasted": ""}))
    assert client.post(page, data={"pasted": "x" * 20_001}).status_code == 422
    assert "No message was found" in words(client.post(page, data={"pasted": "\u200e"}))
    assert client.post(f"{page}/keep", data={"rows": "0"}).status_code == 422
    assert client.post(f"{page}/keep", data={"rows": "999999999999999"}).status_code == 422
    nonsense = {"rows": "1", "row0-member": "nobody", "row0-intent": "late"}
    assert client.post(f"{page}/keep", data=nonsense).status_code == 422
    assert answers(world) == []


def test_what_was_said_and_what_the_record_counts_agree(world: World, group: Group, meeting: Meeting) -> None:
    ana, ben, _cara = (world.member(group, name) for name in ("Ana Sousa", "Ben Ferreira", "Cara Lopes"))
    leader = world.client(world.member(group, "Pia Lead", offices=PRESIDENT))
    address = f"/g/harbour/attendance/meetings/{meeting.public_id}"
    named = {"intent": "substitute", "substitute_name": "Rita Melo"}
    assert world.client(ana).post(f"{address}/answer", data=named).status_code == 303
    assert world.client(ben).post(f"{address}/answer", data={"intent": "apologies"}).status_code == 303
    for page in (leader.get(address), leader.get("/g/harbour/"), leader.get(f"{address}/numbers")):
        shown = re.findall(r'counts-value">(\d+)</bdi> <span class="counts-label">([^<]*)<', page.text)
        assert ("2", "known to be away") in shown
        assert ("2", "no record yet") in shown
    assert "said: somebody comes for them (<bdi>Rita Melo</bdi>)" in words(leader.get(f"{address}?show=away"))
    assert "Cara Lopes" in words(leader.get(f"{address}?show=blank"))
    assert "Ben Ferreira" not in words(leader.get(f"{address}?show=blank"))
    world.pass_time(hours=27)
    submitting = words(leader.get(f"{address}/submit"))
    assert "Ana Sousa said that Rita Melo would come for them." in submitting
    assert "4 members become absent" in submitting


def test_who_is_in_the_room_is_asked_no_more(world: World, group: Group, meeting: Meeting) -> None:
    ana = world.member(group, "Ana Sousa")
    own = world.client(ana)
    leader = world.client(world.member(group, offices=PRESIDENT))
    world.clock.move_to(meeting.starts_at_utc - timedelta(minutes=10))
    before = words(own.get("/g/harbour/"))
    assert "Do you come?" in before
    assert "Scan the code" in before
    assert "Your first meeting is still to come." in before
    address = f"/g/harbour/attendance/meetings/{meeting.public_id}"
    tap = {"status": "P", "seen_version": "0"}
    assert leader.post(f"{address}/members/{ana.public_id}", data=tap).status_code == 303
    after = words(own.get("/g/harbour/"))
    assert "Present, on time" in after
    for asked in ("Do you come?", "Scan the code", "still to come"):
        assert asked not in after
    assert "Do you come?" not in words(own.get(f"/g/harbour/meetings/{meeting.public_id}"))
    timed = {"status": "P", "seen_version": "1", "arrived": "06:45"}
    assert leader.post(f"{address}/members/{ana.public_id}", data=timed).status_code == 303
    assert "You signed in at 06:45." in words(own.get("/g/harbour/"))


def test_nobody_is_asked_on_home_a_month_ahead(world: World, group: Group) -> None:
    world.meeting(group, date(2026, 12, 24), time(7))
    assert "Do you come?" not in words(world.client(world.member(group)).get("/g/harbour/"))
