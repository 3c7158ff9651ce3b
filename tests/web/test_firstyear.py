"""Pages of the first year: what newcomer, mentor, owner, committee, president, other members and strangers see of it."""

import re
from html import unescape

import pytest

from app.plugins.activities.models import OneToOneRow
from app.plugins.firstyear.domain.steps import USUAL
from tests.support.world import World
from tests.support.year import TODAY, Year


@pytest.fixture
def year(world: World) -> Year:
    return Year(world)


def test_nobody_looks_for_a_mentor_of_somebody_who_has_been_here_for_years(year: Year) -> None:
    settled = year.text(year.ana, "/")
    assert "A mentor is being looked for." not in settled
    assert "Signing in at the door" not in settled
    assert "Talk about the next year" in settled


def test_newcomer_sees_their_own_year_and_others_do_not(year: Year) -> None:
    page = year.text(year.rui, "/")
    assert "A mentor is being looked for. Until then, ask Carla Nunes." in page
    assert "Talk after three months" in page
    assert "Signing in at the door" in page
    assert "Ask for leave" in page
    assert "Your first year" in year.home(year.rui)
    other = year.text(year.other, "/")
    assert "Rui Almeida" not in other
    assert "Talk after" not in other
    assert year.get(None, "/").status_code == 303


def test_home_names_a_mentor_who_is_the_contact_once(year: Year) -> None:
    year.mentored()
    home = year.home(year.rui)
    assert "Your contact in the first weeks" in home
    assert "Ana Sousa is your mentor too." in home
    assert "your mentor</" not in home
    moved = year.world.client(year.president).post(
        f"/g/harbour/welcome/newcomers/{year.rui.public_id}",
        data={"contact": year.other.public_id, "version": "1", "form_token": "one"},
    )
    assert moved.status_code == 303
    home = year.home(year.rui)
    assert "Otto Berg" in home
    assert "your mentor too" not in home
    assert "your mentor" in home


def test_plan_is_private_to_newcomer_and_mentor(year: Year) -> None:
    plan = f"/plans/{year.stay}"
    assert "People to meet" in year.text(year.rui, plan)
    for who in (year.ana, year.other, year.committee, year.president):
        assert year.get(who, plan).status_code == 404
    ask = year.ask()
    assert year.get(year.ana, plan).status_code == 404, "who is asked has not said yes"
    year.post(year.ana, f"/mentoring/{ask}/yes")
    seen = year.text(year.ana, plan)
    assert "The first weeks of Rui Almeida" in seen
    assert "We spoke" not in seen, "ticking is the newcomer's"
    member = year.committee.public_id
    assert year.post(year.ana, f"{plan}/people/{member}/met").status_code == 404


def test_newcomer_ticks_and_sets_aside_and_a_one_to_one_ticks_itself(year: Year) -> None:
    plan = f"/plans/{year.stay}"
    assert year.post(year.rui, f"{plan}/people/{year.committee.public_id}/met").status_code == 303
    assert year.post(year.rui, f"{plan}/people/{year.president.public_id}/aside").status_code == 303
    assert year.post(year.rui, f"{plan}/people/{year.rui.public_id}/aside").status_code == 404
    page = year.text(year.rui, plan)
    assert page.count("met on 24 Nov") == 1
    assert f"people/{year.president.public_id}" not in page
    work = year.world.work()
    work.session.add(
        OneToOneRow(
            group_id=year.group.id,
            id=work.ids.key(),
            public_id=work.ids.public_id(),
            member_id=year.ana.id,
            with_member_id=year.rui.id,
            held_on=TODAY,
            recorded_by_member_id=year.ana.id,
            created_at_utc=work.now,
        )
    )
    work.commit()
    assert year.text(year.rui, plan).count("met on 24 Nov") == 2
    assert "no one-to-one" not in year.home(year.committee)


def test_who_is_asked_learns_name_and_trade_and_answers_by_one_tap(year: Year) -> None:
    ask = year.ask()
    page = year.text(year.ana, f"/mentoring/{ask}")
    assert "Would you be the mentor of Rui Almeida?" in page
    assert "Roofer" in page
    assert year.rui.email not in page
    assert "Would you be the mentor of Rui Almeida? Say yes or not now." in year.home(year.ana)
    for who in (year.rui, year.other, year.committee):
        assert year.get(who, f"/mentoring/{ask}").status_code == 404
        assert year.post(who, f"/mentoring/{ask}/yes").status_code == 404
    assert year.post(year.ana, f"/mentoring/{ask}/yes").status_code == 303
    assert "Ana Sousa" in year.text(year.rui, "/")
    assert year.post(year.ana, f"/mentoring/{ask}/not-now").status_code == 422
    assert year.post(year.ana, f"/mentoring/{ask}/back").status_code == 303
    assert "A mentor is being looked for" in year.text(year.rui, "/")
    assert "Ask somebody to be the mentor of Rui Almeida." in year.home(year.committee)


def test_a_no_is_the_offices_alone(year: Year) -> None:
    ask = year.ask()
    assert year.post(year.ana, f"/mentoring/{ask}/not-now").status_code == 303
    assert "Ana" not in year.text(year.rui, "/")
    page = year.text(year.committee, f"/newcomers/{year.stay}")
    assert "Ask Ana" not in page, "who said no is not suggested again"


def test_members_offer_to_be_mentors_and_are_suggested(year: Year) -> None:
    assert "Ask Otto" not in year.text(year.committee, f"/newcomers/{year.stay}")
    assert year.post(year.other, "/offer").status_code == 303
    assert "Ask Otto" in year.text(year.committee, f"/newcomers/{year.stay}")
    assert year.post(year.other, "/offer/take-back").status_code == 303
    assert "Ask Otto" not in year.text(year.committee, f"/newcomers/{year.stay}")


def test_office_goes_through_the_induction(year: Year) -> None:
    address = f"/newcomers/{year.stay}"
    assert "6 steps of the induction of Rui Almeida are open." in year.home(year.committee)
    assert year.post(year.committee, f"{address}/steps/1").status_code == 303
    assert "5 steps open" in year.text(year.president, "/newcomers")
    assert year.post(year.committee, f"{address}/steps/1/undo").status_code == 303
    assert "6 steps open" in year.text(year.president, "/newcomers")
    for step in ("99", "x"):
        assert year.post(year.committee, f"{address}/steps/{step}").status_code == 404
    for who in (year.other, year.rui, year.ana):
        assert year.post(who, f"{address}/steps/1").status_code == 404
        assert year.get(who, address).status_code == 404
        assert year.get(who, "/newcomers").status_code == 403


def test_asking_nobody_or_naming_nobody_keeps_the_page(year: Year) -> None:
    address = f"/newcomers/{year.stay}"
    for path, field in (("mentor", "mentor"), ("keeper", "keeper")):
        answer = year.post(year.committee, f"{address}/{path}", **{field: year.rui.public_id})
        assert answer.status_code == 422
        assert "somebody else than the newcomer" in unescape(answer.text)
    assert year.post(year.committee, f"{address}/keeper", keeper=year.other.public_id).status_code == 303
    assert year.get(year.other, address).status_code == 200, "whoever looks after a newcomer opens their page"
    assert "Ask somebody to be the mentor of Rui Almeida." in year.home(year.other)


def test_steps_are_kept_in_the_groups_words_over_the_version_seen(year: Year) -> None:
    assert year.get(year.other, "/steps").status_code == 403
    empty = year.post(year.president, "/steps", steps=" ", version="0")
    assert empty.status_code == 422
    assert "Write at least one step" in unescape(empty.text)
    steps = "<b>Coffee</b>\nSeat"
    assert year.post(year.president, "/steps", steps=steps, version="0").status_code == 303
    stale = year.post(year.committee, "/steps", steps="Other", version="0")
    assert stale.status_code == 422
    assert "What stands now" in unescape(stale.text)
    new = year.world.member(year.group, "Eva Maia", joined=TODAY)
    page = year.get(new, "/").text
    assert "&lt;b&gt;Coffee&lt;/b&gt;" in page
    assert "Signing in at the door" not in page
    assert "Signing in at the door" in year.text(year.rui, "/"), "who is here keeps the old steps"


def test_usual_steps_are_worded_for_the_newcomer_who_reads_them_as_well_as_for_the_office(year: Year) -> None:
    own, office = year.text(year.rui, "/"), year.text(year.committee, f"/newcomers/{year.stay}")
    for step in USUAL:
        assert step in own
        assert step in office
        assert not re.search(r"\b(them|their|you|your)\b", step), (
            "it speaks to nobody, and of nobody as of a third"
        )
