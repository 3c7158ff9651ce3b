"""A newcomer is welcomed: a named contact with a task, a first message in the group's words, a line on the console."""

from datetime import timedelta

from babel.dates import format_date, format_time
from sqlalchemy.orm import Session

from app.core.errors import NotFound, Refusal, Refused
from app.core.groups.domain.standing import Group
from app.core.groups.events import MembershipStarted
from app.core.groups.queries import MemberLine, member_by_key, member_by_public_id, members_on
from app.core.ids import GroupId, MemberId
from app.core.local_time import local_datetime, local_day
from app.core.meetings.queries import meeting_at_hand
from app.core.notices.services import Letter, notify, write_to_member
from app.core.notices.taking_out import take_out_unsent
from app.core.sentences import N_
from app.core.texts import translated
from app.core.work import UnitOfWork
from app.plugins.welcome.domain.contact import contact_for
from app.plugins.welcome.domain.words import USUAL_BODY, USUAL_SUBJECT, filled, refusals_for_words
from app.plugins.welcome.interface import ContactNamed, NewcomerCalled, WordsKept
from app.plugins.welcome.queries.newcomers import (
    GroupFacts,
    group_facts,
    holders_on,
    looked_after,
    newcomer,
    newcomers_since,
    was_newcomer,
    words_of,
)
from app.plugins.welcome.store import keep_newcomer, keep_words, mark_called, name_contact

LOOKED_AFTER_FOR = timedelta(days=91)
"""How long a newcomer counts among those whom a contact looks after."""

IN_YOUR_CARE = N_("%(name)s has joined, and you are the contact. A call within a day means a lot.")
OF_CARE = N_(
    "%(name)s has joined %(group)s, and you are the contact in the first weeks. A call within a day means a lot: "
    "ask how the first visit was, and whom they would like to meet.\n\n%(reach)s\n"
)
_PLAIN = N_("%(text)s")


def of_a_newcomer(event: MembershipStarted) -> bool:
    """Return whether somebody joined, and was not just put on the list of a group that they belonged to before."""
    return event.is_newcomer


def welcome_newcomer(work: UnitOfWork, event: MembershipStarted) -> None:
    """Welcome somebody who joined just now. The house commits it with the delivery."""
    session, group_id = work.session, event.group_id
    line = member_by_key(session, group_id, event.member_id)
    if line.ended_on is not None:
        return
    group = group_facts(session, group_id)
    today = local_day(work.now, group.zone)
    since = today - LOOKED_AFTER_FOR
    contact = contact_for(
        line.id, holders_on(session, group_id, today), looked_after(session, group_id, since)
    )
    named = member_by_key(session, group_id, contact) if contact is not None else None
    is_written = _write_first_message(work, group_id, group, line, named)
    keep_newcomer(
        session,
        group_id=group_id,
        member_id=line.id,
        started_on=event.started_on,
        contact=contact,
        written_at=work.now if is_written else None,
        is_again=was_newcomer(session, group_id, line.id),
    )
    work.record(ContactNamed(group_id=group_id, member_id=line.id, contact_member_id=contact))
    if contact is not None:
        _tell_contact(work, group_id, group, line, contact)


def change_contact(
    work: UnitOfWork, group: Group, public_id: str, *, contact: str, seen_version: int
) -> None:
    """Name another contact and tell them; refused where it is nobody of today, or changed meanwhile. Commits."""
    today = local_day(work.now, group.zone)
    found = newcomer(work.session, group.id, public_id, today)
    if found is None:
        raise NotFound
    chosen = member_by_public_id(work.session, group.id, contact) if contact else None
    if (
        chosen is None
        or chosen.id == found.member_id
        or not _is_member(work.session, group.id, chosen.id, work)
    ):
        raise Refused([Refusal(code="welcome.no_such_contact", field="contact")])
    if not name_contact(work.session, group.id, found.member_id, chosen.id, seen_version):
        raise Refused([Refusal(code="welcome.changed_meanwhile")])
    work.record(ContactNamed(group_id=group.id, member_id=found.member_id, contact_member_id=chosen.id))
    line = member_by_key(work.session, group.id, found.member_id)
    _tell_contact(work, group.id, group_facts(work.session, group.id), line, chosen.id)
    work.commit()


def hand_on_newcomers(work: UnitOfWork, group: Group) -> int:
    """Give newcomers whose contact left, is themself since two records were merged, or never was, to the next.

    The caller commits.
    """
    session, today = work.session, local_day(work.now, group.zone)
    since = today - LOOKED_AFTER_FOR
    present = frozenset(line.id for line in members_on(session, group.id, today))
    left = [
        one
        for one in newcomers_since(session, group.id, since, today)
        if one.contact_id not in present or one.contact_id == one.member_id
    ]
    if not left:
        return 0
    holders = [(member, held) for member, held in holders_on(session, group.id, today) if member in present]
    handed = 0
    for one in left:
        contact = contact_for(one.member_id, holders, looked_after(session, group.id, since))
        if contact is None or not name_contact(session, group.id, one.member_id, contact, one.version):
            continue
        take_out_unsent(work, group_id=group.id, kind="welcome.contact", subject_key=one.public_id)
        work.record(ContactNamed(group_id=group.id, member_id=one.member_id, contact_member_id=contact))
        line = member_by_key(session, group.id, one.member_id)
        _tell_contact(work, group.id, group_facts(session, group.id), line, contact)
        handed += 1
    return handed


def note_call(work: UnitOfWork, group: Group, public_id: str) -> None:
    """Note that the contact and the newcomer spoke; a second time changes nothing. Commits."""
    found = newcomer(work.session, group.id, public_id, local_day(work.now, group.zone))
    if found is None:
        raise NotFound
    if mark_called(work.session, group.id, found.member_id, work.now):
        take_out_unsent(work, group_id=group.id, kind="welcome.contact", subject_key=public_id)
        work.record(NewcomerCalled(group_id=group.id, member_id=found.member_id))
    work.commit()


def keep_own_words(work: UnitOfWork, group: Group, *, subject: str, body: str, seen_version: int) -> None:
    """Keep the group's own first message; refused with every reason, or where it changed meanwhile. Commits."""
    if refusals := refusals_for_words(subject, body):
        raise Refused(refusals)
    if not keep_words(
        work.session, group.id, subject=subject, body=body, at=work.now, seen_version=seen_version
    ):
        raise Refused([Refusal(code="welcome.changed_meanwhile")])
    work.record(WordsKept(group_id=group.id))
    work.commit()


def first_message(
    work: UnitOfWork, group_id: GroupId, group: GroupFacts, newcomer_name: str, contact: MemberLine | None
) -> tuple[str, str]:
    """Return subject and body of the message a newcomer of that first name gets today."""
    words = words_of(work.session, group_id)
    language = group.locale.partition("-")[0]
    facts = {
        "first_name": newcomer_name,
        "group": group.name,
        "contact": contact.name if contact else group.name,
        "contact_phone": contact.phone if contact and contact.shows_contact else "",
        "next_meeting": _next_meeting(work, group_id, group),
    }
    subject = words.subject or translated(language, USUAL_SUBJECT)
    body = words.body or translated(language, USUAL_BODY)
    return " ".join(filled(subject, facts).split()), filled(body, facts)


def _write_first_message(
    work: UnitOfWork, group_id: GroupId, group: GroupFacts, line: MemberLine, contact: MemberLine | None
) -> bool:
    """Put the first message in the outbox; return whether there is an address to write to."""
    subject, body = first_message(work, group_id, group, line.first_name, contact)
    if not line.email:
        return False
    # The words are the group's own: passed as facts, so that no percent sign in them is taken for a place.
    letter = Letter(
        kind="welcome.first_message",
        subject=_PLAIN,
        body=N_("%(body)s"),
        subject_key=line.public_id,
        facts={"text": subject, "body": body},
        period=line.joined_on.isoformat(),
    )
    write_to_member(work, group_id=group_id, member_id=line.id, letter=letter)
    return True


def _tell_contact(
    work: UnitOfWork, group_id: GroupId, group: GroupFacts, line: MemberLine, contact: MemberId
) -> None:
    reach = "\n".join(text for text in (line.name, line.phone, line.email) if text)
    facts = {"name": line.name, "group": group.name, "reach": reach}
    notify(work, group_id=group_id, member_id=contact, kind="welcome.contact", text=IN_YOUR_CARE, facts=facts)
    letter = Letter(
        kind="welcome.contact",
        subject=IN_YOUR_CARE,
        body=OF_CARE,
        subject_key=line.public_id,
        facts=facts,
        period=f"{line.joined_on.isoformat()} {contact}",
    )
    write_to_member(work, group_id=group_id, member_id=contact, letter=letter)


def _next_meeting(work: UnitOfWork, group_id: GroupId, group: GroupFacts) -> str:
    meeting = meeting_at_hand(work.session, group_id, work.now)
    if meeting is None:
        return ""
    locale = group.locale.replace("-", "_")
    wall = local_datetime(meeting.starts_at_utc, meeting.zone)
    place = meeting.place or meeting.call_link
    said = f"{format_date(meeting.local_date, 'full', locale=locale)}, {format_time(wall, 'short', locale=locale)}"
    return f"{said}, {place}" if place else said


def _is_member(session: Session, group_id: GroupId, member_id: MemberId, work: UnitOfWork) -> bool:
    today = local_day(work.now, group_facts(session, group_id).zone)
    return any(line.id == member_id for line in members_on(session, group_id, today))
