"""What giving writes into the ledger, what of it is sealed, and what the others answer it."""

from datetime import date, timedelta

import pytest

from app.core.ledger.queries import entries_of
from app.plugins.giving.interface import GivenOn, PeopleToMeet, PersonToMeet, ReferralsGiven, VisitorsBrought
from app.plugins.giving.plugin import GivingPlugin
from app.plugins.referrals.domain.slip import Act
from tests.support.giving import Givers, givers
from tests.support.slips import passed_slip, take
from tests.support.world import World

TODAY = date(2026, 11, 24)
PLUGINS = ("attendance", "referrals", "welcome", "giving")


@pytest.fixture
def group(world: World) -> Givers:
    return givers(world, plugins=PLUGINS)


def everything_happens(group: Givers) -> None:
    """Let each event of giving happen once or more."""
    ask = group.ask(group.ben)
    reply = group.answer(group.ana, ask)
    group.post(group.ben, f"/replies/{reply}/thanks", words="It worked.")
    thanks = group.newest("giving_thanks")
    group.post(group.ana, f"/thanks/{thanks}/hide")
    group.post(group.ben, f"/thanks/{thanks}/take-back")
    group.post(group.ben, f"/asks/{ask}/close", state="helped")
    group.post(group.ben, f"/testimonials/for/{group.ana.public_id}", words="Came when promised.")
    made = group.made()
    group.post(group.ben, f"/introductions/{made}/outcome", outcome="talked")
    taken_back = group.introduce(group.eva, group.ana, group.ben)
    group.post(group.eva, f"/introductions/{taken_back}/take-back")


def ledger_of(group: Givers) -> list[str]:
    work = group.world.work()
    kinds = [entry.kind for entry, _hash in entries_of(work.session, group.group.id)]
    work.rollback()
    return kinds


def test_every_event_is_recorded_and_says_nothing_personal(group: Givers) -> None:
    everything_happens(group)
    work = group.world.work()
    found = [entry for entry, _hash in entries_of(work.session, group.group.id)]
    entries = [entry for entry in found if entry.kind.startswith("giving.")]
    work.rollback()
    assert {one.kind for one in entries} == {event.kind for event in GivingPlugin.manifest.publishes}
    told = " ".join(str(one.facts) for one in entries)
    for word in ("worked", "promised", "late payers", "older houses", "Ben", "Ana"):
        assert word not in told
    group.world.assert_ledger_whole(group.group)


def test_a_no_stands_in_no_entry_for_its_actor_would_be_named(group: Givers) -> None:
    introduction = group.introduce(group.ana, group.ben, group.eva)
    before = ledger_of(group)
    assert group.say(group.eva, introduction, "no").status_code == 303
    assert ledger_of(group) == before


def test_what_is_between_two_or_three_is_sealed() -> None:
    sealed = {event.__name__ for event in GivingPlugin.manifest.publishes if event.sealed}
    assert sealed == {
        "AskAnswered",
        "IntroductionOffered",
        "IntroductionMade",
        "IntroductionEnded",
        "IntroductionOutcomeTold",
        "WordsHidden",
    }


def test_welcome_answers_who_is_to_be_met_and_whom_a_member_brought(group: Givers) -> None:
    newcomer = group.world.member(group.group, "Noa Lindqvist", joined=TODAY - timedelta(days=10))
    tomorrow = TODAY + timedelta(days=1)
    lately, long_ago = TODAY - timedelta(days=3), TODAY - timedelta(days=60)
    for name, day in (("Clara Moreau", tomorrow), ("Noor Bakker", lately), ("Long Ago", long_ago)):
        line = {"name": name, "kind": "first", "came_on": day.isoformat(), "form_token": name}
        client = group.world.client(group.ana)
        assert (
            client.post("/g/harbour/welcome/", data=line | {"invited_by": group.ana.public_id}).status_code
            == 303
        )
    work = group.world.work()
    readers = group.world.held.registry.by_name["welcome"].reads(work)
    people, brought = readers[PeopleToMeet], readers[VisitorsBrought]
    since = TODAY - timedelta(days=30)
    joined = TODAY - timedelta(days=10)
    assert people.newcomers(group.group.id, since, TODAY) == [
        PersonToMeet(name="Noa Lindqvist", public_id=newcomer.public_id, day=joined)
    ]
    assert people.guests(group.group.id, TODAY, TODAY + timedelta(days=7)) == [
        PersonToMeet(name="Clara Moreau", public_id="", day=tomorrow)
    ]
    assert brought.brought_by(group.group.id, group.ana.id, since) == [
        GivenOn(day=lately, name="Noor Bakker")
    ], "Clara is expected; she has not come yet"
    assert brought.brought_by(group.group.id, group.ben.id, since) == []
    work.rollback()


def test_referrals_answer_the_acts_of_giving_that_stand(group: Givers) -> None:
    for receiver in (group.ben, group.eva):
        slip = passed_slip(group.world, group.group, group.ana, receiver)
    take(group.world, group.group, slip, group.ana, Act.WITHDRAW)
    work = group.world.work()
    reader = group.world.held.registry.by_name["referrals"].reads(work)[ReferralsGiven]
    given = reader.given_by(group.group.id, group.ana.id, TODAY - timedelta(days=365), "Europe/Lisbon")
    assert given == [GivenOn(day=TODAY, name="Ben Ferreira")]
    assert reader.given_by(group.group.id, group.ana.id, TODAY + timedelta(days=1), "Europe/Lisbon") == []
    work.rollback()
