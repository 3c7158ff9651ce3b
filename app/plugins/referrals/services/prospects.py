"""Opening a prospect's contact: for giver and receiver alone, and on record each time."""

from app.core.errors import NotFound
from app.core.ids import GroupId, MemberId
from app.core.work import UnitOfWork
from app.plugins.referrals.interface import ProspectOpened
from app.plugins.referrals.queries.one_slip import Prospect, prospect_of, slip_for


def open_prospect(work: UnitOfWork, *, group_id: GroupId, slip: str, member_id: MemberId) -> Prospect:
    """Return the prospect of the slip with the contact, and note who looked.

    `NotFound` for everyone but giver and receiver, and once the prospect is forgotten.
    """
    view = slip_for(work.session, group_id, slip, member_id, now=work.now)
    if view is None or view.prospect_id is None:
        raise NotFound
    prospect = prospect_of(work.session, group_id, view.prospect_id)
    if prospect is None:
        raise NotFound
    work.record(ProspectOpened(group_id=group_id, slip_id=view.id, by_member_id=member_id))
    work.commit()
    return prospect
