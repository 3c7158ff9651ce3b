"""Votes, for those alone who decide."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from app.core.database import table_of
from app.core.ids import GroupId, MemberId
from app.plugins.joining.domain.application import State
from app.plugins.joining.domain.deciding import Ballot
from app.plugins.joining.models import ApplicationRow, VoteRow

_VOTE = table_of(VoteRow)
_APPLICATION = table_of(ApplicationRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteLine:
    """What one member says in this round."""

    member_id: MemberId
    ballot: Ballot
    reason: str
    at_utc: datetime


def votes_of(session: Session, group_id: GroupId, application_id: int, round_: int) -> list[VoteLine]:
    """Return the votes of one round, in the order in which they were last cast."""
    rows = session.execute(
        select(_VOTE)
        .where(
            _VOTE.c.group_id == group_id,
            _VOTE.c.application_id == application_id,
            _VOTE.c.round == round_,
        )
        .order_by(_VOTE.c.at_utc, _VOTE.c.member_id)
    )
    return [
        VoteLine(
            member_id=MemberId(row.member_id),
            ballot=Ballot(row.ballot),
            reason=row.reason,
            at_utc=row.at_utc,
        )
        for row in rows
    ]


def ballots_of(votes: Sequence[VoteLine]) -> Mapping[MemberId, Ballot]:
    """Return what each member says."""
    return {one.member_id: one.ballot for one in votes}


def open_ballots(session: Session, group_id: GroupId) -> Mapping[int, Mapping[MemberId, Ballot]]:
    """Return the votes of the present round on every application that is to be decided, by application. One statement."""
    rows = session.execute(
        select(_VOTE.c.application_id, _VOTE.c.member_id, _VOTE.c.ballot)
        .join(
            _APPLICATION,
            and_(
                _APPLICATION.c.group_id == _VOTE.c.group_id,
                _APPLICATION.c.id == _VOTE.c.application_id,
                _APPLICATION.c.round == _VOTE.c.round,
            ),
        )
        .where(_VOTE.c.group_id == group_id, _APPLICATION.c.state == State.OPEN.value)
    )
    found: dict[int, dict[MemberId, Ballot]] = {}
    for row in rows:
        found.setdefault(row.application_id, {})[MemberId(row.member_id)] = Ballot(row.ballot)
    return found
