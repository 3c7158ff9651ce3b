"""Applying: sent from a public page, confirmed by the applicant's own link, taken back, and forgotten on their word."""

from dataclasses import dataclass
from typing import Any

from app.core.access.domain.address import folded_address
from app.core.access.domain.secret import hash_of
from app.core.errors import NotFound, Refusal, Refused
from app.core.groups.domain.standing import Group
from app.core.ids import MemberId
from app.core.local_time import local_day
from app.core.notices.forgetting import forget_about
from app.core.work import UnitOfWork
from app.plugins.joining.domain.application import (
    UNCONFIRMED_FOR,
    UNDECIDED_MONTHS,
    State,
    Typed,
    may_become,
    months_after,
    refusals_for,
)
from app.plugins.joining.domain.deciding import in_charge
from app.plugins.joining.domain.references import GOOD_FOR, ReferenceState
from app.plugins.joining.interface import ApplicationOpened, ApplicationWithdrawn
from app.plugins.joining.queries.applications import (
    ApplicationLine,
    application_by_key,
    application_by_mail,
    application_by_secret,
    committee_and_leaders,
    member_known_by,
)
from app.plugins.joining.queries.references import reference_by_key, references_of
from app.plugins.joining.queries.settings import settings_of
from app.plugins.joining.queries.votes import ballots_of, votes_of
from app.plugins.joining.services.links import Links
from app.plugins.joining.services.telling import (
    CALLED_BACK,
    KNOWN,
    OPENED,
    ask_referee,
    ask_to_confirm,
    tell_applicant,
    tell_those_in_charge,
)
from app.plugins.joining.store import (
    add_application,
    add_reference,
    change_application,
    change_reference,
    change_references_of,
)

UNANSWERED = frozenset(
    {ReferenceState.WAITING.value, ReferenceState.ASKED.value, ReferenceState.EXPIRED.value}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Apply:
    """What somebody sent who wants to join; the visitor and the inviter where they came by a visitor's own link."""

    group: Group
    typed: Typed
    links: Links
    visitor_public_id: str = ""
    inviter: MemberId | None = None


def apply(work: UnitOfWork, command: Apply) -> None:
    """Keep the application until its address is proven, and write to it; refused with every reason at once. Commits.

    From an address that has one already, nothing is changed, and that address alone is told so: the answer is the same.
    """
    group, typed = command.group, command.typed
    email, referees = _checked(typed)
    key = mail_key(group, email)
    known = application_by_mail(work.session, group.id, key)
    if known is None:
        values = _values(work, command, email, key)
        if add_application(work.session, values):
            for number, referee in enumerate(referees, start=1):
                add_reference(work.session, _reference(work, command, values["id"], number, referee))
        known = application_by_mail(work.session, group.id, key)
    if known is None:
        raise LookupError(f"The application from {group.slug} was not kept.")
    if known.state is State.UNCONFIRMED:
        ask_to_confirm(work, group, known, command.links)
    else:
        day = f"{work.now:%Y-%m-%d}"
        tell_applicant(work, group, known, command.links, KNOWN, period=day)
    work.commit()


def confirm(work: UnitOfWork, group: Group, secret: str, links: Links) -> None:
    """Take the address as proven: now the referees are asked, and the committee is told. A second time changes nothing. Commits."""
    found = own_application(work, group, secret)
    if found.state is not State.UNCONFIRMED:
        return
    if work.now >= found.asked_at_utc + UNCONFIRMED_FOR:
        raise NotFound
    today = local_day(work.now, group.zone)
    values = {
        "state": State.OPEN.value,
        "confirmed_at_utc": work.now,
        "expires_on": months_after(today, UNDECIDED_MONTHS),
        "rejoins_member_id": member_known_by(work.session, group.id, found.email),
    }
    if not change_application(work.session, group.id, found.id, found.version, values):
        raise Refused([Refusal(code="joining.changed_meanwhile")])
    work.record(ApplicationOpened(group_id=group.id, application_id=found.id))
    for reference in references_of(work.session, group.id, found.id):
        ask_again(work, group, reference.id, links, times_asked=1)
    opened = application_by_key(work.session, group.id, found.id)
    tell_those_in_charge(work, group, (opened, links), owners_of(work, group, opened), OPENED)
    work.commit()


def withdraw(work: UnitOfWork, group: Group, secret: str, links: Links) -> None:
    """Take the application back; referees are asked no more and the committee is told. A second time changes nothing. Commits."""
    found = own_application(work, group, secret)
    if found.state is State.WITHDRAWN:
        return
    withdraw_found(work, group, found, links)
    work.commit()


def withdraw_found(work: UnitOfWork, group: Group, found: ApplicationLine, links: Links) -> None:
    """Take the application back; refused where it has ended. The caller commits."""
    if not may_become(found.state, State.WITHDRAWN):
        raise Refused([Refusal(code="joining.not_open")])
    owners = owners_of(work, group, found)
    end_application(work, group, found, State.WITHDRAWN)
    tell_those_in_charge(work, group, (found, links), owners, CALLED_BACK)
    work.record(ApplicationWithdrawn(group_id=group.id, application_id=found.id))


def end_application(
    work: UnitOfWork, group: Group, found: ApplicationLine, state: State, **further: Any
) -> None:
    """Let the application end in that state: its seat and address are free, and nobody is asked any more."""
    values = {
        "state": state.value,
        "mail_key": None,
        "held_seat": None,
        "decided_at_utc": work.now,
        "expires_on": months_after(local_day(work.now, group.zone), found.keep_months),
        **further,
    }
    if not change_application(work.session, group.id, found.id, found.version, values):
        raise Refused([Refusal(code="joining.changed_meanwhile")])
    stop_asking(work, group, found)


def stop_asking(work: UnitOfWork, group: Group, found: ApplicationLine) -> None:
    """Ask no referee and nobody for a vote any more: every mail about it up to now is pointless, those that wait above all."""
    off = {"state": ReferenceState.CALLED_OFF.value}
    change_references_of(work.session, group.id, found.id, off, while_states=UNANSWERED)
    forget_about(work, group.id, subject_key=found.public_id)


def ask_again(work: UnitOfWork, group: Group, reference_id: int, links: Links, *, times_asked: int) -> None:
    """Ask a referee, with a link that is good for three weeks from now; the caller commits."""
    asked = {
        "state": ReferenceState.ASKED.value,
        "asked_at_utc": work.now,
        "reminded_at_utc": None,
        "expires_at_utc": work.now + GOOD_FOR,
        "times_asked": times_asked,
    }
    if not change_reference(work.session, group.id, reference_id, asked, while_states=UNANSWERED):
        return
    line = reference_by_key(work.session, group.id, reference_id)
    ask_referee(work, group, line, links, is_reminder=False)


def own_application(work: UnitOfWork, group: Group, secret: str) -> ApplicationLine:
    """Return the application whose link this is, or raise the one NotFound."""
    found = application_by_secret(work.session, group.id, secret)
    if found is None or found.is_forgotten:
        raise NotFound
    return found


def owners_of(work: UnitOfWork, group: Group, application: ApplicationLine) -> frozenset[MemberId]:
    """Return who is in charge of the application today."""
    today = local_day(work.now, group.zone)
    committee, leaders = committee_and_leaders(work.session, group.id, today)
    votes = votes_of(work.session, group.id, application.id, application.round)
    return in_charge(committee, leaders, ballots_of(votes), application.concerned)


def mail_key(group: Group, email: str) -> str:
    """Return the hash by which an address is known again within its group."""
    return hash_of(f"joining {group.id} {email}")


def _checked(typed: Typed) -> tuple[str, list[tuple[str, str]]]:
    """Return the folded addresses of the applicant and of the referees, with these one's names."""
    refusals = refusals_for(typed)
    email = _folded(typed.email, "email", refusals)
    referees = [
        (one.name, _folded(one.email, f"referee{number}_email", refusals))
        for number, one in enumerate(typed.referees, start=1)
    ]
    if refusals:
        raise Refused(refusals)
    return email, referees


def _folded(address: str, field: str, refusals: list[Refusal]) -> str:
    try:
        return folded_address(address)
    except Refused:
        facts = {"address": address[:80]}
        refusals.append(Refusal(code="joining.bad_address", facts=facts, field=field))
        return ""


def _values(work: UnitOfWork, command: Apply, email: str, key: str) -> dict[str, Any]:
    typed, nonce = command.typed, work.ids.secret()[:64]
    today = local_day(work.now, command.group.zone)
    return {
        "group_id": command.group.id,
        "id": work.ids.key(),
        "public_id": work.ids.public_id(),
        "state": State.UNCONFIRMED.value,
        "name": typed.name,
        "firm": typed.firm,
        "trade": typed.trade,
        "email": email,
        "phone": typed.phone,
        "why": typed.why,
        "years": typed.years,
        "mail_key": key,
        "visitor_public_id": command.visitor_public_id,
        "inviter_member_id": command.inviter,
        "round": 1,
        "yes_count": 0,
        "no_count": 0,
        "keep_months": settings_of(work.session, command.group.id).keep_months,
        "consented_at_utc": work.now,
        "asked_at_utc": work.now,
        "expires_on": months_after(today, UNDECIDED_MONTHS),
        "link_nonce": nonce,
        "link_hash": hash_of(command.links.secret("applicant", nonce)),
        "version": 1,
    }


def _reference(
    work: UnitOfWork, command: Apply, application_id: int, number: int, referee: tuple[str, str]
) -> dict[str, Any]:
    nonce, (name, email) = work.ids.secret()[:64], referee
    return {
        "group_id": command.group.id,
        "id": work.ids.key(),
        "public_id": work.ids.public_id(),
        "application_id": application_id,
        "number": number,
        "state": ReferenceState.WAITING.value,
        "name": name,
        "email": email,
        "answer": "",
        "words": "",
        "times_asked": 0,
        "link_nonce": nonce,
        "link_hash": hash_of(command.links.secret("referee", nonce)),
    }
