"""The words of a slip that is undone go back to its giver, as a draft: what was wrong with it was seldom all of it."""

from app.core.ids import GroupId, MemberId
from app.core.work import UnitOfWork
from app.plugins.referrals.domain.draft import Typed, written
from app.plugins.referrals.queries.one_slip import Prospect, SlipView, prospect_of, slip_for
from app.plugins.referrals.store_drafts import add_draft


def give_words_back(work: UnitOfWork, group_id: GroupId, slip: str, giver: MemberId, *, draft: str) -> None:
    """Keep the words of the slip as the draft of that token, if the member is its giver; the caller commits."""
    view = slip_for(work.session, group_id, slip, giver, now=work.now)
    if view is None or view.slip.giver != giver or view.prospect_id is None:
        return
    prospect = prospect_of(work.session, group_id, view.prospect_id)
    if prospect is not None:
        add_draft(work.session, (group_id, giver, draft), written(_typed(view, prospect)), work.now)


def _typed(view: SlipView, prospect: Prospect) -> Typed:
    """Return the words as they stood in the form, by the names of its fields."""
    return {
        "receiver": view.receiver_public_id,
        "known_how": view.known_how,
        "prospect_name": prospect.name,
        "prospect_contact": prospect.contact,
        "agreed": "y",
        "agreed_how": view.agreed_how,
        "agreed_on": view.agreed_on.isoformat() if view.agreed_on else "",
        "about": view.about,
        "tier": view.tier,
        "how_well": str(view.how_well or ""),
        "basis": view.basis,
        "urgency": view.urgency,
    }
