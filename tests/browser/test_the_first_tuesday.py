"""The first Tuesday: a group from nothing to its first submitted record, by people with browsers and nothing else.

The real web server, the real worker and a real SMTP server; an empty installation on a Sunday evening. The test turns
the calendar of the house, reads mails as they arrive, and scans the room's code off its picture. What the leader fills
in is counted and printed; every page passed is looked at with axe.
"""

import re
from collections.abc import Iterator
from time import monotonic

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, NewPerson
from tests.support.first_tuesday import (
    ZONE,
    Hands,
    Town,
    code_in,
    first_tuesday_town,
    link_in,
    scanned,
)
from tests.support.first_tuesday_pages import (
    letter_of,
    shown_as_asked,
    typed_with_keys_alone,
    what_was_asked_twice,
)
from tests.support.first_tuesday_people import (
    ABSENT,
    ANA,
    BRUNO,
    CARLA,
    DIOGO,
    EVA,
    FILIPE,
    GIL,
    HELENA,
    IVO,
    LEADER,
    MEMBERS_ON_SUNDAY,
    NUNO,
    OLGA,
    PASTED,
    PRESENT,
    STANDS_IN,
    TAPPED_BY_THE_STEWARD,
    TIAGO,
    UNKNOWN_TO_THE_MAIL_SERVER,
    YARA,
)

CHAT = """[22/11, 18:03] Gil Torres: Sorry all, I can't make it tomorrow, the little one is ill"""
SECONDS_FOR_THREE_DAYS = 600
SEEN_WITHIN = 20_000
"""Milliseconds within which everybody sees what happened elsewhere, without reloading."""


@pytest.fixture
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with first_tuesday_town(tmp_path_factory.mktemp("first-tuesday")) as town:
        yield town


@pytest.mark.timeout(SECONDS_FOR_THREE_DAYS)
def test_a_group_from_nothing_to_its_first_submitted_record(
    town: Town, new_person: NewPerson, capsys: pytest.CaptureFixture[str]
) -> None:
    people = People(town, new_person)
    on_sunday_a_group_is_founded(town, people)
    its_members_are_invited(town, people)
    two_members_open_the_door(town, people)
    on_monday_three_say_what_will_be(town, people)
    on_tuesday_three_sign_in_with_their_phones(town, people)
    a_neighbours_phone_signs_one_in(people)
    somebody_joins_and_somebody_visits(people)
    a_steward_takes_the_door_over(town, people)
    the_record_is_submitted(people)
    seen = town.seen
    said = f"{len(seen.fields)} fields, {len(seen.taps)} taps, {monotonic() - seen.began:.0f} s"
    with capsys.disabled():
        print(
            f"\nfrom nothing to the submitted record, the leader: {said}; {seen.pages} pages looked at",
            end=" ",
        )
    palms_says_so(people)
    an_extra_meeting_is_typed_in_from_paper(town, people)
    assert seen.faults == []
    assert what_was_asked_twice(seen.fields) == []


class People:
    """Who has a browser: the leader a laptop, members their phones."""

    def __init__(self, town: Town, new_person: NewPerson) -> None:
        self._town, self._new_person = town, new_person
        self.leader = Hands(new_person(town.base_url, timezone_id=ZONE), town, town.seen)
        self.screen = Hands(new_person(town.base_url), town)
        self.ana, self.bruno, self.carla = self.phone(), self.phone(), self.phone()

    def phone(self) -> Hands:
        """Return somebody with a phone of their own."""
        return Hands(
            self._new_person(self._town.base_url, size=PHONE, has_touch=True, timezone_id=ZONE), self._town
        )


def on_sunday_a_group_is_founded(town: Town, of: People) -> None:
    """Open the front page, fill in one form, type the code out of the mail, and stand before the first steps."""
    leader = of.leader
    leader.open("/")
    leader.look()
    leader.follow("Found your group")
    leader.fill("Your name", LEADER.name)
    leader.fill("Your mail address", LEADER.email)
    leader.fill("Name of the group", "Old Harbour")
    leader.choose("Currency", "EUR – Euro")
    leader.fill("Where you meet", "Café Central, Rua Augusta 1")
    leader.fill("On time until, minutes after the start", "10")
    assert shown_as_asked(leader.page) == {
        "It meets on": "Tuesday",
        "Begins at": "07:00",
        "First meeting": town.calendar.day(2),
        "Time zone": "Lisbon",
    }
    leader.look("light", "dark")
    leader.press("Go on: prove the address by mail")
    leader.look()
    leader.fill("Code from the mail", code_in(town.mail(LEADER, "Your new group")))
    leader.press("Go on")
    leader.reads("Old Harbour is founded, and you are its president.")
    expect(leader.page.get_by_role("region", name="First steps")).to_be_visible()
    leader.look("light", "dark")


def its_members_are_invited(town: Town, of: People) -> None:
    """Paste the messy list, put right what the page points at, and send; one mail comes back and is sent again."""
    town.postbox.unknown = frozenset({UNKNOWN_TO_THE_MAIL_SERVER})
    leader = of.leader
    leader.follow(re.compile("^Invite the members"))
    leader.look()
    leader.fill("Names and mail addresses", PASTED)
    leader.press("Look at the list")
    leader.look()
    for meant in (EVA, IVO, TIAGO):
        leader.press(f"Did you mean {meant.email}?")
    leader.fill("Mail address, line 16", OLGA.email)
    leader.press("Send the invitations")
    leader.reads(f"{MEMBERS_ON_SUNDAY - 1} invitations are on their way.")
    leader.reads_at_last("Came back")
    leader.look("light", "dark")
    leader.follow(f"Correct the address: {HELENA.name}")
    leader.look()
    leader.fill("Mail address", HELENA.email)
    leader.press("Save and send the invitation")
    leader.reads(f"The invitation to {HELENA.name} is on its way.")
    for somebody in (HELENA, EVA, IVO, TIAGO, OLGA):
        assert len(code_in(town.mail(somebody, "Your invitation to Old Harbour"))) == 6


def two_members_open_the_door(town: Town, of: People) -> None:
    """One by the link on her phone, one by the code in another browser than that of his mail; the leader sees both."""
    of.ana.open(link_in(town.mail(ANA, "Your invitation")))
    of.ana.look()
    of.ana.press("Come in")
    of.ana.reads("Hello, Ana")
    of.ana.look("light", "dark")
    of.bruno.open("/")
    of.bruno.follow("Sign in")
    of.bruno.look()
    of.bruno.follow("I have a code from a mail")
    of.bruno.look()
    of.bruno.fill("Mail address", BRUNO.email)
    of.bruno.fill("Code from the mail", code_in(town.mail(BRUNO, "Your invitation")))
    of.bruno.press("Go on")
    of.bruno.reads("Hello, Bruno")
    of.leader.page.reload()
    expect(of.leader.page.get_by_role("link", name=re.compile("^Opened the door"))).to_contain_text("3")


def on_monday_three_say_what_will_be(town: Town, of: People) -> None:
    """The reminder goes out; one comes late, one sends a substitute, one apologises in the chat."""
    town.calendar.turn_to(1, "16:05")
    eva, filipe = of.phone(), of.phone()
    eva.open(link_in(town.mail(EVA, "do you come?"), after="I am coming late:"))
    eva.look()
    eva.press("I am coming late")
    eva.reads("Noted: I am coming late.")
    filipe.open(link_in(town.mail(FILIPE, "do you come?"), after="Somebody comes for me:"))
    filipe.fill("Who comes for you", STANDS_IN)
    filipe.look()
    filipe.press("Somebody comes for me")
    filipe.reads("Noted: Somebody comes for me.")
    leader = of.leader
    leader.follow("Meetings")
    leader.look()
    leader.follow(re.compile("Tuesday"))
    leader.look()
    leader.follow("Paste apologies from a chat")
    leader.look()
    leader.fill("What was written", CHAT)
    leader.press("Read them")
    leader.look()
    leader.press("Note these")
    leader.reads("Noted for 1 member.")
    expected = leader.page.get_by_role("region", name="Who is expected")
    for name in (EVA.name, STANDS_IN, GIL.name):
        expect(expected).to_contain_text(name)


def on_tuesday_three_sign_in_with_their_phones(town: Town, of: People) -> None:
    """Two scan and tap; the third never signed in before, chooses her name, and has a link mailed for the next time."""
    town.calendar.turn_to(2, "06:40")
    leader, screen = of.leader, of.screen
    leader.follow("Home")
    leader.look("light", "dark")
    leader.press("Open the room’s screen")
    leader.look()
    screen.page.goto(leader.page.url)
    screen.press("Show it on this machine")
    screen.look("light", "dark")
    leader.follow("To your group")
    for member in (of.ana, of.bruno):
        member.open(scanned(screen.page))
        member.look("light", "dark")
        member.press("I am here")
        member.reads("on time")
        member.look()
    carla = of.carla
    carla.open(scanned(screen.page))
    carla.look("light", "dark")
    carla.follow("I have never signed in here: choose my name")
    carla.look()
    carla.follow("C")
    carla.look()
    carla.press(re.compile(CARLA.name))
    carla.reads("You are counted. A leader confirms everybody who came in by name.")
    carla.look()
    carla.press("Mail me a link, so that next time is one tap")
    carla.open(link_in(town.mail(CARLA, "Your invitation", count=2)))
    carla.press("Come in")
    carla.reads("Hello, Carla")
    expect(screen.page.locator("main")).to_contain_text(CARLA.name, timeout=SEEN_WITHIN)


def a_neighbours_phone_signs_one_in(of: People) -> None:
    """Diogo forgot his phone, and stands beside Ana."""
    ana = of.ana
    ana.follow("Somebody beside me forgot their phone")
    ana.follow("D")
    ana.look()
    ana.press(re.compile(DIOGO.name))
    ana.reads(f"{DIOGO.name} is counted. A leader confirms it.")


def somebody_joins_and_somebody_visits(of: People) -> None:
    """The leader notes a visitor with a name alone, and takes in a newcomer, who finds a contact waiting."""
    leader = of.leader
    leader.follow("Visitors")
    leader.fill("Name", "Wanda Guest")
    leader.press("Note the visitor")
    leader.reads("Wanda Guest is noted.")
    leader.look()
    leader.follow("Members")
    leader.look()
    leader.follow("Add a member")
    given, family = YARA.name.split()
    leader.fill("First name", given)
    leader.fill("Family name", family)
    leader.fill("Mail address", YARA.email)
    leader.look()
    leader.press("Add the member")
    leader.reads(f"{YARA.name} is now a member.")
    leader.follow("Home")
    leader.reads_at_last(f"Call {YARA.name}, who has just joined: you are the contact.")
    leader.look()


def a_steward_takes_the_door_over(town: Town, of: People) -> None:
    """By a link; taps in who has no phone, one of them late, and the substitute who was announced."""
    leader, steward = of.leader, of.phone()
    leader.follow("Keep the record")
    leader.press("Ask a door steward")
    leader.look()
    steward.open(leader.page.get_by_label("Link; it works once").input_value())
    steward.look()
    steward.press("Help on this device")
    steward.look("light", "dark")
    for name in TAPPED_BY_THE_STEWARD:
        steward.press(f"Here: {name}")
        expect(steward.page.get_by_role("button", name=f"Here: {name}")).to_have_count(0)
    town.calendar.turn_to(2, "07:12")
    steward.press(f"Here: {EVA.name}")
    steward.reads(f"{EVA.name}: L")
    steward.follow(f"Other: {FILIPE.name}")
    steward.look()
    steward.page.get_by_label("S: a substitute came").check()
    expect(steward.control("Who came instead")).to_have_value(STANDS_IN)
    steward.press("Write it down")
    steward.reads(STANDS_IN)


def the_record_is_submitted(of: People) -> None:
    """A wrong tap is taken back in one; the leader says once who is here, looks at who becomes absent, and submits."""
    leader = of.leader
    leader.follow("Back to the record")
    leader.look("light", "dark")
    leader.press(f"Present, on time: {NUNO.name}")
    leader.press("Undo")
    pressed = leader.page.get_by_role("button", name=f"Present, on time: {NUNO.name}")
    expect(pressed).to_have_attribute("aria-pressed", "false")
    leader.press("The ticked ones are here")
    leader.reads("2 people are confirmed as here.")
    leader.follow("Submit the record")
    leader.look()
    assert sorted(leader.page.locator(".names li").all_inner_texts()) == sorted(ABSENT)
    leader.press("Submit the record")
    leader.reads(f"The record is submitted and counts in PALMS. {len(ABSENT)} members were marked absent.")


def palms_says_so(of: People) -> None:
    """Each stands in PALMS as they came."""
    leader = of.leader
    leader.follow("Attendance")
    leader.look()
    leader.follow("PALMS")
    leader.look("light", "dark")
    came = {
        **dict.fromkeys(PRESENT, "P"),
        **dict.fromkeys(ABSENT, "A"),
        EVA.name: "L",
        FILIPE.name: "S",
    }
    assert {name: letter_of(leader.page, name) for name in came} == came
    assert leader.page.locator("tbody tr").count() == len(came)


def an_extra_meeting_is_typed_in_from_paper(town: Town, of: People) -> None:
    """At noon the group meets again, without a screen: the sheet is printed, and typed in with the keyboard alone."""
    leader = of.leader
    leader.follow("Meetings")
    leader.follow("Add a meeting")
    assert leader.control("Place").input_value() == "Café Central, Rua Augusta 1"
    leader.fill("Day", town.calendar.day(2))
    leader.fill("Begins at", "12:00")
    leader.look()
    leader.press("Look at what this does")
    leader.look()
    leader.press("Change it and tell everyone")
    leader.reads(f"{MEMBERS_ON_SUNDAY + 1} members are told")
    assert "12:00" in town.mail(BRUNO, "Old Harbour", count=3)
    town.calendar.turn_to(2, "12:30")
    leader.follow("Home")
    leader.follow("Keep the record")
    leader.follow("Print the sign-in sheet")
    leader.look()
    leader.follow("Type it in afterwards")
    leader.look()
    typed = {ANA.name: "1158", BRUNO.name: "12:20", CARLA.name: "m", DIOGO.name: "s Rita Lopes"}
    moves = typed_with_keys_alone(leader.page, typed)
    leader.reads(re.compile(r"\d+ lines are written"))
    for name, says in {
        ANA.name: "P",
        BRUNO.name: "L",
        CARLA.name: "M",
        DIOGO.name: "S",
        EVA.name: "A",
    }.items():
        row = leader.page.get_by_role("row", name=re.compile(f"^{name} "))
        expect(row.locator("button[aria-pressed=true]")).to_have_text(says)
    assert moves <= MEMBERS_ON_SUNDAY + 10
