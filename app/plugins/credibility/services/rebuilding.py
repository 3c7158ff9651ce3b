"""Rebuilding: every record made anew from the counted reports, compared with what stands, and put in its place.

A record is made of its reports with their frozen weights alone, so making it anew gives the same bits as the weekly steps. Whoever
stops half-way leaves whole records behind, old or new; whoever begins again finds the rest.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from app.core.database import transaction_mode
from app.core.groups.domain.standing import Group
from app.core.groups.queries import first_days
from app.core.ids import MemberId
from app.core.work import UnitOfWork
from app.plugins.credibility.domain.reports import Facet
from app.plugins.credibility.domain.scheme import Constants
from app.plugins.credibility.domain.standing import Pair, Standing, rebuilt
from app.plugins.credibility.queries import secret
from app.plugins.credibility.queries.choices import constants_in_force
from app.plugins.credibility.queries.secret import Evidence
from app.plugins.credibility.store import Whose, drop_pairs, put_pairs, put_standings
from app.plugins.credibility.store_appeals import one_at_a_time

AT_ONCE: Final = 8
"""So many records are put right in one hold of the group: some milliseconds, in which nobody else can change them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """One record made anew, and whether it differed from what stood there."""

    whose: Whose
    differed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """How far a rebuild by steps is: so many records looked at, of so many, and those that were put right in this step."""

    done: int
    of: int
    mended: tuple[Whose, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """A record as it stands in the tables, or as it ought to."""

    counted: Standing
    shown: Standing
    shown_on: date | None
    voices: Mapping[MemberId, Pair]


_NONE: Final = _Kept(counted=Standing(), shown=Standing(), shown_on=None, voices={})


def rebuild(work: UnitOfWork, group: Group) -> Iterator[Rebuilt]:
    """Make all records of a group anew in the transaction of the caller, who commits; say of each whether it differed."""
    one_at_a_time(work.session, group.id)
    members = _everybody(work.session, group)
    ought, stands = _ought(work.session, group, members), _stands(work.session, group, members)
    differ = _differing(ought, stands)
    _put(work.session, group, {whose: ought.get(whose, _NONE) for whose in differ})
    for whose in sorted(ought.keys() | stands.keys()):
        yield Rebuilt(whose=whose, differed=whose in differ)


def rebuild_by_steps(work: UnitOfWork, group: Group) -> Iterator[Step]:
    """Compare all records without holding anybody up, then put right those that differ, a few in each commit.

    The first step says what was found, before anything is written. Two that run at once, and a week that is counted meanwhile,
    do no harm: what differs is looked at once more while the group is held.
    """
    with transaction_mode("read"):
        members = _everybody(work.session, group)
        ought, stands = _ought(work.session, group, members), _stands(work.session, group, members)
        work.rollback()
    every, differ = len(ought.keys() | stands.keys()), _differing(ought, stands)
    done = every - len(differ)
    yield Step(done=done, of=every, mended=())
    for first in range(0, len(differ), AT_ONCE):
        some = differ[first : first + AT_ONCE]
        mended = _mend(work, group, some)
        work.commit()
        done += len(some)
        yield Step(done=done, of=every, mended=mended)


def _mend(work: UnitOfWork, group: Group, some: Collection[Whose]) -> tuple[Whose, ...]:
    one_at_a_time(work.session, group.id)
    members = {member for _facet, member in some}
    ought, stands = _ought(work.session, group, members), _stands(work.session, group, members)
    mended = [whose for whose in _differing(ought, stands) if whose in some]
    _put(work.session, group, {whose: ought.get(whose, _NONE) for whose in mended})
    return tuple(mended)


def _everybody(session: Session, group: Group) -> Collection[MemberId]:
    return first_days(session, group.id).keys()


def _ought(session: Session, group: Group, members: Collection[MemberId]) -> Mapping[Whose, _Kept]:
    """Return what the counted reports about these members make of their records."""
    constants = constants_in_force(session, group.id)
    rows: defaultdict[Whose, list[Evidence]] = defaultdict(list)
    for facet in Facet:
        for row in secret.evidence_about_all(session, group.id, facet, sorted(members)):
            if not row.is_frozen:
                rows[row.whose].append(row)
    return {whose: _made_of(found, constants) for whose, found in rows.items()}


def _made_of(rows: list[Evidence], constants: Constants) -> _Kept:
    weeks = [row.published_on for row in rows if row.published_on is not None]
    record = rebuilt((row.row for row in rows), constants)
    shown = record.standing
    if len(weeks) < len(rows):
        shown = rebuilt((row.row for row in rows if row.published_on is not None), constants).standing
    return _Kept(
        counted=record.standing,
        shown=shown,
        shown_on=max(weeks, default=None),
        voices={MemberId(int(by)): pair for by, pair in record.pairs.items()},
    )


def _stands(session: Session, group: Group, members: Collection[MemberId]) -> Mapping[Whose, _Kept]:
    """Return the records of these members as they stand."""
    voices: defaultdict[Whose, dict[MemberId, Pair]] = defaultdict(dict)
    for (facet, about, by), pair in secret.voices_about(session, group.id, sorted(members)).items():
        voices[facet, about][by] = pair
    known = {whose: one for whose, one in secret.standings(session, group.id).items() if whose[1] in members}
    return {
        whose: _kept(known.get(whose, secret.NOTHING_KNOWN), voices.get(whose, {}))
        for whose in voices.keys() | known.keys()
    }


def _kept(known: secret.Known, voices: Mapping[MemberId, Pair]) -> _Kept:
    return _Kept(counted=known.counted, shown=known.shown, shown_on=known.shown_on, voices=voices)


def _differing(ought: Mapping[Whose, _Kept], stands: Mapping[Whose, _Kept]) -> list[Whose]:
    return sorted(
        whose for whose in ought.keys() | stands.keys() if ought.get(whose, _NONE) != stands.get(whose, _NONE)
    )


def _put(session: Session, group: Group, records: Mapping[Whose, _Kept]) -> None:
    for whose in records:
        drop_pairs(session, group.id, whose)
    put_pairs(
        session,
        group.id,
        {
            (facet, about, by): pair
            for (facet, about), one in records.items()
            for by, pair in one.voices.items()
        },
    )
    put_standings(
        session,
        group.id,
        {whose: (one.counted, one.shown, one.shown_on) for whose, one in records.items()},
    )
