"""How codes read on pages: the states of a slip, the acts of its life, with the badge that goes with them."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from flask_babel import gettext

from app.core.sentences import N_
from app.plugins.referrals.domain.slip import Act, SlipState

Code = TypeVar("Code", bound=StrEnum)

STATE_WORDS = {
    SlipState.PASSED: N_("Not answered yet"),
    SlipState.ACKNOWLEDGED: N_("Received"),
    SlipState.IN_PROGRESS: N_("In progress"),
    SlipState.WON: N_("Won"),
    SlipState.LOST: N_("Lost"),
    SlipState.NO_RESPONSE: N_("No response"),
    SlipState.WRONG_FIT: N_("Wrong fit"),
    SlipState.NOT_READY: N_("Not ready yet"),
    SlipState.DECLINED: N_("Declined"),
    SlipState.WITHDRAWN: N_("Taken back"),
}

RESULT_WORDS = {
    SlipState.WON: N_("Won: it became business"),
    SlipState.LOST: N_("Lost: they chose somebody else, or nobody"),
    SlipState.NO_RESPONSE: N_("No response: I tried and did not reach them"),
    SlipState.WRONG_FIT: N_("Wrong fit: not something I do"),
    SlipState.NOT_READY: N_("Not ready: perhaps later"),
}

RESULT_WORDS_OF_GIVER = {
    **RESULT_WORDS,
    SlipState.NO_RESPONSE: N_("No response: they did not reach them"),
    SlipState.WRONG_FIT: N_("Wrong fit: not something they do"),
}
"""What came of a slip, in the words of a giver who tells it for a receiver in no group."""

ACT_WORDS = {
    Act.ACKNOWLEDGE: N_("I have it, I will call"),
    Act.TRY: N_("I tried, but did not reach them yet"),
    Act.PROGRESS: N_("Tell how it goes"),
    Act.CLOSE: N_("Tell what came of it"),
    Act.DECLINE: N_("This is not for me"),
    Act.WITHDRAW: N_("Take the slip back"),
    Act.UNDO: N_("Take it back, nobody has been told"),
    Act.REOPEN: N_("Take it up again"),
}
"""What each step is called where it is offered."""

_FROM_A_FILE = N_("From a file")
_RESULT_TO_COME = N_("Result to come")

_BADGES = {
    SlipState.PASSED: "badge-wait",
    SlipState.ACKNOWLEDGED: "badge-strong",
    SlipState.IN_PROGRESS: "badge-strong",
    SlipState.WON: "badge-good",
}


def state_words(state: SlipState, historic_on: date | None = None, *, is_told_by_giver: bool = False) -> str:
    """Return what the reader sees for the state; a slip of a file of which nothing was told since says so.

    Nobody will answer a slip to somebody in no group: of it the giver tells the result.
    """
    said = _FROM_A_FILE if _is_untold(state, historic_on) else STATE_WORDS[state]
    if said == STATE_WORDS[SlipState.PASSED] and is_told_by_giver:
        said = _RESULT_TO_COME
    words: str = gettext(said)
    return words


def badge_of(state: SlipState, historic_on: date | None = None) -> str:
    """Return the class of the state's badge; the words say the state, the colour only helps."""
    return "badge" if _is_untold(state, historic_on) else f"badge {_BADGES.get(state, '')}".strip()


def _is_untold(state: SlipState, historic_on: date | None) -> bool:
    return historic_on is not None and state is SlipState.PASSED


def choices(words: Mapping[Code, str]) -> list[tuple[str, str]]:
    """Return the codes with their words in the reader's language, for a field to choose from."""
    return [(code.value, gettext(text)) for code, text in words.items()]
