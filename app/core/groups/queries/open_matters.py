"""What is open in core for whoever leads a group or takes members in: one statement."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.access.models import InvitationRow
from app.core.database import table_of
from app.core.ids import GroupId
from app.core.meetings.domain.meeting import MeetingState
from app.core.meetings.models import MeetingRow

LOOKED_AHEAD = timedelta(weeks=4)
"""How far ahead a meeting without a place is worth a word."""

_INVITATION = table_of(InvitationRow)
_MEETING = table_of(MeetingRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenInCore:
    """Invitations that nobody opened, and meetings of the next weeks that have neither place nor call."""

    unopened_invitations: int
    meetings_without_place: int


def open_in_core(session: Session, group_id: GroupId, now: datetime) -> OpenInCore:
    """Return what is open in the group."""
    unopened = (
        select(func.count())
        .select_from(_INVITATION)
        .where(_INVITATION.c.group_id == group_id, _INVITATION.c.accepted_at_utc.is_(None))
    )
    without_place = (
        select(func.count())
        .select_from(_MEETING)
        .where(
            _MEETING.c.group_id == group_id,
            _MEETING.c.state == MeetingState.PLANNED.value,
            _MEETING.c.starts_at_utc > now,
            _MEETING.c.starts_at_utc <= now + LOOKED_AHEAD,
            _MEETING.c.place == "",
            _MEETING.c.call_link == "",
        )
    )
    row = session.execute(
        select(
            unopened.scalar_subquery().label("unopened"), without_place.scalar_subquery().label("placeless")
        )
    ).one()
    return OpenInCore(unopened_invitations=row.unopened, meetings_without_place=row.placeless)
