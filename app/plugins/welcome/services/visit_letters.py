"""Mails to visitors, who have no account: each carries a fresh link to their own page, kept as a hash."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from app.core.access.domain.secret import hash_of
from app.core.groups.domain.standing import Group
from app.core.meetings.domain.calendar_entries import CalendarFrame, calendar_of
from app.core.meetings.domain.meeting import Meeting
from app.core.meetings.services.telling import when_written, where_written
from app.core.notices.services import Enclosure, Letter, write_to_address
from app.core.work import UnitOfWork
from app.plugins.welcome.domain.visit_words import (
    AGAIN,
    CANCELLED,
    CONFIRMED,
    FORM,
    MEETING_MOVED,
    MEETING_OFF,
    MOVED,
    QUESTION,
    REMINDER,
    TWICE,
    WORDS,
)
from app.plugins.welcome.queries.public_page import page_of
from app.plugins.welcome.queries.visits import Visit
from app.plugins.welcome.store_visits import add_link, unsend_about

BEFORE_THE_VISIT = (CONFIRMED, MOVED, MEETING_MOVED, REMINDER)
"""Mails that say when and where: pointless once the visit is called off or moved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitAddresses:
    """Where pages are, since services know no addresses: paths within the site, or whole addresses for mails.

    `house` is what a path becomes a whole address with. `own` takes the secret of a link, `visitor_path` a visitor's public id. `organiser` is the house's own mail address.
    """

    house: str
    public: str
    own: Callable[[str], str]
    visitor_path: Callable[[str], str]
    list_path: str
    organiser: str

    def listed_path(self, public_id: str) -> str:
        """Return the path of the list of visitors for somebody who may not open the visitor's page."""
        return f"{self.list_path}?visitor={public_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToVisitor:
    """A mail to a visitor: sentences marked with `N_`. `link` is filled in when it is written."""

    kind: str
    subject: str
    body: str
    period: str
    not_after: datetime | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    attached: Enclosure | None = None


def subject_key_of(public_id: str) -> str:
    """Return under which all mails about a visit stand in the outbox."""
    return f"visit:{public_id}"


def write_to_visitor(
    work: UnitOfWork, group: Group, visit: Visit, mail: ToVisitor, addresses: VisitAddresses
) -> bool:
    """Put the mail in the outbox with a fresh link to the visitor's own page; False where it was written before."""
    secret = work.ids.secret()
    letter = Letter(
        kind=mail.kind,
        subject=mail.subject,
        body=mail.body,
        subject_key=subject_key_of(visit.public_id),
        period=mail.period,
        facts={"group": group.name, "name": visit.name, "link": addresses.own(secret), **mail.facts},
        not_after=mail.not_after,
        attached=mail.attached,
    )
    written = write_to_address(
        work, group_id=group.id, address=visit.email, language=visit.language or group.locale, letter=letter
    )
    if written is None:
        return False
    add_link(work.session, group.id, visit.id, hash_of(secret), work.now)
    return True


def confirm(
    work: UnitOfWork, group: Group, visit: Visit, meeting: Meeting, addresses: VisitAddresses
) -> bool:
    """Say that the visitor is expected, when and where, with a calendar entry."""
    return write_to_visitor(
        work,
        group,
        visit,
        _about_meeting(
            work,
            group,
            meeting,
            addresses,
            ToVisitor(
                kind=CONFIRMED,
                subject=WORDS[CONFIRMED][0],
                body=WORDS[CONFIRMED][1],
                period="",
            ),
        ),
        addresses,
    )


def say_moved(
    work: UnitOfWork, group: Group, visit: Visit, meeting: Meeting, addresses: VisitAddresses
) -> bool:
    """Say to which meeting the visitor comes now."""
    return write_to_visitor(
        work,
        group,
        visit,
        _about_meeting(
            work,
            group,
            meeting,
            addresses,
            ToVisitor(
                kind=MOVED,
                subject=WORDS[MOVED][0],
                body=WORDS[MOVED][1],
                period=f"v{visit.version}:",
            ),
        ),
        addresses,
    )


def say_meeting_moved(
    work: UnitOfWork, group: Group, visit: Visit, meeting: Meeting, addresses: VisitAddresses
) -> bool:
    """Say that the meeting takes place at another time or place than the visitor knows."""
    return write_to_visitor(
        work,
        group,
        visit,
        _about_meeting(
            work,
            group,
            meeting,
            addresses,
            ToVisitor(
                kind=MEETING_MOVED,
                subject=WORDS[MEETING_MOVED][0],
                body=WORDS[MEETING_MOVED][1],
                period=f"m{meeting.version}:",
            ),
        ),
        addresses,
    )


def say_meeting_off(
    work: UnitOfWork, group: Group, visit: Visit, meeting: Meeting, addresses: VisitAddresses
) -> bool:
    """Say that the meeting does not take place."""
    mail = ToVisitor(
        kind=MEETING_OFF,
        subject=WORDS[MEETING_OFF][0],
        body=WORDS[MEETING_OFF][1],
        period=f"m{meeting.version}",
        not_after=meeting.ends_at_utc,
        facts={"when": when_written(meeting, group)},
        attached=entry_of(group, meeting, addresses, work.now),
    )
    return write_to_visitor(work, group, visit, mail, addresses)


def say_cancelled(work: UnitOfWork, group: Group, visit: Visit, addresses: VisitAddresses) -> bool:
    """Say that the visit is called off, as the visitor wished."""
    mail = ToVisitor(
        kind=CANCELLED,
        subject=WORDS[CANCELLED][0],
        body=WORDS[CANCELLED][1],
        period=f"v{visit.version}",
        facts={"public": addresses.public},
    )
    return write_to_visitor(work, group, visit, mail, addresses)


def ask_whether_same(work: UnitOfWork, group: Group, waiting: Visit, addresses: VisitAddresses) -> bool:
    """Tell the address of a further registration that one stands already; once a day at most."""
    mail = ToVisitor(
        kind=TWICE,
        subject=WORDS[TWICE][0],
        body=WORDS[TWICE][1],
        period=f"{work.now:%Y-%m-%d}",
    )
    return write_to_visitor(work, group, waiting, mail, addresses)


def send_link_again(work: UnitOfWork, group: Group, visit: Visit, addresses: VisitAddresses) -> bool:
    """Send somebody who registered the very same once more the link to their page; once a day at most."""
    mail = ToVisitor(
        kind=AGAIN,
        subject=WORDS[AGAIN][0],
        body=WORDS[AGAIN][1],
        period=f"{work.now:%Y-%m-%d}",
    )
    return write_to_visitor(work, group, visit, mail, addresses)


def remind(work: UnitOfWork, group: Group, visit: Visit, meeting: Meeting, addresses: VisitAddresses) -> bool:
    """Remind the visitor of the day; once for each time at which the meeting stands."""
    return write_to_visitor(
        work,
        group,
        visit,
        _about_meeting(
            work,
            group,
            meeting,
            addresses,
            ToVisitor(
                kind=REMINDER,
                subject=WORDS[REMINDER][0],
                body=WORDS[REMINDER][1],
                period="",
                attached=None,
            ),
            with_entry=False,
        ),
        addresses,
    )


def ask_question(work: UnitOfWork, group: Group, visit: Visit, addresses: VisitAddresses) -> bool:
    """Ask the one question after the visit; once."""
    mail = ToVisitor(
        kind=QUESTION,
        subject=WORDS[QUESTION][0],
        body=WORDS[QUESTION][1],
        period="",
    )
    return write_to_visitor(work, group, visit, mail, addresses)


def send_form(work: UnitOfWork, group: Group, visit: Visit, form: str, addresses: VisitAddresses) -> bool:
    """Send a visitor who would like to join the address of the form; once."""
    mail = ToVisitor(
        kind=FORM,
        subject=WORDS[FORM][0],
        body=WORDS[FORM][1],
        period="",
        facts={"form": form},
    )
    return write_to_visitor(work, group, visit, mail, addresses)


def unsend_before(work: UnitOfWork, group: Group, visit: Visit) -> None:
    """Take mails out of the outbox that say when and where, and have not left."""
    unsend_about(work.session, group.id, BEFORE_THE_VISIT, subject_key_of(visit.public_id))


def entry_of(group: Group, meeting: Meeting, addresses: VisitAddresses, stamp: datetime) -> Enclosure:
    """Return the calendar entry of the meeting, the same one whenever it is sent."""
    frame = CalendarFrame(
        name=group.name,
        slug=group.slug,
        organiser=addresses.organiser,
        page_of=lambda _meeting: addresses.public,
    )
    return Enclosure(
        name="visit.ics",
        content_type="text/calendar; method=PUBLISH",
        text=calendar_of([meeting], frame, stamp=stamp),
    )


def _about_meeting(
    work: UnitOfWork,
    group: Group,
    meeting: Meeting,
    addresses: VisitAddresses,
    mail: ToVisitor,
    *,
    with_entry: bool = True,
) -> ToVisitor:
    """Return the mail with when, where and how to get there; pointless once the meeting has begun."""
    way = page_of(work.session, group.id).words.way
    facts = {
        "when": when_written(meeting, group),
        "where": where_written(meeting.place, meeting.call_link),
        "way": f"{way}\n" if way else "",
        "public": addresses.public,
    }
    return replace(
        mail,
        facts=facts,
        not_after=meeting.starts_at_utc,
        period=f"{mail.period}{meeting.starts_at_utc:%Y-%m-%dT%H:%MZ}",
        attached=entry_of(group, meeting, addresses, work.now) if with_entry else None,
    )
