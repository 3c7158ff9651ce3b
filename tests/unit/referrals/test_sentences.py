"""Every refusal of referrals has a sentence, and every sentence a refusal; events survive the ledger."""

import re
from datetime import date
from pathlib import Path

import pytest

import app.plugins.referrals as package
from app.core.events import DomainEvent
from app.core.ids import GroupId, MemberId
from app.plugins.referrals.domain.keys import SlipId, ThankYouId
from app.plugins.referrals.domain.refusals import SENTENCES
from app.plugins.referrals.interface import (
    BusinessThanked,
    ProspectOpened,
    SlipPassed,
    SlipReopened,
    SlipTried,
    SlipWithdrawn,
)

_FOLDER = Path(package.__file__ or "").parent
_CODE = re.compile(
    r'code=f?"(referrals\.[a-z_{}.]+)"|else "(referrals\.[a-z_]+)"|code = "(referrals\.[a-z_]+)"'
)
_SIDES = ("giver", "receiver", "house")


def codes_in_the_code() -> set[str]:
    found = set()
    for path in _FOLDER.rglob("*.py"):
        for groups in _CODE.findall(path.read_text()):
            code = next(filter(None, groups))
            names = _SIDES if "{" in code else ("",)
            found |= {re.sub(r"\{.*\}", name, code) for name in names}
    return found


def test_every_refusal_has_its_sentence_and_no_sentence_is_idle() -> None:
    assert codes_in_the_code() == SENTENCES.keys()


EVENTS = [
    SlipPassed(
        group_id=GroupId(1),
        slip_id=SlipId(2),
        giver_member_id=MemberId(3),
        receiver_member_id=None,
        tier="outside",
        how_well=None,
        basis="",
        historic_on=date(2025, 2, 13),
    ),
    SlipWithdrawn(group_id=GroupId(1), slip_id=SlipId(2), handed_back=True),
    SlipTried(group_id=GroupId(1), slip_id=SlipId(2)),
    SlipReopened(group_id=GroupId(1), slip_id=SlipId(2)),
    ProspectOpened(group_id=GroupId(1), slip_id=SlipId(2), by_member_id=MemberId(3)),
    BusinessThanked(
        group_id=GroupId(1),
        thank_you_id=ThankYouId(4),
        thanked_member_id=MemberId(3),
        slip_id=None,
        amount_minor=100_050,
        currency="EUR",
        thanked_on=date(2026, 11, 24),
    ),
]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.kind)
def test_an_event_comes_back_from_the_ledger_as_it_went_in(event: DomainEvent) -> None:
    assert type(event).from_facts(event.group_id, event.facts()) == event


def test_who_gave_thanks_stands_in_no_event() -> None:
    assert not any("thanker" in name for name in EVENTS[-1].facts())


def test_that_somebody_looked_at_a_contact_is_sealed() -> None:
    assert ProspectOpened.sealed
    assert not SlipPassed.sealed
