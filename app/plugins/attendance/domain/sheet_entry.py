"""What does a line of the printed sheet say? A time of arrival, a letter, or a substitute's name; nothing is guessed."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, time

from app.core.errors import Refusal
from app.core.local_time import instant_of, local_day
from app.plugins.attendance.domain.punctuality import arrival_at, judged, status_by
from app.plugins.attendance.domain.rules import MeetingFacts, WantedMark
from app.plugins.attendance.domain.status import Status

_TIME = re.compile(
    r"(?:(?P<hour>\d{1,2})\s*[:.,h]\s*(?P<minute>\d{2})|(?P<run>\d{3,4})|(?P<full>\d{1,2})\s*h)"
    r"\s*(?:(?P<half>[ap])\.?\s*m?\.?)?"
)
_LETTER = re.compile(r"(?P<letter>[palms])(?:[\s:,.=-]+(?P<rest>.*))?", re.DOTALL)
_HALF_DAY = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetEntry:
    """One line as it was meant: a wall time, or a letter, with the substitute's name where S stands.

    `is_morning_or_evening` is set where the hand wrote am or pm, so that the time can mean nothing else.
    """

    arrived: time | None = None
    is_morning_or_evening: bool = False
    letter: Status | None = None
    substitute_name: str = ""


def entry_of(text: str) -> SheetEntry | None:
    """Return what `text` says, or None where it is unclear: `652`, `6:52`, `06.52`, `6h52`, `6.52 am`, `p`, `s Rita Lopes`."""
    plain = _plain(text)
    if as_time := _TIME.fullmatch(plain.casefold()):
        return _time_entry(as_time)
    as_letter = _LETTER.fullmatch(plain.casefold())
    if as_letter is None:
        return None
    letter = Status(as_letter["letter"].upper())
    # The name is cut from the text as it was typed: folding its case may have changed its length.
    rest = re.sub(r"^.[\s:,.=-]*", "", plain, flags=re.DOTALL).strip() if as_letter["rest"] else ""
    if rest and letter is not Status.SUBSTITUTE:
        return None
    return SheetEntry(letter=letter, substitute_name=rest)


def mark_by_entry(meeting: MeetingFacts, entry: SheetEntry) -> WantedMark:
    """Return the mark that `entry` asks for: a time decides between P and L by the cut-off.

    A time that nobody called am or pm means the one of the two that lies at the meeting.
    """
    if entry.arrived is None:
        return WantedMark(status=entry.letter, substitute_name=entry.substitute_name)
    arrived = _instant(meeting, entry.arrived, is_plain=not entry.is_morning_or_evening)
    status = status_by(judged(arrival_at(arrived), meeting.cut_off))
    return WantedMark(status=status, arrived_at_utc=arrived)


def refusal_of_unclear_entry() -> Refusal:
    """Return what is said of a line that is neither a time nor a letter."""
    return Refusal(code="attendance.entry_unclear")


def _plain(text: str) -> str:
    """Return the text with every kind of digit, colon and space as the plain one, as hands of all scripts type them."""
    folded = unicodedata.normalize("NFKC", text).strip()
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in folded)


def _time_entry(found: re.Match[str]) -> SheetEntry | None:
    if found["run"]:
        hour, minute = int(found["run"][:-2]), int(found["run"][-2:])
    else:
        hour, minute = int(found["hour"] or found["full"]), int(found["minute"] or 0)
    if found["half"]:
        if not 1 <= hour <= _HALF_DAY:
            return None
        hour = hour % _HALF_DAY + (_HALF_DAY if found["half"] == "p" else 0)
    try:
        return SheetEntry(arrived=time(hour, minute), is_morning_or_evening=bool(found["half"]))
    except ValueError:
        return None


def _instant(meeting: MeetingFacts, arrived: time, *, is_plain: bool) -> datetime:
    day = local_day(meeting.starts_at_utc, meeting.zone)
    first = instant_of(day, arrived, meeting.zone)
    if not is_plain or arrived.hour >= _HALF_DAY or _is_near(meeting, first):
        return first
    evening = instant_of(day, arrived.replace(hour=arrived.hour + _HALF_DAY), meeting.zone)
    return evening if _is_near(meeting, evening) else first


def _is_near(meeting: MeetingFacts, instant: datetime) -> bool:
    return meeting.opens_at_utc <= instant <= meeting.ends_at_utc
