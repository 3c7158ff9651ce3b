"""Members of the demo who play a part, so that records of handling stand on every side of what they need to be shown.

Everybody else lives by chance. A part goes to whoever came into the demo as the how manieth, from 0, so that it is the same
person on whatever day the demo is loaded.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from app.core.ids import MemberId
from app.plugin_api import DemoGroup, MeetingBrief, MemberBrief

_FEWEST_MEMBERS, _FEWEST_WEEKS = 26, 30
"""Below that there is no room for parts."""

LIVELY: Final = (0, 2)
"""Who passes and is asked often enough to be known: the president and the member who sign in."""
_OFTEN_GIVES, _OFTEN_ASKED = 0.3, 1.4

FRIENDS: Final = (8, 16, 21)
"""Three who pass to each other and to nobody else: many reports, and never three who are independent."""
_FRIENDS_GIVE = 0.5

NEVER_GIVES: Final = 25
"""Who has passed nothing yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is passed to somebody whom chance passes nothing: in which of the weeks, by whom, and how it was handled."""

    week: int
    by: int
    answer: str = "yes"


BY_HAND: Final[dict[int, Sequence[Told]]] = {
    # the secretary, whom only two have passed anything so far
    1: (Told(week=-20, by=14), Told(week=-9, by=15)),
    # asked for at the beginning, by five, and never since: what was known of it fades
    13: (
        Told(week=0, by=0),
        Told(week=1, by=4),
        Told(week=2, by=6),
        Told(week=3, by=7),
        Told(week=3, by=11),
    ),
    # just enough is known, and it hangs on the last word
    17: (
        Told(week=-22, by=9),
        Told(week=-18, by=15),
        Told(week=-11, by=12),
        Told(week=-3, by=4),
        Told(week=-3, by=14, answer="no"),
    ),
    # who seldom comes in person
    24: (
        Told(week=-9, by=6),
        Told(week=-8, by=7),
        Told(week=-7, by=11),
        Told(week=-5, by=12),
        Told(week=-5, by=18, answer="not-sure"),
    ),
    # who is asked for, and has passed nothing
    25: (
        Told(week=-9, by=20),
        Told(week=-8, by=4),
        Told(week=-7, by=9, answer="no"),
        Told(week=-5, by=14),
        Told(week=-5, by=15),
    ),
}
"""Whom only these pass anything. They pass nothing to these in turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One slip that a part asks for; `week` counts the past meetings, from the end where it is below 0."""

    week: int
    giver: MemberBrief
    receiver: MemberBrief
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Who plays which part in one group, in the order in which they came; nobody where the group is small or young."""

    cast: Sequence[MemberBrief]

    def give(self, giving: dict[MemberId, float]) -> None:
        """Change how likely each passes a slip in a week."""
        if not self.cast:
            return
        for one in (*LIVELY, *BY_HAND):
            giving[self._id(one)] = max(giving[self._id(one)], _OFTEN_GIVES)
        for one in FRIENDS:
            giving[self._id(one)] = _FRIENDS_GIVE
        giving[self._id(NEVER_GIVES)] = 0.0

    def ask(self, asked: dict[MemberId, float]) -> None:
        """Change how much each is asked for."""
        if not self.cast:
            return
        for one in LIVELY:
            asked[self._id(one)] = max(asked[self._id(one)], _OFTEN_ASKED)
        for one in BY_HAND:
            asked[self._id(one)] = 0.0

    def may_pass(self, giver: MemberId, receiver: MemberId) -> bool:
        """Return whether chance may let one pass something to the other."""
        if not self.cast:
            return True
        friends = {self._id(one) for one in FRIENDS}
        if giver in friends or receiver in friends:
            return {giver, receiver} <= friends
        return receiver not in {
            self._id(told.by) for one, tolds in BY_HAND.items() if self._id(one) == giver for told in tolds
        }

    def scenes(self) -> Iterator[Scene]:
        """Yield the slips that parts ask for."""
        for receiver, tolds in BY_HAND.items() if self.cast else ():
            for told in tolds:
                yield Scene(
                    week=told.week,
                    giver=self.cast[told.by],
                    receiver=self.cast[receiver],
                    answer=told.answer,
                )

    def _id(self, place: int) -> MemberId:
        return self.cast[place].id


def parts_in(group: DemoGroup, past: Sequence[MeetingBrief]) -> Parts:
    """Return the parts of the group after these meetings."""
    has_room = len(group.members_on(group.today)) >= _FEWEST_MEMBERS and len(past) >= _FEWEST_WEEKS
    return Parts(cast=sorted(group.members, key=lambda member: member.id) if has_room else ())
