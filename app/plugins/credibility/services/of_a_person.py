"""What credibility does when a person is erased, or two records of one human become one.

Erased is the record about the member. What they reported on others stays with its frozen weight: it is the others' record.
"""

from typing import Any

from sqlalchemy import delete, or_, select, update

from app.core.groups.domain.standing import Group
from app.core.ids import MemberId
from app.core.work import UnitOfWork
from app.plugins.credibility.domain.reports import Facet
from app.plugins.credibility.models import EvidenceRow, PairRow, StandingRow
from app.plugins.credibility.models_appeals import AppealRow, DeciderRow
from app.plugins.credibility.queries.choices import constants_in_force, parts
from app.plugins.credibility.services.appeal_news import forget_news
from app.plugins.credibility.services.counting import fold_again
from app.plugins.credibility.store import Whose, put_part
from app.plugins.credibility.store_appeals import drop_appeals_of, one_at_a_time

_EVIDENCE: Any = EvidenceRow.__table__
_PAIR: Any = PairRow.__table__
_STANDING: Any = StandingRow.__table__
_APPEAL: Any = AppealRow.__table__
_DECIDER: Any = DeciderRow.__table__


def erase_record(work: UnitOfWork, group: Group, member_id: MemberId) -> int:
    """Take away the record about the member and let nothing be counted on them again; must not commit."""
    one_at_a_time(work.session, group.id)
    erased = 0
    for table in (_EVIDENCE, _PAIR, _STANDING):
        of_theirs = (table.c.group_id == group.id, table.c.about_member_id == member_id)
        gone = work.session.execute(delete(table).where(*of_theirs).returning(table.c.group_id))
        erased += len(gone.all())
    appeals = drop_appeals_of(work.session, group.id, member_id)
    forget_news(work, group, appeals)
    if parts(work.session, group.id).get(member_id) != "object":
        put_part(work.session, group.id, member_id, "object", work.now)
    return erased + len(appeals)


def merge_records(work: UnitOfWork, group: Group, kept: MemberId, gone: MemberId) -> None:
    """Make one record of two, and one voice of two in the records of others; must not commit.

    Weights stay as they were frozen. What the two reported on each other is nothing.
    """
    one_at_a_time(work.session, group.id)
    _let_between_go(work, group, kept, gone)
    for column in ("by_member_id", "about_member_id"):
        work.session.execute(
            update(_EVIDENCE)
            .where(_EVIDENCE.c.group_id == group.id, _EVIDENCE.c[column] == gone)
            .values({column: kept})
        )
    told = work.session.execute(
        select(_EVIDENCE.c.facet, _EVIDENCE.c.about_member_id)
        .where(_EVIDENCE.c.group_id == group.id, _EVIDENCE.c.by_member_id == kept)
        .distinct()
    )
    whose: set[Whose] = {(Facet(row.facet), MemberId(row.about_member_id)) for row in told}
    whose |= {(facet, kept) for facet in Facet}
    _drop_sums(work, group, gone)
    constants = constants_in_force(work.session, group.id)
    for one in sorted(whose):
        fold_again(work, group, one, constants)
    _let_deciders_go(work, group, kept, gone)


def _let_between_go(work: UnitOfWork, group: Group, kept: MemberId, gone: MemberId) -> None:
    two = (kept, gone)
    work.session.execute(
        delete(_EVIDENCE).where(
            _EVIDENCE.c.group_id == group.id,
            _EVIDENCE.c.by_member_id.in_(two),
            _EVIDENCE.c.about_member_id.in_(two),
        )
    )


def _drop_sums(work: UnitOfWork, group: Group, gone: MemberId) -> None:
    of_gone = or_(_PAIR.c.about_member_id == gone, _PAIR.c.by_member_id == gone)
    work.session.execute(delete(_PAIR).where(_PAIR.c.group_id == group.id, of_gone))
    work.session.execute(
        delete(_STANDING).where(_STANDING.c.group_id == group.id, _STANDING.c.about_member_id == gone)
    )


def _let_deciders_go(work: UnitOfWork, group: Group, kept: MemberId, gone: MemberId) -> None:
    """Nobody decides twice, nor on their own matter: the word of `gone` goes where `kept` was asked too."""
    of_group = _DECIDER.c.group_id == group.id
    asked = select(_DECIDER.c.appeal_id).where(of_group, _DECIDER.c.member_id == kept)
    own = select(_APPEAL.c.id).where(
        _APPEAL.c.group_id == group.id, _APPEAL.c.about_member_id.in_((kept, gone))
    )
    work.session.execute(
        delete(_DECIDER).where(of_group, _DECIDER.c.member_id == gone, _DECIDER.c.appeal_id.in_(asked))
    )
    work.session.execute(
        delete(_DECIDER).where(
            of_group, _DECIDER.c.member_id.in_((kept, gone)), _DECIDER.c.appeal_id.in_(own)
        )
    )
