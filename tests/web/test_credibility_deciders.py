"""What those who decide on a disagreement see of the slip, and what they read when their word comes too late."""

import re
from collections.abc import Sequence
from datetime import date

import pytest

from app.core.groups.domain.office import Office
from app.core.groups.queries import MemberLine
from app.plugins.credibility.domain.reports import Facet
from app.plugins.credibility.services.deciding import look_after
from app.plugins.credibility.services.taking_part import say_part
from tests.support.attacked import PLUGINS, Attacked
from tests.support.slips import acting
from tests.support.world import World

OWN = "/g/harbour/credibility/"
NOTICES = "/g/harbour/notices"
TASK = "Decide on a report that a member disagrees with."
ASKS = "Please decide on it by"
WROTE = "She rang twice, the slip says so."


@pytest.fixture
def house(world: World) -> Attacked:
    return Attacked(world=world, group=world.group(plugins=PLUGINS))


@pytest.fixture
def leaders(world: World, house: Attacked) -> Sequence[MemberLine]:
    offices = (Office.PRESIDENT, Office.VICE_PRESIDENT)
    return [world.member(house.group, offices=[office]) for office in offices]


@pytest.fixture
def ana(world: World, house: Attacked, leaders: Sequence[MemberLine]) -> MemberLine:
    return world.member(house.group, "Ana Sousa")


@pytest.fixture
def rui(world: World, house: Attacked) -> MemberLine:
    return world.member(house.group, "Rui Almeida")


def get(world: World, member: MemberLine, path: str) -> str:
    return world.client(member).get(path).text


def token_in(text: str) -> str:
    found = re.search(r'name="form_token"[^>]*value="([^"]+)"', text)
    assert found is not None
    return found[1]


def disagreed(world: World, house: Attacked, ana: MemberLine, giver: MemberLine) -> str:
    """Let a second colleague report on her and count; let her disagree with what the giver reported. Return where."""
    house.handled(world.member(house.group), ana, "yes")
    house.count()
    report = next(row for row in house.rows(ana) if row.by_member_id == giver.id)
    path = f"{OWN}reports/{report.public_id}/disagree"
    data = {"reason": "I called.", "form_token": token_in(get(world, ana, path))}
    return str(world.client(ana).post(path, data=data).location)


def fact(text: str, title: str) -> str:
    found = re.search(rf"<dt>{re.escape(title)}</dt><dd>(.*?)</dd>", text)
    assert found is not None, text
    return found[1]


@pytest.mark.parametrize(
    ("answer", "days", "again", "counts"),
    [
        ("yes", 2, "yes", "as good"),
        ("not-sure", 2, "not sure", "as half"),
        ("no", 2, "no", "as not good"),
        ("yes", 9, "not told: without contact within a week", "as not good"),
        ("no", 9, "not told: without contact within a week", "as not good"),
    ],
)
def test_deciders_read_the_answer_apart_from_the_contact_as_far_as_the_worth_tells(
    world: World,
    house: Attacked,
    leaders: Sequence[MemberLine],
    ana: MemberLine,
    rui: MemberLine,
    answer: str,
    days: int,
    again: str,
    counts: str,
) -> None:
    house.handled(rui, ana, answer, days=days)
    shown = get(world, leaders[0], disagreed(world, house, ana, rui))
    assert fact(shown, "Would Rui Almeida refer again?").startswith(again)
    assert fact(shown, "How the report counts") == counts
    assert re.fullmatch(r"\w+, \d+ \w+ 2026", fact(shown, "First contact, as Ana Sousa told it"))


def test_of_a_slip_from_a_file_nobody_knows_the_day_of_the_call(
    world: World, house: Attacked, leaders: Sequence[MemberLine], ana: MemberLine, rui: MemberLine
) -> None:
    house.says(rui, house.brought(rui, ana, date(2026, 11, 2)), "no")
    world.pass_time(days=14)
    shown = get(world, leaders[0], disagreed(world, house, ana, rui))
    assert fact(shown, "First contact, as Ana Sousa told it") == "not known: the slip came from a file"
    assert fact(shown, "Would Rui Almeida refer again?") == "no"


@pytest.mark.parametrize("ends", ["lapsed", "moot"])
def test_word_that_comes_too_late_is_refused_in_words_and_stays_readable(
    world: World,
    house: Attacked,
    leaders: Sequence[MemberLine],
    ana: MemberLine,
    rui: MemberLine,
    ends: str,
) -> None:
    house.handled(rui, ana, "no")
    place = disagreed(world, house, ana, rui)
    leader = leaders[0]
    data = {"says": "uphold", "reason": WROTE, "form_token": token_in(get(world, leader, place))}
    assert ASKS in get(world, leader, NOTICES)
    with world.app.app_context(), acting(world, ana) as work:  # addresses in mails
        if ends == "moot":
            say_part(work, house.group, ana.id, "object")
        else:
            world.pass_time(days=21, minutes=1)
            look_after(work, house.group)
            work.commit()
    assert TASK not in get(world, leader, "/g/harbour/")
    assert ASKS not in get(world, leader, NOTICES), "nothing is asked any more"
    for sent in (data, {**data, "reason": " ", "form_token": "another"}):
        late = world.client(leader).post(place, data=sent)
        assert late.status_code == 422
        assert "It has ended meanwhile; your word is needed no more." in late.text
        assert (WROTE in late.text) is (sent is data)
        assert "Your word was not kept:" in late.text
        assert "Not saved yet" not in late.text, "there is nothing to send again"
        assert "<form class" not in late.text
        assert 'href="#' not in late.text.split("<h1")[1], "no line leads to a field that is not there"
    if ends == "moot":
        assert "The report stands no more; nothing is left to decide." in late.text


def test_second_word_is_refused_in_words_and_the_first_stands(
    world: World, house: Attacked, leaders: Sequence[MemberLine], ana: MemberLine, rui: MemberLine
) -> None:
    house.handled(rui, ana, "no")
    place = disagreed(world, house, ana, rui)
    client = world.client(leaders[0])
    shown = client.get(place).text
    first = {"says": "keep", "reason": "It is so.", "form_token": token_in(shown)}
    assert client.post(place, data=first).status_code == 303
    assert ASKS not in get(world, leaders[0], NOTICES)
    assert ASKS in get(world, leaders[1], NOTICES), "the other is still asked"
    again = client.post(place, data={"says": "uphold", "reason": WROTE, "form_token": "another"})
    assert again.status_code == 422
    assert "You have decided on this already." in again.text
    assert WROTE in again.text


def test_reporter_of_a_void_report_is_led_to_the_slip_where_they_can_correct_it(
    world: World, house: Attacked, leaders: Sequence[MemberLine], ana: MemberLine, rui: MemberLine
) -> None:
    slip = house.handled(rui, ana, "no")
    place = disagreed(world, house, ana, rui)
    for leader in leaders:
        client = world.client(leader)
        token = token_in(client.get(place).text)
        client.post(place, data={"says": "uphold", "reason": WROTE, "form_token": token})
    told = get(world, rui, NOTICES)
    assert "counts no more: those who were asked to decide on it found so." in told
    assert f'href="/g/harbour/referrals/slips/{slip}"' in told
    assert f'action="/g/harbour/referrals/slips/{slip}/report"' in get(
        world, rui, f"/g/harbour/referrals/slips/{slip}"
    )


def test_of_a_lead_they_read_what_the_receiver_said_and_the_receiver_is_told_if_it_is_void(
    world: World, house: Attacked, leaders: Sequence[MemberLine], ana: MemberLine, rui: MemberLine
) -> None:
    slip = house.handled(ana, rui, "yes")
    house.says(rui, slip, "no")
    house.handled(ana, world.member(house.group, "Eva Costa"), "yes")
    house.count()
    bad = next(row for row in house.rows(ana, Facet.LEAD) if row.worth == 0.0)
    path = f"{OWN}reports/{bad.public_id}/disagree"
    assert path in get(world, ana, OWN)
    asking = get(world, ana, path)
    assert "the lead was not real" in asking
    data = {"reason": "They signed with him in May.", "form_token": token_in(asking)}
    place = str(world.client(ana).post(path, data=data).location)
    own = get(world, ana, OWN)
    assert "not counted: you disagreed" in own.split('id="lead-reports"')[1]
    for leader in leaders:
        shown = get(world, leader, place)
        assert fact(shown, "Passed by Ana Sousa to Rui Almeida")
        assert re.fullmatch(r"\w+, \d+ \w+ 2026", fact(shown, "First contact, as Rui Almeida told it"))
        assert fact(shown, "What Rui Almeida reported") == "the lead was not real"
        assert fact(shown, "How the report counts") == "as not good"
        assert "refer again?" not in shown, "the giver's own word on the slip is not what they decide on"
        data = {"says": "uphold", "reason": WROTE, "form_token": token_in(shown)}
        assert world.client(leader).post(place, data=data).status_code == 303
    assert "the lead was not real" not in get(world, ana, OWN)
    told = get(world, rui, NOTICES)
    assert "A report you gave on a referral from Ana Sousa counts no more" in told
    assert f'href="/g/harbour/referrals/slips/{slip}"' in told
