"""Which member is meant by a key that the ledger wrote before two records of one human became one?"""

import json
from collections.abc import Mapping

from sqlalchemy.orm import Session

from app.core.groups.events import RecordsMerged
from app.core.ids import GroupId, MemberId
from app.core.ledger.queries import entries_of


def records_became(session: Session, group_id: GroupId) -> Mapping[int, MemberId]:
    """Return for each key that is gone the key under which the same human is found today."""
    became: dict[int, MemberId] = {}
    for entry, _hash in entries_of(session, group_id, (RecordsMerged.kind,)):
        facts = json.loads(entry.facts)
        kept, gone = MemberId(facts["kept_member_id"]), facts["gone_member_id"]
        became = {key: kept if at == gone else at for key, at in became.items()} | {gone: kept}
    return became
