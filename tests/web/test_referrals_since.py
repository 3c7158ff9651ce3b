"""Slips since last week: what a leader reads out, from the last meeting on, without prospects and without history."""

from datetime import date, timedelta
from html import unescape

import pytest

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.plugins.referrals.domain.slip import Act
from app.plugins.referrals.models import SlipRow
from tests.support.slips import OFFER, passed_slip, take
from tests.support.talks import recorded_talk
from tests.support.world import World

SINCE = "/g/harbour/referrals/since"


@pytest.fixture
def group(world: World) -> Group:
    return world.group(plugins=("attendance", "referrals", "activities"))


@pytest.fixture
def leader(world: World, group: Group) -> MemberLine:
    return world.member(group, "Lea Brandt", offices=[Office.SECRETARY_TREASURER])


@pytest.fixture
def ana(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ana Sousa")


@pytest.fixture
def ben(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ben Ito")


def page_for(world: World, member: MemberLine, address: str = SINCE) -> str:
    return unescape(" ".join(world.client(member).get(address).text.split()))


def test_slips_since_the_last_meeting_are_read_out_in_their_order(
    world: World, group: Group, leader: MemberLine, ana: MemberLine, ben: MemberLine
) -> None:
    world.meeting(group, date(2026, 11, 24))  # 07:00 in Lisbon, an hour from now
    passed_slip(world, group, ana, leader)
    world.pass_time(hours=3)
    passed_slip(world, group, ana, ben)
    passed_slip(world, group, ben, ana, tier="inside")
    page = page_for(world, leader)
    assert 'Ana Sousa to Ben Ito, <span class="readout-word">outside</span>' in page
    assert page.index("Ana Sousa to Ben Ito") < page.index("Ben Ito to Ana Sousa")
    assert "Ana Sousa to Lea Brandt" not in page
    assert "Since the meeting of Tuesday, 24 November 2026" in page


def test_during_a_meeting_it_reaches_back_to_the_one_before(
    world: World, group: Group, leader: MemberLine, ana: MemberLine, ben: MemberLine
) -> None:
    world.meeting(group, date(2026, 11, 24))
    world.meeting(group, date(2026, 12, 1))
    world.pass_time(days=1)
    passed_slip(world, group, ana, ben)
    world.pass_time(days=6, hours=1, minutes=20)
    assert "Ana Sousa to Ben Ito" in page_for(world, leader)


def test_without_a_meeting_it_is_the_last_seven_days(
    world: World, group: Group, leader: MemberLine, ana: MemberLine, ben: MemberLine
) -> None:
    passed_slip(world, group, ana, ben)
    world.pass_time(days=7)
    assert "Ana Sousa to Ben Ito" in page_for(world, leader)
    world.pass_time(days=1)
    assert "No slip was passed since then." in page_for(world, leader)


def test_a_chosen_day_goes_further_back(
    world: World, group: Group, leader: MemberLine, ana: MemberLine, ben: MemberLine
) -> None:
    passed_slip(world, group, ana, ben)
    world.pass_time(days=30)
    assert "Ana Sousa to Ben Ito" in page_for(world, leader, f"{SINCE}?since=2026-11-24")


@pytest.mark.parametrize("day", ["soon", "2027-06-01", "0001-01-01"])
def test_a_day_that_makes_no_sense_is_said(world: World, leader: MemberLine, day: str) -> None:
    answer = world.client(leader).get(f"{SINCE}?since={day}")
    assert answer.status_code == 422
    assert "is no day of the last year" in unescape(answer.text)


def test_no_prospect_is_read_out(
    world: World, group: Group, leader: MemberLine, ana: MemberLine, ben: MemberLine
) -> None:
    passed_slip(world, group, ana, ben)
    page = page_for(world, leader)
    assert "Ana Sousa to Ben Ito" in page
    assert not any(words in page for words in (OFFER.prospect_name, OFFER.prospect_contact, OFFER.about))


def test_a_slip_taken_back_and_one_from_a_file_are_left_out(
    world: World, group: Group, leader: MemberLine, ana: MemberLine, ben: MemberLine
) -> None:
    taken_back = passed_slip(world, group, ana, ben)
    take(world, group, taken_back, ana, Act.WITHDRAW)
    work = world.work()
    work.session.add(
        SlipRow(
            group_id=group.id,
            id=work.ids.key(),
            public_id=work.ids.public_id(),
            giver_member_id=ben.id,
            receiver_member_id=ana.id,
            state="passed",
            tier="outside",
            is_historic=True,
            historic_on=date(2026, 11, 24),
            batch_id=1,
            passed_at_utc=work.now,
            news_at_utc=work.now,
        )
    )
    work.commit()
    page = page_for(world, leader)
    assert "No slip was passed since then." in page
    assert "Ben Ito to Ana Sousa" not in page


def test_thanks_are_one_sum_without_names(
    world: World, group: Group, leader: MemberLine, ana: MemberLine, ben: MemberLine
) -> None:
    form = {"amount": "1,000.50", "thanked_on": "2026-11-24", "note": "", "form_token": "one"}
    world.client(ana).post("/g/harbour/referrals/thanks", data={**form, "thanked": ben.public_id})
    world.client(ben).post("/g/harbour/referrals/thanks", data={**form, "thanked": ana.public_id})
    page = page_for(world, leader)
    assert "€2,001.00" in page
    assert "2 thank-yous, of the whole group" in page
    assert "Ana Sousa" not in page


def test_one_to_ones_are_read_out_by_name_where_that_plugin_is_on(
    world: World, group: Group, leader: MemberLine, ana: MemberLine, ben: MemberLine
) -> None:
    recorded_talk(world, group, ana, ben, on=world.now.date() - timedelta(days=3), note="Secret plans")
    page = page_for(world, leader)
    assert "Ana Sousa and Ben Ito" in page
    assert "Secret plans" not in page


def test_where_activities_are_off_nothing_is_said_of_one_to_ones(world: World) -> None:
    group = world.group("mill", plugins=("referrals",))
    leader = world.member(group, "Lea Brandt", offices=[Office.PRESIDENT])
    page = page_for(world, leader, "/g/mill/referrals/since")
    assert "one-to-one" not in page


def test_members_without_an_office_do_not_see_it(world: World, ana: MemberLine) -> None:
    assert world.client(ana).get(SINCE).status_code == 403
