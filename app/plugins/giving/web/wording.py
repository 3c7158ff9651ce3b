"""How asks, introductions and their states read."""

from collections.abc import Callable
from datetime import date, datetime

from flask_babel import gettext as _

from app.core.local_time import local_day
from app.http.page import GroupPage
from app.plugins.giving.domain.ask import AskKind, AskState
from app.plugins.giving.domain.introduction import OUTCOME_WORDS, STATE_WORDS, IntroductionState, Outcome
from app.plugins.giving.queries.asks import AskLine


def ask_title(ask: AskLine) -> str:
    """Return whose ask it is and of what kind; in the settling-in period it reads “learn about me”."""
    if ask.is_learning:
        return str(_("Learn about %(name)s", name=ask.asker_name))
    if ask.kind == AskKind.REFERRAL:
        return str(_("%(name)s asks for a referral", name=ask.asker_name))
    if ask.kind == AskKind.INTRODUCTION:
        return str(_("%(name)s asks for an introduction", name=ask.asker_name))
    return str(_("%(name)s asks for advice", name=ask.asker_name))


def state_of_ask(ask: AskLine, *, is_open: bool) -> str:
    """Return how an ask stands, in a word."""
    if is_open:
        return str(_("open"))
    if ask.state == AskState.HELPED:
        return str(_("helped"))
    return str(_("over") if ask.state == AskState.OPEN else _("closed"))


def state_of_introduction(state: str) -> str:
    """Return how an introduction stands, in a few words."""
    return str(_(STATE_WORDS[IntroductionState(state)]))


def outcome_in_words(outcome: str) -> str:
    """Return what one of the two said came of it; empty while they said nothing."""
    return str(_(OUTCOME_WORDS[Outcome(outcome)])) if outcome else ""


def days_of(page: GroupPage) -> Callable[[datetime], date]:
    """Return what tells the group's day of an instant: on these pages nobody needs the minute."""
    return lambda instant: local_day(instant, page.group.zone)
