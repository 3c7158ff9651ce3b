"""Two leaders at once: each sees what the other wrote beside what they were writing; every correction is kept and shown."""

import re

import pytest

from app.core.groups.queries import MemberLine
from tests.support.pages import Page
from tests.support.world import World
from tests.web.test_attendance_record import Desk


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk(world)


def _mark_as(desk: Desk, who: MemberLine, member: MemberLine, **fields: str) -> tuple[int, str]:
    answer = desk.world.client(who).post(
        f"{desk.url}/members/{member.public_id}", data={"seen_version": "0", **fields}
    )
    return answer.status_code, answer.text


def test_both_letters_are_shown_and_one_tap_writes_mine_after_all(desk: Desk) -> None:
    _mark_as(desk, desk.host, desk.ana, status="P", arrived="06:55")
    status, page = desk.mark(desk.ana, status="S", substitute_name="Rita Vaz", substitute_firm="Vaz Lda")
    assert status == 422
    assert "Written by Hugo Host at 07:30, while you were writing." in page
    words = re.sub(r"<[^>]+>", " ", page)
    assert "What you were writing" in words
    assert "Rita Vaz" in words
    assert desk.rows("SELECT status FROM attendance_mark") == [("P",)]
    (mine,) = [
        form
        for form in Page(page).forms
        if any(one.name == "status" and one.type == "hidden" for one in form.fields)
    ]
    sent = {one.name: one.value for one in mine.fields if one.name}
    assert desk.client.post(mine.action, data=sent).status_code == 303
    assert desk.rows("SELECT status FROM attendance_mark") == [("S",)]


def test_submission_shows_what_others_wrote_meanwhile(desk: Desk) -> None:
    everybody = (desk.leader, desk.host, desk.ana, desk.ben)
    shown = ",".join(one.public_id for one in everybody if one is not desk.ben)
    _mark_as(desk, desk.host, desk.ana, status="P", arrived="06:55")
    data = {"seen_version": "0", "shown": shown, "form_token": "stale", "head_count": "12"}
    answer = desk.client.post(f"{desk.url}/submit", data=data)
    assert answer.status_code == 422
    words = " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())
    assert "Ana Sousa : P Present, on time · 06:55 · Hugo Host (you were writing: absent)" in words
    assert "Ben Okoro : no record any more; would become absent with this" in words
    assert 'value="12"' in answer.text
    assert desk.rows("SELECT state FROM attendance_record") == []


def test_who_submitted_meanwhile_is_named(desk: Desk) -> None:
    assert desk.submit()[0] == 303
    answer = desk.world.client(desk.host).post(f"{desk.url}/submit", data={"seen_version": "0"})
    assert answer.status_code == 422
    assert "Submitted meanwhile by Ines Carvalho at 07:30." in answer.text


def test_every_change_of_a_mark_is_shown_with_who_when_and_why(desk: Desk) -> None:
    desk.mark(desk.ana, status="A")
    assert desk.submit()[0] == 303
    desk.world.pass_time(days=1)
    status, _page = desk.mark(
        desk.ana, status="P", seen_version="1", reason="Her phone was dead; I saw her <early>."
    )
    assert status == 303
    page = desk.client.get(f"{desk.url}/members/{desk.ana.public_id}").text
    words = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "A → P corrected Ines Carvalho" in words
    assert "Her phone was dead; I saw her &lt;early&gt;." in page
    assert "– → A Ines Carvalho" in words
    other = " ".join(
        re.sub(r"<[^>]+>", " ", desk.client.get(f"{desk.url}/members/{desk.ben.public_id}").text).split()
    )
    assert "Her phone was dead" not in other


def test_history_of_a_mark_is_for_those_who_keep_the_record(desk: Desk) -> None:
    desk.mark(desk.ana, status="A")
    assert desk.world.client(desk.ben).get(f"{desk.url}/members/{desk.ana.public_id}").status_code == 403
