"""Forgetting who stood in for a member: their name and firm go when their time is over, the mark stays."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from app.core.database import table_of
from app.core.groups.domain.standing import Group
from app.core.local_time import local_day
from app.core.meetings.models import MeetingRow
from app.core.work import UnitOfWork
from app.plugin_api import Job
from app.plugins.attendance.models import AnswerRow, SubstituteRow
from app.plugins.attendance.services.marking import SUBSTITUTES_KEPT

_SUBSTITUTE: Any = table_of(SubstituteRow)
_ANSWER: Any = table_of(AnswerRow)
_MEETING: Any = table_of(MeetingRow)


def forget_substitutes(work: UnitOfWork, group: Group) -> int:
    """Empty the names of substitutes whose day has passed, as noted and as announced; return how many. The caller commits."""
    today = local_day(work.now, group.zone)
    noted: Any = work.session.execute(
        update(_SUBSTITUTE)
        .where(
            _SUBSTITUTE.c.group_id == group.id,
            _SUBSTITUTE.c.expires_on < today,
            (_SUBSTITUTE.c.name != "") | (_SUBSTITUTE.c.firm != ""),
        )
        .values(name="", firm="")
    )
    long_ago = select(_MEETING.c.id).where(
        _MEETING.c.group_id == group.id, _MEETING.c.local_date < today - SUBSTITUTES_KEPT
    )
    announced: Any = work.session.execute(
        update(_ANSWER)
        .where(
            _ANSWER.c.group_id == group.id,
            _ANSWER.c.meeting_id.in_(long_ago),
            _ANSWER.c.substitute_name != "",
        )
        .values(substitute_name="")
    )
    return int(noted.rowcount + announced.rowcount)


FORGETTING = Job(
    name="forget-substitutes", every=timedelta(hours=12), run=forget_substitutes, also_when_off=True
)
