"""What would the visits of a file change? Each visit of the file, who stands already, and as what each came."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy.orm import Session

from app.core.groups.domain.standing import Group
from app.core.ids import MeetingId, MemberId
from app.core.sheets.spelling import folded
from app.plugins.welcome.domain.visitor import KEPT_FOR, About, VisitorKind
from app.plugins.welcome.queries.visitors_of_files import (
    Standing,
    first_visits,
    meetings_of_days,
    standing_on,
)

OFF_THE_CALENDAR_SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedVisit:
    """A visit as a file tells it. `about.kind` is empty where the file leaves open whether they came before."""

    row: int
    about: About
    came_on: date
    inviter: MemberId | None

    @property
    def person(self) -> str:
        """By what somebody is known again: the name as folded."""
        return folded(self.about.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedVisit:
    """A visit that would be written. With `is_over` its keeping time has passed: it counts, and nothing else is kept."""

    wanted: WantedVisit
    meeting_id: MeetingId | None
    is_over: bool

    @property
    def kind(self) -> VisitorKind:
        """As what they came."""
        return VisitorKind(self.wanted.about.kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitsPlan:
    """What would be written, which rows stand already or twice, and what is to be told.

    `told_first` and `told_again` count the rows whose kind the file left open; `kind_of_row` says it for every row.
    """

    visits: Sequence[PlannedVisit] = ()
    standing_rows: Sequence[int] = ()
    twice: Mapping[int, int] = field(default_factory=dict)
    off_calendar: Sequence[date] = ()
    to_come: Sequence[int] = ()
    told_first: int = 0
    told_again: int = 0
    kind_of_row: Mapping[int, VisitorKind] = field(default_factory=dict)

    @property
    def over(self) -> int:
        """How many visits are counted and not kept."""
        return sum(visit.is_over for visit in self.visits)


def plan_visits(
    session: Session, group: Group, wanted: Sequence[WantedVisit], today: date, *, each_row_counts: bool
) -> VisitsPlan:
    """Return what the visits would change in the group; three statements.

    A visitors file lists each visit once: a row whose name stands for that day is left out, and so is one that the
    file has twice. Where `each_row_counts` (a slips audit), equal rows are as many visits, and only as many as
    stand with the same name, day and inviter are left out. Of visits whose keeping time is over no name stands any
    more; they are known again by day and inviter.
    """
    if not wanted:
        return VisitsPlan()
    told = _with_kinds(wanted, first_visits(session, group.id))
    days = {one.came_on for one in told}
    meetings = meetings_of_days(session, group.id, min(days), max(days))
    standing = standing_on(session, group.id, min(days), max(days))
    twice = {} if each_row_counts else _twice(told)
    new, known = _not_standing(
        [one for one in told if one.row not in twice], standing, each_row_counts=each_row_counts, today=today
    )
    opened = [one for one, before in zip(told, wanted, strict=True) if not before.about.kind]
    return VisitsPlan(
        visits=[
            PlannedVisit(
                wanted=one,
                meeting_id=meetings.get(one.came_on),
                is_over=_is_over(one, today),
            )
            for one in new
        ],
        standing_rows=known,
        twice=twice,
        off_calendar=sorted({one.came_on for one in new} - set(meetings)),
        to_come=[one.row for one in new if one.came_on > today],
        told_first=sum(one.about.kind == VisitorKind.FIRST for one in opened),
        told_again=sum(one.about.kind == VisitorKind.REPEAT for one in opened),
        kind_of_row={one.row: VisitorKind(one.about.kind) for one in told},
    )


def _is_over(visit: WantedVisit, today: date) -> bool:
    return visit.came_on + KEPT_FOR < today


def _with_kinds(wanted: Sequence[WantedVisit], first_of: Mapping[str, date]) -> list[WantedVisit]:
    """Return the visits with their kind: where it is open, again for a name that came on an earlier day, else first."""
    earliest = dict(first_of)
    for one in wanted:
        earliest[one.person] = min(one.came_on, earliest.get(one.person, one.came_on))
    return [one if one.about.kind else _decided(one, earliest[one.person]) for one in wanted]


def _decided(visit: WantedVisit, earliest: date) -> WantedVisit:
    kind = VisitorKind.REPEAT if earliest < visit.came_on else VisitorKind.FIRST
    return replace(visit, about=replace(visit.about, kind=kind.value))


def _twice(wanted: Sequence[WantedVisit]) -> dict[int, int]:
    """Return the rows that tell a visit once more, each with the row that told it first.

    Two people of one name stay two where the rows contradict each other about firm, mail address or phone.
    """
    seen: defaultdict[tuple[date, str], list[WantedVisit]] = defaultdict(list)
    twice = {}
    for one in wanted:
        place = seen[one.came_on, one.person]
        first = next((other for other in place if _may_be_one(one.about, other.about)), None)
        if first is None:
            place.append(one)
        else:
            twice[one.row] = first.row
    return twice


def _may_be_one(one: About, other: About) -> bool:
    told = ((one.firm, other.firm), (one.email, other.email), (one.phone, other.phone))
    return all(not here or not there or folded(here) == folded(there) for here, there in told)


def _not_standing(
    wanted: Iterable[WantedVisit], standing: Sequence[Standing], *, each_row_counts: bool, today: date
) -> tuple[list[WantedVisit], list[int]]:
    """Return the visits that do not stand yet, and the rows of those that do."""
    named = Counter(_key(one.came_on, folded(one.name), one.inviter) for one in standing if one.name)
    names = {(one.came_on, folded(one.name)) for one in standing if one.name}
    nameless = Counter((one.came_on, one.inviter) for one in standing if not one.name)
    new, known = [], []
    for one in wanted:
        key, place = _key(one.came_on, one.person, one.inviter), (one.came_on, one.inviter)
        if not each_row_counts and (one.came_on, one.person) in names:
            known.append(one.row)
        elif each_row_counts and named[key] > 0:
            named[key] -= 1
            known.append(one.row)
        elif _is_over(one, today) and nameless[place] > 0:
            nameless[place] -= 1
            known.append(one.row)
        else:
            new.append(one)
    return new, known


def _key(day: date, person: str, inviter: MemberId | None) -> Hashable:
    return day, person, inviter
