"""What is wrong with a slip or a thank-you before it is taken: every reason at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.core.errors import Refusal
from app.core.ids import MemberId
from app.plugins.referrals.domain.basis import AgreedHow, Basis, Tier, Urgency
from app.plugins.referrals.domain.introduction import HOW_WELL
from app.plugins.referrals.domain.slip import SlipState

LONGEST_NAME = 200
LONGEST_CONTACT = 200
LONGEST_ABOUT = 2_000
LONGEST_NOTE = 2_000
OUTSIDE = "outside"
"""Chosen in place of a member for somebody who is none here; no public id reads like that."""
LONGEST_AGREED = timedelta(days=365)
"""Who agreed longer ago is asked again before somebody calls."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody named as the other side: the latest membership of a present or former member of the group."""

    member_id: MemberId
    name: str
    joined_on: date
    ended_on: date | None

    def is_member_on(self, day: date) -> bool:
        """Return whether they belong to the group on `day`."""
        return self.joined_on <= day and (self.ended_on is None or day <= self.ended_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A slip as its giver wrote it, before anything was judged; unset choices are empty or None."""

    prospect_name: str
    prospect_contact: str
    agreed: bool
    tier: str
    how_well: int | None
    basis: str
    about: str
    urgency: str
    agreed_how: str = ""
    agreed_on: date | None = None
    """The day on which they agreed; None means the day on which the slip is passed."""
    known_how: str = ""
    """How the giver knows a receiver who is new in the group; kept of newcomers alone."""


def refusals_for_pass(
    offer: Offer, *, giver: MemberId, named: str, receiver: Candidate | None, today: date
) -> list[Refusal]:
    """Return every reason not to take the slip; `named` is what the giver chose, `receiver` whom it means, if anyone."""
    return [
        *_about_receiver(named, giver=giver, receiver=receiver, today=today),
        *refusals_for_words(offer, today=today),
    ]


def refusals_for_words(offer: Offer, *, today: date) -> list[Refusal]:
    """Return every reason not to take what the giver wrote, whoever it is for."""
    return [
        *_about_prospect(offer),
        *_about_consent(offer, today),
        *_about_giver_word(offer),
        *_too_long(
            {
                "prospect_name": (offer.prospect_name, LONGEST_NAME),
                "prospect_contact": (offer.prospect_contact, LONGEST_CONTACT),
                "about": (offer.about, LONGEST_ABOUT),
                "known_how": (offer.known_how, LONGEST_NOTE),
            }
        ),
    ]


def refusals_for_note(note: str) -> list[Refusal]:
    """Return what is wrong with the note of a step."""
    return _too_long({"note": (note, LONGEST_NOTE)})


def refusals_for_thanks(
    *,
    named: str,
    thanker: MemberId,
    thanked: Candidate | None,
    thanked_on: date | None,
    today: date,
    outside: str = "",
) -> list[Refusal]:
    """Return every reason not to take the thanks; a former member may be thanked, for the work was done.

    `named` is who was chosen; where that is OUTSIDE, `outside` is the name of somebody who is no member here.
    """
    return [
        *_about_thanked(named, thanker=thanker, thanked=thanked, outside=outside),
        *refusals_for_thanked_on(thanked_on, today),
    ]


def refusals_for_thanked_on(thanked_on: date | None, today: date) -> list[Refusal]:
    """Return what is wrong with the day of the business."""
    if thanked_on is None:
        facts = {"example": today.isoformat()}
        return [Refusal(code="referrals.thanked_on_missing", facts=facts, field="thanked_on")]
    if thanked_on > today:
        return [Refusal(code="referrals.thanked_in_future", field="thanked_on")]
    return []


def refusals_for_thanked_slip(state: SlipState | None, *, is_receiver: bool) -> list[Refusal]:
    """Return every reason why a slip cannot be what somebody gives thanks for."""
    if not is_receiver:
        return [Refusal(code="referrals.slip_of_others", field="slip")]
    return [] if state is SlipState.WON else [Refusal(code="referrals.slip_not_won", field="slip")]


def _about_thanked(
    named: str, *, thanker: MemberId, thanked: Candidate | None, outside: str
) -> list[Refusal]:
    if not named:
        return [Refusal(code="referrals.thanked_missing", field="thanked")]
    if named == OUTSIDE:
        missing = [] if outside else [Refusal(code="referrals.thanked_name_missing", field="thanked_outside")]
        return [*missing, *_too_long({"thanked_outside": (outside, LONGEST_NAME)})]
    if thanked is None:
        return [Refusal(code="referrals.thanked_unknown", field="thanked")]
    if thanked.member_id == thanker:
        return [Refusal(code="referrals.thanks_to_oneself", field="thanked")]
    return []


def _about_receiver(named: str, *, giver: MemberId, receiver: Candidate | None, today: date) -> list[Refusal]:
    if not named:
        return [Refusal(code="referrals.receiver_missing", field="receiver")]
    if receiver is None:
        return [Refusal(code="referrals.receiver_unknown", field="receiver")]
    if receiver.member_id == giver:
        return [Refusal(code="referrals.slip_to_oneself", field="receiver")]
    if not receiver.is_member_on(today):
        return [Refusal(code="referrals.receiver_left", facts={"name": receiver.name}, field="receiver")]
    return []


def _about_prospect(offer: Offer) -> list[Refusal]:
    refusals = []
    if not offer.prospect_name:
        refusals.append(Refusal(code="referrals.prospect_name_missing", field="prospect_name"))
    if not offer.prospect_contact:
        refusals.append(Refusal(code="referrals.prospect_contact_missing", field="prospect_contact"))
    if not offer.agreed:
        refusals.append(Refusal(code="referrals.consent_missing", field="agreed"))
    return refusals


def _about_consent(offer: Offer, today: date) -> list[Refusal]:
    refusals = []
    if offer.agreed_how not in set(AgreedHow):
        refusals.append(Refusal(code="referrals.agreed_how_unknown", field="agreed_how"))
    if offer.agreed_on is not None and not today - LONGEST_AGREED <= offer.agreed_on <= today:
        facts = {"example": today.isoformat()}
        refusals.append(Refusal(code="referrals.agreed_on_bad", facts=facts, field="agreed_on"))
    return refusals


def _about_giver_word(offer: Offer) -> list[Refusal]:
    refusals = []
    if offer.tier not in set(Tier):
        refusals.append(Refusal(code="referrals.tier_missing", field="tier"))
    if offer.how_well not in HOW_WELL:
        refusals.append(Refusal(code="referrals.how_well_missing", field="how_well"))
    if offer.basis not in set(Basis):
        refusals.append(Refusal(code="referrals.basis_missing", field="basis"))
    if not offer.about:
        refusals.append(Refusal(code="referrals.about_missing", field="about"))
    if offer.urgency not in set(Urgency):
        refusals.append(Refusal(code="referrals.urgency_unknown", field="urgency"))
    return refusals


def _too_long(texts: Mapping[str, tuple[str, int]]) -> list[Refusal]:
    return [
        Refusal(code="referrals.too_long", facts={"most": most, "length": len(text)}, field=field)
        for field, (text, most) in texts.items()
        if len(text) > most
    ]
