"""What would happen to each line of a list, and where an invitation stands."""

from datetime import UTC, datetime, timedelta

import pytest

from app.core.access.domain.invitation import InvitationFacts, InvitationState, is_due_again, state_of
from app.core.access.domain.inviting import KnownMember, Outcome, planned
from app.core.access.domain.mail_domains import slips
from app.core.access.domain.pasted import read_pasted

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)


def member(name: str, address: str, state: InvitationState = InvitationState.NOT_INVITED) -> KnownMember:
    return KnownMember(public_id=name, name=name, address=address, state=state)


MEMBERS = [
    member("Ana Sousa", "ana@x.pt"),
    member("Bea Lima", "bea@x.pt", InvitationState.SENT),
    member("Cai Rua", "cai@x.pt", InvitationState.OPENED),
    member("Dia Mar", ""),
]


@pytest.mark.parametrize(
    ("text", "outcomes"),
    [
        ("Zed <zed@z.pt>", [Outcome.JOINS]),
        ("ANA@X.PT", [Outcome.INVITED]),
        ("bea@x.pt", [Outcome.AGAIN]),
        ("cai@x.pt", [Outcome.OPENED]),
        ("dia  mar <dia@x.pt>", [Outcome.INVITED]),
        ("Ana Sousa <ana@other.pt>", [Outcome.OTHER_ADDRESS]),
        ("zed@z.pt\nzed@z.pt", [Outcome.JOINS, Outcome.TWICE]),
        ("Zed Zé <zed@z.pt>\nzed zé <zed@y.pt>", [Outcome.JOINS, Outcome.SAME_NAME]),
        ("zed@z", [Outcome.UNCLEAR]),
        ("Zed <zed@gmial.com>", [Outcome.JOINS]),
    ],
)
def test_each_line_is_told_what_happens(text: str, outcomes: list[Outcome]) -> None:
    assert [line.outcome for line in planned(read_pasted(text), MEMBERS)] == outcomes


def test_a_double_says_which_line_it_repeats() -> None:
    lines = planned(read_pasted("a@x.pt\nb@x.pt\na@x.pt"), [])
    assert [line.like for line in lines] == [0, 0, 1]


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        (InvitationFacts(has_opened=False, is_invited=False), InvitationState.NOT_INVITED),
        (InvitationFacts(has_opened=False, is_invited=True, mail_state="waiting"), InvitationState.WAITING),
        (InvitationFacts(has_opened=False, is_invited=True, mail_state="sent"), InvitationState.SENT),
        (InvitationFacts(has_opened=False, is_invited=True, mail_state="refused"), InvitationState.CAME_BACK),
        (InvitationFacts(has_opened=False, is_invited=True, mail_state="bounced"), InvitationState.CAME_BACK),
        (InvitationFacts(has_opened=True, is_invited=True, mail_state="bounced"), InvitationState.OPENED),
        (InvitationFacts(has_opened=True, is_invited=False), InvitationState.OPENED),
    ],
)
def test_an_invitation_stands_where_its_facts_put_it(facts: InvitationFacts, state: InvitationState) -> None:
    assert state_of(facts) is state


@pytest.mark.parametrize(
    ("state", "hours", "is_due"),
    [
        (InvitationState.SENT, 48, True),
        (InvitationState.SENT, 47, False),
        (InvitationState.OPENED, 99, False),
        (InvitationState.CAME_BACK, 99, False),
    ],
)
def test_after_two_days_an_unread_invitation_goes_out_again(
    state: InvitationState, hours: int, is_due: bool
) -> None:
    assert is_due_again(state, NOW - timedelta(hours=hours), NOW) == is_due


@pytest.mark.parametrize(
    ("typed", "meant", "count"),
    [("gmail", "gmail", 0), ("gmial", "gmail", 1), ("gmal", "gmail", 1), ("", "abc", 3)],
)
def test_slips_of_the_finger_are_counted(typed: str, meant: str, count: int) -> None:
    assert slips(typed, meant) == count
