"""The one reader of counted reports and of what is computed from them. Whoever shows something asks `queries.shown` instead.

On PostgreSQL the tables are sealed: each question is put to a function of the same meaning.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Result, bindparam, select
from sqlalchemy.orm import Session

from app.core.ids import GroupId, MemberId
from app.plugins.credibility.domain.reports import Facet
from app.plugins.credibility.domain.standing import Pair, Row, Standing
from app.plugins.credibility.models import EvidenceRow, PairRow, StandingRow
from app.plugins.credibility.sealed import call, is_behind_functions
from app.plugins.credibility.store import Voice, Whose

_EVIDENCE: Any = EvidenceRow.__table__
_PAIR: Any = PairRow.__table__
_STANDING: Any = StandingRow.__table__
_OF_A_FOLD: Any = (
    select(
        *(_EVIDENCE.c.facet, _EVIDENCE.c.about_member_id, _EVIDENCE.c.by_member_id, _EVIDENCE.c.day),
        *(_EVIDENCE.c.weight, _EVIDENCE.c.worth, _EVIDENCE.c.is_independent, _EVIDENCE.c.published_on),
    )
    .where(
        _EVIDENCE.c.group_id == bindparam("group"),
        _EVIDENCE.c.about_member_id.in_(bindparam("members", expanding=True)),
        _EVIDENCE.c.is_frozen.is_(False),
    )
    .order_by(_EVIDENCE.c.id)
)
"""Put together once, as each group of a rebuild is asked for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A counted report as it is kept."""

    id: int
    public_id: str
    facet: Facet
    slip_id: int
    report_number: int
    by_member_id: MemberId
    about_member_id: MemberId
    day: float
    worth: float
    weight: float
    voice: str
    is_independent: bool
    is_frozen: bool
    counted_on: date
    published_on: date | None

    @property
    def whose(self) -> Whose:
        """Whose record it belongs to."""
        return self.facet, self.about_member_id

    @property
    def row(self) -> Row:
        """The report as the arithmetic takes it."""
        return Row(
            giver=str(self.by_member_id),
            t=self.day,
            weight=self.weight,
            y=self.worth,
            is_independent=self.is_independent,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A member's standing as counted and as shown; `shown_on` is None before anything was published."""

    counted: Standing
    shown: Standing
    shown_on: date | None


NOTHING_KNOWN = Known(counted=Standing(), shown=Standing(), shown_on=None)


def all_evidence(session: Session, group_id: GroupId) -> Sequence[Evidence]:
    """Return every counted report of the group in the order of counting."""
    query = select(_EVIDENCE).where(_EVIDENCE.c.group_id == group_id).order_by(_EVIDENCE.c.id)
    return [_evidence(row) for row in _found(session, query, "all_evidence", group=group_id)]


def evidence_about(session: Session, group_id: GroupId, whose: Whose) -> Sequence[Evidence]:
    """Return the counted reports about one member in the order of counting."""
    facet, about = whose
    return evidence_about_all(session, group_id, facet, [about])


def evidence_about_all(
    session: Session, group_id: GroupId, facet: Facet, members: Collection[MemberId]
) -> Sequence[Evidence]:
    """Return the counted reports about these members in the order of counting; one statement."""
    query = (
        select(_EVIDENCE)
        .where(
            _EVIDENCE.c.group_id == group_id,
            _EVIDENCE.c.facet == facet.value,
            _EVIDENCE.c.about_member_id.in_(members),
        )
        .order_by(_EVIDENCE.c.id)
    )
    found = _found(session, query, "evidence_about", group=group_id, facet=facet.value, members=members)
    return [_evidence(row) for row in found]


def evidence_by_public_id(session: Session, group_id: GroupId, public_id: str) -> Evidence | None:
    """Return the counted report of that public id, or None."""
    query = select(_EVIDENCE).where(_EVIDENCE.c.group_id == group_id, _EVIDENCE.c.public_id == public_id)
    found = _found(session, query, "evidence_called", group=group_id, public_id=public_id)
    return next((_evidence(row) for row in found), None)


def evidence_by_key(session: Session, group_id: GroupId, row_id: int) -> Evidence | None:
    """Return the counted report of that key, or None where it is gone."""
    query = select(_EVIDENCE).where(_EVIDENCE.c.group_id == group_id, _EVIDENCE.c.id == row_id)
    found = _found(session, query, "evidence_at", group=group_id, id=row_id)
    return next((_evidence(row) for row in found), None)


def standings(session: Session, group_id: GroupId) -> Mapping[Whose, Known]:
    """Return every standing of the group; one statement."""
    query = select(_STANDING).where(_STANDING.c.group_id == group_id)
    found = _found(session, query, "standings", group=group_id)
    return {(Facet(row.facet), MemberId(row.about_member_id)): _known(row) for row in found}


def known_of(session: Session, group_id: GroupId, member_id: MemberId) -> Mapping[Facet, Known]:
    """Return one member's standings by facet; one statement."""
    query = select(_STANDING).where(
        _STANDING.c.group_id == group_id, _STANDING.c.about_member_id == member_id
    )
    found = _found(session, query, "standings_of", group=group_id, member=member_id)
    return {Facet(row.facet): _known(row) for row in found}


def voices_about(session: Session, group_id: GroupId, members: Collection[MemberId]) -> Mapping[Voice, Pair]:
    """Return every voice about these members; one statement."""
    query = select(_PAIR).where(_PAIR.c.group_id == group_id, _PAIR.c.about_member_id.in_(members))
    return {
        (Facet(row.facet), MemberId(row.about_member_id), MemberId(row.by_member_id)): Pair(
            n=row.n,
            good=row.good,
            bad=row.bad,
            good_in=row.good_in,
            bad_in=row.bad_in,
            t=row.day,
            independent=row.independent,
        )
        for row in _found(session, query, "voices_about", group=group_id, members=members)
    }


def _found(session: Session, query: Any, function: str, **arguments: Any) -> Result[Any]:
    """Return what the query finds; on PostgreSQL what the function does, which asks the same."""
    if is_behind_functions(session):
        return call(session, function, **arguments)
    return session.execute(query)


def _known(row: Any) -> Known:
    return Known(
        counted=Standing(
            good=row.good, bad=row.bad, t=row.day, outcomes=row.outcomes, independent=row.independent
        ),
        shown=Standing(
            good=row.shown_good,
            bad=row.shown_bad,
            t=row.shown_day,
            outcomes=row.shown_outcomes,
            independent=row.shown_independent,
        ),
        shown_on=row.shown_on,
    )


def _evidence(row: Any) -> Evidence:
    return Evidence(
        id=row.id,
        public_id=row.public_id,
        facet=Facet(row.facet),
        slip_id=row.slip_id,
        report_number=row.report_number,
        by_member_id=MemberId(row.by_member_id),
        about_member_id=MemberId(row.about_member_id),
        day=row.day,
        worth=row.worth,
        weight=row.weight,
        voice=row.voice,
        is_independent=row.is_independent,
        is_frozen=row.is_frozen,
        counted_on=row.counted_on,
        published_on=row.published_on,
    )


def rows_to_fold(
    session: Session, group_id: GroupId, members: Collection[MemberId]
) -> Mapping[Whose, Sequence[tuple[Row, date | None]]]:
    """Return what the sums about these members are made of, in the order of counting, each with the day it was published.

    Reports that a disagreement keeps out are not in it. It is asked for whole groups at once, so it takes what it needs alone.
    """
    found: defaultdict[Whose, list[tuple[Row, date | None]]] = defaultdict(list)
    if is_behind_functions(session):
        for facet in Facet:
            for one in evidence_about_all(session, group_id, facet, members):
                if not one.is_frozen:
                    found[one.whose].append((one.row, one.published_on))
        return found
    asked = {"group": group_id, "members": list(members)}
    facets = {facet.value: facet for facet in Facet}
    rows = session.execute(_OF_A_FOLD, asked).all()
    for facet, about, by, day, weight, worth, is_independent, published_on in rows:
        row = Row(giver=str(by), t=day, weight=weight, y=worth, is_independent=is_independent)
        found[facets[facet], about].append((row, published_on))
    return found
