"""Writing what tablets send and what their door asks: each act one statement, and equal ones write one row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.core.ids import DeviceId, GroupId, MeetingId, MemberId
from app.plugins.attendance.domain.door import Door
from app.plugins.attendance.domain.interval_rule import Anchor, Bounds, TapEvidence
from app.plugins.attendance.domain.tablet_events import Kind
from app.plugins.attendance.domain.tablet_outcome import Proven, State
from app.plugins.attendance.models_door import (
    DoorRow,
    MemberKeyRow,
    TabletAnchorRow,
    TabletEventRow,
    TabletRow,
    TabletRunRow,
)

_TABLET: Any = TabletRow.__table__
_ANCHOR: Any = TabletAnchorRow.__table__
_RUN: Any = TabletRunRow.__table__
_EVENT: Any = TabletEventRow.__table__
_DOOR: Any = DoorRow.__table__
_KEY: Any = MemberKeyRow.__table__
_DIALECTS: MappingProxyType[str, Any] = MappingProxyType({"sqlite": sqlite, "postgresql": postgresql})


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvent:
    """An event to be kept as it came; it waits until it is judged."""

    public_id: str
    evidence: TapEvidence
    kind: Kind
    meeting_id: MeetingId | None
    member_id: MemberId | None
    name: str
    firm: str
    proof: Proven
    expires_on: date


def add_tablet(
    session: Session, group_id: GroupId, device_id: DeviceId, *, public_id: str, code_expires_at: datetime
) -> None:
    """Keep a tablet that waits for its code to be typed."""
    session.execute(
        insert(_TABLET).values(
            group_id=group_id,
            device_id=device_id,
            public_id=public_id,
            code_expires_at_utc=code_expires_at,
            waiting=0,
        )
    )


def lock_tablet(session: Session, group_id: GroupId, device_id: DeviceId) -> None:
    """Let the uploads of one tablet be taken in one after the other: each is judged by all that came before it."""
    session.execute(select(_TABLET.c.device_id).where(*_own(_TABLET, group_id, device_id)).with_for_update())


def note_contact(
    session: Session,
    group_id: GroupId,
    device_id: DeviceId,
    *,
    now: datetime,
    waiting: int,
    clock_off_ms: int | None = None,
) -> None:
    """Note that the tablet was heard of, and how many sign-ins wait on it."""
    said: dict[str, Any] = {"last_contact_at_utc": now, "waiting": waiting}
    if clock_off_ms is not None:
        said["clock_off_ms"] = clock_off_ms
    session.execute(update(_TABLET).where(*_own(_TABLET, group_id, device_id)).values(said))


def keep_anchors(session: Session, group_id: GroupId, device_id: DeviceId, anchors: Sequence[Anchor]) -> None:
    """Keep contacts; one that is known takes over the reading after its answer, if that was not told yet."""
    for one in anchors:
        new = _insert(session, _ANCHOR).values(
            group_id=group_id,
            device_id=device_id,
            boot=one.boot,
            server_at_utc=one.server_at,
            sent_ms=one.sent_ms,
            got_ms=one.got_ms,
        )
        got = func.coalesce(
            _least(session, _ANCHOR.c.got_ms, new.excluded.got_ms), _ANCHOR.c.got_ms, new.excluded.got_ms
        )
        key = ["group_id", "device_id", "boot", "server_at_utc", "sent_ms"]
        session.execute(new.on_conflict_do_update(index_elements=key, set_={"got_ms": got}))


def keep_runs(
    session: Session, group_id: GroupId, device_id: DeviceId, began_after: Mapping[str, datetime]
) -> None:
    """Keep after which contact each page run began; of several, the latest."""
    for boot, instant in began_after.items():
        new = _insert(session, _RUN).values(
            group_id=group_id, device_id=device_id, boot=boot, began_after_utc=instant
        )
        later = new.excluded.began_after_utc
        session.execute(
            new.on_conflict_do_update(
                index_elements=["group_id", "device_id", "boot"],
                set_={"began_after_utc": later},
                where=_RUN.c.began_after_utc < later,
            )
        )


def keep_event(session: Session, group_id: GroupId, device_id: DeviceId, event: NewEvent) -> None:
    """Keep an event; of one that is known, the earliest upload counts as its first."""
    evidence = event.evidence
    new = _insert(session, _EVENT).values(
        group_id=group_id,
        device_id=device_id,
        hash=evidence.hash,
        public_id=event.public_id,
        claimed_hash=evidence.claimed_hash,
        previous=evidence.previous,
        boot=evidence.boot,
        sequence=evidence.sequence,
        reading_ms=evidence.reading_ms,
        kind=event.kind.value,
        meeting_id=event.meeting_id,
        member_id=event.member_id,
        name=event.name,
        firm=event.firm,
        proof=event.proof.value,
        uploaded_at_utc=evidence.uploaded_at,
        earliest_utc=None,
        latest_utc=evidence.uploaded_at,
        state=State.WAITS.value,
        reason="undecided",
        expires_on=event.expires_on,
    )
    session.execute(
        new.on_conflict_do_update(
            index_elements=["group_id", "device_id", "hash"],
            set_={"uploaded_at_utc": new.excluded.uploaded_at_utc},
            where=_EVENT.c.uploaded_at_utc > new.excluded.uploaded_at_utc,
        )
    )


def judge_event(
    session: Session,
    group_id: GroupId,
    device_id: DeviceId,
    event_hash: str,
    *,
    bounds: Bounds,
    state: State,
    reason: str,
) -> None:
    """Write what follows from an event that waits; what was decided once stands."""
    session.execute(
        update(_EVENT)
        .where(
            *_own(_EVENT, group_id, device_id),
            _EVENT.c.hash == event_hash,
            _EVENT.c.state == State.WAITS.value,
        )
        .values(earliest_utc=bounds.earliest, latest_utc=bounds.latest, state=state.value, reason=reason)
    )


def let_taps_wait(
    session: Session, group_id: GroupId, meeting_id: MeetingId, member_id: MemberId, reason: str
) -> None:
    """Let the member's taps of the meeting wait for a leader again: what followed from them is proven no more."""
    session.execute(
        update(_EVENT)
        .where(
            _EVENT.c.group_id == group_id,
            _EVENT.c.meeting_id == meeting_id,
            _EVENT.c.member_id == member_id,
            _EVENT.c.kind == Kind.MEMBER.value,
            _EVENT.c.state == State.DONE.value,
        )
        .values(state=State.WAITS.value, reason=reason)
    )


def decide_event(
    session: Session, group_id: GroupId, public_id: str, *, now: datetime, by: MemberId | None, said: str
) -> bool:
    """Note what a leader said of an event that waited; return False where somebody was quicker."""
    decided = session.execute(
        update(_EVENT)
        .where(
            _EVENT.c.group_id == group_id,
            _EVENT.c.public_id == public_id,
            _EVENT.c.state == State.WAITS.value,
        )
        .values(state=State.DECIDED.value, reason=said, decided_at_utc=now, decided_by_member_id=by)
        .returning(_EVENT.c.hash)
    )
    return decided.one_or_none() is not None


def forget_names(session: Session, group_id: GroupId, today: date) -> int:
    """Take away the names of those who are no members and whose time has come; return how many."""
    nobody = {"name": "", "firm": ""}
    forgotten = session.execute(
        update(_EVENT)
        .where(_EVENT.c.group_id == group_id, _EVENT.c.expires_on < today, _EVENT.c.name != "")
        .values(nobody)
        .returning(_EVENT.c.hash)
    )
    return len(forgotten.all())


def save_door(session: Session, group_id: GroupId, door: Door, *, seen_version: int) -> bool:
    """Write what the door asks over the version seen; return False if it has changed since."""
    said = {"asks": door.asks.value, "guests_allowed": door.guests_allowed, "version": seen_version + 1}
    if seen_version == 0:
        new = _insert(session, _DOOR).values(group_id=group_id, **said)
        statement = new.on_conflict_do_nothing().returning(_DOOR.c.version)
    else:
        statement = (
            update(_DOOR)
            .where(_DOOR.c.group_id == group_id, _DOOR.c.version == seen_version)
            .values(said)
            .returning(_DOOR.c.version)
        )
    return session.execute(statement).one_or_none() is not None


def keep_key(session: Session, group_id: GroupId, member_id: MemberId, said: Mapping[str, Any]) -> None:
    """Keep a member's PIN or code; what is not said stays."""
    new = _insert(session, _KEY).values(
        {"group_id": group_id, "member_id": member_id, "code_serial": 0} | dict(said)
    )
    session.execute(new.on_conflict_do_update(index_elements=["group_id", "member_id"], set_=dict(said)))


def _insert(session: Session, table: Any) -> Any:
    return _DIALECTS[session.get_bind().dialect.name].insert(table)


def _least(session: Session, one: Any, other: Any) -> Any:
    """Return the smaller of two numbers, in each database's words; null where either is, on SQLite."""
    return func.min(one, other) if session.get_bind().dialect.name == "sqlite" else func.least(one, other)


def _own(table: Any, group_id: GroupId, device_id: DeviceId) -> tuple[Any, ...]:
    return table.c.group_id == group_id, table.c.device_id == device_id
