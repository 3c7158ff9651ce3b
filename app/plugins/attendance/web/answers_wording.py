"""Words for what members say beforehand."""

from collections.abc import Mapping

from flask_babel import gettext as _

from app.plugins.attendance.domain.answers import Intent


def intent_words() -> Mapping[Intent, str]:
    """Return each answer as the member says it, in the order in which they are offered."""
    return {
        Intent.COMING: _("I am coming"),
        Intent.LATE: _("I am coming late"),
        Intent.SUBSTITUTE: _("Somebody comes for me"),
        Intent.APOLOGIES: _("I cannot come"),
    }


def said_words() -> Mapping[Intent, str]:
    """Return each answer as the record tells it beside a member who has no letter yet."""
    return {
        Intent.COMING: _("said: coming"),
        Intent.LATE: _("said: coming late"),
        Intent.SUBSTITUTE: _("said: somebody comes for them"),
        Intent.APOLOGIES: _("said: cannot come"),
    }


def words_of_leaders() -> Mapping[Intent, str]:
    """Return each answer as the office's list names it."""
    return {
        Intent.COMING: _("coming"),
        Intent.LATE: _("late"),
        Intent.SUBSTITUTE: _("substitute"),
        Intent.APOLOGIES: _("apologies"),
    }
