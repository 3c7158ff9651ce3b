"""Writing what happens to the rows of a person: erased, or two records of one human made one."""

from typing import Any

from sqlalchemy import Result, delete, or_, select, update
from sqlalchemy.orm import Session

from app.core.ids import GroupId, MemberId
from app.plugins.credibility.domain.reports import Facet
from app.plugins.credibility.models import EvidenceRow, PairRow, PartRow, StandingRow
from app.plugins.credibility.models_appeals import AppealRow, DeciderRow
from app.plugins.credibility.sealed import call, is_behind_functions
from app.plugins.credibility.store import Whose

_EVIDENCE: Any = EvidenceRow.__table__
_PAIR: Any = PairRow.__table__
_PART: Any = PartRow.__table__
_STANDING: Any = StandingRow.__table__
_APPEAL: Any = AppealRow.__table__
_DECIDER: Any = DeciderRow.__table__


def drop_record(session: Session, group_id: GroupId, member_id: MemberId) -> int:
    """Take away every row about the member, and return how many."""
    if is_behind_functions(session):
        return int(call(session, "drop_record", group=group_id, member=member_id).scalar_one())
    dropped = 0
    for table in (_EVIDENCE, _PAIR, _STANDING):
        of_theirs = (table.c.group_id == group_id, table.c.about_member_id == member_id)
        gone = session.execute(delete(table).where(*of_theirs).returning(table.c.group_id))
        dropped += len(gone.all())
    return dropped


def drop_evidence_between(session: Session, group_id: GroupId, kept: MemberId, gone: MemberId) -> None:
    """Take away what the two reported on each other."""
    if is_behind_functions(session):
        call(session, "drop_evidence_between", group=group_id, kept=kept, gone=gone)
        return
    two = (kept, gone)
    session.execute(
        delete(_EVIDENCE).where(
            _EVIDENCE.c.group_id == group_id,
            _EVIDENCE.c.by_member_id.in_(two),
            _EVIDENCE.c.about_member_id.in_(two),
        )
    )


def hand_over_evidence(session: Session, group_id: GroupId, kept: MemberId, gone: MemberId) -> set[Whose]:
    """Make reports by and about `gone` ones by and about `kept`; return the records in which `kept` has a voice now."""
    if is_behind_functions(session):
        told = call(session, "hand_over_evidence", group=group_id, kept=kept, gone=gone)
    else:
        told = _handed_over(session, group_id, kept, gone)
    return {(Facet(row.facet), MemberId(row.about_member_id)) for row in told}


def _handed_over(session: Session, group_id: GroupId, kept: MemberId, gone: MemberId) -> Result[Any]:
    for column in ("by_member_id", "about_member_id"):
        session.execute(
            update(_EVIDENCE)
            .where(_EVIDENCE.c.group_id == group_id, _EVIDENCE.c[column] == gone)
            .values({column: kept})
        )
    return session.execute(
        select(_EVIDENCE.c.facet, _EVIDENCE.c.about_member_id)
        .where(_EVIDENCE.c.group_id == group_id, _EVIDENCE.c.by_member_id == kept)
        .distinct()
    )


def drop_sums(session: Session, group_id: GroupId, gone: MemberId) -> None:
    """Take away the voices by and about the member, and their standings."""
    if is_behind_functions(session):
        call(session, "drop_sums", group=group_id, member=gone)
        return
    of_gone = or_(_PAIR.c.about_member_id == gone, _PAIR.c.by_member_id == gone)
    session.execute(delete(_PAIR).where(_PAIR.c.group_id == group_id, of_gone))
    session.execute(
        delete(_STANDING).where(_STANDING.c.group_id == group_id, _STANDING.c.about_member_id == gone)
    )


def hand_over_appeals(session: Session, group_id: GroupId, kept: MemberId, gone: MemberId) -> None:
    """Make disagreements of `gone` ones of `kept`."""
    session.execute(
        update(_APPEAL)
        .where(_APPEAL.c.group_id == group_id, _APPEAL.c.about_member_id == gone)
        .values(about_member_id=kept)
    )


def drop_deciders_twice(session: Session, group_id: GroupId, kept: MemberId, gone: MemberId) -> None:
    """Let nobody decide twice, nor on their own matter: the word of `gone` goes where `kept` was asked too."""
    of_group = _DECIDER.c.group_id == group_id
    asked = select(_DECIDER.c.appeal_id).where(of_group, _DECIDER.c.member_id == kept)
    own = select(_APPEAL.c.id).where(
        _APPEAL.c.group_id == group_id, _APPEAL.c.about_member_id.in_((kept, gone))
    )
    session.execute(
        delete(_DECIDER).where(of_group, _DECIDER.c.member_id == gone, _DECIDER.c.appeal_id.in_(asked))
    )
    session.execute(
        delete(_DECIDER).where(
            of_group, _DECIDER.c.member_id.in_((kept, gone)), _DECIDER.c.appeal_id.in_(own)
        )
    )


def drop_word(session: Session, group_id: GroupId, appeal_id: int, member_id: MemberId) -> None:
    """Let a member have no say in a disagreement, whether they have decided or not."""
    session.execute(
        delete(_DECIDER).where(
            _DECIDER.c.group_id == group_id,
            _DECIDER.c.appeal_id == appeal_id,
            _DECIDER.c.member_id == member_id,
        )
    )


def drop_part(session: Session, group_id: GroupId, member_id: MemberId) -> None:
    """Forget what a member said of taking part."""
    session.execute(delete(_PART).where(_PART.c.group_id == group_id, _PART.c.member_id == member_id))
