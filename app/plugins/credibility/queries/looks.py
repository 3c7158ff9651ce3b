"""On which days an administrator looked at a record: for the member whose it is, and without a name for those who lead."""

import json
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.core.groups.domain.standing import Group
from app.core.ids import MemberId
from app.core.ledger.queries import entries_of
from app.core.local_time import local_day
from app.plugins.credibility.interface import RecordLookedAt


def looks_at(session: Session, group: Group, member_id: MemberId | None = None) -> Sequence[date]:
    """Return the group's days on which an administrator looked, each once, the latest first; one statement.

    Without a member, the days of all together.
    """
    days = {
        local_day(datetime.fromisoformat(entry.at), group.zone)
        for entry, _hash in entries_of(session, group.id, (RecordLookedAt.kind,))
        if member_id is None or json.loads(entry.facts).get("member_id") == member_id
    }
    return sorted(days, reverse=True)
