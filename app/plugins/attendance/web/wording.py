"""Words for what the record keeps as codes: grades of evidence, parts of a roster, letters with their counts, months."""

from collections.abc import Mapping, Sequence
from datetime import date

from babel.dates import format_skeleton, get_month_names
from flask_babel import get_locale
from flask_babel import gettext as _

from app.plugins.attendance.domain.evidence import Grade
from app.plugins.attendance.domain.palms import Palms
from app.plugins.attendance.domain.status import Status
from app.plugins.attendance.queries.roster import Roster, RosterLine


def grade_words() -> Mapping[str | None, str]:
    """Return what vouches for a mark, in words for leaders."""
    return {
        Grade.TABLET_AND_PIN.value: _("tablet and PIN"),
        Grade.OWN_SESSION_AND_ROOM_CODE.value: _("own phone, room code"),
        Grade.NAME_ON_TABLET.value: _("name tapped on the tablet"),
        Grade.OFFLINE_WITHIN_BOUNDS.value: _("offline, within bounds"),
        Grade.CLAIMED.value: _("claimed by the member"),
        Grade.LEADER.value: _("a leader"),
    }


def letter_counts(palms: Palms) -> Sequence[tuple[str, int]]:
    """Return each letter with how often it stands."""
    return [(status.value, count) for status, count in zip(Status, palms.letters(), strict=True)]


def month_names() -> Mapping[int, str]:
    """Return the short names of the months in the reader's language, by number."""
    names: Mapping[int, str] = get_month_names(
        "abbreviated", context="stand-alone", locale=get_locale() or "en"
    )
    return names


def month_of(day: date) -> str:
    """Return the month and year of a day in the reader's language."""
    words: str = format_skeleton("yMMM", day, locale=get_locale() or "en")
    return words


def part_of_roster(roster: Roster, part: str) -> tuple[str, Sequence[RosterLine]]:
    """Return the heading and the lines of the part that a count links to; everybody for any other name."""
    parts = {
        "here": (_("Those who are here"), roster.here),
        "P": (_("On time"), roster.on_time),
        "L": (_("Late"), roster.late),
        "away": (_("Known to be away"), roster.excused_or_away),
        "leave": (_("On leave"), roster.on_leave),
        "blank": (_("No record yet"), roster.missing),
    }
    return parts.get(part, ("", roster.lines))
