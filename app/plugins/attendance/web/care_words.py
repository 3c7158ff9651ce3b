"""Words for care: what was noticed, which step, which office; kind, exact, and never a verdict."""

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import ngettext

from app.plugins.attendance.domain.care_patterns import Pattern
from app.plugins.attendance.domain.care_trail import PLACES, Step
from app.plugins.attendance.queries.care import CareLine


def own_words_for(care: CareLine) -> str:
    """Return a trend as its member reads it."""
    if care.pattern is Pattern.ABSENCES:
        return str(
            ngettext(
                "You missed %(num)d meeting in the last %(weeks)s weeks.",
                "You missed %(num)d meetings in the last %(weeks)s weeks.",
                care.count,
                weeks=care.weeks,
            )
        )
    if care.pattern is Pattern.LATES:
        return str(
            ngettext(
                "You came after the cut-off %(num)d time in the last %(weeks)s weeks.",
                "You came after the cut-off %(num)d times in the last %(weeks)s weeks.",
                care.count,
                weeks=care.weeks,
            )
        )
    return str(
        ngettext(
            "You missed %(num)d meeting in the last %(weeks)s weeks, after a year in which you hardly missed any.",
            "You missed %(num)d meetings in the last %(weeks)s weeks, after a year in which you hardly missed any.",
            care.count,
            weeks=care.weeks,
        )
    )


def office_words_for(care: CareLine) -> str:
    """Return a trend as an office reads it."""
    words = {
        Pattern.ABSENCES: _("missed %(num)s meetings in %(weeks)s weeks", num=care.count, weeks=care.weeks),
        Pattern.LATES: _("came late %(num)s times in %(weeks)s weeks", num=care.count, weeks=care.weeks),
        Pattern.DROP: _(
            "missed %(num)s meetings in %(weeks)s weeks, after a good year", num=care.count, weeks=care.weeks
        ),
    }
    return str(words[care.pattern])


def step_words() -> Mapping[str, str]:
    """Return the steps in words."""
    return {
        Step.CALL.value: _("Friendly call"),
        Step.NOTE.value: _("Note"),
        Step.LETTER.value: _("Letter"),
    }


def place_words() -> Mapping[str, str]:
    """Return what may be filled into a text, with what it becomes."""
    return {name: _(words) for name, words in PLACES.items()}
