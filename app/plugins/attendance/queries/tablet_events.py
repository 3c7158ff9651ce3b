"""What has a tablet sent so far, what of it waits for a leader, and who came that is no member?"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from app.core.groups.models import MemberRow
from app.core.ids import DeviceId, GroupId, MeetingId, MemberId
from app.core.people.models import PersonRow
from app.plugins.attendance.domain.interval_rule import Anchor, Knowledge, TapEvidence
from app.plugins.attendance.domain.status import CAME
from app.plugins.attendance.domain.tablet_events import GUESTS, Kind
from app.plugins.attendance.domain.tablet_outcome import Proven, State, Why
from app.plugins.attendance.models_door import TabletAnchorRow, TabletEventRow, TabletRunRow
from app.plugins.attendance.queries.marks import MARK

EVENT: Any = TabletEventRow.__table__
_ANCHOR: Any = TabletAnchorRow.__table__
_RUN: Any = TabletRunRow.__table__
_MEMBER: Any = MemberRow.__table__
_PERSON: Any = PersonRow.__table__

SAID_NOT_HERE = "not-here"
"""What a leader said of a tap of somebody who was not there."""

_ITS_MEMBER = and_(_MEMBER.c.group_id == EVENT.c.group_id, _MEMBER.c.id == EVENT.c.member_id)
IS_MARK_OF_EVENT = and_(
    MARK.c.group_id == EVENT.c.group_id,
    MARK.c.meeting_id == EVENT.c.meeting_id,
    MARK.c.member_id == EVENT.c.member_id,
)
IS_WAITING = and_(
    EVENT.c.state == State.WAITS.value,
    or_(
        MARK.c.status.is_(None),
        MARK.c.status.not_in([status.value for status in CAME]),
        EVENT.c.kind != Kind.MEMBER.value,
    ),
)
"""What waits for a leader, with the mark joined: who is on record as here by another way asks for nothing."""

MOST_UNPLACED = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLine:
    """One event of a tablet as it stands."""

    evidence: TapEvidence
    kind: Kind
    meeting_id: MeetingId | None
    member_id: MemberId | None
    name: str
    firm: str
    proof: Proven
    state: State
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingEvent:
    """An event that waits for a leader's word, with its bounds; `name` is whose it is, or who stands in for them."""

    public_id: str
    hash: str
    device_id: DeviceId
    kind: Kind
    member_id: MemberId | None
    member_public_id: str
    member_name: str
    name: str
    firm: str
    earliest_utc: datetime | None
    latest_utc: datetime
    why: Why
    mark_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestLine:
    """Somebody who signed in at the tablet and is no member."""

    name: str
    firm: str
    kind: Kind
    at_utc: datetime


def events_since(
    session: Session, group_id: GroupId, device_id: DeviceId, since: datetime, also: Collection[str] = ()
) -> list[EventLine]:
    """Return what the tablet first sent after `since`, and the events of the hashes `also`, however old."""
    query = select(EVENT).where(
        *_of_device(EVENT, group_id, device_id),
        or_(EVENT.c.uploaded_at_utc > since, EVENT.c.hash.in_(sorted(also))),
    )
    return [_event_line(row) for row in session.execute(query)]


def known_hashes(
    session: Session, group_id: GroupId, device_id: DeviceId, hashes: Collection[str]
) -> frozenset[str]:
    """Return which of these hashes the tablet has sent an event of, however long ago."""
    query = select(EVENT.c.hash).where(
        *_of_device(EVENT, group_id, device_id), EVENT.c.hash.in_(sorted(hashes))
    )
    return frozenset(session.scalars(query))


def knowledge_of(
    session: Session, group_id: GroupId, device_id: DeviceId, events: Collection[EventLine]
) -> Knowledge:
    """Return everything known of the tablet around these events."""
    evidence = [one.evidence for one in events]
    boots = {one.boot for one in evidence}
    anchors = select(_ANCHOR).where(*_of_device(_ANCHOR, group_id, device_id), _ANCHOR.c.boot.in_(boots))
    runs = select(_RUN).where(*_of_device(_RUN, group_id, device_id), _RUN.c.boot.in_(boots))
    missing = {one.previous for one in evidence} - {one.hash for one in evidence} - {""}
    return Knowledge(
        events=evidence,
        anchors=[
            Anchor(boot=row.boot, server_at=row.server_at_utc, sent_ms=row.sent_ms, got_ms=row.got_ms)
            for row in session.execute(anchors)
        ],
        began_after={row.boot: row.began_after_utc for row in session.execute(runs)},
        known_links=known_hashes(session, group_id, device_id, missing) if missing else (),
    )


def wrong_proofs(session: Session, group_id: GroupId, meeting_id: MeetingId, member_id: MemberId) -> int:
    """Return how often a wrong PIN or code was given for the member at the meeting."""
    query = select(func.count()).where(
        EVENT.c.group_id == group_id,
        EVENT.c.meeting_id == meeting_id,
        EVENT.c.member_id == member_id,
        EVENT.c.proof == Proven.WRONG.value,
    )
    return session.execute(query).scalar_one()


def greatest_sequence(session: Session, group_id: GroupId, device_id: DeviceId, boot: str) -> int:
    """Return the number of the last event that is known of the page run; 0 for none."""
    query = select(func.max(EVENT.c.sequence)).where(
        *_of_device(EVENT, group_id, device_id), EVENT.c.boot == boot
    )
    return session.execute(query).scalar_one() or 0


def waiting_events(session: Session, group_id: GroupId, meeting_id: MeetingId) -> list[WaitingEvent]:
    """Return what waits for a leader at the meeting; who is on record as here by another way is left out."""
    query = _waiting().where(
        EVENT.c.group_id == group_id,
        EVENT.c.meeting_id == meeting_id,
        IS_WAITING,
    )
    return [_waiting_event(row) for row in session.execute(query)]


def unplaced_events(session: Session, group_id: GroupId) -> list[WaitingEvent]:
    """Return the taps that name no meeting of the group, the latest `MOST_UNPLACED` of them, newest first."""
    query = (
        _waiting()
        .where(EVENT.c.group_id == group_id, EVENT.c.meeting_id.is_(None), IS_WAITING)
        .order_by(None)
        .order_by(EVENT.c.latest_utc.desc(), EVENT.c.public_id)
        .limit(MOST_UNPLACED)
    )
    return [_waiting_event(row) for row in session.execute(query)]


def guests_of(session: Session, group_id: GroupId, meeting_id: MeetingId) -> list[GuestLine]:
    """Return who signed in at the tablet and is no member, in the order in which they came."""
    query = (
        select(EVENT.c.name, EVENT.c.firm, EVENT.c.kind, EVENT.c.latest_utc)
        .where(
            EVENT.c.group_id == group_id,
            EVENT.c.meeting_id == meeting_id,
            EVENT.c.kind.in_([kind.value for kind in GUESTS]),
            EVENT.c.state != State.WAITS.value,
            EVENT.c.reason != SAID_NOT_HERE,
            EVENT.c.name != "",
        )
        .order_by(EVENT.c.latest_utc)
    )
    return [
        GuestLine(name=row.name, firm=row.firm, kind=Kind(row.kind), at_utc=row.latest_utc)
        for row in session.execute(query)
    ]


def _waiting() -> Select[Any]:
    return (
        select(
            EVENT,
            _MEMBER.c.public_id.label("member_public_id"),
            _PERSON.c.name.label("member_name"),
            MARK.c.version.label("mark_version"),
        )
        .select_from(
            EVENT.outerjoin(_MEMBER, _ITS_MEMBER)
            .outerjoin(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
            .outerjoin(MARK, IS_MARK_OF_EVENT)
        )
        .order_by(EVENT.c.latest_utc, EVENT.c.public_id)
    )


def _of_device(table: Any, group_id: GroupId, device_id: DeviceId) -> tuple[Any, ...]:
    return table.c.group_id == group_id, table.c.device_id == device_id


def _event_line(row: Any) -> EventLine:
    return EventLine(
        evidence=TapEvidence(
            hash=row.hash,
            claimed_hash=row.claimed_hash,
            boot=row.boot,
            sequence=row.sequence,
            reading_ms=row.reading_ms,
            previous=row.previous,
            uploaded_at=row.uploaded_at_utc,
        ),
        kind=Kind(row.kind),
        meeting_id=MeetingId(row.meeting_id) if row.meeting_id is not None else None,
        member_id=MemberId(row.member_id) if row.member_id is not None else None,
        name=row.name,
        firm=row.firm,
        proof=Proven(row.proof),
        state=State(row.state),
        reason=row.reason,
    )


def _waiting_event(row: Any) -> WaitingEvent:
    return WaitingEvent(
        public_id=row.public_id,
        hash=row.hash,
        device_id=DeviceId(row.device_id),
        kind=Kind(row.kind),
        member_id=MemberId(row.member_id) if row.member_id is not None else None,
        member_public_id=row.member_public_id or "",
        member_name=row.member_name or "",
        name=row.name,
        firm=row.firm,
        earliest_utc=row.earliest_utc,
        latest_utc=row.latest_utc,
        why=Why(row.reason),
        mark_version=row.mark_version or 0,
    )
