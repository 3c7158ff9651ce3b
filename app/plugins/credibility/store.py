"""Writing records: evidence, voices and standings, in statements that take many rows at once."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import case, delete, func, insert, literal, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.core.ids import GroupId, MemberId
from app.plugins.credibility.domain.reports import Facet
from app.plugins.credibility.domain.standing import Pair, Standing
from app.plugins.credibility.models import EvidenceRow, PairRow, PartRow, StandingRow, WeekRow
from app.plugins.credibility.sealed import call, is_behind_functions, rows_of

_EVIDENCE: Any = EvidenceRow.__table__
_PAIR: Any = PairRow.__table__
_PART: Any = PartRow.__table__
_STANDING: Any = StandingRow.__table__
_WEEK: Any = WeekRow.__table__

_PUTS = {"credibility_pair": "put_voices", "credibility_standing": "put_standings"}
"""The functions that write where PostgreSQL keeps the tables sealed."""

Voice = tuple[Facet, MemberId, MemberId]
"""A facet, whom the voice is about, and whose it is."""

Whose = tuple[Facet, MemberId]
"""A facet, and whose standing it is."""


def hold_week(session: Session, group_id: GroupId, week: date, at: datetime) -> bool:
    """Note that the week is counted, and return whether it was not counted before, by this worker or another.

    Weeks are counted in their order: where a clock has gone back, what was counted and shown waits for it.
    """
    if week_ahead(session, group_id, week) is not None:
        return False
    row = _dialect(session).insert(_WEEK).values(group_id=group_id, counted_on=week, at_utc=at)
    return session.scalar(row.on_conflict_do_nothing().returning(_WEEK.c.counted_on)) is not None


def week_ahead(session: Session, group_id: GroupId, week: date) -> date | None:
    """Return the latest week after `week` that is counted already: by a clock that has gone back since."""
    ahead = select(func.max(_WEEK.c.counted_on)).where(
        _WEEK.c.group_id == group_id, _WEEK.c.counted_on > week
    )
    return session.scalar(ahead)


def drop_weeks_ahead(session: Session, group_id: GroupId, week: date) -> None:
    """Let the weeks after `week` be counted once more, when they come."""
    session.execute(delete(_WEEK).where(_WEEK.c.group_id == group_id, _WEEK.c.counted_on > week))


def add_evidence(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Keep counted reports, all of one group."""
    if not rows:
        return
    if is_behind_functions(session):
        call(session, "add_evidence", group=rows[0]["group_id"], rows=rows_of(rows))
        return
    session.execute(insert(_EVIDENCE), list(rows))


def drop_evidence(session: Session, group_id: GroupId, ids: Collection[int]) -> None:
    """Take counted reports away for good."""
    if is_behind_functions(session):
        call(session, "drop_evidence", group=group_id, ids=ids)
    elif ids:
        session.execute(delete(_EVIDENCE).where(_EVIDENCE.c.group_id == group_id, _EVIDENCE.c.id.in_(ids)))


def freeze_evidence(session: Session, group_id: GroupId, row_id: int, *, is_frozen: bool) -> None:
    """Take a counted report out of the sums for a while, or put it back at its old place."""
    if is_behind_functions(session):
        call(session, "freeze_evidence", group=group_id, id=row_id, is_frozen=is_frozen)
        return
    session.execute(
        update(_EVIDENCE)
        .where(_EVIDENCE.c.group_id == group_id, _EVIDENCE.c.id == row_id)
        .values(is_frozen=is_frozen)
    )


def publish_evidence(session: Session, group_id: GroupId, whose: Collection[Whose], week: date) -> None:
    """Note that all counted reports about these members are part of what is shown since `week`."""
    for facet in Facet:
        members = [member for one, member in whose if one is facet]
        if members and is_behind_functions(session):
            call(session, "publish_evidence", group=group_id, facet=facet.value, members=members, week=week)
        elif members:
            session.execute(
                update(_EVIDENCE)
                .where(
                    _EVIDENCE.c.group_id == group_id,
                    _EVIDENCE.c.facet == facet.value,
                    _EVIDENCE.c.about_member_id.in_(members),
                    _EVIDENCE.c.published_on.is_(None),
                )
                .values(published_on=week)
            )


def put_pairs(session: Session, group_id: GroupId, pairs: Mapping[Voice, Pair]) -> None:
    """Write voices over those that stood there."""
    _put(
        session,
        group_id,
        _PAIR,
        ("group_id", "facet", "about_member_id", "by_member_id"),
        [
            {
                "group_id": group_id,
                "facet": facet.value,
                "about_member_id": about,
                "by_member_id": by,
                "n": pair.n,
                "good": pair.good,
                "bad": pair.bad,
                "good_in": pair.good_in,
                "bad_in": pair.bad_in,
                "day": pair.t,
                "independent": pair.independent,
            }
            for (facet, about, by), pair in pairs.items()
        ],
    )


def drop_pairs(session: Session, group_id: GroupId, whose: Whose) -> None:
    """Take away all voices about a member; those that remain are written anew."""
    facet, about = whose
    if is_behind_functions(session):
        call(session, "drop_voices", group=group_id, facet=facet.value, member=about)
        return
    session.execute(
        delete(_PAIR).where(
            _PAIR.c.group_id == group_id, _PAIR.c.facet == facet.value, _PAIR.c.about_member_id == about
        )
    )


def put_standings(
    session: Session, group_id: GroupId, standings: Mapping[Whose, tuple[Standing, Standing, date | None]]
) -> None:
    """Write standings, each as counted, as shown, and since which weekly day."""
    _put(
        session,
        group_id,
        _STANDING,
        ("group_id", "facet", "about_member_id"),
        [
            {
                "group_id": group_id,
                "facet": facet.value,
                "about_member_id": about,
                **_sums("", counted),
                **_sums("shown_", shown),
                "shown_on": None if shown_on is None else shown_on.isoformat(),
            }
            for (facet, about), (counted, shown, shown_on) in standings.items()
        ],
    )


def put_part(session: Session, group_id: GroupId, member_id: MemberId, says: str, at: datetime) -> None:
    """Keep whether a member takes part, and since when: who says the same again has said so since the first time."""
    row = _dialect(session).insert(_PART)
    values = {
        "group_id": group_id,
        "member_id": member_id,
        "says": says,
        "said_at_utc": at,
        "version": 1,
    }
    session.execute(
        row.values(values).on_conflict_do_update(
            index_elements=["group_id", "member_id"],
            set_={
                "says": says,
                "said_at_utc": case(
                    (_PART.c.says == says, _PART.c.said_at_utc), else_=literal(at, _PART.c.said_at_utc.type)
                ),
                "version": _PART.c.version + 1,
            },
        )
    )


def _sums(prefix: str, standing: Standing) -> dict[str, Any]:
    return {
        f"{prefix}good": standing.good,
        f"{prefix}bad": standing.bad,
        f"{prefix}day": standing.t,
        f"{prefix}outcomes": standing.outcomes,
        f"{prefix}independent": standing.independent,
    }


def _put(
    session: Session, group_id: GroupId, table: Any, key: Sequence[str], rows: list[dict[str, Any]]
) -> None:
    if not rows:
        return
    if is_behind_functions(session):
        call(session, _PUTS[table.name], group=group_id, rows=rows_of(rows))
        return
    statement = _upsert(table.name, tuple(key), tuple(rows[0]))
    session.connection().exec_driver_sql(statement, [tuple(row.values()) for row in rows])


@cache
def _upsert(table: str, key: tuple[str, ...], names: tuple[str, ...]) -> str:
    """Return the statement that writes rows of these columns over those that stand there.

    It goes to the driver as it is: a rebuild writes hundreds of rows, and dressing each of them takes longer than writing it.
    """
    places = ", ".join("?" for _name in names)
    changed = ", ".join(f"{name} = excluded.{name}" for name in names if name not in key)
    return (
        f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places}) "  # noqa: S608  # names of our own, values bound
        f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET {changed}"
    )


def _dialect(session: Session) -> Any:
    return postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
