"""Correcting one's own thank-you and taking it back: what it said before is kept, and the person thanked is told."""

from dataclasses import dataclass
from datetime import date

from app.core.errors import NotFound, Refusal, Refused
from app.core.groups.domain.standing import Group
from app.core.ids import MemberId
from app.core.sentences import N_
from app.core.work import UnitOfWork
from app.plugins.referrals.domain.rules import refusals_for_note, refusals_for_thanked_on
from app.plugins.referrals.interface import ThanksCorrected, ThanksTakenBack
from app.plugins.referrals.queries.one_thanks import ThankYou, thank_you_for
from app.plugins.referrals.queries.parties import is_member
from app.plugins.referrals.services.sums import amount_meant
from app.plugins.referrals.services.telling import Addresses, News, tell
from app.plugins.referrals.store_thanks import correct_thank_you, withdraw_thank_you

CORRECTED = N_("%(name)s corrected a thank-you to you.")
OF_CORRECTION = N_(
    "%(name)s corrected a thank-you to you in %(group)s. Both versions are here:\n\n%(link)s\n"
)
TAKEN_BACK = N_("%(name)s took back a thank-you to you.")
OF_TAKING_BACK = N_("%(name)s took back a thank-you to you in %(group)s. It counts no more:\n\n%(link)s\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class OnThanks:
    """What a thanker does about a thank-you of theirs, as they saw it at `seen_version`."""

    group: Group
    today: date
    thanker: MemberId
    thanker_name: str
    thanks: str
    seen_version: int
    addresses: Addresses


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidNow:
    """What the thank-you is to say, as it was typed."""

    amount: str
    currency: str
    thanked_on: date | None
    note: str


def correct_thanks(work: UnitOfWork, on: OnThanks, said: SaidNow) -> None:
    """Write what is said now over what stood; refused with every reason. `NotFound` for all but its thanker. Commits."""
    found = _own(work, on)
    amount = amount_meant(on.group, said.amount, said.currency)
    refusals = [
        *([amount] if isinstance(amount, Refusal) else []),
        *refusals_for_thanked_on(said.thanked_on, on.today),
        *refusals_for_note(said.note),
    ]
    if refusals or isinstance(amount, Refusal) or said.thanked_on is None:
        raise Refused(refusals)
    correct_thank_you(work.session, on.group.id, found, (amount, said.thanked_on, said.note), work.now)
    work.record(
        ThanksCorrected(
            group_id=on.group.id,
            thank_you_id=found.id,
            thanked_member_id=found.thanked,
            amount_minor=amount.minor,
            currency=amount.currency,
            thanked_on=said.thanked_on,
        )
    )
    _tell(work, on, found, "referrals.thanks_corrected", (CORRECTED, OF_CORRECTION))
    work.commit()


def take_back_thanks(work: UnitOfWork, on: OnThanks) -> None:
    """Let the thank-you count nowhere any more. `NotFound` for all but its thanker. Commits."""
    found = _own(work, on)
    withdraw_thank_you(work.session, on.group.id, found, work.now)
    work.record(ThanksTakenBack(group_id=on.group.id, thank_you_id=found.id, thanked_member_id=found.thanked))
    _tell(work, on, found, "referrals.thanks_taken_back", (TAKEN_BACK, OF_TAKING_BACK))
    work.commit()


def _own(work: UnitOfWork, on: OnThanks) -> ThankYou:
    """Return the thank-you as its thanker saw it; refused where it changed meanwhile or was taken back."""
    found = thank_you_for(work.session, on.group.id, on.thanks, on.thanker)
    if found is None or found.thanker != on.thanker:
        raise NotFound
    if found.withdrawn_at is not None:
        raise Refused([Refusal(code="referrals.thanks_taken_back")])
    if found.version != on.seen_version:
        raise Refused([Refusal(code="referrals.thanks_changed_meanwhile")])
    return found


def _tell(work: UnitOfWork, on: OnThanks, found: ThankYou, kind: str, words: tuple[str, str]) -> None:
    if found.thanked is None or not is_member(work.session, on.group.id, found.thanked, on.today):
        return
    sentence, body = words
    news = News(
        kind=kind,
        sentence=sentence,
        body=body,
        name=on.thanker_name,
        subject=on.thanks,
        number=found.version + 1,
    )
    tell(work, on.group, found.thanked, news, on.addresses)
