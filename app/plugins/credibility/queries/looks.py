"""On which days an administrator looked at a record: for the member whose it is, and without a name for those who lead."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.core.groups.domain.standing import Group
from app.core.groups.events import RecordsMerged
from app.core.ids import MemberId
from app.core.ledger.queries import entries_of
from app.core.local_time import local_day
from app.plugins.credibility.interface import RecordLookedAt


def looks_at(session: Session, group: Group, member_id: MemberId | None = None) -> Sequence[date]:
    """Return the group's days on which an administrator looked, each once, the latest first; one statement.

    Without a member, the days of all together. A look at a record that was merged into the member's since is one at theirs:
    the ledger goes on naming the record that went.
    """
    stays: dict[object, object] = {}
    looks: list[tuple[date, object]] = []
    for entry, _hash in entries_of(session, group.id, (RecordLookedAt.kind, RecordsMerged.kind)):
        facts = json.loads(entry.facts)
        if entry.kind == RecordsMerged.kind:
            stays[facts["gone_member_id"]] = facts["kept_member_id"]
        else:
            looks.append((local_day(datetime.fromisoformat(entry.at), group.zone), facts.get("member_id")))
    days = {day for day, whose in looks if member_id is None or _now(whose, stays) == member_id}
    return sorted(days, reverse=True)


def _now(member: object, stays: Mapping[object, object]) -> object:
    """Return whose record it is now. A record that went is in no later entry, so the way ends."""
    while member in stays:
        member = stays[member]
    return member
