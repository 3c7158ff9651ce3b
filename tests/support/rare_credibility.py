"""One disagreement of a group's leader, on which a newcomer decides, a report that was found void, and a network's scheme."""

from datetime import timedelta

from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.work import UnitOfWork
from app.plugins.credibility.domain.network import network_constants
from app.plugins.credibility.models_appeals import VoidRow
from app.plugins.credibility.queries.network import NetworkScheme
from app.plugins.credibility.store_appeals import add_appeal, add_deciders
from app.plugins.credibility.store_schemes import add_network_scheme


def keep_disagreement(work: UnitOfWork, group: Group, member: MemberLine, decider: MemberLine) -> None:
    """Keep an open appeal with one decider, the mark of a void report and a network's scheme; the caller commits."""
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
    add_network_scheme(
        work.session,
        NetworkScheme(
            number=1, name="Our network", effective_on=work.now.date(), constants=network_constants({})
        ),
        work.now,
    )
    work.session.add(VoidRow(group_id=group.id, facet="handling", slip_id=work.ids.key(), report_number=1))
