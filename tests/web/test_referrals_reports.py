"""Sealed reports in the browser: the author's own pages alone show them; by mail, at the next meeting, before a new slip."""

import re
from datetime import date, time

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.groups.services import end_membership
from app.plugin_runtime.jobs import plugin_jobs
from app.plugin_runtime.runtime import runtime
from app.plugins.referrals.domain.slip import Act, SlipState
from tests.support.reading import column, words
from tests.support.slips import passed_slip, take
from tests.support.world import World

PASS = "/g/harbour/referrals/pass"
REPORTS = "/g/harbour/referrals/reports"
QUESTION = "Would you refer Rui Almeida again for this kind of job?"
LEAD_QUESTION = "Was the lead from Ana Sousa real?"


@pytest.fixture
def group(world: World) -> Group:
    return world.group()


@pytest.fixture
def ana(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ana Sousa")


@pytest.fixture
def rui(world: World, group: Group) -> MemberLine:
    return world.member(group, "Rui Almeida")


@pytest.fixture
def won(world: World, group: Group, ana: MemberLine, rui: MemberLine) -> str:
    """Return a slip from Ana to Rui that was won, an hour and a half ago."""
    slip = passed_slip(world, group, ana, rui)
    world.pass_time(days=1, hours=3)
    take(world, group, slip, rui, Act.CLOSE, result=SlipState.WON)
    world.pass_time(hours=1, minutes=30)
    return slip


def at(slip: str, rest: str = "") -> str:
    return f"/g/harbour/referrals/slips/{slip}{rest}"


def send(client: FlaskClient, slip: str, answer: str, **fields: str) -> TestResponse:
    return client.post(at(slip, "/report"), data={"answer": answer, **fields})


def run_jobs(world: World) -> None:
    with world.app.app_context():
        for job in plugin_jobs(runtime()):
            job.run()


def asking_mails(world: World) -> list[tuple[str, str]]:
    """Return kind and body of the mails that ask for a report, oldest first."""
    kinds, bodies = column(world, "outgoing_mail", "kind"), column(world, "outgoing_mail", "body")
    return [
        (str(kind), str(body))
        for kind, body in zip(kinds, bodies, strict=True)
        if str(kind).startswith("referrals.report_")
    ]


def link_to(world: World, report: str) -> str:
    (body,) = [body for kind, body in asking_mails(world) if kind == f"referrals.report_{report}"]
    return str(re.findall(r"http://[^/]+(/visit/\S+)", body)[0])


def answers(world: World) -> list[object]:
    return column(world, "referrals_report", "answer")


def test_the_slip_asks_each_side_its_own_question(
    world: World, ana: MemberLine, rui: MemberLine, won: str
) -> None:
    giver, receiver = words(world.client(ana).get(at(won))), words(world.client(rui).get(at(won)))
    assert QUESTION in giver
    assert LEAD_QUESTION in receiver
    assert QUESTION not in receiver
    assert LEAD_QUESTION not in giver
    assert "Your name is not shown, but in a small group Rui Almeida may guess." in giver


def test_one_press_seals_the_answer_and_another_corrects_it(world: World, ana: MemberLine, won: str) -> None:
    client = world.client(ana)
    assert send(client, won, "no").status_code == 303
    page = words(client.get(at(won)))
    assert "Only you see this. It is sealed until" in page
    assert "Correct it" in page
    assert send(client, won, "not-sure").status_code == 303
    assert answers(world) == ["no", "not-sure"]


def test_a_slip_without_result_asks_nothing_before_two_weeks(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    slip = passed_slip(world, group, ana, rui)
    client = world.client(ana)
    assert QUESTION not in words(client.get(at(slip)))
    early = send(client, slip, "no")
    assert early.status_code == 422
    assert "There is nothing to say of this slip yet." in words(early)
    world.pass_time(days=14)
    assert QUESTION in words(client.get(at(slip)))


@pytest.mark.parametrize("who", ["member", "president", "other group", "stranger"])
def test_a_report_by_anybody_else_is_not_taken(world: World, group: Group, won: str, who: str) -> None:
    others = {
        "member": (world.member(group), 404),
        "president": (world.member(group, offices=[Office.PRESIDENT]), 404),
        "other group": (world.member(world.group("mill")), 404),
        "stranger": (None, 303),
    }
    member, status = others[who]
    assert send(world.client(member), won, "no").status_code == status
    assert answers(world) == []


def test_a_report_without_its_token_is_not_taken(world: World, ana: MemberLine, won: str) -> None:
    assert send(world.client(ana, csrf=True), won, "no").status_code == 400
    assert answers(world) == []


def test_one_list_holds_all_that_waits_for_ones_word(
    world: World, group: Group, ana: MemberLine, rui: MemberLine, won: str
) -> None:
    client = world.client(ana)
    page = words(client.get(REPORTS))
    assert QUESTION in page
    assert send(client, won, "yes", back="reports").location == REPORTS
    assert "Nothing waits for your word." in words(client.get(REPORTS))
    assert LEAD_QUESTION in words(world.client(rui).get(REPORTS))


def test_both_sides_are_asked_by_one_mail_each_with_a_link(
    world: World, group: Group, ana: MemberLine, won: str
) -> None:
    for _twice in range(2):
        run_jobs(world)
    mails = dict(asking_mails(world))
    assert len(asking_mails(world)) == len(mails) == 2
    assert "may guess" in mails["referrals.report_handling"]
    assert "Miramar" not in "".join(mails.values()), "a mail never names the prospect"


def test_nobody_is_asked_by_mail_who_has_spoken_or_at_night(world: World, ana: MemberLine, won: str) -> None:
    send(world.client(ana), won, "yes")
    world.pass_time(hours=12)
    run_jobs(world)
    assert asking_mails(world) == []
    world.pass_time(hours=10)
    run_jobs(world)
    assert [kind for kind, _body in asking_mails(world)] == ["referrals.report_lead"]


def test_the_link_opens_anywhere_and_one_press_answers_once(
    world: World, group: Group, ana: MemberLine, won: str
) -> None:
    run_jobs(world)
    link, stranger = link_to(world, "handling"), world.client()
    opened = stranger.get(link)
    assert opened.status_code == 200
    assert QUESTION in words(opened)
    assert "may guess" in words(opened)
    assert "Miramar" not in opened.text
    assert answers(world) == [], "whatever merely opens links answers nothing"
    assert stranger.post(link, data={"answer": "no"}).status_code == 303
    after = words(stranger.get(link))
    assert "Noted, and sealed" in after
    assert 'value="no"' not in stranger.get(link).text, "the link does not tell what was answered"
    for again in ("no", "yes"):
        assert stranger.post(link, data={"answer": again}).status_code == 303
    assert answers(world) == ["no"], "the link is used up; corrections are made signed in"


def test_a_link_without_an_answer_keeps_asking(world: World, ana: MemberLine, won: str) -> None:
    run_jobs(world)
    answer = world.client().post(link_to(world, "handling"), data={"answer": "perhaps"})
    assert answer.status_code == 422
    assert "Choose one of the three answers." in words(answer)


def test_a_link_that_is_not_whole_or_of_another_group_is_told_kindly(
    world: World, ana: MemberLine, won: str
) -> None:
    run_jobs(world)
    world.group("mill")
    link, stranger = link_to(world, "handling"), world.client()
    for address in (
        link[:-3],
        link.replace("/harbour/", "/mill/"),
        "/visit/harbour/referrals/report/x",
    ):
        for answer in (stranger.get(address), stranger.post(address, data={"answer": "no"})):
            assert answer.status_code == 404
            assert "This link is not whole, or not of this group." in words(answer)
    assert answers(world) == []


def test_a_link_ends_after_sixty_days_and_with_the_membership(
    world: World, group: Group, ana: MemberLine, won: str
) -> None:
    run_jobs(world)
    handling, lead = link_to(world, "handling"), link_to(world, "lead")
    work = world.work()
    end_membership(work, group_id=group.id, member_id=ana.id, last_day=date(2026, 11, 24), reason="left")
    work.commit()
    assert world.client().get(handling).status_code == 410
    world.pass_time(days=59)
    assert world.client().get(lead).status_code == 200
    world.pass_time(days=2)
    late = world.client().post(lead, data={"answer": "no"})
    assert late.status_code == 410
    assert "This link is too old." in words(late)
    assert answers(world) == []


def test_the_next_meeting_asks_once_more_until_the_one_after(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    for day in (date(2026, 11, 24), date(2026, 12, 1), date(2026, 12, 8)):
        world.meeting(group, day, time(7))
    slip = passed_slip(world, group, ana, rui)
    world.pass_time(days=2)
    take(world, group, slip, rui, Act.CLOSE, result=SlipState.LOST)
    client = world.client(ana)
    asked = "How did it go? 1 slip waits for your sealed word."
    seen = []
    for _day in range(14):
        seen.append(asked in words(client.get("/g/harbour/")))
        world.pass_time(days=1)
    assert seen == [False] * 6 + [True] * 7 + [False], "from the meeting of 1 December to that of 8 December"


def test_the_meeting_does_not_ask_who_has_spoken(
    world: World, group: Group, ana: MemberLine, won: str
) -> None:
    for day in (date(2026, 11, 24), date(2026, 12, 1)):
        world.meeting(group, day, time(7))
    send(world.client(ana), won, "yes")
    world.pass_time(days=6)
    assert "sealed word" not in words(world.client(ana).get("/g/harbour/"))


def test_the_three_oldest_come_before_a_new_slip_and_can_be_skipped(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    slips = []
    for _each in range(4):
        slips.append(passed_slip(world, group, ana, rui))
        world.pass_time(hours=1)
        take(world, group, slips[-1], rui, Act.CLOSE, result=SlipState.WON)
    client = world.client(ana)
    first = client.get(f"{PASS}?to={rui.public_id}")
    assert "First, how did these go?" in words(first)
    asked = [slip for slip in slips if at(slip, "/report") in first.text]
    assert asked == slips[:3]
    later = re.findall(r'href="(/g/harbour/referrals/pass[^"]*)"', first.text)
    form = client.get(later[0].replace("&amp;", "&"))
    assert "Who needs something?" in words(form)
    assert f'selected value="{rui.public_id}"' in form.text
    assert f"/report?to={rui.public_id}" in first.text
    back = client.post(at(slips[0], f"/report?to={rui.public_id}"), data={"answer": "yes", "back": "pass"})
    assert back.location == f"{PASS}?to={rui.public_id}"
    for slip in slips[1:]:
        send(client, slip, "yes", back="pass")
    assert "Who needs something?" in words(client.get(PASS))


def test_the_receiver_is_not_kept_from_passing_a_slip(world: World, rui: MemberLine, won: str) -> None:
    assert "Who needs something?" in words(world.client(rui).get(PASS))
