"""What a group says on its public page: the minutes of a meeting, its own words, and what is wrong with them."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.errors import Refusal
from app.core.sentences import N_

_LONGEST_OF = {"about": 1_000, "minutes": 3_000, "whom_for": 500, "cost": 300, "dress": 300, "way": 1_000}
_LAST_MINUTE = 24 * 60
_EARLIEST = 120
MOST_POINTS = 20
MONTHS = (1, 12)
VISITS = (0, 20)

USUAL_POINTS: Sequence[tuple[int, str]] = (
    (-15, N_("You come in. Somebody is at the door, knows your name, and shows you round.")),
    (0, N_("The meeting begins with a short welcome. You sit next to somebody who looks after you.")),
    (
        10,
        N_(
            "Everyone says in a minute who they are and whom they would like to meet. So may you; listening is fine too."
        ),
    ),
    (45, N_("One member tells more about their work, and there is time for questions.")),
    (70, N_("Members pass each other referrals and say thank you. Nothing is expected of you.")),
    (85, N_("The meeting ends. Stay for a coffee if you like; nobody is asked to sign anything.")),
)
"""What usually happens, minutes from the start; places filled in by nobody, so that any group can use it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageWords:
    """What a group says of its meetings to people who think of visiting. Empty words are not shown."""

    about: str = ""
    minutes: str = ""
    whom_for: str = ""
    cost: str = ""
    dress: str = ""
    way: str = ""
    shows_trades: bool = True
    months_kept: int = 3
    visits_limit: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """Something that happens at a meeting, `minute` minutes after its start."""

    minute: int
    words: str


def points_of(minutes: str) -> list[Point]:
    """Return the points that are written a line each, `10 Everyone introduces themselves`, in the order of time."""
    read = [_point(line) for line in minutes.splitlines() if line.strip()]
    return sorted((point for point in read if point is not None), key=lambda point: point.minute)


def refusals_for_page(words: PageWords, *, months: int | None, visits: int | None) -> list[Refusal]:
    """Return every reason why the page cannot be kept so; `months` and `visits` are None where no number was typed."""
    refusals = [
        Refusal(code="welcome.too_long", facts={"longest": longest}, field=field)
        for field, longest in _LONGEST_OF.items()
        if len(getattr(words, field)) > longest
    ]
    lines = [line.strip() for line in words.minutes.splitlines() if line.strip()]
    odd = [line[:60] for line in lines if _point(line) is None]
    if odd:
        refusals.append(Refusal(code="welcome.minute_odd", facts={"line": odd[0]}, field="minutes"))
    if len(lines) > MOST_POINTS:
        refusals.append(Refusal(code="welcome.too_many_points", facts={"most": MOST_POINTS}, field="minutes"))
    if months is None or not MONTHS[0] <= months <= MONTHS[1]:
        refusals.append(Refusal(code="welcome.months_odd", field="months_kept"))
    if visits is None or not VISITS[0] <= visits <= VISITS[1]:
        refusals.append(Refusal(code="welcome.visits_odd", field="visits_limit"))
    return refusals


def _point(line: str) -> Point | None:
    number, _space, words = line.strip().partition(" ")
    bare = number.rstrip(":").removeprefix("+")
    digits = bare.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 4) or not words.strip():
        return None
    minute = int(bare)
    return Point(minute=minute, words=words.strip()) if -_EARLIEST <= minute <= _LAST_MINUTE else None
