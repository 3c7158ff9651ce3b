"""Seats, settings, the console and the public list of wanted seats, on their pages."""

from datetime import date
from html import unescape

import pytest

from app.core.groups.domain.office import Office
from app.core.groups.services import end_membership
from app.http.outside import path_of
from app.plugins.joining.services.links import path_of_application
from tests.support.joining import FILLED, Chapter, chapter, set_up
from tests.support.slips import acting
from tests.support.world import World


@pytest.fixture
def group(world: World) -> Chapter:
    return chapter(world)


def test_every_member_sees_seats_and_the_offices_write_the_list(group: Chapter) -> None:
    assert group.post(group.member, "/wanted", trade="Sailmaker").status_code == 403
    assert group.post(group.ana, "/wanted", trade="Sailmaker").status_code == 303
    page = unescape(group.get(group.member, "/").text)
    for said in ("Sailmaker", "open", "Baker", "Dora Matos"):
        assert said in page
    assert "Put on the list" not in page
    assert "Put on the list" in group.get(group.ana, "/").text
    assert group.stranger().get(f"{group.inside}/").status_code == 303


def test_a_trade_stands_on_the_list_once_and_what_was_typed_is_kept(group: Chapter) -> None:
    group.post(group.ana, "/wanted", trade="Sail maker")
    again = group.post(group.ana, "/wanted", trade="sailmaker")
    assert again.status_code == 422
    assert "sailmaker is on the list already." in unescape(again.text)
    assert group.post(group.ana, "/wanted", trade="").status_code == 422


def test_a_double_tap_puts_one_trade_and_one_pair_on_the_lists(group: Chapter) -> None:
    for _tap in range(2):
        assert group.post(group.ana, "/wanted", trade="Sailmaker", form_token="same").status_code == 303
        near = group.post(group.ana, "/neighbours", one="Baker", other="Confectioner", form_token="pair")
        assert near.status_code == 303
    assert group.world.rows("joining_wanted") == 1
    assert group.world.rows("joining_neighbour") == 1


def test_a_wanted_seat_says_who_is_near_and_until_when_it_is_held(group: Chapter) -> None:
    group.post(group.ana, "/neighbours", one="Baker", other="Confectioner")
    group.post(group.ana, "/wanted", trade="Confectioner")
    group.post(group.ana, "/wanted", trade="ROOFER")
    with acting(group.world) as work:
        end_membership(
            work,
            group_id=group.group.id,
            member_id=group.ben.id,
            last_day=date(2026, 12, 31),
            reason="moves",
        )
        work.commit()
    page = unescape(group.get(group.member, "/").text)
    assert "near Baker (Dora Matos)" in page
    assert "held by Ben Ferreira until" in page


def test_what_is_on_a_list_is_taken_off_by_an_office_alone(group: Chapter) -> None:
    group.post(group.ana, "/wanted", trade="Sailmaker")
    group.post(group.ana, "/neighbours", one="Baker", other="Confectioner")
    page = group.get(group.ana, "/").text
    addresses = [
        part.partition('"')[0].removeprefix(group.inside)
        for part in page.split('action="')
        if "/remove" in part.partition('"')[0]
    ]
    assert len(addresses) == 2
    for address in addresses:
        assert group.post(group.member, address).status_code == 403
        assert group.post(group.ana, address).status_code == 303
        assert group.post(group.ana, address).status_code == 404
    assert group.world.rows("joining_wanted") + group.world.rows("joining_neighbour") == 0


def test_two_members_in_one_seat_are_pointed_out_to_the_offices(group: Chapter) -> None:
    group.world.member(group.group, "Rui Baker", trade="BAKER")
    assert "One seat, two members" in group.get(group.ana, "/").text
    assert "One seat, two members" not in group.get(group.member, "/").text


def test_the_public_list_tells_trades_and_no_names(group: Chapter) -> None:
    group.post(group.ana, "/wanted", trade="Sailmaker")
    page = unescape(group.stranger().get(f"{group.visit}/").text)
    assert "Sailmaker" in page
    assert "Dora Matos" not in page
    filled = group.stranger().get(f"{group.visit}/apply?trade=Sailmaker").text
    assert 'value="Sailmaker"' in filled
    assert group.stranger().get(f"{group.visit}/apply?visitor=nonsense").status_code == 200


def test_leaders_alone_set_how_people_join_and_a_change_overtaken_is_refused(group: Chapter) -> None:
    assert group.get(group.ana, "/settings").status_code == 403
    assert set_up(group, version="1", approval_days="14").status_code == 303
    assert set_up(group, version="1", approval_days="21").status_code == 422
    odd = set_up(group, version="2", approval_days="3", keep_months="99", rule="lot")
    assert odd.status_code == 422
    assert "Write a number of days from 7 to 90." in unescape(odd.text)
    assert 'value="14"' in group.get(group.president, "/settings").text


def test_the_console_names_an_owner_for_all_that_waits(group: Chapter) -> None:
    home = f"/g/{group.group.slug}/"
    group.confirmed()
    vote = "Vote on the application of Teresa Fonseca."
    assert vote in group.world.client(group.ana).get(home).text
    assert vote not in group.world.client(group.president).get(home).text
    assert "Teresa" not in group.world.client(group.member).get(home).text
    group.vote(group.ana)
    assert vote not in group.world.client(group.ana).get(home).text
    group.vote(group.ben)
    decide = "The votes on Teresa Fonseca are there: decide."
    assert decide in group.world.client(group.ben).get(home).text
    group.decide(group.ana, "approved")
    group.world.pass_time(days=25)
    assert "has not taken the seat yet" in group.world.client(group.ana).get(home).text


def test_a_committee_that_all_stands_aside_leaves_the_task_with_the_leaders(group: Chapter) -> None:
    group.confirmed(referee1_email=group.ben.email, referee2_email=group.ana.email)
    for one in (group.ana, group.ben):
        group.vote(one, ballot="abstain")
    home = f"/g/{group.group.slug}/"
    assert "Vote on the application of Teresa" in group.world.client(group.president).get(home).text


def test_the_next_holder_of_the_office_takes_over_what_is_open(group: Chapter) -> None:
    group.confirmed()
    handover = f"/g/{group.group.slug}/offices/{Office.MEMBERSHIP_COMMITTEE.value}/handover"
    text = unescape(group.world.client(group.president).get(handover).text)
    assert f"{FILLED['name']} ({FILLED['trade']}): to be decided." in text


def test_a_group_in_its_first_days_is_asked_for_wanted_seats(group: Chapter) -> None:
    steps = f"/g/{group.group.slug}/first-steps"
    client = group.world.client(group.president)
    assert "Write down which seats you look for" in client.get(steps).text
    group.post(group.ana, "/wanted", trade="Sailmaker")
    done = client.get(f"/g/{group.group.slug}/").text
    assert "Write down which seats you look for" not in done


def test_the_path_that_is_forgotten_is_the_path_of_the_page(group: Chapter) -> None:
    with group.world.app.test_request_context():
        told = path_of("group.joining.application", group.group, application="abc")
    assert path_of_application(group.group.slug, "abc") == told
