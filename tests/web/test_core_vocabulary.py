"""A group's own words, on its pages and in its mails, and in nobody else's."""

import threading
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import gettext, lazy_gettext, ngettext

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.models import GroupRow
from app.core.notices.services import Letter, notify, write_to, write_to_member
from app.core.sentences import N_
from app.http.locales import read_for
from tests.support.reading import column, words
from tests.support.world import World

SETTINGS = "/g/harbour/settings"


@pytest.fixture
def group(world: World) -> Group:
    """Return the harbour, which says club and tip."""
    made = world.group()
    work = world.work()
    work.session.get_one(GroupRow, made.id).vocabulary = "tips"
    work.commit()
    return replace(made, vocabulary="tips")


@pytest.fixture
def leader(world: World, group: Group) -> FlaskClient:
    """Return the president's browser."""
    return world.client(world.member(group, "Ana Sousa", offices=(Office.PRESIDENT,)))


def test_pages_speak_the_words_of_the_group(leader: FlaskClient) -> None:
    said = words(leader.get("/g/harbour/"))
    assert ("Your open tips" in said, "Your open slips" in said) == (True, False)
    assert "Tips of the club" in said


def test_what_people_wrote_is_never_reworded(world: World, group: Group, leader: FlaskClient) -> None:
    line = world.member(group, "Referral Slip")
    assert line.name in words(leader.get("/g/harbour/members"))
    assert "Harbour Referrals" in words(leader.get("/g/harbour/"))


def test_another_group_keeps_its_words_between_the_requests_of_the_first(
    world: World, leader: FlaskClient
) -> None:
    other = world.client(world.member(world.group("mill"), offices=(Office.PRESIDENT,)))
    for _round in range(2):
        assert "Your open tips" in words(leader.get("/g/harbour/"))
        assert "Your open slips" in words(other.get("/g/mill/"))
    assert "tip" not in words(leader.get("/account/")).split()


def test_two_requests_at_once_keep_their_words(app: Flask, group: Group) -> None:
    """Threads wait for each other inside their requests, so that a word kept for the process would show."""
    both_are_in = threading.Barrier(2)
    said: dict[str, str] = {}

    def ask(key: str) -> None:
        with app.test_request_context("/"):
            if key == "tips":
                read_for(group)
            both_are_in.wait(timeout=10)
            said[key] = gettext("All slips")

    threads = [threading.Thread(target=ask, args=(key,)) for key in ("tips", "standard")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said == {"tips": "All tips", "standard": "All slips"}


def test_lazy_and_counted_sentences_are_reworded_when_they_are_read(app: Flask, group: Group) -> None:
    lazy = lazy_gettext("Slip of %(name)s", name="Slip Ltd")
    with app.test_request_context("/"):
        assert str(lazy) == "Slip of Slip Ltd"
    with app.test_request_context("/"):
        read_for(group)
        assert str(lazy) == "Tip of Slip Ltd"
        assert [ngettext("%(num)d slip", "%(num)d slips", number) for number in (1, 2)] == ["1 tip", "2 tips"]


@pytest.mark.parametrize(("slug", "expected"), [("harbour", "tip"), ("mill", "slip")])
def test_notices_and_mails_speak_the_words_of_their_group(
    world: World, group: Group, slug: str, expected: str
) -> None:
    of = group if slug == "harbour" else world.group(slug)
    line = world.member(of, "Rui Almeida")
    work = world.work()
    sentence, facts = N_("%(name)s has received your slip."), {"name": "Slip Ltd"}
    notify(work, group_id=of.id, member_id=line.id, kind="x", text=sentence, facts=facts)
    letter = Letter(kind="x", subject=sentence, body=sentence, subject_key="1", facts=facts)
    write_to_member(work, group_id=of.id, member_id=line.id, letter=letter)
    write_to(
        work,
        person_id=line.person_id,
        language="en",
        address="rui@example.org",
        group_id=of.id,
        letter=Letter(kind="y", subject=sentence, body=sentence, subject_key="2", facts=facts),
    )
    work.commit()
    written = [*column(world, "notice", "text"), *column(world, "outgoing_mail", "subject")]
    assert written == [f"Slip Ltd has received your {expected}."] * 3


def test_a_mail_of_no_group_speaks_the_standard_words(world: World, group: Group) -> None:
    line = world.member(group)
    work = world.work()
    letter = Letter(kind="x", subject=N_("All slips"), body=N_("All slips"), subject_key="1")
    write_to(
        work,
        person_id=line.person_id,
        language="en",
        address="a@example.org",
        group_id=None,
        letter=letter,
    )
    work.commit()
    assert column(world, "outgoing_mail", "subject") == ["All slips"]


def test_refusals_speak_the_words_of_the_group(world: World, leader: FlaskClient) -> None:
    refused = leader.post("/g/harbour/referrals/pass", data={"receiver": ""})
    assert refused.status_code == 422
    assert "slip" not in words(refused).casefold().split()


def test_the_words_to_choose_from_are_named_in_standard_words(leader: FlaskClient) -> None:
    assert "Club instead of group, tip instead of slip and referral" in words(leader.get(SETTINGS))
