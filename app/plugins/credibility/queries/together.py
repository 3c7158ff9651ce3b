"""What may be said of a group's records together: counts, made of the records that the group sees, and of nothing else.

Of a member whose record is withheld nothing goes in but that they belong to the group and since when, which everybody knows.
So no number here moves with a report on them, with what they attended or with what they gave (decision 0022).
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from app.core.groups.domain.standing import Group
from app.core.ids import MemberId
from app.core.local_time import instant_of, local_day
from app.core.work import UnitOfWork
from app.plugins.credibility.domain.estimate import surfaced_on
from app.plugins.credibility.domain.reports import Facet, weekly_day
from app.plugins.credibility.domain.scheme import Constants
from app.plugins.credibility.domain.standing import Row, rebuilt
from app.plugins.credibility.queries import secret
from app.plugins.credibility.queries.facts import Facts, facts_of
from app.plugins.credibility.queries.shown import FEWEST, shown_of_all, today_of
from app.plugins.referrals.interface import ReportsOwed


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a scheme would make of a group: how many members are here long enough for it, and how many records would stay.

    `stay` is of the records that the group sees now; None where they, or those that would stay, are fewer than `FEWEST`.
    """

    long_enough: int
    stay: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """What leaders read: how many records the group sees, and how many reports are owed between those members.

    Both None below `FEWEST`, as if there were none. `owed` is as on the last weekly day, and None where referrals is off.
    """

    members: int
    shown: int | None
    owed: int | None
    previews: Mapping[str, Preview]


def together_of(
    work: UnitOfWork, group: Group, members: Collection[MemberId], schemes: Mapping[str, Constants]
) -> Together:
    """Return the counts of these members, with a preview of each scheme; about sixteen statements."""
    seen = sorted(shown_of_all(work, group, members))
    are_few = len(seen) < FEWEST
    facts = facts_of(work, group)
    rows = {} if are_few else _rows(work, group, seen)
    return Together(
        members=len(members),
        shown=None if are_few else len(seen),
        owed=None if are_few else _owed(work, group, seen),
        previews={
            name: Preview(
                long_enough=_long_enough(facts, members, today_of(work.now, group), constants),
                stay=_stay(facts, rows, today_of(work.now, group), constants),
            )
            for name, constants in schemes.items()
        },
    )


def _rows(work: UnitOfWork, group: Group, seen: list[MemberId]) -> Mapping[MemberId, list[Row]]:
    """Return what is published of the records that the group sees, with the weights that stand."""
    rows: defaultdict[MemberId, list[Row]] = defaultdict(list)
    for row in secret.evidence_about_all(work.session, group.id, Facet.HANDLING, seen):
        if row.published_on is not None and not row.is_frozen:
            rows[row.about_member_id].append(row.row)
    return rows


def _stay(facts: Facts, rows: Mapping[MemberId, list[Row]], t: float, constants: Constants) -> int | None:
    """Return how many of these records would be shown by the scheme, with the weights that stand."""
    stay = sum(
        surfaced_on(rebuilt(of_one, constants).standing, facts.history(member, t), t, constants) is not None
        for member, of_one in rows.items()
    )
    return stay if stay >= FEWEST else None


def _long_enough(facts: Facts, members: Collection[MemberId], t: float, constants: Constants) -> int:
    joined = [facts.joined[one] for one in members if one in facts.joined]
    return sum(t - day >= constants.min_tenure for day in joined)


def _owed(work: UnitOfWork, group: Group, seen: list[MemberId]) -> int | None:
    asked = work.reader(group.id, ReportsOwed)  # type: ignore[type-abstract]  # a protocol is asked for, never made
    if asked is None:
        return None
    monday = weekly_day(local_day(work.now, group.zone))
    return asked.owed_between(group.id, seen, instant_of(monday, datetime.min.time(), group.zone))
