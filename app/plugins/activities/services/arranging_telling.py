"""Telling the two of an arranged one-to-one: a notice on their page, and a mail with the calendar entry where one is agreed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.core.groups.domain.standing import Group
from app.core.groups.queries import member_by_key
from app.core.local_time import local_day
from app.core.meetings.services.telling import day_written, time_written
from app.core.notices.hours import Topic
from app.core.notices.services import Enclosure, Letter, notify, write_to_member
from app.core.sentences import N_
from app.core.work import UnitOfWork
from app.plugins.activities.domain.calendar_entry import TalkEntry, calendar_entry, method_of
from app.plugins.activities.queries.arrangements import Arrangement, Party
from app.plugins.activities.store_arranging import take_out_unsent

ASKED = N_("%(name)s would like a one-to-one with you.")
OTHER_TIMES = N_("%(name)s proposes other times for your one-to-one.")
MOVE = N_("%(name)s would like to move your one-to-one.")
AGREED = N_("Your one-to-one with %(name)s is agreed: %(when)s.")
STAYS = N_("%(name)s would rather keep your one-to-one as it was agreed.")
NOT_NOW = N_("%(name)s cannot make a one-to-one just now. You can ask another time.")
CALLED_OFF = N_("Your one-to-one with %(name)s is called off.")
HAS_LEFT = N_("Your one-to-one with %(name)s is called off: %(name)s is no longer a member.")
RESTS = N_("Your one-to-one with %(name)s rests: nothing was heard for three weeks. You can ask anew.")
AHEAD = N_("Your one-to-one with %(name)s: %(when)s.")

ASKED_BODY = N_(
    "%(name)s would like a one-to-one with you in %(group)s.\n\n%(said)sChoose one of the times, propose others, or say "
    "that it does not suit just now:\n\n%(url)s\n"
)
TIMES_BODY = N_("%(said)sChoose one of the times of %(name)s, or propose others:\n\n%(url)s\n")
AGREED_BODY = N_(
    "You and %(name)s meet for a one-to-one:\n\n%(when)s\n%(where)s\nThe entry for your calendar is attached. What you "
    "could talk about, and how to move it or call it off:\n\n%(url)s\n"
)
CALLED_OFF_BODY = N_(
    "Your one-to-one with %(name)s does not take place:\n\n%(when)s\n\n%(said)sThe attached file takes it out of your "
    "calendar. You can ask for another time:\n\n%(url)s\n"
)
AHEAD_BODY = N_(
    "You and %(name)s meet for a one-to-one:\n\n%(when)s\n%(where)s\nA sheet with what each of you likes to talk about, "
    "and how to move it or call it off:\n\n%(url)s\n"
)

PROPOSED_KINDS = ("activities.talk_asked", "activities.talk_times")
MOVE_WORDING = "activities.talk_move"
CALLED_OFF_KIND = "activities.talk_called_off"
AGREED_KINDS = ("activities.talk_agreed", "activities.talk_ahead")


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where arrangements are, by public id: `path` within the site, `url` with its host; the house's mail address."""

    path: Callable[[str], str]
    url: Callable[[str], str]
    organiser: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Telling:
    """What is told to one of the two of the arrangement as it stands now."""

    work: UnitOfWork
    group: Group
    found: Arrangement
    places: Places
    to: Party

    @property
    def facts(self) -> Mapping[str, str]:
        """What the sentences are filled in with."""
        found, said_by = self.found, self.found.words_by_id
        starts_at = found.standing.starts_at
        return {
            "name": found.other_than(self.to.id).name,
            "group": self.group.name,
            "when": when_written(starts_at, self.group) if starts_at else "",
            "where": f"{found.place}\n" if found.place else "",
            "said": f"“{found.words}”\n\n" if found.words and said_by != self.to.id else "",
            "url": self.places.url(found.public_id),
        }

    def notice(self, kind: str, text: str) -> None:
        """Put the sentence on their page."""
        notify(
            self.work,
            group_id=self.group.id,
            member_id=self.to.id,
            kind=kind,
            text=text,
            facts=self.facts,
            path=self.places.path(self.found.public_id),
        )

    def mail(
        self,
        kind: str,
        subject: str,
        body: str,
        *,
        not_after: datetime,
        topic: Topic | None = None,
        is_called_off: bool | None = None,
        wording: str = "",
    ) -> None:
        """Put a mail in the outbox; with `is_called_off` said either way the calendar entry goes with it."""
        letter = Letter(
            kind=kind,
            subject=subject,
            body=body,
            subject_key=self.found.public_id,
            period=str(self.found.version),
            facts=self.facts,
            wording=wording,
            topic=topic,
            not_after=not_after,
            attached=None if is_called_off is None else self._enclosure(is_called_off=is_called_off),
        )
        write_to_member(self.work, group_id=self.group.id, member_id=self.to.id, letter=letter)

    def _enclosure(self, *, is_called_off: bool) -> Enclosure:
        other = self.found.other_than(self.to.id)
        entry = entry_of(self.found, self.group, self.places, other, is_called_off=is_called_off)
        content_type = f"text/calendar; method={method_of(entry)}"
        return Enclosure(
            name="one-to-one.ics", content_type=content_type, text=calendar_entry(entry, stamp=self.work.now)
        )


def entry_of(
    found: Arrangement, group: Group, places: Places, other: Party, *, is_called_off: bool = False
) -> TalkEntry:
    """Return the calendar entry of an agreed talk, as the one sees it who meets `other`."""
    if found.standing.starts_at is None:
        raise ValueError(
            f"Arrangement {found.public_id} has no agreed time; only agreed talks have an entry."
        )
    return TalkEntry(
        public_id=found.public_id,
        sequence=found.standing.sequence,
        starts_at=found.standing.starts_at,
        minutes=found.minutes,
        summary=f"{other.name} · {group.name}",
        place=found.place,
        url=places.url(found.public_id),
        organiser=places.organiser,
        organiser_name=group.name,
        is_called_off=is_called_off,
    )


def when_written(instant: datetime, group: Group) -> str:
    """Return day and time the group's way: Tuesday, 24 November 2026, 07:00."""
    return f"{day_written(local_day(instant, group.zone), group)}, {time_written(instant, group)}"


def tell_of_times(work: UnitOfWork, group: Group, found: Arrangement, places: Places) -> None:
    """Tell whoever is to answer that times are proposed: in an ask, in answer to one, or for a move."""
    take_out_unsent(work, group.id, subject_key=found.public_id, kinds=PROPOSED_KINDS)
    waits_for = found.standing.waits_for
    if waits_for is None:
        return
    telling = _to(work, group, found, places, found.party(waits_for))
    is_first = found.version == 1
    sentence = ASKED if is_first else OTHER_TIMES if found.standing.starts_at is None else MOVE
    kind = PROPOSED_KINDS[0] if is_first else PROPOSED_KINDS[1]
    telling.notice(kind, sentence)
    last = max(one.starts_at_utc for one in found.times)
    body = ASKED_BODY if is_first else TIMES_BODY
    wording = MOVE_WORDING if sentence == MOVE else kind
    telling.mail(kind, sentence, body, not_after=last, topic=Topic.WAITING, wording=wording)


def tell_agreed(work: UnitOfWork, group: Group, found: Arrangement, places: Places, by: Party) -> None:
    """Send both the entry for their calendars; a notice goes to the one who did not just accept."""
    take_out_unsent(work, group.id, subject_key=found.public_id, kinds=(*PROPOSED_KINDS, *AGREED_KINDS))
    starts_at = found.standing.starts_at
    if starts_at is None:
        return
    _to(work, group, found, places, found.other_than(by.id)).notice(AGREED_KINDS[0], AGREED)
    for party in (found.one, found.other):
        telling = _to(work, group, found, places, party)
        telling.mail(AGREED_KINDS[0], AGREED, AGREED_BODY, not_after=starts_at, is_called_off=False)


def tell_settled(
    work: UnitOfWork, group: Group, found: Arrangement, places: Places, *, to: Party, sentence: str
) -> None:
    """Put one sentence on the page of one of the two; mails about what was proposed are pointless by now."""
    take_out_unsent(work, group.id, subject_key=found.public_id, kinds=PROPOSED_KINDS)
    if _is_member(work, group, to):
        _to(work, group, found, places, to).notice("activities.talk_settled", sentence)


def tell_called_off(
    work: UnitOfWork,
    group: Group,
    found: Arrangement,
    places: Places,
    *,
    by: Party | None,
    sentence: str = CALLED_OFF,
) -> None:
    """Tell whoever did not call it off; where it stood in calendars and is still to come, both get it taken out.

    `found` is how it stands after it was called off. `by` is None where the house does it: then both are told.
    """
    take_out_unsent(work, group.id, subject_key=found.public_id, kinds=(*PROPOSED_KINDS, *AGREED_KINDS))
    starts_at = found.standing.starts_at
    for party in (found.one, found.other):
        if not _is_member(work, group, party):
            continue
        telling = _to(work, group, found, places, party)
        if by is None or party.id != by.id:
            telling.notice(CALLED_OFF_KIND, sentence)
        if starts_at is not None and starts_at > work.now:
            telling.mail(
                CALLED_OFF_KIND,
                CALLED_OFF,
                CALLED_OFF_BODY,
                not_after=starts_at + timedelta(hours=1),
                is_called_off=True,
            )


def remind(work: UnitOfWork, group: Group, found: Arrangement, places: Places) -> None:
    """Remind both of the talk of tomorrow, as each chose to be told; never once it has begun."""
    starts_at = found.standing.starts_at
    if starts_at is None:
        return
    for party in (found.one, found.other):
        telling = _to(work, group, found, places, party)
        telling.mail(AGREED_KINDS[1], AHEAD, AHEAD_BODY, not_after=starts_at, topic=Topic.WAITING)


def _to(work: UnitOfWork, group: Group, found: Arrangement, places: Places, to: Party) -> _Telling:
    return _Telling(work=work, group=group, found=found, places=places, to=to)


def _is_member(work: UnitOfWork, group: Group, party: Party) -> bool:
    ended_on = member_by_key(work.session, group.id, party.id).ended_on
    return ended_on is None or local_day(work.now, group.zone) <= ended_on
