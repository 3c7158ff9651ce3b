"""Records on their pages: all of one's own, nothing of a colleague's before there is history enough, then three sentences."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import update

from app.core.groups.domain.office import Office
from app.core.groups.queries import MemberLine
from app.core.groups.services import Profile, end_membership, start_membership
from app.core.ids import MemberId
from app.plugins.attendance.interface import CameLately
from app.plugins.credibility.domain.scheme import PROFILES, Constants
from app.plugins.credibility.queries import choices
from app.plugins.credibility.queries.shown import shown_of_all
from app.plugins.credibility.web.words import facets_of, sentences_of
from app.plugins.referrals.models import SlipRow
from tests.support.records import Recorded
from tests.support.slips import acting, passed_slip
from tests.support.world import World

PLUGINS = ("attendance", "referrals", "credibility")
LOW_GATE = Constants(min_attended=0, min_given=0, min_outcomes=2, min_independent=2, min_evidence=0.5)
"""Tenure aside, what a test can reach in two weeks; the gates themselves are tried in the unit tests."""


@pytest.fixture
def recorded(world: World, monkeypatch: pytest.MonkeyPatch) -> Recorded:
    monkeypatch.setattr(choices, "PROFILES", {**PROFILES, "standard": LOW_GATE})
    return Recorded(world=world, group=world.group(plugins=PLUGINS))


@pytest.fixture
def ana(world: World, recorded: Recorded) -> MemberLine:
    return world.member(recorded.group, "Ana Sousa")


@pytest.fixture
def rui(world: World, recorded: Recorded) -> MemberLine:
    return world.member(recorded.group, "Rui Almeida")


@pytest.fixture
def eva(world: World, recorded: Recorded) -> MemberLine:
    return world.member(recorded.group, "Eva Costa")


@pytest.fixture
def handled(recorded: Recorded, ana: MemberLine, rui: MemberLine, eva: MemberLine) -> None:
    """Two colleagues reported well on Ana, and it was counted."""
    for giver in (rui, eva):
        recorded.handled(giver, ana, "yes")
    recorded.count()


def say(world: World, member: MemberLine, word: str) -> int:
    client = world.client(member)
    shown = client.get("/g/harbour/credibility/").get_data(as_text=True)
    token = re.search(r'name="form_token"[^>]*value="([^"]+)"', shown)
    assert token is not None
    posted = client.post("/g/harbour/credibility/", data={"says": word, "form_token": token[1]})
    return posted.status_code


def page_of(world: World, viewer: MemberLine, member: MemberLine) -> str:
    return world.client(viewer).get(f"/g/harbour/members/{member.public_id}").get_data(as_text=True)


def own(world: World, member: MemberLine) -> str:
    return world.client(member).get("/g/harbour/credibility/").get_data(as_text=True)


def test_own_page_says_what_is_missing_before_anything_was_reported(
    world: World, recorded: Recorded, ana: MemberLine
) -> None:
    text = own(world, ana)
    assert re.search(r'Reports that are in</th>.*?"bar-text">0</span></td><td [^>]*>2</td>', text)
    assert "Nothing has been published yet" in text


@pytest.mark.usefixtures("handled")
def test_colleagues_see_nothing_before_the_member_said_yes_and_three_sentences_afterwards(
    world: World, ana: MemberLine, rui: MemberLine
) -> None:
    assert "How referrals are handled" not in page_of(world, rui, ana)
    assert say(world, ana, "yes") == 303
    shown = page_of(world, rui, ana)
    assert "2 colleagues reported on 2 referrals." in shown
    assert "2 of the 2 were called within a week." in shown
    assert "About 8 in 10 would refer again." in shown


@pytest.mark.usefixtures("handled")
@pytest.mark.parametrize("word", ["no", "object"])
def test_no_and_objection_take_it_away_at_once_and_look_alike(
    world: World, ana: MemberLine, rui: MemberLine, word: str
) -> None:
    blank = page_of(world, rui, ana)
    say(world, ana, "yes")
    assert page_of(world, rui, ana) != blank
    say(world, ana, word)
    assert masked(page_of(world, rui, ana)) == masked(blank)
    assert "Nothing has been published yet" in own(world, ana)


def masked(text: str) -> str:
    return re.sub(r'name="[\w-]*(?:form_token|csrf_token)"[^>]*>', "", text)


def test_answer_that_is_none_is_refused_and_says_so(
    world: World, recorded: Recorded, ana: MemberLine
) -> None:
    client = world.client(ana)
    posted = client.post("/g/harbour/credibility/", data={"says": "perhaps"})
    assert posted.status_code == 422
    assert "Choose one of the answers." in posted.get_data(as_text=True)


def test_task_asks_once_when_the_settling_in_time_is_over(
    world: World, recorded: Recorded, ana: MemberLine
) -> None:
    new = world.member(recorded.group, "Nia New", joined=date(2026, 11, 20))
    words = "Say whether your record may be shown."
    assert words in world.client(ana).get("/g/harbour/").get_data(as_text=True)
    assert words not in world.client(new).get("/g/harbour/").get_data(as_text=True)
    say(world, ana, "no")
    assert words not in world.client(ana).get("/g/harbour/").get_data(as_text=True)


def test_strangers_and_members_of_other_groups_see_no_page(
    world: World, recorded: Recorded, ana: MemberLine
) -> None:
    mill = world.group("mill", plugins=PLUGINS)
    other = world.member(mill, "Mia Mill")
    assert world.client().get("/g/harbour/credibility/").status_code == 303
    assert world.client(other).get("/g/harbour/credibility/").status_code == 404


@pytest.mark.usefixtures("handled")
def test_record_fades_away_without_a_word(world: World, ana: MemberLine, rui: MemberLine) -> None:
    say(world, ana, "yes")
    assert "How referrals are handled" in page_of(world, rui, ana)
    world.clock.move_to(world.now + timedelta(days=500))
    assert "How referrals are handled" not in page_of(world, rui, ana)


def roster(world: World, viewer: MemberLine) -> str:
    answer = world.client(viewer).get("/g/harbour/members")
    assert answer.status_code == 200
    return masked(answer.get_data(as_text=True))


@pytest.mark.usefixtures("handled")
def test_list_of_members_has_the_column_of_member_columns_for_those_who_surfaced_alone(
    world: World, recorded: Recorded, ana: MemberLine, rui: MemberLine
) -> None:
    president = world.member(recorded.group, "Pia Prado", offices=[Office.PRESIDENT])
    blanks = {viewer.id: roster(world, viewer) for viewer in (rui, president)}
    assert "Would refer again" not in "".join(blanks.values())
    say(world, ana, "yes")
    assert roster(world, rui).count("Would refer again: about 8 in 10, by 2 colleagues") == 1
    shown = roster(world, president)
    assert shown.count('data-head="Would refer again">about 8 in 10, by 2 colleagues</td>') == 1
    for sorted_by in ("?sort=record", "?order=desc&by=record"):
        path = f"/g/harbour/members{sorted_by}"
        assert masked(world.client(rui).get(path).get_data(as_text=True)) == roster(world, rui)
    say(world, ana, "object")
    assert {viewer.id: roster(world, viewer) for viewer in (rui, president)} == blanks


@pytest.mark.usefixtures("handled")
def test_records_of_all_are_read_in_as_many_statements_as_of_one(
    world: World, recorded: Recorded, ana: MemberLine, rui: MemberLine, eva: MemberLine
) -> None:
    for member in (ana, rui):
        say(world, member, "yes")
    for giver in (world.member(recorded.group, "Zoe Reis"), eva):
        recorded.handled(giver, rui, "yes")
    recorded.count()
    one, many = (statements(world, recorded, members) for members in ([ana.id], [ana.id, rui.id, eva.id]))
    assert (one[0], many[0]) == ({ana.id}, {ana.id, rui.id})
    assert one[1] == many[1]


def statements(world: World, recorded: Recorded, members: list[MemberId]) -> tuple[set[MemberId], int]:
    """Return who surfaced of these members, and how many statements that took."""
    with acting(world) as work, world.statements() as seen:
        found = set(shown_of_all(work, recorded.group, members))
    return found, len(seen)


@pytest.mark.usefixtures("handled")
def test_record_stands_beside_the_choice_of_a_receiver_once_it_has_surfaced(
    world: World, ana: MemberLine, rui: MemberLine
) -> None:
    """The hook is `receiver_panels`: on the page, and in the part that a script fetches."""
    addresses = [
        f"/g/harbour/referrals/pass?to={ana.public_id}&later=1",
        f"/g/harbour/referrals/pass/beside/{ana.public_id}",
    ]
    client = world.client(rui)
    blanks = [masked(client.get(address).get_data(as_text=True)) for address in addresses]
    assert all("Between you and Ana" in blank and "would refer again" not in blank for blank in blanks)
    say(world, ana, "yes")
    assert 'href="/g/harbour/credibility/schemes">' in page_of(world, rui, ana)
    for address in addresses:
        shown = client.get(address).get_data(as_text=True)
        assert 'schemes" target="_blank" rel="noopener">How this is computed' in shown, "the slip stays"
        assert shown.index("Between you and Ana") < shown.index("How referrals are handled")
        assert "About 8 in 10 would refer again." in shown
    say(world, ana, "no")
    assert [masked(client.get(address).get_data(as_text=True)) for address in addresses] == blanks


@pytest.mark.usefixtures("handled")
def test_facets_stand_apart_in_plain_counts_and_under_the_same_gate(
    world: World, recorded: Recorded, ana: MemberLine, rui: MemberLine, eva: MemberLine
) -> None:
    for receiver in (rui, rui, eva):
        passed_slip(world, recorded.group, ana, receiver)
    world.pass_time(minutes=5)
    blank = page_of(world, rui, ana)
    assert "apart from the estimate" not in blank
    assert "3 referrals to 2 colleagues" not in blank
    say(world, ana, "yes")
    assert "3 referrals to 2 colleagues" in page_of(world, rui, ana)
    world.clock.move_to(world.now + timedelta(days=26 * 7 + 1))
    assert "0 referrals to 0 colleagues" in page_of(world, rui, ana)


@pytest.mark.usefixtures("handled")
@pytest.mark.parametrize(
    ("soon", "known", "words"),
    [
        (1, 2, "1 of the 2 was called within a week."),
        (0, 2, "0 of the 2 were called within a week."),
        (1, 1, "1 of the 1 whose slip tells when was called within a week."),
    ],
)
def test_one_was_called_and_more_were(
    world: World, recorded: Recorded, ana: MemberLine, soon: int, known: int, words: str
) -> None:
    say(world, ana, "yes")
    with acting(world) as work, world.app.test_request_context():
        shown = shown_of_all(work, recorded.group, [ana.id])[ana.id]
        assert words in sentences_of(replace(shown, called_soon=soon, calls_known=known))


@pytest.mark.usefixtures("handled")
@pytest.mark.parametrize(
    ("came", "words"),
    [
        (CameLately(meetings=0, in_person=0, on_time=0, by_substitute=0), ["Gives"]),
        (
            CameLately(meetings=25, in_person=23, on_time=22, by_substitute=1),
            ["attended 23 of 25 meetings, 1 by a substitute", "on time at 22 of 23 meetings"],
        ),
        (
            CameLately(meetings=2, in_person=0, on_time=0, by_substitute=0),
            ["attended 0 of 2 meetings", "Gives"],
        ),
    ],
)
def test_facets_say_how_a_member_comes(
    world: World, recorded: Recorded, ana: MemberLine, came: CameLately, words: list[str]
) -> None:
    say(world, ana, "yes")
    with acting(world) as work, world.app.test_request_context():
        shown = shown_of_all(work, recorded.group, [ana.id])[ana.id]
        told = [line for pair in facets_of(shown, came) for line in pair]
    assert set(words) <= set(told)
    assert ("Shows up" in told) == bool(came.meetings)


@pytest.mark.usefixtures("handled")
def test_who_left_shows_no_record_until_they_are_back(
    world: World, recorded: Recorded, ana: MemberLine, rui: MemberLine
) -> None:
    president = world.member(recorded.group, "Pia Prado", offices=[Office.PRESIDENT])
    say(world, ana, "yes")
    last_day = world.now.date() + timedelta(days=1)
    with acting(world) as work:
        end_membership(work, group_id=recorded.group.id, member_id=ana.id, last_day=last_day, reason="left")
        work.commit()
    assert "How referrals are handled" in page_of(world, rui, ana)
    world.pass_time(days=2)
    assert "How referrals are handled" not in page_of(world, rui, ana)
    former = world.client(president).get("/g/harbour/members?former=1").get_data(as_text=True)
    assert ("Ana Sousa" in former, "Would refer again" in former) == (True, False)
    with acting(world) as work:
        start_membership(
            work,
            group_id=recorded.group.id,
            person_id=ana.person_id,
            profile=Profile(trade="Baker", firm="Sousa Ltd"),
            started_on=last_day + timedelta(days=1),
        )
        work.commit()
    assert "About 8 in 10 would refer again." in page_of(world, rui, ana)


@pytest.mark.usefixtures("handled")
def test_record_of_slips_from_a_file_alone_says_nothing_of_calls(
    world: World, recorded: Recorded, ana: MemberLine, rui: MemberLine
) -> None:
    say(world, ana, "yes")
    with acting(world) as work:
        from_a_file = update(SlipRow).where(SlipRow.group_id == recorded.group.id)
        work.session.execute(from_a_file.values(is_historic=True, historic_on=date(2026, 10, 1)))
        work.commit()
    shown = page_of(world, rui, ana)
    assert "2 colleagues reported on 2 referrals. About 8 in 10 would refer again." in shown
    assert "called within a week" not in shown
