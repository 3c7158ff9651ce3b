"""Ways into a group that people really go, act by act: each life begins with one, then anybody tries anything.

Left to chance alone, the later acts would hardly ever be reached; what chance does after a story begins where it matters.
"""

from collections.abc import Callable, Iterator
from typing import Final

from app.plugins.joining.models import ApplicationRow
from tests.support.membership_lives import Applicant, Chapter
from tests.support.membership_visits import arrive, call, erase, member_of, merge, visit

Story = Callable[[Chapter], Iterator[str]]
"""Does one act after the other; yields after each, so that everything is looked at in between."""


def from_the_door_to_the_seat(chapter: Chapter) -> Iterator[str]:
    """Somebody visits, is called, applies, is vouched for by one of two, and becomes a member."""
    person = chapter.people[0]
    visit(chapter, person)
    yield "visit"
    arrive(chapter, 0)
    yield "arrive"
    call(chapter, 0)
    yield "call"
    yield from _open(chapter, person, "Sailmaker")
    chapter.refer(0, "yes")
    yield "answer"
    chapter.refer(1, "delete")
    yield "delete the reference"
    yield from _approved(chapter, person)
    chapter.by_link(person, "yes")
    yield "take"


def no_and_later(chapter: Chapter) -> Iterator[str]:
    """One is declined; another waits, is taken up again and goes; a third deletes everything."""
    declined, waits, goes = chapter.people[:3]
    yield from _open(chapter, declined, "Beekeeper")
    decide(chapter, declined, "no", "declined")
    yield "decline"
    yield from _open(chapter, waits, "Baker")
    decide(chapter, waits, "yes", "later")
    yield "let wait"
    again(chapter, waits)
    yield "take up again"
    chapter.by_link(waits, "withdraw")
    yield "withdraw"
    chapter.apply(goes, "Sailmaker")
    chapter.by_link(goes, "delete")
    yield "delete"


def too_late_and_once_more(chapter: Chapter) -> Iterator[str]:
    """An approval lapses while the committee changes; it is taken up again and the seat is taken."""
    person = chapter.people[3]
    yield from _open(chapter, person, "Piano tuner")
    yield from _approved(chapter, person)
    committee = next(one for one in chapter.members() if one.name == "Ana Borges")
    chapter.change_committee(committee, joins=False)
    yield "leave the committee"
    chapter.let_time_pass(31)
    yield "lapse"
    again(chapter, person)
    yield "take up again"
    baker = next(one for one in chapter.members() if one.name == "Dora Dias")
    chapter.change_committee(baker, joins=True)
    yield "join the committee"
    yield from _approved(chapter, person)
    chapter.by_link(person, "yes")
    yield "take"


def away_and_back_again(chapter: Chapter) -> Iterator[str]:
    """A member leaves and comes back from the address that is known."""
    yield from _member_who_left(chapter)
    yield from _in(chapter, chapter.people[1])


def one_human_twice(chapter: Chapter) -> Iterator[str]:
    """A member leaves, comes back from an address that nobody knows, and the two records are made one. Later they are erased."""
    yield from _member_who_left(chapter)
    person = chapter.people[1]
    person.writes_anew = True
    yield from _in(chapter, person)
    merge(chapter, 0)
    yield "merge"
    chapter.let_time_pass(8)
    member = member_of(chapter, person)
    if member is not None:
        chapter.leave(member, -1)
    yield "leave"
    erase(chapter, 0)
    yield "erase"


def decide(chapter: Chapter, person: Applicant, ballot: str, outcome: str, in_days: int = 0) -> bool:
    """Let all vote alike, and whoever may decide."""
    found = newest_of(chapter, person)
    if found is None:
        return False
    for one in chapter.members():
        chapter.vote(found.public_id, one, ballot)
    return any(chapter.decide(found, one, outcome, in_days) for one in chapter.members())


def again(chapter: Chapter, person: Applicant) -> bool:
    """Let whoever may take the newest application of somebody up again."""
    found = newest_of(chapter, person)
    return found is not None and any(chapter.reopen(found.public_id, one) for one in chapter.members())


def newest_of(chapter: Chapter, person: Applicant) -> ApplicationRow | None:
    """Return the newest application of somebody."""
    return next((one for one in reversed(chapter.applications()) if one.name == person.name), None)


def _open(chapter: Chapter, person: Applicant, trade: str) -> Iterator[str]:
    chapter.apply(person, trade)
    yield "apply"
    chapter.by_link(person, "confirm")
    yield "confirm"


def _approved(chapter: Chapter, person: Applicant) -> Iterator[str]:
    decide(chapter, person, "yes", "approved")
    yield "approve"


def _in(chapter: Chapter, person: Applicant) -> Iterator[str]:
    yield from _open(chapter, person, "Beekeeper")
    yield from _approved(chapter, person)
    chapter.by_link(person, "yes")
    yield "take"


def _member_who_left(chapter: Chapter) -> Iterator[str]:
    yield from _in(chapter, chapter.people[1])
    chapter.let_time_pass(8)
    yield "time"
    member = member_of(chapter, chapter.people[1])
    if member is not None:
        chapter.leave(member, -1)
    yield "leave"


STORIES: Final[tuple[Story, ...]] = (
    from_the_door_to_the_seat,
    no_and_later,
    too_late_and_once_more,
    away_and_back_again,
    one_human_twice,
)
