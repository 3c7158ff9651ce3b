"""Everyone is told once of a change: a notice on their page and one mail with the calendar entries of what changed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from babel import Locale
from babel.dates import format_date, format_time

from app.core.groups.domain.standing import Group
from app.core.groups.queries import members_on
from app.core.local_time import local_datetime, local_day
from app.core.meetings.domain.calendar_entries import CalendarFrame, calendar_of
from app.core.meetings.domain.meeting import Meeting
from app.core.notices.queries import people_written_to
from app.core.notices.services import MAIL_LIVES, Enclosure, Letter, notify, write_to_member
from app.core.work import UnitOfWork

_SHORTEST_LIFE = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingAddresses:
    """Where pages are, since services know no addresses: `path` within the site, `url` with its host.

    Both take the public id of a meeting, or nothing for the calendar. `organiser` is the house's own mail address.
    """

    path: Callable[[str], str]
    url: Callable[[str], str]
    organiser: str


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What everyone is told: sentences marked with `N_`, and the meetings as they stand now.

    `subject_key` and `period` make it one mail a person: the meeting it is about, and its version. `wording` is that of
    its letter.
    """

    kind: str
    notice: str
    subject: str
    body: str
    subject_key: str
    period: str
    meetings: Sequence[Meeting]
    note: str = ""
    wording: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)

    def with_note(self, note: str) -> "News":
        """Return the same news with what a leader says of it."""
        return replace(self, note=note)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """How many members are told, and how many of them by mail too: some have no address."""

    members: int
    by_mail: int


def tell_everyone(work: UnitOfWork, group: Group, news: News, addresses: MeetingAddresses) -> Told:
    """Put a notice and a mail for every member of today into the unit of work; the caller commits."""
    lead = news.meetings[0].public_id if len(news.meetings) == 1 else ""
    facts = {
        "group": group.name,
        "said": f"“{news.note}”\n\n" if news.note else "",
        "url": addresses.url(lead),
        **news.facts,
    }
    letter = Letter(
        kind=news.kind,
        subject=news.subject,
        body=news.body,
        subject_key=news.subject_key,
        period=news.period,
        facts=facts,
        lives=_life_of(news.meetings, work.now),
        attached=_entries(group, news.meetings, addresses, work.now),
        wording=news.wording,
    )
    members = members_on(work.session, group.id, local_day(work.now, group.zone))
    for member in members:
        notify(
            work,
            group_id=group.id,
            member_id=member.id,
            kind=news.kind,
            text=news.notice,
            facts=facts,
            path=addresses.path(lead),
        )
        write_to_member(work, group_id=group.id, member_id=member.id, letter=letter)
    written = people_written_to(
        work.session, kind=news.kind, subject_key=news.subject_key, period=news.period
    )
    return Told(members=len(members), by_mail=len(written & {member.person_id for member in members}))


def day_written(day: date, group: Group) -> str:
    """Return a calendar day in full, the group's way: Tuesday, 24 November 2026."""
    return format_date(day, "full", locale=_locale(group))


def time_written(instant: datetime, group: Group) -> str:
    """Return the wall time of an instant, the group's way."""
    return format_time(local_datetime(instant, group.zone), "short", locale=_locale(group))


def when_written(meeting: Meeting, group: Group) -> str:
    """Return day and time of a meeting on one line: Tuesday, 24 November 2026, 07:00–08:30."""
    starts, ends = time_written(meeting.starts_at_utc, group), time_written(meeting.ends_at_utc, group)
    return f"{day_written(meeting.local_date, group)}, {starts}–{ends}"


def where_written(place: str, call_link: str) -> str:
    """Return room and call link, each on a line of its own with its end; nothing where neither is known."""
    return "".join(f"{line}\n" for line in (place, call_link) if line)


def _locale(group: Group) -> Locale:
    return Locale.parse(group.locale, sep="-")


def _life_of(meetings: Sequence[Meeting], now: datetime) -> timedelta:
    """Return for how long the mail is worth sending: until the last of the meetings is over, a few days at most."""
    until = max(meeting.ends_at_utc for meeting in meetings) - now
    return max(min(MAIL_LIVES, until), _SHORTEST_LIFE)


def _entries(
    group: Group, meetings: Sequence[Meeting], addresses: MeetingAddresses, now: datetime
) -> Enclosure:
    frame = CalendarFrame(
        name=group.name, slug=group.slug, organiser=addresses.organiser, page_of=addresses.url
    )
    return Enclosure(
        name="meetings.ics",
        content_type="text/calendar; method=PUBLISH",
        text=calendar_of(meetings, frame, stamp=now),
    )
