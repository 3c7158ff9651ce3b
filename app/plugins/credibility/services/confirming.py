"""A giver asks the referred customer for a word by a one-time link, and the customer answers without an account.

Two yeses confirm a good report. Every other answer, and none, changes nothing and leaves no trace. Whether there was an
answer is told to nobody: neither the giver, nor the receiver, nor an office.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.core.access.domain.secret import hash_of
from app.core.errors import NotFound, Refusal, Refused
from app.core.groups.domain.standing import Group
from app.core.ids import GroupId, MemberId
from app.core.notices.forgetting import forget_about
from app.core.notices.services import Letter, write_to_address
from app.core.sentences import N_
from app.core.work import UnitOfWork
from app.plugins.credibility.domain.confirming import (
    BY_MAIL,
    KEPT_FOR,
    LINK_LIVES,
    confirms,
    refusals_for_answers,
    refusals_for_asking,
)
from app.plugins.credibility.interface import CustomerAsked, CustomerConfirmed
from app.plugins.credibility.queries.choices import parts
from app.plugins.credibility.queries.confirming import Asked, asked_by_link, asked_on_slip, slips_with_link
from app.plugins.credibility.store_appeals import one_at_a_time
from app.plugins.credibility.store_confirming import (
    add_asking,
    change_asking,
    close_link_of,
    close_links_over,
    drop_askings_of,
    forget_askings,
    use_up,
)
from app.plugins.referrals.interface import ProspectForgotten, ReferredCustomer, ReferredCustomers

SUBJECT: Final = N_("Two short questions about %(receiver)s")
BODY: Final = N_(
    "%(giver)s of %(group)s recommended %(receiver)s to you, and asks how it went. Two questions, one minute, no account:"
    "\n\n%(link)s\n\nYou need not answer. Nobody is told what you answer, or that you did: neither %(giver)s nor %(receiver)s "
    "nor whoever leads the group. After two yeses %(receiver)s reads in a record of their own that a customer confirmed a "
    "report, not which. The link works once, for 30 days. This is the only mail that %(group)s sends you about it.\n"
)
_TAKES_NO_PART: Final = frozenset({"no", "object"})


@dataclass(frozen=True, slots=True, kw_only=True)
class AskCustomer:
    """Which slip's customer is asked, by which way, by the link of which secret; `link` is its address."""

    group: Group
    giver: MemberId
    slip: str
    secret: str
    link: str
    way: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a link asks: about whom, on whose slip."""

    asked: Asked
    customer: ReferredCustomer


def customer_of(work: UnitOfWork, group: Group, slip: str, giver: MemberId) -> ReferredCustomer:
    """Return whom the giver may ask; `NotFound` for everybody else, before their report, and where nobody may be asked."""
    found = _customers(work, group.id)
    customer = None if found is None else found.to_ask(group.id, slip, giver)
    if customer is None:
        raise NotFound
    return customer


def ask_customer(work: UnitOfWork, command: AskCustomer) -> None:
    """Make a link in the place of any before it, send it if that is wanted, and commit; or refuse with every reason."""
    group = command.group
    one_at_a_time(work.session, group.id)
    customer = customer_of(work, group, command.slip, command.giver)
    asked = asked_on_slip(work.session, group.id, customer.slip_id)
    if refusals := _refusals(command.way, customer, asked):
        raise Refused(refusals)
    _forget_mails(work, group.id, [customer.slip_id])
    _keep(work, command, customer, asked)
    if command.way == BY_MAIL:
        _write(work, command, customer)
    work.record(CustomerAsked(group_id=group.id, slip_id=customer.slip_id))
    work.commit()


def keep_confirmation(work: UnitOfWork, group: Group, slip_id: int, at: datetime) -> bool:
    """Keep that the customer of a slip was asked and confirmed in that instant; False where nobody may be asked.

    No link stands and nobody is written to. The caller commits.
    """
    found = _customers(work, group.id)
    customer = None if found is None else found.of_slip(group.id, slip_id)
    if customer is None or asked_on_slip(work.session, group.id, slip_id) is not None:
        return False
    add_asking(
        work.session,
        {
            **_whose(group.id, customer),
            "link_hash": None,
            "links": 1,
            "asked_at_utc": at,
            "expires_at_utc": at + LINK_LIVES,
            "mailed_at_utc": None,
            "confirmed_at_utc": at,
        },
    )
    work.record(CustomerAsked(group_id=group.id, slip_id=customer.slip_id))
    work.record(CustomerConfirmed(group_id=group.id, slip_id=customer.slip_id))
    return True


def question_of(work: UnitOfWork, group: Group, secret: str) -> Question | None:
    """Return what the link asks; None where it was used, ran out, is of nowhere, or nobody may be asked any more."""
    asked = asked_by_link(work.session, group.id, hash_of(secret), work.now)
    found = None if asked is None else _customers(work, group.id)
    customer = None if asked is None or found is None else found.of_slip(group.id, asked.slip_id)
    return None if asked is None or customer is None else Question(asked=asked, customer=customer)


def take_answer(work: UnitOfWork, group: Group, secret: str, *, called: str, helpful: str) -> bool:
    """Take the customer's answer, which uses the link up, and commit; False where the link leads nowhere.

    Where the receiver takes no part nothing is kept of it: nobody can tell that from the link.
    """
    one_at_a_time(work.session, group.id)
    question = question_of(work, group, secret)
    if question is None:
        return False
    if refusals := refusals_for_answers(called, helpful):
        raise Refused(refusals)
    slip_id, about = question.asked.slip_id, question.customer.receiver_member_id
    counts = confirms(called, helpful) and parts(work.session, group.id).get(about) not in _TAKES_NO_PART
    use_up(work.session, group.id, slip_id, confirmed_at=work.now if counts else None)
    _forget_mails(work, group.id, [slip_id])
    if counts:
        work.record(CustomerConfirmed(group_id=group.id, slip_id=slip_id))
    work.commit()
    return True


def forget_links(work: UnitOfWork, group: Group) -> int:
    """Forget links that have run out, with their mails, and after five years that anybody was asked. A job: must not commit.

    Also those whose customer may be asked no more: where credibility is off, no event tells of it.
    """
    one_at_a_time(work.session, group.id)
    over = [*close_links_over(work.session, group.id, work.now), *_close_links_to_nobody(work, group)]
    _forget_mails(work, group.id, over)
    return len(over) + forget_askings(work.session, group.id, work.now - KEPT_FOR)


def forget_customer(work: UnitOfWork, event: ProspectForgotten) -> None:
    """Ask nobody who was forgotten: the link is over, and the mail is gone. A handler: must not commit."""
    close_link_of(work.session, event.group_id, event.slip_id)
    _forget_mails(work, event.group_id, [event.slip_id])


def forget_asking_of(work: UnitOfWork, group_id: GroupId, member_id: MemberId) -> None:
    """Let every link of an erased member, and every one about them, be over; must not commit."""
    _forget_mails(work, group_id, drop_askings_of(work.session, group_id, member_id))


def _close_links_to_nobody(work: UnitOfWork, group: Group) -> list[int]:
    """Close the links of slips whose customer is forgotten; while referrals is off nobody can tell, nor forgets anybody."""
    found = _customers(work, group.id)
    if found is None:
        return []
    nobody = [one for one in slips_with_link(work.session, group.id) if found.of_slip(group.id, one) is None]
    for slip_id in nobody:
        close_link_of(work.session, group.id, slip_id)
    return nobody


def _customers(work: UnitOfWork, group_id: GroupId) -> ReferredCustomers | None:
    return work.reader(group_id, ReferredCustomers)  # type: ignore[type-abstract]  # a protocol is asked for, never made


def _refusals(way: str, customer: ReferredCustomer, asked: Asked | None) -> list[Refusal]:
    return refusals_for_asking(
        way,
        links=0 if asked is None else asked.links,
        has_address=bool(customer.address),
        was_mailed=asked is not None and asked.mailed_at is not None,
    )


def _keep(work: UnitOfWork, command: AskCustomer, customer: ReferredCustomer, asked: Asked | None) -> None:
    link = {
        "link_hash": hash_of(command.secret),
        "links": 1 if asked is None else asked.links + 1,
        "asked_at_utc": work.now,
        "expires_at_utc": work.now + LINK_LIVES,
        **({"mailed_at_utc": work.now} if command.way == BY_MAIL else {}),
    }
    if asked is not None:
        change_asking(work.session, command.group.id, customer.slip_id, link)
        return
    whose = _whose(command.group.id, customer)
    add_asking(work.session, {**whose, "mailed_at_utc": None, "confirmed_at_utc": None, **link})


def _whose(group_id: GroupId, customer: ReferredCustomer) -> dict[str, object]:
    return {
        "group_id": group_id,
        "slip_id": customer.slip_id,
        "by_member_id": customer.giver_member_id,
        "about_member_id": customer.receiver_member_id,
    }


def _write(work: UnitOfWork, command: AskCustomer, customer: ReferredCustomer) -> None:
    group = command.group
    letter = Letter(
        kind="credibility.customer_asked",
        subject=SUBJECT,
        body=BODY,
        subject_key=_subject_key(customer.slip_id),
        facts={
            "giver": customer.giver_name,
            "receiver": customer.receiver_name,
            "group": group.name,
            "link": command.link,
        },
        not_after=work.now + LINK_LIVES,
    )
    language = group.locale.partition("-")[0]  # that in which the group writes to people of no account
    write_to_address(work, group_id=group.id, address=customer.address, language=language, letter=letter)


def _forget_mails(work: UnitOfWork, group_id: GroupId, slips: Iterable[int]) -> None:
    for slip_id in slips:
        forget_about(work, group_id, subject_key=_subject_key(slip_id))


def _subject_key(slip_id: int) -> str:
    return f"credibility-customer-{slip_id}"
