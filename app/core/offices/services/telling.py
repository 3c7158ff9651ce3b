"""What people are told about an office that is offered: on their page, and by mail where they chose so."""

from collections.abc import Collection, Mapping
from datetime import date, time
from typing import Any

from babel.dates import format_date
from sqlalchemy import select

from app.core.groups.domain.office import LEADERS, OFFICE_TITLES, Term
from app.core.groups.domain.standing import Group
from app.core.groups.models import MemberRow
from app.core.groups.queries import office_holders
from app.core.ids import MemberId
from app.core.local_time import instant_of, local_day
from app.core.notices.hours import Topic
from app.core.notices.services import Letter, notify, write_to_member
from app.core.offices.queries import Offer
from app.core.people.models import PersonRow
from app.core.sentences import N_
from app.core.texts import translated
from app.core.work import UnitOfWork

ASKED = "offices.asked"
TAKEN = "offices.taken"
ACCEPTED = "offices.accepted"
SETTLED = "offices.settled"
"""Kinds of what people are told; what is settled is a sentence on the page, and no mail."""

ASKED_SUBJECT = N_("Would you take an office: %(office)s, %(term)s?")
ASKED_BODY = N_(
    "Hello %(name)s,\n\n%(group)s looks for somebody to take an office: %(office)s, %(term)s. Would you?\n\n"
    "Say yes or no here. No is a good answer too, and nobody who was asked beside you sees it:\n\n%(link)s\n"
)
TAKEN_SUBJECT = N_("An office you were asked for is taken: %(office)s")
TAKEN_BODY = N_(
    "Hello %(name)s,\n\nsomebody has taken the office that you were asked for in %(group)s: %(office)s. "
    "You need do nothing. Thank you for thinking about it.\n"
)
ACCEPTED_SUBJECT = N_("%(taker)s takes an office: %(office)s, %(term)s")
ACCEPTED_BODY = N_(
    "Hello %(name)s,\n\n%(taker)s said yes and holds the office in %(group)s: %(office)s, %(term)s.\n\n"
    "What is open in it, and what goes with it:\n\n%(link)s\n"
)
_WITHDRAWN = N_("You were asked for an office: %(office)s. The question is withdrawn; you need do nothing.")
_NOBODY_LEFT = N_("Everybody who was asked for an office said no: %(office)s, %(term)s.")
_EXPIRED = N_("Nobody took an office in time: %(office)s, %(term)s.")

_UNTIL = N_("from %(first)s to %(last)s")
_OPEN = N_("from %(first)s on")


def subject_of(offer: Offer) -> str:
    """Return what mails about an offer are about."""
    return f"offer:{offer.public_id}"


def path_of(group: Group, offer: Offer) -> str:
    """Return where an offer is found; a job has no request to make addresses with."""
    return f"/g/{group.slug}/offices/offers/{offer.public_id}"


def ask(work: UnitOfWork, group: Group, offer: Offer, member_id: MemberId, link: str) -> None:
    """Ask one member; the mail never leaves once the term has begun."""
    facts = _facts(work, group, offer, member_id, link=link)
    _notice(work, group, offer, member_id, kind=ASKED, text=ASKED_SUBJECT, facts=facts)
    letter = Letter(
        kind=ASKED,
        subject=ASKED_SUBJECT,
        body=ASKED_BODY,
        subject_key=subject_of(offer),
        facts=facts,
        topic=Topic.WAITING,
        not_after=instant_of(offer.term.first, time(0), group.zone),
    )
    write_to_member(work, group_id=group.id, member_id=member_id, letter=letter)


def tell_taken(work: UnitOfWork, group: Group, offer: Offer, member_ids: Collection[MemberId]) -> None:
    """Tell those who were asked too and have not said no that they need do nothing; never who took it."""
    for member_id in member_ids:
        facts = _facts(work, group, offer, member_id)
        _notice(work, group, offer, member_id, kind=TAKEN, text=TAKEN_SUBJECT, facts=facts)
        letter = Letter(
            kind=TAKEN,
            subject=TAKEN_SUBJECT,
            body=TAKEN_BODY,
            subject_key=subject_of(offer),
            facts=facts,
            topic=Topic.NEWS,
        )
        write_to_member(work, group_id=group.id, member_id=member_id, letter=letter)


def tell_leaders_accepted(
    work: UnitOfWork, group: Group, offer: Offer, *, taker: str, taker_id: MemberId, link: str
) -> None:
    """Tell those who lead the group who took it; not the taker, who knows."""
    for member_id in _leaders(work, group):
        if member_id == taker_id:
            continue
        facts = _facts(work, group, offer, member_id, link=link, taker=taker)
        _notice(work, group, offer, member_id, kind=ACCEPTED, text=ACCEPTED_SUBJECT, facts=facts)
        letter = Letter(
            kind=ACCEPTED,
            subject=ACCEPTED_SUBJECT,
            body=ACCEPTED_BODY,
            subject_key=subject_of(offer),
            facts=facts,
            topic=Topic.NEWS,
        )
        write_to_member(work, group_id=group.id, member_id=member_id, letter=letter)


def tell_withdrawn(work: UnitOfWork, group: Group, offer: Offer, member_ids: Collection[MemberId]) -> None:
    """Tell those who were asked and have not said no that the question is withdrawn, on their page."""
    for member_id in member_ids:
        _notice(
            work,
            group,
            offer,
            member_id,
            kind=SETTLED,
            text=_WITHDRAWN,
            facts=_facts(work, group, offer, member_id),
        )


def tell_leaders_nobody(work: UnitOfWork, group: Group, offer: Offer, *, is_expired: bool) -> None:
    """Tell those who lead the group that nobody took it: all said no, or its day came."""
    for member_id in _leaders(work, group):
        facts = _facts(work, group, offer, member_id)
        text = _EXPIRED if is_expired else _NOBODY_LEFT
        _notice(work, group, offer, member_id, kind=SETTLED, text=text, facts=facts)


def _leaders(work: UnitOfWork, group: Group) -> list[MemberId]:
    return office_holders(work.session, group.id, LEADERS, local_day(work.now, group.zone))


def _notice(
    work: UnitOfWork,
    group: Group,
    offer: Offer,
    member_id: MemberId,
    *,
    kind: str,
    text: str,
    facts: Mapping[str, Any],
) -> None:
    notify(
        work,
        group_id=group.id,
        member_id=member_id,
        kind=kind,
        text=text,
        facts=facts,
        path=path_of(group, offer),
    )


def _facts(
    work: UnitOfWork, group: Group, offer: Offer, member_id: MemberId, **more: str
) -> Mapping[str, str]:
    query = (
        select(PersonRow.language, PersonRow.given_name)
        .join(MemberRow, MemberRow.person_id == PersonRow.id)
        .where(MemberRow.group_id == group.id, MemberRow.id == member_id)
    )
    reader = work.session.execute(query).one()
    return {
        "name": reader.given_name,
        "group": group.name,
        "office": translated(reader.language, OFFICE_TITLES[offer.office], vocabulary=group.vocabulary),
        "term": _term(offer.term, reader.language, group),
        **more,
    }


def _term(term: Term, language: str, group: Group) -> str:
    locale = group.locale if language == group.locale.partition("-")[0] else language
    if term.last is None:
        return translated(language, _OPEN, {"first": _day(term.first, locale)})
    return translated(language, _UNTIL, {"first": _day(term.first, locale), "last": _day(term.last, locale)})


def _day(day: date, locale: str) -> str:
    return str(format_date(day, "long", locale=locale.replace("-", "_")))
