"""What does the ledger alone say of every letter, and is that what the record keeps? And who corrected one mark, and why?"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from app.core.database import table_of
from app.core.events import DomainEvent
from app.core.groups.queries.merged import records_became
from app.core.ids import GroupId, MeetingId, MemberId
from app.core.ledger.models import LedgerEntryRow, LedgerReasonRow
from app.core.ledger.queries import entries_of
from app.core.people.models import PersonRow
from app.plugins.attendance.domain.care_events import LeftEarlyNoted
from app.plugins.attendance.domain.palms import Palms, palms_of_marks
from app.plugins.attendance.domain.status import Status
from app.plugins.attendance.interface import (
    ArrivalCorrected,
    ArrivalRecorded,
    AttendanceMarked,
    MarkTakenBack,
)
from app.plugins.attendance.queries.marks import MARK

_ENTRY = table_of(LedgerEntryRow)
_REASON = table_of(LedgerReasonRow)
_PERSON = table_of(PersonRow)
_OF_LETTERS: tuple[type[DomainEvent], ...] = (
    ArrivalRecorded,
    AttendanceMarked,
    MarkTakenBack,
    ArrivalCorrected,
)
_OF_A_MARK: tuple[type[DomainEvent], ...] = (*_OF_LETTERS, LeftEarlyNoted)
_MOST_FAULTS = 5

Letters = Mapping[tuple[int, int], str]
"""The letter by meeting and member; without a letter there is no entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLine:
    """One change of a mark: who, when, from which letter to which (None: no record), and the written reason.

    `left_early_at_utc` is given for a change of that alone, with `is_about_leaving`.
    """

    at_utc: datetime
    by: str
    by_device: bool
    old: str | None
    new: str | None
    reason: str
    is_correction: bool
    is_about_leaving: bool = False
    left_early_at_utc: datetime | None = None


def rebuilt_letters(session: Session, group_id: GroupId) -> Letters:
    """Return the letters that the ledger says, from its first entry to its last."""
    letters: dict[tuple[int, int], str] = {}
    became = records_became(session, group_id)
    for entry, _hash in entries_of(session, group_id, tuple(event.kind for event in _OF_LETTERS)):
        facts = json.loads(entry.facts)
        place = (facts["meeting_id"], became.get(facts["member_id"], facts["member_id"]))
        # A mark that was taken back names only the letter that stood.
        if letter := facts.get("status"):
            letters[place] = letter
        else:
            letters.pop(place, None)
    return letters


def stored_letters(session: Session, group_id: GroupId) -> Letters:
    """Return the letters that the record keeps."""
    query = select(MARK.c.meeting_id, MARK.c.member_id, MARK.c.status).where(
        MARK.c.group_id == group_id, MARK.c.status.is_not(None)
    )
    return {(row.meeting_id, row.member_id): row.status for row in session.execute(query)}


def palms_of_letters_of(letters: Letters, meetings: Iterable[int]) -> Mapping[MemberId, Palms]:
    """Return PALMS of these meetings, counted from letters wherever they come from."""
    counted = frozenset(meetings)
    return palms_of_marks(
        (MeetingId(meeting), MemberId(member), Status(letter))
        for (meeting, member), letter in letters.items()
        if meeting in counted
    )


def faults_of(session: Session, group_id: GroupId) -> list[str]:
    """Return where the record and the ledger differ, a line each, at most a few."""
    rebuilt, stored = rebuilt_letters(session, group_id), stored_letters(session, group_id)
    differing = sorted(
        place for place in rebuilt.keys() | stored.keys() if rebuilt.get(place) != stored.get(place)
    )
    lines = [
        f"meeting {meeting}, member {member}: the record says {stored.get((meeting, member), 'nothing')}, "
        f"the ledger {rebuilt.get((meeting, member), 'nothing')}"
        for meeting, member in differing[:_MOST_FAULTS]
    ]
    more = len(differing) - len(lines)
    return [*lines, f"and {more} more letters"] if more else lines


def changes_of(
    session: Session, group_id: GroupId, meeting_id: MeetingId, member_id: MemberId
) -> list[ChangeLine]:
    """Return every change of one mark, the latest first, with who made it and the reason that was written."""
    kinds = [event.kind for event in _OF_A_MARK]
    query = (
        select(_ENTRY.c.at_utc, _ENTRY.c.actor, _ENTRY.c.kind, _ENTRY.c.facts, _REASON.c.reason)
        .outerjoin(
            _REASON, and_(_REASON.c.group_id == _ENTRY.c.group_id, _REASON.c.sequence == _ENTRY.c.sequence)
        )
        .where(
            _ENTRY.c.group_id == group_id,
            _ENTRY.c.kind.in_(kinds),
            # Facts are canonical JSON: a number stands behind its name and before a comma or the end.
            _ENTRY.c.facts.contains(f'"meeting_id":{meeting_id},', autoescape=True),
            _ENTRY.c.facts.contains(f'"member_id":{member_id}', autoescape=True),
        )
        .order_by(_ENTRY.c.sequence.desc())
    )
    rows = [(row, json.loads(row.facts)) for row in session.execute(query)]
    own = [(row, facts) for row, facts in rows if facts["member_id"] == member_id]
    names = _names(session, {row.actor for row, _facts in own})
    return [
        ChangeLine(
            at_utc=row.at_utc,
            by=names.get(row.actor, ""),
            by_device=row.actor.startswith("device:"),
            old=facts.get("old_status"),
            new=facts.get("status"),
            reason=row.reason or "",
            is_correction=row.kind == ArrivalCorrected.kind,
            is_about_leaving=row.kind == LeftEarlyNoted.kind,
            left_early_at_utc=_instant(facts.get("left_early_at_utc")),
        )
        for row, facts in own
    ]


def _names(session: Session, actors: set[str]) -> dict[str, str]:
    keys = [int(actor.removeprefix("person:")) for actor in actors if actor.startswith("person:")]
    rows = session.execute(select(_PERSON.c.id, _PERSON.c.name).where(_PERSON.c.id.in_(keys)))
    return {f"person:{row.id}": row.name for row in rows}


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
