"""What credibility does when a person takes their data along, is erased, or two records of one human become one.

Erased is the record about the member. What they reported on others stays with its frozen weight: it is the others' record.
"""

from collections.abc import Sequence
from typing import Final

from sqlalchemy.orm import Session

from app.core.groups.domain.standing import Group
from app.core.ids import GroupId, MemberId
from app.core.person_data.exported import Exported, Told
from app.core.work import UnitOfWork
from app.plugins.credibility.domain.reports import Facet
from app.plugins.credibility.queries import secret
from app.plugins.credibility.queries.appeals import appeals_of, open_appeals
from app.plugins.credibility.queries.choices import constants_in_force, parts
from app.plugins.credibility.services.appeal_news import ask_no_more, forget_news
from app.plugins.credibility.services.confirming import forget_asking_of
from app.plugins.credibility.services.counting import fold_again
from app.plugins.credibility.services.taking_part import take_record_away
from app.plugins.credibility.services.what_counts import OUT
from app.plugins.credibility.store import put_part
from app.plugins.credibility.store_appeals import drop_appeals_of, one_at_a_time
from app.plugins.credibility.store_confirming import merge_askings
from app.plugins.credibility.store_people import (
    drop_deciders_twice,
    drop_evidence_between,
    drop_part,
    drop_record,
    drop_sums,
    drop_word,
    hand_over_appeals,
    hand_over_evidence,
)

STRICTNESS: Final = ("yes", "no", "object")
"""What one can say of taking part, the strictest last."""


def export_decisions(work: UnitOfWork, group: Group, member_id: MemberId) -> Sequence[Exported]:
    """Return what was decided on the member's disagreements that have ended, as their page has it: reasons without a name."""
    ended = [one for one in appeals_of(work.session, group.id, member_id) if not one.is_open]
    decisions: list[dict[str, Told]] = [
        {"filed_at": appeal.filed_at.isoformat(), "says": one.says, "reason": one.reason}
        for appeal in ended
        for one in appeal.deciders
        if one.says
    ]
    return [Exported(name="credibility_decisions", rows=decisions)] if decisions else []


def erase_record(work: UnitOfWork, group: Group, member_id: MemberId) -> int:
    """Take away the record about the member and let nothing be counted on them again; must not commit."""
    one_at_a_time(work.session, group.id)
    erased = drop_record(work.session, group.id, member_id)
    forget_asking_of(work, group.id, member_id)
    appeals = drop_appeals_of(work.session, group.id, member_id)
    forget_news(work, group, appeals)
    if parts(work.session, group.id).get(member_id) != "object":
        put_part(work.session, group.id, member_id, "object", work.now)
    return erased + len(appeals)


def merge_records(work: UnitOfWork, group: Group, kept: MemberId, gone: MemberId) -> None:
    """Make one record of two, and one voice of two in the records of others; must not commit.

    Weights stay as they were frozen. What the two reported on each other is nothing. Of what the two said of taking part the
    stricter word stands: who objected under one name has not said yes under another.
    """
    session = work.session
    one_at_a_time(session, group.id)
    word = _keep_stricter_word(session, group.id, kept, gone)
    drop_evidence_between(session, group.id, kept, gone)
    whose = hand_over_evidence(session, group.id, kept, gone)
    merge_askings(session, group.id, kept, gone)
    hand_over_appeals(session, group.id, kept, gone)
    whose |= {(facet, kept) for facet in Facet}
    drop_sums(session, group.id, gone)
    constants = constants_in_force(session, group.id)
    for one in sorted(whose):
        fold_again(work, group, one, constants)
    drop_deciders_twice(session, group.id, kept, gone)
    _let_no_side_decide(work, group, kept, gone)
    if word in OUT:
        take_record_away(work, group, kept)


def _keep_stricter_word(session: Session, group_id: GroupId, kept: MemberId, gone: MemberId) -> str:
    """Let of what the two said of taking part the stricter stand, and return it; empty where neither has said anything."""
    says = parts(session, group_id)
    said = {member: says[member] for member in (kept, gone) if member in says}
    if not said:
        return ""
    strictest = max(said, key=lambda member: STRICTNESS.index(said[member]))
    for member in said:
        if member != strictest:
            drop_part(session, group_id, member)
    return said[strictest]


def _let_no_side_decide(work: UnitOfWork, group: Group, kept: MemberId, gone: MemberId) -> None:
    """Take the word of who turns out to have written the report itself; somebody else is asked the next time round."""
    for appeal in open_appeals(work.session, group.id):
        row = secret.evidence_by_key(work.session, group.id, appeal.evidence_id)
        if row is None or row.by_member_id != kept:
            continue
        for member in sorted({kept, gone} & {one.member_id for one in appeal.deciders}):
            drop_word(work.session, group.id, appeal.id, member)
            ask_no_more(work, group, appeal.public_id, member)
