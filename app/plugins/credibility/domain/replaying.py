"""The whole scheme in memory, fed event by event: for judging it on a history of one's own, and for checking the store.

Here every event publishes at once; in a group new values appear weekly.
"""

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from app.plugins.credibility.domain.confirming import can_be_confirmed
from app.plugins.credibility.domain.estimate import Estimate, History, is_returned, surfaced_on, voice
from app.plugins.credibility.domain.reports import Facet
from app.plugins.credibility.domain.scheme import Constants
from app.plugins.credibility.domain.standing import Pair, Record, Row, Standing, counted, rebuilt

_ATTENDED: Final = frozenset({"on_time", "late"})
_WORTH: Final = {"good": 1.0, "neutral": 0.5, "bad": 0.0}


@dataclass(slots=True)
class _Member:
    """What is kept of one member: rows by referral in the order in which they were counted, and the state they make."""

    joined: float | None = None
    attended: int = 0
    given: int = 0
    rows: dict[str, Row] = field(default_factory=dict)
    pairs: dict[str, Pair] = field(default_factory=dict)
    standing: Standing = field(default_factory=Standing)


class Replay:
    """A group's history so far. `update` takes one event, in order of time; `assess` answers for a member and a day."""

    def __init__(self, constants: Constants) -> None:
        self.constants = constants
        self._members: dict[str, _Member] = defaultdict(_Member)
        self._acts: dict[tuple[str, str], list[float]] = defaultdict(list)
        self._whose: dict[str, str] = {}
        self._void_since: dict[str, float] = {}
        self._taken: set[tuple[tuple[str, str], ...]] = set()

    def update(self, event: Mapping[str, Any]) -> None:
        """Take one event, in order of time; kinds that carry no evidence are passed over.

        The same event once more, alike in everything, is nothing new. A report that comes late counts as of its own day,
        unless a later one on the same referral stands already, or it was taken away since.
        """
        t, kind = float(event["t"]), event["type"]
        if kind == "join":
            self._join(str(event["member"]), t)
        elif kind == "attendance" and self._is_new(event):
            self._members[str(event["member"])].attended += event["status"] in _ATTENDED
        elif kind == "referral" and self._is_new(event):
            self._members[str(event["giver"])].given += 1
            self._act(str(event["giver"]), str(event["receiver"]), t)
        elif kind == "outcome":
            worth = _WORTH[event["result"]]
            self._report(
                str(event["referral"]),
                str(event["giver"]),
                str(event["receiver"]),
                t,
                worth,
                is_confirmed=_is_confirmed(event),
            )
        elif kind == "void":
            self._void(str(event["referral"]))
            self._void_since[str(event["referral"])] = t
        elif kind == "rating" and self._is_new(event):
            self._rate(event, t)

    def assess(self, target: str, t: float) -> float | None:
        """Return the chance that the next outcome is good, or None where there is not history enough."""
        estimate = self.estimate(target, t)
        return None if estimate is None else estimate.p

    def estimate(self, target: str, t: float) -> Estimate | None:
        """Return the whole estimate, or None where there is not history enough."""
        member = self._members.get(target)
        if member is None:
            return None
        return surfaced_on(member.standing, self._history(member, t), t, self.constants)

    def record(self, target: str) -> Record:
        """Return the state that was reached step by step."""
        member = self._members[target]
        return Record(standing=member.standing, pairs=dict(member.pairs))

    def rebuilt(self, target: str) -> Record:
        """Return the state that the rows which still count make from nothing."""
        return rebuilt(self._members[target].rows.values(), self.constants)

    def _history(self, member: _Member, t: float) -> History:
        tenure = None if member.joined is None else t - member.joined
        return History(tenure_days=tenure, attended=member.attended, given=member.given)

    def _is_new(self, event: Mapping[str, Any]) -> bool:
        """Return whether this event was not taken before, of a kind that is counted and not replaced."""
        key = tuple(sorted((name, repr(value)) for name, value in event.items()))
        is_new = key not in self._taken
        self._taken.add(key)
        return is_new

    def _join(self, name: str, t: float) -> None:
        member = self._members[name]
        member.joined = t if member.joined is None else min(t, member.joined)

    def _act(self, giver: str, receiver: str, t: float) -> None:
        insort(self._acts[giver, receiver], t)

    def _rate(self, event: Mapping[str, Any], t: float) -> None:
        rater, target = str(event["rater"]), str(event["target"])
        self._report(f"rating {event['seq']}", rater, target, t, float(event["positive"]))
        self._act(rater, target, t)

    def _report(
        self, referral: str, giver: str, receiver: str, t: float, y: float, *, is_confirmed: bool = False
    ) -> None:
        if giver == receiver or self._is_over(referral, t, y):
            return
        self._void(referral)
        is_mutual = is_returned(self._last_act(receiver, giver, t), t, self.constants)
        published = self.assess(giver, t)
        spoken = voice(
            published, self.constants, is_confirmed=is_confirmed and can_be_confirmed(Facet.HANDLING, y)
        )
        weight = spoken * (self.constants.mutual_factor if is_mutual else 1.0)
        row = Row(giver=giver, t=t, weight=weight, y=y, is_independent=not is_mutual)
        member = self._members[receiver]
        member.rows[referral], self._whose[referral] = row, receiver
        member.pairs[giver], member.standing = counted(
            member.pairs.get(giver, Pair()), member.standing, row, self.constants
        )

    def _is_over(self, referral: str, t: float, y: float) -> bool:
        """Return whether a report says nothing new: it counts already, or something later has taken its place."""
        if t < self._void_since.get(referral, t):
            return True
        whose = self._whose.get(referral)
        if whose is None:
            return False
        stands = self._members[whose].rows[referral]
        return (t, y) == (stands.t, stands.y) or t < stands.t

    def _last_act(self, giver: str, receiver: str, t: float) -> float | None:
        acts = self._acts.get((giver, receiver), [])
        before = bisect_right(acts, t)
        return acts[before - 1] if before else None

    def _void(self, referral: str) -> None:
        whose = self._whose.pop(referral, None)
        if whose is None:
            return
        member = self._members[whose]
        del member.rows[referral]
        record = rebuilt(member.rows.values(), self.constants)
        member.standing, member.pairs = record.standing, dict(record.pairs)


def _is_confirmed(event: Mapping[str, Any]) -> bool:
    given = event.get("confirmed", False)
    if not isinstance(given, bool):
        message = f"confirmed is {given!r}, not true or false"
        raise TypeError(message)
    return given
