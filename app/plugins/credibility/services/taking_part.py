"""Saying whether one takes part: asked once, changed at any time; a no or an objection takes the record away at once."""

from app.core.errors import Refusal, Refused
from app.core.groups.domain.standing import Group
from app.core.ids import MemberId
from app.core.work import UnitOfWork
from app.plugins.credibility.domain.reports import Facet
from app.plugins.credibility.interface import PartSaid
from app.plugins.credibility.queries import secret
from app.plugins.credibility.queries.choices import constants_in_force
from app.plugins.credibility.services.counting import take_away
from app.plugins.credibility.services.what_counts import OUT
from app.plugins.credibility.store import put_part
from app.plugins.credibility.store_appeals import keep_appeared, one_at_a_time
from app.plugins.credibility.store_confirming import unconfirm

WORDS = ("yes", "no", "object")


def say_part(work: UnitOfWork, group: Group, member_id: MemberId, says: str) -> None:
    """Keep what the member says and commit. After a no or an objection nothing that was counted about them remains."""
    if says not in WORDS:
        raise Refused([Refusal(code="credibility.no_answer", field="says")])
    one_at_a_time(work.session, group.id)
    put_part(work.session, group.id, member_id, says, work.now)
    if says in OUT:
        take_record_away(work, group, member_id)
    work.record(PartSaid(group_id=group.id, member_id=member_id, says=says))
    work.commit()


def take_record_away(work: UnitOfWork, group: Group, member_id: MemberId) -> None:
    """Delete what was counted about a member who takes no part. The caller commits.

    Kept is since when a report had appeared, and nothing of what it said: counted anew after a later yes it is not a new one
    with which the member could disagree for 30 days more.
    """
    rows = [
        row for facet in Facet for row in secret.evidence_about(work.session, group.id, (facet, member_id))
    ]
    had_appeared = {
        (row.facet, row.slip_id, row.report_number): row.published_on
        for row in rows
        if row.published_on is not None
    }
    keep_appeared(work.session, group.id, had_appeared)
    take_away(work, group, rows, constants_in_force(work.session, group.id))
    unconfirm(work.session, group.id, member_id)
