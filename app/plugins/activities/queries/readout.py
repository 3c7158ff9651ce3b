"""Which one-to-ones were recorded since an instant, to be read out: the two names, never place or note."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased

from app.core.groups.models import MemberRow
from app.core.ids import GroupId
from app.core.people.models import PersonRow
from app.plugins.activities.models import OneToOneRow
from app.plugins.referrals.interface import ReadOutLine

_TALK: Any = OneToOneRow.__table__
_ONE: Any = aliased(MemberRow.__table__)
_OTHER: Any = aliased(MemberRow.__table__)
_ONE_PERSON: Any = aliased(PersonRow.__table__)
_OTHER_PERSON: Any = aliased(PersonRow.__table__)


class RecordedTalks:
    """Answers `TalksToReadOut` from what was recorded: by when it was written down, so that none is read out twice."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def lines_since(self, group_id: GroupId, since_utc: datetime) -> Sequence[ReadOutLine]:
        """Return a line for each one-to-one, the first first. One statement."""
        of_group = _TALK.c.group_id
        query = (
            select(_ONE_PERSON.c.name, _OTHER_PERSON.c.name.label("other_name"))
            .select_from(_TALK)
            .join(_ONE, and_(_ONE.c.group_id == of_group, _ONE.c.id == _TALK.c.member_id))
            .join(_ONE_PERSON, _ONE_PERSON.c.id == _ONE.c.person_id)
            .join(_OTHER, and_(_OTHER.c.group_id == of_group, _OTHER.c.id == _TALK.c.with_member_id))
            .join(_OTHER_PERSON, _OTHER_PERSON.c.id == _OTHER.c.person_id)
            .where(of_group == group_id, _TALK.c.batch_id.is_(None), _TALK.c.created_at_utc >= since_utc)
            .order_by(_TALK.c.created_at_utc, _TALK.c.id)
        )
        return [ReadOutLine(name=row.name, other_name=row.other_name) for row in self._session.execute(query)]
