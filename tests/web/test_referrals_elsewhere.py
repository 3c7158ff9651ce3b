"""A slip to a member of another group: a row in each, every step carried across, and nobody sees the other group's pages."""

import re
from datetime import date

import pytest

from app.core.groups.domain.office import Office
from app.core.groups.queries import MemberLine
from app.plugins.referrals.services.clock import Links, speak_of_waiting_slips
from tests.support.elsewhere import HARBOUR, TwoGroups, found_by_others, named, two_groups
from tests.support.reading import words
from tests.support.slips import addresses
from tests.support.world import World

DAY = date(2026, 11, 24)
CLOSED = {"result": "won"}


@pytest.fixture
def two(world: World) -> TwoGroups:
    return two_groups(world)


def test_the_receiver_is_told_in_their_own_group_and_the_mail_has_no_prospect(two: TwoGroups) -> None:
    _ours, theirs = two.passed()
    (notice,) = two.rows("notice", two.mill)
    assert (notice["member_id"], notice["path"]) == (two.otto.id, theirs)
    assert notice["text"] == "Ana Sousa (Harbour Referrals) passed you a referral."
    (mail,) = two.rows("outgoing_mail", two.mill)
    assert f"http://localhost{theirs}\n" in mail["body"]
    assert "Miramar" not in mail["body"] + mail["subject"]
    assert two.rows("notice", two.harbour) == two.rows("outgoing_mail", two.harbour) == []
    page = words(two.client(two.otto).get(theirs))
    assert "Ana Sousa (Harbour Referrals)" in page
    assert "I have it, I will call" in page
    assert "+351 210 000 555" in words(two.client(two.otto).post(f"{theirs}/prospect"))


def test_what_is_not_a_side_s_to_do_is_refused(two: TwoGroups) -> None:
    ours, theirs = two.passed()
    assert two.step(two.ana, ours, "close", 1, **CLOSED).status_code == 422
    assert two.step(two.ana, ours, "acknowledge", 1).status_code == 422
    assert two.step(two.otto, theirs, "withdraw", 1).status_code == 422
    assert {row["version"] for row in two.slips(two.harbour) + two.slips(two.mill)} == {1}


@pytest.mark.parametrize(
    "receiver", ["mill~nobody234567", "nowhere~x", "~", "mill~", "harbour~x", "mill~<b>"]
)
def test_a_made_up_receiver_is_refused_in_the_same_words(two: TwoGroups, receiver: str) -> None:
    answer = two.send(receiver)
    assert answer.status_code == 422
    assert "You have no group in common" in words(answer)
    assert "<b>" not in answer.text.partition("<main")[2].partition("</main>")[0]
    assert two.world.rows("referrals_slip") == 0


def test_a_colleague_cannot_be_chosen_as_if_of_another_group(two: TwoGroups) -> None:
    rui = two.world.member(two.harbour, "Rui Almeida")
    assert two.send(named(two.harbour, rui)).status_code == 422
    assert two.world.rows("referrals_slip") == 0


def test_who_is_a_colleague_too_is_chosen_here(two: TwoGroups) -> None:
    two.world.member(two.harbour, "Otto Müller", email=two.otto.email)
    answer = two.send()
    assert answer.status_code == 422
    assert "They are a member of your group too." in words(answer)
    assert "pass?to=mill" not in seek(two, "otto")
    assert two.world.rows("referrals_slip") == 0


def test_a_slip_to_oneself_in_another_group_is_refused(two: TwoGroups) -> None:
    twin = two.world.member(two.mill, "Ana Sousa", email=two.ana.email)
    assert twin.person_id == two.ana.person_id
    answer = two.send(named(two.mill, twin))
    assert answer.status_code == 422
    assert "A slip goes to somebody else" in words(answer)
    assert two.world.rows("referrals_slip") == 0


def test_to_everybody_else_of_both_groups_neither_slip_exists(two: TwoGroups) -> None:
    ours, theirs = two.passed()
    swapped = [ours.replace("harbour", "mill"), theirs.replace("mill", "harbour")]
    for group in (two.harbour, two.mill):
        president = two.world.member(group, offices=[Office.PRESIDENT])
        for address in (ours, theirs, *swapped):
            assert two.client(president).get(address).status_code == 404
    assert {two.client(two.ana).get(one).status_code for one in (theirs, *swapped)} == {404}
    assert {two.client(two.otto).get(one).status_code for one in (ours, *swapped)} == {404}
    assert two.step(two.ana, theirs, "withdraw", 1).status_code == 404
    assert two.step(two.otto, ours, "acknowledge", 1).status_code == 404
    assert two.world.client().get(theirs).status_code == 303


def test_the_same_prospect_to_the_same_person_is_pointed_out_once(two: TwoGroups) -> None:
    two.passed()
    again = two.send()
    assert again.status_code == 422
    assert "Is this the same referral?" in words(again)
    assert two.send(twins=two.slips(two.harbour)[0]["public_id"]).status_code == 303


def test_markup_and_long_names_are_text_on_both_sides(two: TwoGroups) -> None:
    assert two.send(prospect_name="n" * 201).status_code == 422
    ours, theirs = two.passed(prospect_name="<b>Mira</b>", about="<script>alert(1)</script>")
    for member, address in ((two.ana, ours), (two.otto, theirs)):
        page = two.client(member).get(address).text
        assert "&lt;b&gt;Mira&lt;/b&gt;" in page
        assert "<script>alert" not in page


def test_nobody_is_asked_for_a_report_on_it_nor_can_give_one(two: TwoGroups) -> None:
    ours, theirs = two.passed()
    two.step(two.otto, theirs, "close", 1, **CLOSED)
    for member, slip in ((two.ana, ours), (two.otto, theirs)):
        assert f"{slip}/report" not in two.client(member).get(slip).text
        answer = two.client(member).post(f"{slip}/report", data={"answer": "yes", "form_token": "r"})
        assert answer.status_code == 404
    assert two.world.rows("referrals_report") == 0


def test_an_amount_thanks_the_giver_by_name_in_the_group_of_the_receiver(two: TwoGroups) -> None:
    _ours, theirs = two.passed()
    answer = two.step(two.otto, theirs, "close", 1, result="won", amount="1250")
    assert answer.status_code == 303
    (thanks,) = two.rows("referrals_thank_you", two.mill)
    assert (thanks["thanked_member_id"], thanks["thanked_outside"]) == (None, "Ana Sousa (Harbour Referrals)")
    assert thanks["amount_minor"] == 125_000
    assert two.rows("referrals_thank_you", two.harbour) == []


def test_the_clock_reminds_the_receiver_in_the_name_of_the_giver_and_no_office(two: TwoGroups) -> None:
    _ours, _theirs = two.passed()
    links = Links(tap=lambda linked: "http://localhost/tap", slip=addresses)
    for _move in range(4):
        two.world.pass_time(days=3)
        for group in (two.harbour, two.mill):
            work = two.world.work()
            speak_of_waiting_slips(work, group, links)
            work.commit()
    reminders = [mail for mail in two.rows("outgoing_mail", two.mill) if mail["kind"] == "referrals.reminder"]
    assert len(reminders) == 2
    assert all("Ana Sousa (Harbour Referrals) " in mail["body"] for mail in reminders)
    assert [row["kind"] for row in two.rows("notice", two.harbour)] == []


def seek(two: TwoGroups, typed: str, member: MemberLine | None = None) -> str:
    answer = two.client(member or two.ana).get(f"{HARBOUR}/elsewhere", query_string={"q": typed})
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize("typed", ["otto", "MULLER", "heizung", "mill ref", "Müller Ltd", "ott heiz"])
def test_a_member_of_another_group_is_found_by_name_trade_firm_or_group(two: TwoGroups, typed: str) -> None:
    page = seek(two, typed)
    assert f"{HARBOUR}/pass?to=mill~{two.otto.public_id}" in page
    assert "Mill Referrals" in page
    assert two.otto.email not in page


@pytest.mark.parametrize("typed", ["", "o", " ", "Ana Sousa", "nobody", "%", "__", "<script>"])
def test_nobody_is_found_by_too_little_or_by_what_nobody_is(two: TwoGroups, typed: str) -> None:
    page = seek(two, typed)
    assert "pass?to=mill" not in page
    assert "<script>" not in page.partition("<main")[2].partition("</main>")[0]


def test_so_many_are_shown_at_once_and_no_more(two: TwoGroups) -> None:
    for number in range(24):
        two.world.member(two.mill, f"Karla Weiss{number}")
    page = seek(two, "karla")
    assert len(re.findall(r"pass\?to=mill~", page)) == 20
    assert "There are more. Type a further word." in page


def test_who_was_found_is_chosen_on_the_slip(two: TwoGroups) -> None:
    page = two.client(two.ana).get(f"{HARBOUR}/pass?to={named(two.mill, two.otto)}").text
    assert f'selected value="{named(two.mill, two.otto)}"' in page
    assert "Otto Müller · Heizungsbauer · Mill Referrals" in page


def test_where_the_group_is_not_found_the_page_says_whom_to_ask(two: TwoGroups) -> None:
    found_by_others(two.world, two.harbour, is_found=False)
    assert "This group is not found by others" in seek(two, "otto")
    assert "Somebody in another group" not in two.client(two.ana).get(f"{HARBOUR}/pass").text


def test_who_opens_the_page(two: TwoGroups) -> None:
    address = f"{HARBOUR}/elsewhere"
    president = two.world.member(two.harbour, offices=[Office.PRESIDENT])
    assert two.client(two.ana).get(address).status_code == 200
    assert two.client(president).get(address).status_code == 200
    assert two.client(two.otto).get(address).status_code == 404
    assert two.world.client().get(address).status_code == 303


def test_finding_costs_the_same_however_many_are_found(two: TwoGroups) -> None:
    seek(two, "muller")
    counts = []
    for _number in range(2):
        with two.world.statements() as seen:
            seek(two, "muller")
        counts.append(len(seen))
        two.world.member(two.mill, "Karin Müller")
    assert counts[0] == counts[1]
