"""What credibility does when a person is erased, or two records of one human become one.

Erased is the record about the member. What they reported on others stays with its frozen weight: it is the others' record.
"""

from app.core.groups.domain.standing import Group
from app.core.ids import MemberId
from app.core.work import UnitOfWork
from app.plugins.credibility.domain.reports import Facet
from app.plugins.credibility.queries.choices import constants_in_force, parts
from app.plugins.credibility.services.appeal_news import forget_news
from app.plugins.credibility.services.confirming import forget_asking_of
from app.plugins.credibility.services.counting import fold_again
from app.plugins.credibility.store import put_part
from app.plugins.credibility.store_appeals import drop_appeals_of, one_at_a_time
from app.plugins.credibility.store_confirming import merge_askings
from app.plugins.credibility.store_people import (
    drop_deciders_twice,
    drop_evidence_between,
    drop_record,
    drop_sums,
    hand_over_evidence,
)


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

    Weights stay as they were frozen. What the two reported on each other is nothing.
    """
    session = work.session
    one_at_a_time(session, group.id)
    drop_evidence_between(session, group.id, kept, gone)
    whose = hand_over_evidence(session, group.id, kept, gone)
    merge_askings(session, group.id, kept, gone)
    whose |= {(facet, kept) for facet in Facet}
    drop_sums(session, group.id, gone)
    constants = constants_in_force(session, group.id)
    for one in sorted(whose):
        fold_again(work, group, one, constants)
    drop_deciders_twice(session, group.id, kept, gone)
