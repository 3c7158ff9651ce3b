"""The first Tuesday seen by somebody who wishes it ill: limits that are gone round, pages kept busy, links that live on."""

import re
from io import BytesIO
from itertools import product
from time import process_time

import pytest
from flask.testing import FlaskClient

from app.core.access.domain.pasted import read_pasted
from app.core.access.queries import account_of_person
from app.core.access.services.accounts import set_password
from app.core.groups.domain.office import Office
from app.core.groups.queries import all_members
from app.extensions import limiter
from app.plugins.attendance.domain.apologies import intent_of
from app.plugins.attendance.domain.chat_text import MOST_MESSAGES
from app.web.invite_list import MOST_LOOKED_AT
from tests.support.bringing import Intake
from tests.support.reading import column, mailed_links, sentence, without_tokens, words
from tests.support.sheets import csv_bytes
from tests.support.world import World
from tests.web.test_core_founding import HARBOUR, fill_in, open_to_all

LONG = 59_000
LONGEST_SECONDS = 5
"""Generous for a slow machine: before they were bounded, each of these took minutes."""


@pytest.fixture(autouse=True)
def no_tries_counted(world: World) -> None:
    """Let each test begin with nothing tried."""
    limiter.reset()


def spellings(word: str) -> list[str]:
    """Return the word with each of its letters as it is or in its full width: mail domains fold them to one."""
    widths = [(letter, chr(ord(letter) + 0xFEE0)) for letter in word]
    return ["".join(letters) for letters in product(*widths)]


def test_an_address_written_in_many_ways_is_still_one_address_for_the_limit_of_mails(world: World) -> None:
    world.member(world.group(), "Ana Sousa", email="ana@mail.example")
    for domain in spellings("mail"):
        world.client().post("/account/sign-in", data={"email": f"ana@{domain}.example", "how": "mail"})
    assert world.rows("outgoing_mail") == 5


def test_an_address_written_in_many_ways_is_still_one_address_for_the_limit_of_codes(world: World) -> None:
    answers = [
        world.client()
        .post("/account/code", data={"email": f"ana@{domain}.example", "code": "123456"})
        .status_code
        for domain in spellings("mails")
    ]
    assert answers[:30] == [422] * 30
    assert set(answers[30:]) == {429}


def test_a_new_password_ends_the_links_that_were_mailed_before(world: World) -> None:
    group = world.group()
    ana = world.member(group, "Ana Sousa", email="ana@sousa.example")
    leader = world.client(world.member(group, offices=[Office.PRESIDENT]))
    leader.post(f"/g/harbour/members/{ana.public_id}/invite")
    [link] = mailed_links(world)
    work = world.work()
    account = account_of_person(work.session, ana.person_id)
    assert account is not None
    set_password(work, account, "a good long password")
    finder = world.client()
    assert finder.post(link).status_code == 410
    assert finder.get("/account/").status_code == 303


def test_a_stranger_writes_no_lines_of_their_own_into_the_mail_that_proves_an_address(world: World) -> None:
    fill_in(world.client(), founder="Ana\n\nVisit us", name="Old\r\nBcc: eve@eve.example")
    [subject], [body] = column(world, "outgoing_mail", "subject"), column(world, "outgoing_mail", "body")
    assert subject == "Your new group: Old Bcc: eve@eve.example"
    assert str(body).startswith("Hello Ana Visit us,\n\nOld Bcc: eve@eve.example is ready")


@pytest.mark.parametrize(
    "text", ["a" * LONG, f"{'a' * (LONG // 2)} @ {'b' * (LONG // 2)}", "a." * (LONG // 2) + " at b"]
)
def test_a_long_text_without_people_is_read_at_once(text: str) -> None:
    begun = process_time()
    assert len(read_pasted(text)) <= 1
    assert process_time() - begun < LONGEST_SECONDS


def test_a_list_with_far_too_many_addresses_is_refused_unread_pasted_or_as_a_sheet(world: World) -> None:
    leader = world.client(world.member(world.group(), offices=[Office.PRESIDENT]))
    count = MOST_LOOKED_AT + 1
    refusal = sentence("access.too_many_pasted", found=f"{count:,}", most=200)
    pasted = "\n".join(f"a@gmai{number}.co" for number in range(count))
    sheet = csv_bytes(
        [["Name", "Email"], *([f"Ana {number}", f"a@gmai{number}.co"] for number in range(count))]
    )
    for sent in ({"pasted": pasted}, {"file": (BytesIO(sheet), "members.csv")}):
        answer = leader.post("/g/harbour/members/invite/read", data=sent)
        assert answer.status_code == 422
        assert refusal in words(answer)


def test_a_message_that_names_a_substitute_a_thousand_times_is_read_at_once() -> None:
    begun = process_time()
    intent_of("statt mir kommt Rui " * 1_000)
    assert process_time() - begun < LONGEST_SECONDS


@pytest.mark.parametrize(
    "line", ["Ana Sousa: message {number}", "[24/11/26, 06:12:33] Ana Sousa: message {number}"]
)
def test_more_messages_than_are_read_are_refused_and_none_is_lost_unseen(world: World, line: str) -> None:
    group = world.group()
    leader = world.client(world.member(group, "Ines Carvalho", offices=[Office.PRESIDENT]))
    world.member(group, "Ana Sousa")
    address = f"/g/harbour/attendance/meetings/{world.meeting(group).public_id}/apologies"
    lines = [line.format(number=number) for number in range(MOST_MESSAGES + 1)]
    read = leader.post(address, data={"pasted": "\n".join(lines[1:])})
    assert read.status_code == 200
    assert f'name="row{MOST_MESSAGES - 1}-member"' in read.text
    refused = leader.post(address, data={"pasted": "\n".join(lines)})
    assert refused.status_code == 422
    assert "Paste the messages of today only." in words(refused)
    assert "message 200" in refused.text


def test_the_only_leader_cannot_leave_the_group_to_nobody(world: World) -> None:
    group = world.group()
    only = world.member(group, "Ines Carvalho", offices=[Office.PRESIDENT])
    page, leader = f"/g/harbour/members/{only.public_id}/end", world.client(only)
    ending = {"last_day": "2026-11-24", "reason": "left"}
    refused = leader.post(page, data=ending)
    assert refused.status_code == 422
    assert sentence("groups.last_leader") in words(refused)
    world.member(group, "Rui Alves", offices=[Office.VICE_PRESIDENT])
    assert leader.post(page, data=ending).status_code == 303


KNOWN, UNKNOWN = "ana@sousa.example", "zoe@sousa.example"


def pages_after(world: World, slug: str, email: str, way: str) -> list[str]:
    """Return what a leader reads who typed this address under an invented name, and invited it."""
    group = world.group(slug)
    leader = world.client(
        world.member(group, "Ines Carvalho", offices=[Office.PRESIDENT], email=f"ines@{slug}.example")
    )
    at = f"/g/{slug}/members"
    typed = {"given_name": "Invented", "family_name": "Name", "joined_on": "2026-11-24", "form_token": way}
    if way == "list":
        line = dict(
            zip(("count", "name-1", "address-1", "tick-1"), ("1", "Invented Name", email, "y"), strict=True)
        )
        line["standing"] = "standing"
        answers = [leader.post(f"{at}/invite/send", data=line)]
    elif way == "roster":
        intake = Intake(world=world, group=group)
        sheet = csv_bytes([["Name", "Trade", "Email"], ["Invented Name", "Baker", email]])
        batch = intake.bring(sheet, file_name="roster.csv")
        said = [intake.preview(batch).summary, intake.apply(batch)]
        assert "1 member was taken in." in said
        answers = []
    else:
        answers = [leader.post(f"{at}/add", data={**typed, "email": email, "invite": "y"})]
    answers += [leader.get(at), leader.get(f"{at}/invite")]
    own = public_id_of(world, slug)
    answers += [leader.post(f"{at}/{own}/invite"), leader.get(f"{at}/{own}"), leader.get(f"{at}/invite")]
    edit = f"{at}/{own}/edit"
    for wanted in ("", email):
        found = re.search(r'name="version"[^>]*value="(\d+)"', leader.get(edit).text)
        assert found is not None
        kept = {"given_name": "Invented", "family_name": "Other", "email": wanted, "version": found[1]}
        answers += [leader.post(edit, data=kept), leader.get(at)]
    return [
        re.sub(r"(/members/|/between/|to=)[\w-]{8,16}", r"\1ID", f"{one.status_code} {without_tokens(one)}")
        .replace(slug, "SLUG")
        .replace(slug.title(), "SLUG")
        .replace(email, "ADDRESS")
        for one in answers
    ]


def public_id_of(world: World, slug: str) -> str:
    """Return the public id of whoever is in the group beside its leader."""
    session = world.work().session
    [group_id] = (
        session.connection().exec_driver_sql(f"SELECT id FROM member_group WHERE slug = '{slug}'").scalars()
    )
    lines = all_members(session, group_id)
    session.rollback()
    [other] = [line for line in lines if line.name != "Ines Carvalho"]
    return other.public_id


@pytest.mark.parametrize("way", ["add", "list", "roster"])
def test_an_address_does_not_tell_a_leader_whose_it_is_or_that_it_is_known(world: World, way: str) -> None:
    ana = world.member(world.group("hills"), "Ana Sousa", email=KNOWN)
    world.client(ana)
    known, unknown = (
        pages_after(world, slug, email, way) for slug, email in (("mill-a", KNOWN), ("mill-b", UNKNOWN))
    )
    assert "Ana Sousa" not in "".join(known)
    for page, alike in zip(known, unknown, strict=True):
        assert set(page.splitlines()) ^ set(alike.splitlines()) == set()


def test_an_address_put_right_does_not_tell_that_it_is_known(world: World) -> None:
    world.client(world.member(world.group("hills"), "Ana Sousa", email=KNOWN))
    group = world.group()
    leader = world.client(world.member(group, "Ines Carvalho", offices=[Office.PRESIDENT]))
    for email in (KNOWN, UNKNOWN):
        member = world.member(group, "Invented Name", email=f"wrong.{email}")
        page = f"/g/harbour/members/{member.public_id}/address"
        assert put_right(leader, page, email) == 303
    assert words(leader.get("/g/harbour/members/invite")).count("On its way") >= 2


def put_right(leader: FlaskClient, page: str, email: str) -> int:
    """Send another address for a member and return how it was answered."""
    return leader.post(page, data={"address": email}).status_code


def test_whoever_is_invited_reads_which_group_asks_before_they_press(world: World) -> None:
    ana = world.member(world.group("hills"), "Ana Sousa", email=KNOWN)
    group = world.group()
    leader = world.client(world.member(group, "Ines Carvalho", offices=[Office.PRESIDENT]))
    typed = {
        "given_name": "Invented",
        "family_name": "Name",
        "joined_on": "2026-11-24",
        "email": KNOWN,
        "invite": "y",
    }
    leader.post("/g/harbour/members/add", data=typed)
    [link] = mailed_links(world)
    stranger = world.client(ana)
    assert stranger.get("/g/harbour/").status_code == 404
    assert "Harbour Referrals" in words(stranger.get(link))
    assert stranger.post(link).status_code == 303
    assert stranger.get("/g/harbour/").status_code == 200
    assert "Ana Sousa" in words(leader.get("/g/harbour/members"))
    assert "Invented Name" not in words(leader.get("/g/harbour/members"))


def test_the_second_group_of_a_founder_knows_them_at_once(world: World) -> None:
    founder = world.client(world.member(world.group("hills"), "Ana Sousa", email=KNOWN))
    open_to_all(world)
    people = world.rows("person")
    founded = founder.post("/found", data={**HARBOUR, "form_token": "second"})
    assert founded.status_code == 303
    assert founder.get(founded.location).status_code == 200
    assert world.rows("person") == people
