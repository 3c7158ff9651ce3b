"""Rebuilding: every record made anew from the counted reports, compared with what stands, and put in its place.

A record is made of its reports with their frozen weights alone, so making it anew gives the same bits as the weekly steps. Whoever
stops half-way leaves whole records behind, old or new; whoever begins again finds the rest.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from app.core.database import transaction_mode
from app.core.groups.domain.standing import Group
from app.core.groups.queries import belonging
from app.core.ids import MemberId
from app.core.local_time import local_day
from app.core.work import UnitOfWork
from app.plugins.credibility.domain.scheme import Constants
from app.plugins.credibility.domain.standing import Pair, Row, Standing, rebuilt, rebuilt_standing
from app.plugins.credibility.queries import secret
from app.plugins.credibility.queries.choices import constants_in_force
from app.plugins.credibility.store import Whose, drop_pairs, put_pairs, put_standings
from app.plugins.credibility.store_appeals import one_at_a_time

AT_ONCE: Final = 40
"""The records of so many members are looked at in one hold of the group: some ten milliseconds, in which nobody else changes them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """One record made anew, and whether it differed from what stood there."""

    whose: Whose
    differed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """How far a rebuild by steps is: members done, of how many; records looked at in this step, and those put right in it."""

    done: int
    of: int
    records: int
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
    records, mended = _mend(work, group, _everybody(work, group))
    for whose in records:
        yield Rebuilt(whose=whose, differed=whose in mended)


def rebuild_by_steps(work: UnitOfWork, group: Group) -> Iterator[Step]:
    """Make all records of a group anew, a few members in each commit, so that nobody waits for long.

    It bears being stopped between any two steps, being run twice at once, and a week that is counted meanwhile.
    """
    with transaction_mode("read"):
        members = _everybody(work, group)
        work.rollback()
    for first in range(0, len(members), AT_ONCE):
        some = members[first : first + AT_ONCE]
        one_at_a_time(work.session, group.id)
        records, mended = _mend(work, group, some)
        work.commit()
        yield Step(done=first + len(some), of=len(members), records=len(records), mended=tuple(mended))


def _mend(
    work: UnitOfWork, group: Group, members: Sequence[MemberId]
) -> tuple[Sequence[Whose], Sequence[Whose]]:
    """Put right what differs of these members' records; return all their records, and those that differed."""
    ought, stands = _ought(work.session, group, members), _stands(work.session, group, members)
    records = sorted(ought.keys() | stands.keys())
    differ = [whose for whose in records if ought.get(whose, _NONE) != stands.get(whose, _NONE)]
    for whose in differ:
        if stands.get(whose, _NONE).voices.keys() - ought.get(whose, _NONE).voices.keys():
            drop_pairs(work.session, group.id, whose)
    _put(work.session, group, {whose: ought.get(whose, _NONE) for whose in differ})
    return records, differ


def _everybody(work: UnitOfWork, group: Group) -> Sequence[MemberId]:
    """Return all who ever were members: reports about those who left stand, and count again when they come back."""
    return sorted(belonging(work.session, group.id, local_day(work.now, group.zone)))


def _ought(session: Session, group: Group, members: Collection[MemberId]) -> Mapping[Whose, _Kept]:
    """Return what the counted reports about these members make of their records."""
    constants = constants_in_force(session, group.id)
    rows = secret.rows_to_fold(session, group.id, members)
    return {whose: _made_of(found, constants) for whose, found in rows.items()}


def _made_of(rows: Sequence[tuple[Row, date | None]], constants: Constants) -> _Kept:
    record = rebuilt((row for row, _week in rows), constants)
    published = [(row, week) for row, week in rows if week is not None]
    shown = record.standing
    if len(published) < len(rows):
        shown = rebuilt_standing((row for row, _week in published), constants)
    return _Kept(
        counted=record.standing,
        shown=shown,
        shown_on=max((week for _row, week in published), default=None),
        voices={MemberId(int(by)): pair for by, pair in record.pairs.items()},
    )


def _stands(session: Session, group: Group, members: Collection[MemberId]) -> Mapping[Whose, _Kept]:
    """Return the records of these members as they stand."""
    voices: defaultdict[Whose, dict[MemberId, Pair]] = defaultdict(dict)
    for (facet, about, by), pair in secret.voices_about(session, group.id, members).items():
        voices[facet, about][by] = pair
    known = {whose: one for whose, one in secret.standings(session, group.id).items() if whose[1] in members}
    return {
        whose: _kept(known.get(whose, secret.NOTHING_KNOWN), voices.get(whose, {}))
        for whose in voices.keys() | known.keys()
    }


def _kept(known: secret.Known, voices: Mapping[MemberId, Pair]) -> _Kept:
    return _Kept(counted=known.counted, shown=known.shown, shown_on=known.shown_on, voices=voices)


def _put(session: Session, group: Group, records: Mapping[Whose, _Kept]) -> None:
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
