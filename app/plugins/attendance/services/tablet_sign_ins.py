"""A tablet brings its queue: every event is kept once, judged by all that is known, and written where nothing is in doubt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.core.groups.domain.standing import Group
from app.core.ids import DeviceId, GroupId, MeetingId, MemberId
from app.core.local_time import local_day
from app.core.work import UnitOfWork
from app.plugins.attendance.domain.door import Door
from app.plugins.attendance.domain.interval_rule import Anchor, Bounds, TapEvidence, bounds_of
from app.plugins.attendance.domain.tablet_events import Kind, TabletEvent
from app.plugins.attendance.domain.tablet_outcome import (
    Case,
    Outcome,
    Proven,
    Standing,
    State,
    Why,
    outcome_of,
)
from app.plugins.attendance.interface import SignInWaits
from app.plugins.attendance.queries.door import door_of
from app.plugins.attendance.queries.marks import mark_of
from app.plugins.attendance.queries.meetings import MeetingLine, meeting_in_address
from app.plugins.attendance.queries.roster import Roster, roster_of_key
from app.plugins.attendance.queries.tablet_events import EventLine, events_since, knowledge_of, known_hashes
from app.plugins.attendance.services.door_proofs import Person, persons_of, still_trusted
from app.plugins.attendance.services.marking import SUBSTITUTES_KEPT
from app.plugins.attendance.services.tablet_marks import write_outcome
from app.plugins.attendance.store_door import (
    NewEvent,
    judge_event,
    keep_anchors,
    keep_event,
    keep_runs,
    lock_tablet,
    note_contact,
)

LOOKED_BACK = timedelta(days=2)
"""Events that were first sent longer ago are not judged anew: what still waits of them is the leader's."""
_TIGHT = timedelta(seconds=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """What a tablet sent in one request of the page run `boot`, `reading_ms` read before it left."""

    group: Group
    device_id: DeviceId
    boot: str
    reading_ms: int
    anchors: Sequence[Anchor]
    began_after: Mapping[str, datetime]
    events: Sequence[TabletEvent]
    secret_key: bytes
    waiting: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of one event of the upload; `given` and `at` greet whose it is, where the house knows them."""

    event: TabletEvent
    state: State
    why: Why | None
    is_news: bool
    given: str
    at: datetime


def take_sign_ins(work: UnitOfWork, upload: Upload) -> list[Taken]:
    """Take the upload in and return what became of each event, in their order; sent again, it changes nothing."""
    meetings = _meetings(work, upload)
    known = known_hashes(
        work.session, upload.group.id, upload.device_id, {event.hash for event in upload.events}
    )
    news = [
        (event, meeting.id if (meeting := meetings.get(event.meeting)) else None)
        for event in upload.events
        if event.hash not in known
    ]
    persons = persons_of(work, upload.group.id, upload.secret_key, news)
    lock_tablet(work.session, upload.group.id, upload.device_id)
    persons = still_trusted(work, upload.group.id, news, persons)
    _keep(work, upload, meetings, persons)
    judged = _Judging(work, upload, frozenset(event.hash for event, _meeting in news)).judge_all()
    _note_contact(work, upload, judged)
    taken = [_taken(event, judged[event.hash], is_new=event.hash in persons) for event in upload.events]
    work.commit()
    return taken


def _meetings(work: UnitOfWork, upload: Upload) -> dict[str, MeetingLine]:
    names = {event.meeting for event in upload.events}
    found = {name: meeting_in_address(work.session, upload.group.id, name) for name in names}
    return {name: meeting for name, meeting in found.items() if meeting is not None}


def _keep(
    work: UnitOfWork, upload: Upload, meetings: Mapping[str, MeetingLine], persons: Mapping[str, Person]
) -> None:
    """Keep what was sent: the request itself is a contact too, whose answer nobody has read yet."""
    own = Anchor(boot=upload.boot, server_at=work.now, sent_ms=upload.reading_ms)
    keep_anchors(work.session, upload.group.id, upload.device_id, [*upload.anchors, own])
    keep_runs(work.session, upload.group.id, upload.device_id, upload.began_after)
    today = local_day(work.now, upload.group.zone)
    for event in upload.events:
        meeting = meetings.get(event.meeting)
        person = persons.get(event.hash)
        keep_event(
            work.session,
            upload.group.id,
            upload.device_id,
            NewEvent(
                public_id=work.ids.public_id(),
                evidence=_evidence(event, work.now),
                kind=event.kind,
                meeting_id=meeting.id if meeting else None,
                member_id=person.member_id if person else None,
                name="" if event.kind is Kind.MEMBER else event.name,
                firm="" if event.kind is Kind.MEMBER else event.firm,
                proof=person.proof if person else Proven.NONE,
                expires_on=(meeting.local_date if meeting else today) + SUBSTITUTES_KEPT,
            ),
        )


def _evidence(event: TabletEvent, now: datetime) -> TapEvidence:
    return TapEvidence(
        hash=event.hash,
        claimed_hash=event.claimed_hash,
        boot=event.boot,
        sequence=event.sequence,
        reading_ms=event.reading_ms,
        previous=event.previous,
        uploaded_at=now,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    """One event with its bounds and what follows, and the first name of the member."""

    line: EventLine
    bounds: Bounds
    state: State
    outcome: Outcome | None
    given: str


class _Judging:
    """The judging of everything of a tablet that waits, each meeting's roster read once."""

    def __init__(self, work: UnitOfWork, upload: Upload, new: frozenset[str]) -> None:
        self._work = work
        self._group_id: GroupId = upload.group.id
        self._device_id = upload.device_id
        self._new = new
        self._sent = frozenset(event.hash for event in upload.events)
        self._door: Door = door_of(work.session, upload.group.id)
        self._rosters: dict[MeetingId, Roster | None] = {}

    def judge_all(self) -> dict[str, _Judged]:
        """Judge what waits, the earliest first, and return every event that was looked at by its hash."""
        since = self._work.now - LOOKED_BACK
        lines = events_since(self._work.session, self._group_id, self._device_id, since, self._sent)
        bounds = bounds_of(knowledge_of(self._work.session, self._group_id, self._device_id, lines))
        order = sorted(
            lines,
            key=lambda one: (bounds[one.evidence.hash].latest, one.evidence.sequence, one.evidence.hash),
        )
        return {one.evidence.hash: self._judge(one, bounds[one.evidence.hash], since) for one in order}

    def _judge(self, line: EventLine, bounds: Bounds, since: datetime) -> _Judged:
        given = self._given(line)
        if line.state is not State.WAITS or line.evidence.uploaded_at <= since:
            return _Judged(line=line, bounds=bounds, state=line.state, outcome=None, given=given)
        outcome = outcome_of(self._case(line, bounds))
        if outcome.writes is not None and not self._write(line, bounds, outcome):
            # Somebody wrote in this very instant: it is judged once more by what stands now.
            outcome = outcome_of(self._case(line, bounds))
            if outcome.writes is not None and not self._write(line, bounds, outcome):
                outcome = Outcome(state=State.WAITS, why=Why.RECORD_SAYS_OTHER)
        self._note(line, bounds, outcome)
        return _Judged(line=line, bounds=bounds, state=outcome.state, outcome=outcome, given=given)

    def _write(self, line: EventLine, bounds: Bounds, outcome: Outcome) -> bool:
        meeting = self._meeting(line)
        if meeting is None or line.member_id is None:
            return False
        return write_outcome(self._work, meeting, line, bounds, outcome)

    def _note(self, line: EventLine, bounds: Bounds, outcome: Outcome) -> None:
        why = outcome.why.value if outcome.why else ""
        judge_event(
            self._work.session,
            self._group_id,
            self._device_id,
            line.evidence.hash,
            bounds=bounds,
            state=outcome.state,
            reason=why,
        )
        if outcome.state is State.WAITS and line.evidence.hash in self._new:
            self._work.record(
                SignInWaits(
                    group_id=self._group_id, meeting_id=line.meeting_id, member_id=line.member_id, why=why
                )
            )
        elif outcome.writes is None and outcome.state is State.DONE:
            meeting = self._meeting(line)
            if meeting is not None:
                write_outcome(self._work, meeting, line, bounds, outcome)

    def _case(self, line: EventLine, bounds: Bounds) -> Case:
        meeting = self._meeting(line)
        roster = self._roster(line.meeting_id)
        of_member = (
            next((one for one in roster.lines if one.member_id == line.member_id), None) if roster else None
        )
        return Case(
            kind=line.kind,
            bounds=bounds,
            uploaded_at=line.evidence.uploaded_at,
            meeting=meeting.facts if meeting else None,
            is_known=line.member_id is not None,
            was_member=of_member is not None and of_member.was_member,
            standing=self._standing(line),
            proof=line.proof,
            asks=self._door.asks,
            guests_allowed=self._door.guests_allowed,
        )

    def _standing(self, line: EventLine) -> Standing:
        if line.meeting_id is None or line.member_id is None:
            return Standing()
        mark = mark_of(self._work.session, self._group_id, line.meeting_id, line.member_id)
        return Standing(status=mark.status, origin=mark.origin)

    def _meeting(self, line: EventLine) -> MeetingLine | None:
        roster = self._roster(line.meeting_id)
        return roster.meeting if roster else None

    def _roster(self, meeting_id: MeetingId | None) -> Roster | None:
        if meeting_id is None:
            return None
        if meeting_id not in self._rosters:
            self._rosters[meeting_id] = roster_of_key(self._work.session, self._group_id, meeting_id)
        return self._rosters[meeting_id]

    def _given(self, line: EventLine) -> str:
        if line.kind is not Kind.MEMBER:
            return line.name
        roster = self._roster(line.meeting_id)
        of_member: MemberId | None = line.member_id
        return (
            next((one.first_name for one in roster.lines if one.member_id == of_member), "") if roster else ""
        )


def _taken(event: TabletEvent, judged: _Judged, *, is_new: bool) -> Taken:
    outcome = judged.outcome
    why = outcome.why if outcome else None
    wrote = outcome is not None and (
        outcome.writes is not None or event.kind not in {Kind.MEMBER, Kind.SUBSTITUTE}
    )
    return Taken(
        event=event,
        state=judged.state,
        why=why,
        is_news=is_new and wrote,
        given=judged.given,
        at=judged.bounds.latest,
    )


def _note_contact(work: UnitOfWork, upload: Upload, judged: Mapping[str, _Judged]) -> None:
    """Note the contact, and by how much the device's clock is off where an event is known to the second."""
    off = None
    for event in upload.events:
        bounds = judged[event.hash].bounds
        if event.wall and bounds.earliest and bounds.latest - bounds.earliest <= _TIGHT:
            off = (event.wall - bounds.latest) // timedelta(milliseconds=1)
    note_contact(
        work.session,
        upload.group.id,
        upload.device_id,
        now=work.now,
        waiting=upload.waiting,
        clock_off_ms=off,
    )
