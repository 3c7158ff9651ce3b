"""One disagreement of a group's leader, on which a newcomer decides, and a report that was found void."""

from datetime import timedelta

from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.work import UnitOfWork
from app.plugins.credibility.models_appeals import VoidRow
from app.plugins.credibility.store_appeals import add_appeal, add_deciders


def keep_disagreement(work: UnitOfWork, group: Group, member: MemberLine, decider: MemberLine) -> None:
    """Keep an open appeal with one decider, and the mark of a void report; the caller commits."""
    key = work.ids.key()
    add_appeal(
        work.session,
        {
            "group_id": group.id,
            "id": key,
            "public_id": work.ids.public_id(),
            "evidence_id": key,
            "about_member_id": member.id,
            "reason": "I called on the same day.",
            "state": "open",
            "filed_at_utc": work.now,
            "due_at_utc": work.now + timedelta(days=21),
        },
    )
    add_deciders(work.session, group.id, key, [decider.id])
    work.session.add(VoidRow(group_id=group.id, facet="handling", slip_id=work.ids.key(), report_number=1))
