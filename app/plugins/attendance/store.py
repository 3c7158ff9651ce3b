"""Writing attendance, each act one statement that the database itself decides: one row a member and meeting, no lost change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import and_, bindparam, delete, insert, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.core.ids import GroupId, MeetingId, MemberId
from app.plugins.attendance.domain.evidence import Grade, HowClaimed, Origin
from app.plugins.attendance.domain.record import Record, RecordState
from app.plugins.attendance.domain.status import Status
from app.plugins.attendance.models import ClaimRow, MarkRow, RecordRow, SubstituteRow

_MARK: Any = MarkRow.__table__
_CLAIM: Any = ClaimRow.__table__
_RECORD: Any = RecordRow.__table__
_SUBSTITUTE: Any = SubstituteRow.__table__

_KEY = ("group_id", "meeting_id", "member_id")
_SAID = (
    "status",
    "arrived_at_utc",
    "earliest_utc",
    "latest_utc",
    "grade",
    "origin",
    "device_key",
    "substitute_id",
    "rules_version",
    "recorded_by_member_id",
    "batch_id",
    "stood_before",
    "updated_at_utc",
)
"""What a mark says, beside its key, its version, and what other acts keep on it (left early, excuse)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMark:
    """A mark to be written. `status` None takes back what stood; `stood_before` is what it writes over, to be restored."""

    group_id: GroupId
    meeting_id: MeetingId
    member_id: MemberId
    status: Status | None
    origin: Origin
    updated_at_utc: datetime
    arrived_at_utc: datetime | None = None
    grade: Grade | None = None
    device_key: str | None = None
    substitute_id: int | None = None
    rules_version: int | None = None
    recorded_by: MemberId | None = None
    batch_id: int | None = None
    stood_before: str | None = None
    bounds: tuple[datetime | None, datetime | None] | None = None
    """From when to when the arrival lies, where it is not known to the instant."""

    def values(self) -> dict[str, Any]:
        """Return the columns, without the version."""
        earliest, latest = self.bounds or (self.arrived_at_utc, self.arrived_at_utc)
        return {
            "group_id": self.group_id,
            "meeting_id": self.meeting_id,
            "member_id": self.member_id,
            "status": self.status.value if self.status else None,
            "arrived_at_utc": self.arrived_at_utc,
            "earliest_utc": earliest,
            "latest_utc": latest,
            "grade": self.grade.value if self.grade else None,
            "origin": self.origin.value,
            "device_key": self.device_key,
            "substitute_id": self.substitute_id,
            "rules_version": self.rules_version,
            "recorded_by_member_id": self.recorded_by,
            "batch_id": self.batch_id,
            "stood_before": self.stood_before,
            "updated_at_utc": self.updated_at_utc,
        }


def _where_blank(dialect: Any, values: Any) -> Any:
    new = dialect.insert(_MARK).values(values)
    return new.on_conflict_do_update(
        index_elements=list(_KEY),
        set_={name: new.excluded[name] for name in _SAID} | {"version": _MARK.c.version + 1},
        where=_MARK.c.status.is_(None),
    ).returning(_MARK.c.meeting_id, _MARK.c.member_id)


_DIALECTS: MappingProxyType[str, Any] = MappingProxyType({"sqlite": sqlite, "postgresql": postgresql})
_ONE_MARK: dict[str, Any] = {name: bindparam(name) for name in (*_KEY, *_SAID)} | {"version": 1}
_FILL_BLANK = MappingProxyType(
    {name: _where_blank(dialect, _ONE_MARK) for name, dialect in _DIALECTS.items()}
)
_AT_ONCE = 500
"""Marks a statement: far below the number of values that either database takes."""
_REPLACE: Any = (
    update(_MARK)
    .where(
        and_(*(_MARK.c[name] == bindparam(f"of_{name}") for name in _KEY)),
        _MARK.c.version == bindparam("seen_version"),
    )
    .values({name: bindparam(name) for name in _SAID} | {"version": _MARK.c.version + 1})
    .returning(_MARK.c.version)
)


def fill_blank(session: Session, mark: NewMark) -> bool:
    """Write the mark where none stands, and return whether it did; a mark that stands is never overwritten.

    The primary key decides between equal requests in the same instant: one writes, the others find it written.
    """
    statement = _FILL_BLANK[session.get_bind().dialect.name]
    return session.execute(statement, mark.values()).one_or_none() is not None


def fill_blanks(session: Session, marks: Sequence[NewMark]) -> set[tuple[MeetingId, MemberId]]:
    """Write the marks of one act where none stands; return the meeting and member of each that was written."""
    dialect = _DIALECTS[session.get_bind().dialect.name]
    written: set[tuple[MeetingId, MemberId]] = set()
    for start in range(0, len(marks), _AT_ONCE):
        values = [mark.values() | {"version": 1} for mark in marks[start : start + _AT_ONCE]]
        rows = session.execute(_where_blank(dialect, values))
        written |= {(MeetingId(row.meeting_id), MemberId(row.member_id)) for row in rows}
    return written


def replace_mark(session: Session, mark: NewMark, *, seen_version: int) -> bool:
    """Write the mark over the one of `seen_version` (0: where none stands); return False if it has changed since."""
    if seen_version == 0:
        return fill_blank(session, mark)
    values = mark.values()
    bound = values | {f"of_{name}": values[name] for name in _KEY} | {"seen_version": seen_version}
    for name in _KEY:
        del bound[name]
    return session.execute(_REPLACE, bound).one_or_none() is not None


def keep_left_early(
    session: Session,
    mark: tuple[GroupId, MeetingId, MemberId],
    left: datetime | None,
    *,
    seen_version: int,
) -> bool:
    """Write when somebody left, beside the mark of `seen_version`; return False where it has changed since."""
    changed = (
        update(_MARK)
        .where(
            *(_MARK.c[name] == value for name, value in zip(_KEY, mark, strict=True)),
            _MARK.c.version == seen_version,
        )
        .values(left_early_at_utc=left, version=_MARK.c.version + 1)
        .returning(_MARK.c.version)
    )
    return session.execute(changed).one_or_none() is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSubstitute:
    """A person who stood in for a member at one meeting."""

    key: int
    group_id: GroupId
    meeting_id: MeetingId
    member_id: MemberId
    name: str
    firm: str
    created_at_utc: datetime
    expires_on: date


def add_substitute(session: Session, substitute: NewSubstitute) -> int:
    """Keep the name of a person who stood in for a member; return its key."""
    session.execute(
        insert(_SUBSTITUTE).values(
            group_id=substitute.group_id,
            id=substitute.key,
            meeting_id=substitute.meeting_id,
            member_id=substitute.member_id,
            name=substitute.name,
            firm=substitute.firm,
            created_at_utc=substitute.created_at_utc,
            expires_on=substitute.expires_on,
        )
    )
    return substitute.key


def save_record(
    session: Session,
    *,
    group_id: GroupId,
    meeting_id: MeetingId,
    seen: Record,
    record: Record,
    submitted_at: datetime | None,
    submitted_by: MemberId | None,
    head_count: int | None = None,
) -> bool:
    """Write the new state over the one `seen`; return False if it has changed since."""
    submission: dict[str, Any] = {}
    if record.state is RecordState.SUBMITTED:
        submission = {
            "submitted_at_utc": submitted_at,
            "submitted_by_member_id": submitted_by,
            "head_count": head_count,
        }
    said = {"state": record.state.value, "version": record.version, **submission}
    if seen.version == 0:
        new = (
            _DIALECTS[session.get_bind().dialect.name]
            .insert(_RECORD)
            .values(group_id=group_id, meeting_id=meeting_id, **said)
        )
        statement = new.on_conflict_do_nothing().returning(_RECORD.c.version)
    else:
        statement = (
            update(_RECORD)
            .where(
                _RECORD.c.group_id == group_id,
                _RECORD.c.meeting_id == meeting_id,
                _RECORD.c.version == seen.version,
            )
            .values(said)
            .returning(_RECORD.c.version)
        )
    return session.execute(statement).one_or_none() is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewClaim:
    """A sign-in that waits for a leader's word; `device_key` is the hash of the browser it was made in."""

    group_id: GroupId
    meeting_id: MeetingId
    member_id: MemberId
    how: HowClaimed
    claimed_at_utc: datetime
    device_key: str | None
    vouched_by: MemberId | None = None


def keep_claim(session: Session, claim: NewClaim) -> None:
    """Keep a claim, over an earlier one of the same member that was turned down or taken back."""
    said: dict[str, Any] = {
        "how": claim.how.value,
        "claimed_at_utc": claim.claimed_at_utc,
        "device_key": claim.device_key,
        "vouched_by_member_id": claim.vouched_by,
        "is_here": None,
        "decided_at_utc": None,
        "decided_by_member_id": None,
    }
    key = {"group_id": claim.group_id, "meeting_id": claim.meeting_id, "member_id": claim.member_id}
    new = _DIALECTS[session.get_bind().dialect.name].insert(_CLAIM).values(key | said)
    session.execute(new.on_conflict_do_update(index_elements=list(_KEY), set_=said))


def decide_claim(
    session: Session,
    mark: tuple[GroupId, MeetingId, MemberId],
    *,
    is_here: bool,
    decided_at: datetime,
    decided_by: MemberId | None,
) -> bool:
    """Write down what the leader said of one claim; return False where it was decided before."""
    statement = (
        update(_CLAIM)
        .where(*_is_claim(mark), _CLAIM.c.decided_at_utc.is_(None))
        .values(is_here=is_here, decided_at_utc=decided_at, decided_by_member_id=decided_by)
        .returning(_CLAIM.c.member_id)
    )
    return session.execute(statement).one_or_none() is not None


def let_claim_wait(session: Session, mark: tuple[GroupId, MeetingId, MemberId]) -> None:
    """Let a decided claim wait again: the decision was a slip of the finger."""
    undecided = {"is_here": None, "decided_at_utc": None, "decided_by_member_id": None}
    session.execute(update(_CLAIM).where(*_is_claim(mark)).values(undecided))


def forget_claim(session: Session, mark: tuple[GroupId, MeetingId, MemberId]) -> None:
    """Forget a claim that its own browser takes back."""
    session.execute(delete(_CLAIM).where(*_is_claim(mark)))


def _is_claim(mark: tuple[GroupId, MeetingId, MemberId]) -> tuple[Any, ...]:
    return tuple(_CLAIM.c[name] == value for name, value in zip(_KEY, mark, strict=True))
