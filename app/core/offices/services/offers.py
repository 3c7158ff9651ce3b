"""Offices that members are asked to take: asked, taken by the first who says yes, withdrawn, over when the term begins."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import update

from app.core.database import table_of
from app.core.errors import NotFound, Refusal, Refused
from app.core.groups.domain.office import Office, Term
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine, member_by_key, members_on
from app.core.groups.services import take_office
from app.core.ids import MemberId
from app.core.local_time import local_day
from app.core.notices.taking_out import take_out_unsent
from app.core.offices.domain.offer import Answer, OfferState, refusals_for_offer
from app.core.offices.events import OfferExpired, OfferTaken, OfferWithdrawn, OfficeOffered
from app.core.offices.models import OfficeAskedRow, OfficeOfferRow
from app.core.offices.queries import (
    Asked,
    Offer,
    asked_of,
    offer_by_public_id,
    unanswered_left,
)
from app.core.offices.services import telling
from app.core.work import UnitOfWork

_OFFER, _ASKED = table_of(OfficeOfferRow), table_of(OfficeAskedRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferOffice:
    """An office for a term, whom to ask (public ids), and who asks; `base_url` begins the links of the mails."""

    office: Office
    term: Term
    asked: Sequence[str]
    by: MemberId
    base_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OnOffer:
    """A member at an offer; `link` leads from a mail to what is open in its office."""

    offer: str
    member_id: MemberId
    link: str = ""


def offer_office(work: UnitOfWork, group: Group, command: OfferOffice) -> str:
    """Ask the members who are named, and return the offer's public id; refused with every reason. Commits."""
    today = local_day(work.now, group.zone)
    members = {one.public_id: one for one in members_on(work.session, group.id, today)}
    asked = [members[one] for one in dict.fromkeys(command.asked) if one in members]
    refusals = refusals_for_offer(command.term, [one.id for one in asked], today)
    if asked and not members.keys() >= set(command.asked):
        refusals.append(Refusal(code="offices.no_such_member", field="members"))
    if refusals:
        raise Refused(refusals)
    row = OfficeOfferRow(
        group_id=group.id,
        id=work.ids.key(),
        public_id=work.ids.public_id(),
        office=command.office.value,
        starts_on=command.term.first,
        ends_on=command.term.last,
        state=OfferState.OPEN.value,
        offered_by_member_id=command.by,
        offered_at_utc=work.now,
        taken_by_member_id=None,
        settled_at_utc=None,
    )
    work.session.add(row)
    work.session.flush()
    _ask_each(work, group, row, asked, command)
    work.record(
        OfficeOffered(
            group_id=group.id,
            offer_id=row.id,
            office=row.office,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            asked=len(asked),
        )
    )
    work.commit()
    return row.public_id


def accept(work: UnitOfWork, group: Group, on: OnOffer) -> None:
    """Take the office: the first who says so has it, and the others are told. Commits.

    Refused where it is taken, withdrawn or over by now, or the member cannot hold it in those days. `NotFound` for
    all who were not asked.
    """
    offer, _own = _asked(work, group, on)
    member = member_by_key(work.session, group.id, on.member_id)
    if member.ended_on is not None and (offer.term.last is None or member.ended_on < offer.term.last):
        raise Refused([Refusal(code="offices.leaves_before", facts={"day": member.ended_on})])
    won = work.session.scalar(
        update(_OFFER)
        .where(
            _OFFER.c.group_id == group.id,
            _OFFER.c.id == offer.id,
            _OFFER.c.state == OfferState.OPEN.value,
            _OFFER.c.starts_on > local_day(work.now, group.zone),
        )
        .values(state=OfferState.TAKEN.value, taken_by_member_id=on.member_id, settled_at_utc=work.now)
        .returning(_OFFER.c.id)
    )
    if won is None:
        raise Refused([_over(offer)])
    take_office(
        work,
        group_id=group.id,
        member_id=on.member_id,
        office=offer.office,
        starts_on=offer.term.first,
        ends_on=offer.term.last,
    )
    _note_answer(work, group, offer, on.member_id, Answer.ACCEPTED)
    work.record(OfferTaken(group_id=group.id, offer_id=offer.id, member_id=on.member_id))
    _take_questions_out(work, group, offer)
    others = [one for one in _not_declined(work, group, offer) if one != on.member_id]
    telling.tell_taken(work, group, offer, others)
    telling.tell_leaders_accepted(work, group, offer, taker=member.name, taker_id=on.member_id, link=on.link)
    work.commit()


def decline(work: UnitOfWork, group: Group, on: OnOffer) -> None:
    """Say no; while the offer is open one may still say yes. Commits.

    Where nobody is left, those who lead the group are told. Refused where it is over. `NotFound` for all who were not asked.
    """
    offer, own = _asked(work, group, on)
    if offer.state is not OfferState.OPEN:
        raise Refused([_over(offer)])
    if own.answer is not Answer.DECLINED:
        _note_answer(work, group, offer, on.member_id, Answer.DECLINED)
        take_out_unsent(
            work,
            group_id=group.id,
            kind=telling.ASKED,
            subject_key=telling.subject_of(offer),
            member_id=on.member_id,
        )
        if unanswered_left(work.session, group.id, offer.id) == 0:
            telling.tell_leaders_nobody(work, group, offer, is_expired=False)
    work.commit()


def withdraw(work: UnitOfWork, group: Group, public_id: str) -> None:
    """Withdraw an open offer; refused where it is taken or over by now. `NotFound` where there is none. Commits."""
    offer = offer_by_public_id(work.session, group.id, public_id, local_day(work.now, group.zone))
    if offer is None:
        raise NotFound
    if not _settle(work, group, offer, OfferState.WITHDRAWN):
        raise Refused([_over(offer)])
    work.record(OfferWithdrawn(group_id=group.id, offer_id=offer.id))
    _take_questions_out(work, group, offer)
    telling.tell_withdrawn(work, group, offer, _not_declined(work, group, offer))
    work.commit()


def expire_offers(work: UnitOfWork, group: Group) -> int:
    """Note the offers that nobody took before their term began, tell who leads, and return how many. The caller commits."""
    today = local_day(work.now, group.zone)
    rows = work.session.execute(
        _OFFER.select()
        .with_only_columns(_OFFER.c.public_id)
        .where(
            _OFFER.c.group_id == group.id,
            _OFFER.c.state == OfferState.OPEN.value,
            _OFFER.c.starts_on <= today,
        )
    ).all()
    noted = 0
    for row in rows:
        offer = offer_by_public_id(work.session, group.id, row.public_id, today)
        if offer is not None and _settle(work, group, offer, OfferState.EXPIRED):
            work.record(OfferExpired(group_id=group.id, offer_id=offer.id))
            _take_questions_out(work, group, offer)
            telling.tell_leaders_nobody(work, group, offer, is_expired=True)
            noted += 1
    return noted


def _ask_each(
    work: UnitOfWork, group: Group, row: OfficeOfferRow, asked: Sequence[MemberLine], command: OfferOffice
) -> None:
    offer = Offer(
        id=row.id,
        public_id=row.public_id,
        office=command.office,
        term=command.term,
        state=OfferState.OPEN,
        taken_by_name="",
    )
    for member in asked:
        work.session.add(
            OfficeAskedRow(
                group_id=group.id, offer_id=row.id, member_id=member.id, answer="", answered_at_utc=None
            )
        )
        telling.ask(work, group, offer, member.id, f"{command.base_url}{telling.path_of(group, offer)}")


def _asked(work: UnitOfWork, group: Group, on: OnOffer) -> tuple[Offer, Asked]:
    offer = offer_by_public_id(work.session, group.id, on.offer, local_day(work.now, group.zone))
    own = (
        [one for one in asked_of(work.session, group.id, offer.id) if one.member_id == on.member_id]
        if offer
        else []
    )
    if offer is None or not own:
        raise NotFound
    return offer, own[0]


def _over(offer: Offer) -> Refusal:
    if offer.state is OfferState.WITHDRAWN:
        return Refusal(code="offices.offer_withdrawn")
    if offer.state is OfferState.EXPIRED:
        return Refusal(code="offices.offer_expired")
    return Refusal(code="offices.offer_taken")


def _settle(work: UnitOfWork, group: Group, offer: Offer, state: OfferState) -> bool:
    settled = work.session.scalar(
        update(_OFFER)
        .where(
            _OFFER.c.group_id == group.id, _OFFER.c.id == offer.id, _OFFER.c.state == OfferState.OPEN.value
        )
        .values(state=state.value, settled_at_utc=work.now)
        .returning(_OFFER.c.id)
    )
    return settled is not None


def _note_answer(work: UnitOfWork, group: Group, offer: Offer, member_id: MemberId, answer: Answer) -> None:
    work.session.execute(
        update(_ASKED)
        .where(_ASKED.c.group_id == group.id, _ASKED.c.offer_id == offer.id, _ASKED.c.member_id == member_id)
        .values(answer=answer.value, answered_at_utc=work.now)
    )


def _not_declined(work: UnitOfWork, group: Group, offer: Offer) -> list[MemberId]:
    """Return who was asked, has not said no and is still a member."""
    today = local_day(work.now, group.zone)
    here = {one.id for one in members_on(work.session, group.id, today)}
    asked = asked_of(work.session, group.id, offer.id)
    return [one.member_id for one in asked if one.answer is not Answer.DECLINED and one.member_id in here]


def _take_questions_out(work: UnitOfWork, group: Group, offer: Offer) -> None:
    take_out_unsent(work, group_id=group.id, kind=telling.ASKED, subject_key=telling.subject_of(offer))
