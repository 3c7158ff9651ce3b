"""Looking at somebody's record from the terminal: noted in the ledger before a word of it is shown."""

from app.core.groups.domain.standing import Group
from app.core.ids import MemberId
from app.core.work import UnitOfWork
from app.plugins.credibility.interface import RecordLookedAt
from app.plugins.credibility.queries.shown import Own, own_of


def look_at(work: UnitOfWork, group: Group, member_id: MemberId) -> Own:
    """Return everything that the member sees of their own record, once it is kept that an administrator looked. Commits."""
    own = own_of(work, group, member_id)
    work.record(RecordLookedAt(group_id=group.id, member_id=member_id))
    work.commit()
    return own
