"""From the public page to the talk after three months: on a phone, with the keyboard alone, as the clock of the house travels.

A guest reads the public page, registers, is received, applies and joins; members do their part, each signed in in turn.
Every page passed is looked at in light and dark; links are those of the mails that were really sent.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.browser.conftest import NewPerson
from tests.support.way_in import (
    INSIDE,
    MEETING_DAY,
    Reader,
    Way,
    link_in,
    members_let_themselves_be_met,
    way_in,
)

LAYLA = "layla@haddad.example"
REFEREES = (("Marta Lopes", "marta@referee.example"), ("João Pinto", "joao@referee.example"))
DAY_AFTER = date(2026, 11, 25)
TALKED_ON = date(2026, 12, 3)
THREE_MONTHS_ON = date(2027, 2, 24)
KEPT = "Knows half of us by now; wants to meet the builders."
SECONDS_FOR_A_YEAR = 300


@pytest.fixture
def way(sqlite_template: Path, tmp_path: Path) -> Iterator[Way]:
    with way_in(tmp_path, sqlite_template) as way:
        members_let_themselves_be_met(way)
        yield way


@pytest.mark.timeout(SECONDS_FOR_A_YEAR)
def test_from_the_public_page_to_the_talk_after_three_months(way: Way, new_person: NewPerson) -> None:
    guest = Reader(new_person(way.house.base_url), way)
    member = Reader(new_person(way.house.base_url), way)
    the_leader_opens_the_doors(way, member)
    somebody_registers_for_a_visit(way, guest)
    a_greeter_is_asked_and_says_yes(way, member)
    the_guest_arrives_and_is_received(way, guest, member)
    both_say_that_they_spoke(way, guest, member)
    the_call_is_made_and_the_question_answered(way, guest, member)
    the_guest_applies_and_a_referee_answers(way, guest)
    the_committee_takes_them_in(way, member)
    the_applicant_takes_the_seat_and_comes_in(way, guest)
    a_mentor_is_asked_and_says_yes(way, guest, member)
    a_one_to_one_is_asked_agreed_and_recorded(way, guest, member)
    three_months_later_they_talk(way, guest, member)
    assert way.faults == []
    assert len(way.seen) > 60


def the_leader_opens_the_doors(way: Way, member: Reader) -> None:
    """Before, nobody finds the page; the leader opens it, and lets people apply."""
    member.enter(way.leader)
    member.open(f"{INSIDE}/welcome/page")
    member.reads("The page is closed")
    member.tick("The page is open: anybody may read it and register")
    member.type("How to find the door", "The blue door beside the bakery.")
    member.press("Keep the page")
    member.reads("The page is open:", "/visit/harbour")
    member.open(f"{INSIDE}/joining/settings")
    if not member.page.get_by_label("People may apply online").is_checked():
        member.tick("People may apply online")
    member.press("Save")


def somebody_registers_for_a_visit(way: Way, guest: Reader) -> None:
    """Read what happens, fill in the form, and open the link of the one mail that comes."""
    guest.open("/visit/harbour")
    guest.reads("The blue door beside the bakery.", "Restorer")
    guest.follow("Register for a visit")
    way.world.pass_time(seconds=40)
    guest.type("Your name", "Layla Haddad")
    guest.type("What you do", "Architect")
    guest.type("Mail address", LAYLA)
    guest.type("Phone", "+351 210 000 111")
    guest.tick("I would like somebody to greet me")
    guest.type("A few words about you", "I restore old lighthouses.")
    guest.tick("I agree")
    guest.press("Register")
    guest.reads("Thank you")
    guest.open(link_in(way.mail(LAYLA, "You are expected"), "/visit/harbour/welcome/v/"))
    guest.reads("You are expected", "The blue door beside the bakery.")


def a_greeter_is_asked_and_says_yes(way: Way, member: Reader) -> None:
    """The host asks by name; whoever is asked finds it in the mail and answers with one press."""
    member.enter(way.host)
    member.open(f"{INSIDE}/welcome/greeters")
    member.reads("Layla Haddad", "Nobody receives them yet.")
    member.choose("Who could receive Layla Haddad?", "Ana Sousa")
    member.press("Ask")
    member.reads("Ana Sousa is asked and has not answered yet.")
    member.enter(way.greeter)
    member.open(link_in(way.mail(way.greeter.email, "Would you receive Layla Haddad"), "/welcome/greetings/"))
    member.press("Yes, I am there")
    member.reads("For the morning")


def the_guest_arrives_and_is_received(way: Way, guest: Reader, member: Reader) -> None:
    """Tuesday: who receives her and whom to meet stand on her page; one tap at the door, and the greeter is told."""
    way.turn_to(MEETING_DAY, "06:50")
    guest.page.reload()
    guest.reads("Ana Sousa receives you at the door.", "people to meet today, and why")
    guest.look()
    member.enter(way.host)
    member.open(f"{INSIDE}/welcome/expected")
    member.press("Is here")
    member.reads("here since")
    member.enter(way.greeter)
    assert "Layla Haddad" in way.mail(way.greeter.email, "is here")
    member.open(f"{INSIDE}/")
    member.press("I am with")
    member.open(f"{INSIDE}/welcome/greetings")
    member.follow("Layla Haddad")
    member.press("Done")
    member.reads("done at")


def both_say_that_they_spoke(way: Way, guest: Reader, member: Reader) -> None:
    """Only when both have said so does either see how to reach the other."""
    way.turn_to(MEETING_DAY, "08:40")
    guest.page.reload()
    guest.press("We spoke: Ana Sousa")
    guest.reads("You have said so; they have not yet.")
    member.open(f"{INSIDE}/welcome/spoke")
    member.reads("They say that you spoke.")
    assert LAYLA not in member.page.content()
    member.press("We spoke")
    member.reads("You both say so", LAYLA)
    guest.page.reload()
    guest.reads(way.greeter.email)


def the_call_is_made_and_the_question_answered(way: Way, guest: Reader, member: Reader) -> None:
    """Wednesday: whoever has the call makes it; the guest answers one question by the link of its mail."""
    way.turn_to(DAY_AFTER, "10:00")
    member.enter(way.host)
    member.open(f"{INSIDE}/welcome/expected")
    member.reads("Tom Reis calls")
    member.follow("Layla Haddad")
    member.type("Note for the offices", "Liked the room; asks how one joins.")
    member.press("I called")
    member.reads("made on", "Liked the room")
    guest.open(link_in(way.mail(LAYLA, ""), "/visit/harbour/welcome/v/"))
    guest.reads("Would you like to come again?")
    guest.press("Yes, gladly")
    guest.reads("Your answer is with those who look after visitors.")


def the_guest_applies_and_a_referee_answers(way: Way, guest: Reader) -> None:
    """From her own page to the application, filled in as far as the house knows; nothing moves before she confirms."""
    guest.follow("Apply for membership")
    assert guest.control("Your name").input_value() == "Layla Haddad"
    assert guest.control("Your mail address").input_value() == LAYLA
    guest.type("Years in this trade", "12")
    guest.type("Why this group?", "You were kind at the door.")
    names, addresses = (
        guest.page.get_by_label("Name", exact=True),
        guest.page.get_by_label("Mail address", exact=True),
    )
    for number, (name, address) in enumerate(REFEREES):
        guest.type_into(names.nth(number), name)
        guest.type_into(addresses.nth(number), address)
    guest.tick("I agree that this is kept and read by those who decide")
    guest.press("Send the application")
    guest.reads("We have written to the address you gave.")
    guest.open(link_in(way.mail(LAYLA, "Please confirm"), "/visit/harbour/joining/a/"))
    guest.press("Yes, I would like to join")
    guest.reads("Your application is with those who decide.")
    guest.open(link_in(way.mail(REFEREES[0][1], "named you"), "/visit/harbour/joining/r/"))
    guest.tick("I recommend them, with a remark")
    guest.type("In your own words", "Exact, and never in a hurry.")
    guest.press("Send")
    guest.reads("Thank you. Your word is with those who decide.")


def the_committee_takes_them_in(way: Way, member: Reader) -> None:
    """Two read, two vote; the second decides."""
    for voter in way.committee:
        member.enter(voter)
        member.open(f"{INSIDE}/joining/applications")
        member.follow("Layla Haddad")
        member.reads("Exact, and never in a hurry.")
        member.tick("Yes, take them in")
        member.type("Your reason", "Everybody spoke well of her.")
        member.press("Keep my vote")
    member.reads("The votes are enough to take them in.")
    member.tick("Take them in, and keep the seat")
    member.press("Decide, and write to the applicant")
    member.reads("approved")


def the_applicant_takes_the_seat_and_comes_in(way: Way, guest: Reader) -> None:
    """Her yes makes her a member; the invitation that comes by mail lets her in."""
    guest.open(link_in(way.mail(LAYLA, "would like you to join"), "/visit/harbour/joining/a/"))
    guest.press("Yes, I join")
    guest.reads("You are a member.")
    guest.open(link_in(way.mail(LAYLA, "Your invitation"), "/account/"))
    guest.press("Come in")
    guest.reads("A mentor is being looked for.")


def a_mentor_is_asked_and_says_yes(way: Way, guest: Reader, member: Reader) -> None:
    """The committee asks whoever holds the office; the newcomer sees who it is, and the plan."""
    member.enter(way.committee[0])
    member.open(f"{INSIDE}/firstyear/newcomers")
    member.follow("Layla Haddad")
    member.press("Ask Marta")
    member.reads("Marta Luz has been asked.")
    member.enter(way.mentor)
    member.open(link_in(way.mail(way.mentor.email, "Would you be the mentor of Layla Haddad"), "/firstyear/"))
    member.press("Yes, gladly")
    guest.open(f"{INSIDE}/firstyear/")
    guest.reads("Marta Luz", "your mentor")
    guest.follow("The plan of your first weeks")
    guest.reads("People to meet", "Carla Nunes")


def a_one_to_one_is_asked_agreed_and_recorded(way: Way, guest: Reader, member: Reader) -> None:
    """One time is proposed and taken; once it is over either records it, and the plan knows."""
    guest.open(f"{INSIDE}/activities/people")
    guest.follow("Ask Marta Luz")
    guest.type_day("First choice: day", TALKED_ON)
    guest.type_time("First choice: time", "12:30")
    guest.type("Place or link", "Café Central")
    guest.press("Ask")
    guest.reads("Proposed to Marta")
    talk = guest.page.url
    member.open(talk)
    member.press("Take this one")
    member.reads("What is agreed", "Café Central")
    way.turn_to(TALKED_ON, "14:00")
    guest.enter(way.newcomer())
    guest.open(talk)
    guest.press("We talked")
    guest.reads("You talked")
    guest.open(f"{INSIDE}/firstyear/")
    guest.follow("The plan of your first weeks")
    guest.reads("3 Dec")


def three_months_later_they_talk(way: Way, guest: Reader, member: Reader) -> None:
    """The keeper has the talk to hold; what they write stands for the two alone."""
    way.turn_to(THREE_MONTHS_ON, "10:00")
    keeper = way.keeper()
    member.enter(keeper)
    member.open(f"{INSIDE}/firstyear/")
    member.reads("Talks you hold", "Talk after three months")
    member.follow("Layla Haddad")
    member.reads("Questions to choose from")
    member.choose("What came of it", "It goes well")
    member.type("Worth keeping", KEPT)
    member.press("Keep this")
    member.reads(KEPT, "the two of us alone")
    guest.enter(way.newcomer())
    guest.open(f"{INSIDE}/firstyear/")
    guest.follow("Talk after three months")
    guest.reads("It goes well", KEPT)
    member.enter(next(one for one in way.committee if one != keeper))
    member.page.goto(guest.page.url)
    assert KEPT not in member.page.content()
