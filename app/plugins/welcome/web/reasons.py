"""Reasons why two should meet, as sentences."""

from flask_babel import gettext as _

from app.plugins.welcome.domain.people_to_meet import WHY_WORDS, Reason, ToMeet

_MOST = 2


def reason_lines(to_meet: ToMeet) -> list[str]:
    """Return the best reasons, each as a sentence."""
    return [said(one) for one in to_meet.reasons[:_MOST]]


def said(reason: Reason) -> str:
    """Return a reason as a sentence."""
    return str(_(WHY_WORDS[reason.why], what=reason.what) if reason.what else _(WHY_WORDS[reason.why]))
