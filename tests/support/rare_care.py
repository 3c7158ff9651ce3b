"""One excuse, one leave, and one conversation of care with its steps and words: what no demo fills."""

from datetime import timedelta

from app.core.database import Base
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.work import UnitOfWork
from app.plugins.attendance.domain.care_patterns import BOUNDS, USUAL
from app.plugins.attendance.models_care import (
    CareNumbersRow,
    CareRow,
    CareStepRow,
    CareWordsRow,
    ExcuseRow,
    LeaveRow,
)


def asked_and_cared(work: UnitOfWork, group: Group, member: MemberLine, meeting_id: int) -> list[Base]:
    """Return rows of the group about `member`: what was asked is approved, and a trend is open for an office."""
    return [*_asked(work, group, member, meeting_id), *_cared(work, group, member), *_own_words(work, group)]


def _asked(work: UnitOfWork, group: Group, member: MemberLine, meeting_id: int) -> list[Base]:
    today = work.now.date()
    asked = {
        "group_id": group.id,
        "member_id": member.id,
        "state": "approved",
        "asked_at_utc": work.now,
        "asked_by_member_id": member.id,
        "decided_at_utc": work.now,
        "decided_by_member_id": member.id,
    }
    return [
        ExcuseRow(
            id=work.ids.key(),
            public_id=work.ids.public_id(),
            meeting_id=meeting_id,
            number=1,
            kind="weather",
            note="The ferry lay still.",
            word="Of course so.",
            **asked,
        ),
        LeaveRow(
            id=work.ids.key(),
            public_id=work.ids.public_id(),
            kind="family",
            first_day=today + timedelta(days=30),
            last_day=today + timedelta(days=40),
            asked_last_day=today + timedelta(days=40),
            note="The twins come.",
            word="All the best.",
            **asked,
        ),
    ]


def _cared(work: UnitOfWork, group: Group, member: MemberLine) -> list[Base]:
    today, care_id = work.now.date(), work.ids.key()
    return [
        CareRow(
            group_id=group.id,
            id=care_id,
            public_id=work.ids.public_id(),
            member_id=member.id,
            pattern="absences",
            count=3,
            weeks=26,
            newest_on=today - timedelta(days=20),
            state="open",
            noticed_at_utc=work.now - timedelta(days=4),
            opened_at_utc=work.now - timedelta(days=1),
            close_reason="not yet",
        ),
        CareStepRow(
            group_id=group.id,
            id=work.ids.key(),
            care_id=care_id,
            kind="call",
            done_on=today,
            by_member_id=member.id,
            note="A good talk.",
            subject="A word",
            body="Hello there.",
            at_utc=work.now,
        ),
    ]


def _own_words(work: UnitOfWork, group: Group) -> list[Base]:
    """Return the group's words for the call, and its numbers, where it keeps none yet."""
    if work.session.get(CareNumbersRow, group.id) is not None:
        return []
    numbers = {name: getattr(USUAL, name) for name in BOUNDS}
    return [
        CareNumbersRow(group_id=group.id, changed_at_utc=work.now, **numbers),
        CareWordsRow(
            group_id=group.id,
            kind="call",
            subject="What to ask",
            body="How are you, {first_name}?",
            changed_at_utc=work.now,
        ),
    ]
