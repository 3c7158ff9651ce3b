"""One excuse, one leave, and one conversation of care with its steps and words: what no demo fills."""

from datetime import timedelta

from app.core.database import Base
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.work import UnitOfWork
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
    care_id = work.ids.key()
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
        CareNumbersRow(
            group_id=group.id,
            absences=3,
            absences_weeks=26,
            lates=4,
            lates_weeks=8,
            good_meetings=20,
            good_percent=90,
            drop_weeks=8,
            drop_meetings=4,
            drop_percent=60,
            leave_weeks=8,
            changed_at_utc=work.now,
        ),
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
        CareWordsRow(
            group_id=group.id,
            kind="call",
            subject="What to ask",
            body="How are you, {first_name}?",
            changed_at_utc=work.now,
        ),
    ]
