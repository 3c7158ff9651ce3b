"""Records by the book: what the published scheme says of a group's reports, week by week, without the product's arithmetic.

Written from the description of REFCRED-1 alone. Nothing is kept but what was said and which reports were counted with
which weight; every sum is made from those anew, in one formula, each time it is asked for.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
FORTNIGHT = timedelta(days=14)
PRIOR = {"handling": 0.75, "lead": 0.85}
KAPPA, HALF_LIFE, FAVOUR_DAYS, KEPT_DAYS = 3.0, 365.0, 90.0, 5 * 365.0
Key = tuple[str, str]
"""Which report (handling or lead), and of which slip."""


@dataclass(frozen=True, kw_only=True)
class Gate:
    """What is needed before anything is shown."""

    tenure: float
    given: int
    outcomes: int
    independent: int
    evidence: float


@dataclass(kw_only=True)
class Slip:
    """A referral: who to whom, when it was given, when it was closed (the first contact), how well introduced."""

    giver: int
    receiver: int
    given_at: datetime
    closed_at: datetime
    strength: float


@dataclass(kw_only=True)
class Counted:
    """A counted report with its weight."""

    key: Key
    number: int
    by: int
    about: int
    at: datetime
    weight: float
    worth: float
    is_independent: bool
    is_published: bool = False
    is_frozen: bool = False


@dataclass(kw_only=True)
class Book:
    """A group's history and its records."""

    gate: Gate
    zone: str
    joined: dict[int, date] = field(default_factory=dict)
    slips: dict[str, Slip] = field(default_factory=dict)
    said: dict[Key, list[tuple[str, datetime]]] = field(default_factory=lambda: defaultdict(list))
    parts: dict[int, str] = field(default_factory=dict)
    void: dict[Key, int] = field(default_factory=dict)
    disputed: set[Key] = field(default_factory=set)
    rows: list[Counted] = field(default_factory=list)

    def shown(self, member: int, now: datetime) -> dict[str, float]:
        """Return what the group sees of a member: the estimates that are open, at the beginning of the group's day."""
        today = datetime.combine(now.astimezone(ZoneInfo(self.zone)).date(), time(), ZoneInfo(self.zone))
        handling = self._surfaced("handling", member, today)
        if self.parts.get(member) != "yes" or handling is None:
            return {}
        leads = self._surfaced("lead", member, today)
        return {"handling": handling} | ({} if leads is None else {"lead": leads})

    def says(self, member: int, word: str) -> None:
        """Keep whether a member takes part; anything but yes takes away at once what was counted."""
        self.parts[member] = word
        if word != "yes":
            self.rows = [row for row in self.rows if row.about != member]

    def count(self, now: datetime) -> None:
        """Count a week as its Monday began: what is gone goes, what has opened gets its weight by what was published before.

        What was changed to and fro, and is worth what it was, stands as it stood.
        """
        today = now.astimezone(ZoneInfo(self.zone)).date()
        monday = datetime.combine(today - today.weekday() * DAY, time(), ZoneInfo(self.zone))
        standing = {key: found for key in self.said if (found := self._standing(key, monday)) is not None}
        oldest = monday - timedelta(days=KEPT_DAYS)
        self.rows = [
            row
            for row in self.rows
            if row.key in standing
            and (standing[row.key][0] == row.number or self._worth(row.key) == row.worth)
            and row.at >= oldest
            and self.parts.get(row.about) not in {"no", "object"}
        ]
        known = {row.key for row in self.rows}
        fresh = [
            self._weighed(key, number, at, monday)
            for key, (number, at) in standing.items()
            if key not in known and not self._is_void(key, number) and at >= oldest
        ]
        for row in self.rows:
            row.is_frozen = row.is_frozen and row.key in self.disputed
        self.rows += sorted(
            (row for row in fresh if self.parts.get(row.about) not in {"no", "object"}),
            key=lambda row: row.at,
        )
        waiting: defaultdict[tuple[str, int], list[Counted]] = defaultdict(list)
        for row in self.rows:
            if not row.is_published:
                waiting[row.key[0], row.about].append(row)
        for rows in waiting.values():
            for row in rows:
                row.is_published = len(rows) >= 2

    def row(self, key: Key) -> Counted | None:
        """Return the counted report of that key, if there is one."""
        return next((row for row in self.rows if row.key == key), None)

    def _standing(self, key: Key, now: datetime) -> tuple[int, datetime] | None:
        """Return the latest version of a report that has opened, and from when it counts."""
        facet, slip = key
        ended = self.slips[slip].closed_at
        first, other = (
            self.said[key][0][1],
            self.said.get(("lead" if facet == "handling" else "handling", slip)),
        )
        opens = max(first, ended + FORTNIGHT)
        if other:
            opens = min(opens, max(first, other[0][1]))
        return (len(self.said[key]), max(opens, self.said[key][-1][1])) if opens <= now else None

    def _weighed(self, key: Key, number: int, at: datetime, monday: datetime) -> Counted:
        """Weigh a report by its reporter's own record, as it was shown when the week began and was open on both days."""
        facet, slip = key[0], self.slips[key[1]]
        by, about = (slip.giver, slip.receiver) if facet == "handling" else (slip.receiver, slip.giver)
        own = self._surfaced("handling", by, at) if self.parts.get(by) == "yes" else None
        if self._surfaced("handling", by, monday) is None:
            own = None
        is_favour = any(
            (one.giver, one.receiver) == (slip.receiver, slip.giver)
            and timedelta() <= at - one.given_at < timedelta(days=FAVOUR_DAYS)
            for one in self.slips.values()
        )
        weight = (0.5 if own is None else own) * (1 / 3 if is_favour else 1.0)
        return Counted(
            key=key,
            number=number,
            by=by,
            about=about,
            at=at,
            weight=weight * (slip.strength if facet == "lead" else 1.0),
            worth=self._worth(key),
            is_independent=not is_favour,
        )

    def _is_void(self, key: Key, number: int) -> bool:
        """Say whether a report was found void and is worth the same still, whatever it said in between."""
        void = self.void.get(key, 0)
        return number <= void or (void > 0 and self._worth(key) == self._worth(key, void))

    def _worth(self, key: Key, number: int = 0) -> float:
        """Return what a report is worth as it stands, or as version `number` of it said."""
        answer = self.said[key][number - 1][0]
        if key[0] == "lead":
            return {"yes": 1.0, "partly": 0.5, "no": 0.0}[answer]
        slip = self.slips[key[1]]
        if answer == "no" or slip.closed_at - slip.given_at > timedelta(days=7):
            return 0.0
        return 1.0 if answer == "yes" else 0.5

    def _surfaced(self, facet: str, member: int, at: datetime) -> float | None:
        """Return the estimate by what is published, if all conditions are met."""
        rows = [
            row
            for row in self.rows
            if (row.key[0], row.about) == (facet, member) and row.is_published and not row.is_frozen
        ]
        good, bad = _together(rows, at)
        enough = (
            (at - self._began(member)) / DAY >= self.gate.tenure
            and sum(slip.giver == member for slip in self.slips.values()) >= self.gate.given
            and len(rows) >= self.gate.outcomes
            and len({row.by for row in rows if row.is_independent}) >= self.gate.independent
            and good + bad >= self.gate.evidence
        )
        return (good + KAPPA * PRIOR[facet]) / (good + bad + KAPPA) if enough else None

    def _began(self, member: int) -> datetime:
        return datetime.combine(self.joined[member], time(), ZoneInfo(self.zone))


def _together(rows: list[Counted], at: datetime) -> tuple[float, float]:
    """Return the good and the bad of all colleagues, each with one voice: faded, and at most as much as one report.

    A voice is cut to one when its latest report comes, and only fades from then on. Nothing grows by going back in time.
    """
    if not rows:
        return 0.0, 0.0
    at = max(at, *(row.at for row in rows))
    good = bad = 0.0
    for by in {row.by for row in rows}:
        own = [row for row in rows if row.by == by]
        latest = max(row.at for row in own)
        share = min(1.0, 1.0 / sum(_left(latest - row.at) for row in own))
        good += share * sum(row.weight * row.worth * _left(at - row.at) for row in own)
        bad += share * sum(row.weight * (1 - row.worth) * _left(at - row.at) for row in own)
    return good, bad


def _left(passed: timedelta) -> float:
    return float(0.5 ** (passed / DAY / HALF_LIFE))
