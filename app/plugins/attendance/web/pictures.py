"""Where everything stands in the pictures of attendance: the strip of a member, the months of a group. Units of the drawing."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from app.http.rendering import short_date
from app.plugins.attendance.domain.months import GroupMonth
from app.plugins.attendance.domain.status import Status
from app.plugins.attendance.domain.strip import Stop, Strip, minutes_from_cut_off
from app.plugins.attendance.queries.history import History

STEP = 22
"""From one meeting of the strip to the next."""
_HEIGHT = 132
_MOST_MINUTES = 20
"""What is further from the cut-off stands at the edge, with an arrow."""
_PER_MINUTE = 2.5
_LINE = 60
_LETTERS_AT = 126
_BAR = 100
"""How long a bar is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """One meeting in the strip: its place, its letter, whether it lies beyond the edge, and what it says on pointing."""

    x: float
    y: float
    letter: str
    is_timed: bool
    is_beyond: bool
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnStrip:
    """A strip, ready to be drawn; `says` is the whole of it in words."""

    width: int
    height: int
    line: int
    dots: Sequence[Dot]
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One letter's share of a month's bar."""

    letter: str
    x: float
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnMonth:
    """A month with its bar, from left to right in the order P L S M A."""

    month: GroupMonth
    parts: Sequence[Part]


def strip_of(history: History) -> Strip:
    """Return the strip of a member's history, the earliest meeting first."""
    stops = [
        Stop(
            on=line.local_date,
            status=line.mark.status,
            minutes=minutes_from_cut_off(line.mark.arrived_at_utc, line.cut_off)
            if line.mark.arrived_at_utc and line.cut_off and line.mark.status is not Status.SUBSTITUTE
            else None,
        )
        for line in history.lines
    ]
    return Strip(stops=stops[::-1])


def drawn_strip(strip: Strip) -> DrawnStrip | None:
    """Return the strip as it is drawn, or None where no arrival is known and there is nothing to see."""
    if not strip.timed:
        return None
    return DrawnStrip(
        width=STEP * len(strip.stops),
        height=_HEIGHT,
        line=_LINE,
        dots=[_dot(place, stop) for place, stop in enumerate(strip.stops) if stop.status],
        says=_in_words(strip),
    )


def drawn_months(months: Sequence[GroupMonth]) -> Sequence[DrawnMonth]:
    """Return the months with their bars, each as wide as all that was expected."""
    return [DrawnMonth(month=month, parts=_parts(month)) for month in months]


def minutes_in_words(minutes: int) -> str:
    """Return how far an arrival lies from the cut-off."""
    if minutes > 0:
        return str(ngettext("%(num)s minute after the cut-off", "%(num)s minutes after the cut-off", minutes))
    if minutes == 0:
        return str(_("in the minute of the cut-off"))
    return str(ngettext("%(num)s minute before the cut-off", "%(num)s minutes before the cut-off", -minutes))


def _dot(place: int, stop: Stop) -> Dot:
    letter = stop.status.value if stop.status else ""
    x = STEP * (place + 0.5)
    day = short_date(stop.on)
    if stop.minutes is None:
        return Dot(
            x=x, y=_LETTERS_AT, letter=letter, is_timed=False, is_beyond=False, says=f"{day}: {letter}"
        )
    shown = max(-_MOST_MINUTES, min(_MOST_MINUTES, stop.minutes))
    return Dot(
        x=x,
        y=_LINE + shown * _PER_MINUTE,
        letter=letter,
        is_timed=True,
        is_beyond=shown != stop.minutes,
        says=f"{day}: {minutes_in_words(stop.minutes)}",
    )


def _in_words(strip: Strip) -> str:
    said = [
        ngettext(
            "%(num)s arrival with a known time.", "%(num)s arrivals with a known time.", len(strip.timed)
        )
    ]
    if strip.kept:
        earliest = minutes_in_words(min(strip.kept))
        said.append(
            ngettext(
                "%(num)s on time, at the earliest %(when)s.",
                "%(num)s on time, at the earliest %(when)s.",
                len(strip.kept),
                when=earliest,
            )
        )
    if strip.missed:
        latest = minutes_in_words(max(strip.missed))
        said.append(
            ngettext(
                "%(num)s late, at the latest %(when)s.",
                "%(num)s late, at the latest %(when)s.",
                len(strip.missed),
                when=latest,
            )
        )
    said.append(_("In the middle: %(when)s.", when=minutes_in_words(strip.usual)))
    return " ".join(str(one) for one in said)


def _parts(month: GroupMonth) -> list[Part]:
    palms = month.palms
    in_order = [
        (Status.PRESENT, palms.present),
        (Status.LATE, palms.late),
        (Status.SUBSTITUTE, palms.substitute),
        (Status.MEDICAL, palms.medical),
        (Status.ABSENT, palms.absent),
    ]
    parts, x = [], 0.0
    for status, number in in_order:
        width = _BAR * number / palms.recorded if number else 0
        if number:
            parts.append(Part(letter=status.value, x=round(x, 2), width=round(width, 2)))
        x += width
    return parts
