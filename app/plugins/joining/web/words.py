"""The words for states, votes and answers, by their codes, in the reader's language."""

from flask_babel import gettext as _

from app.plugins.joining.domain.application import STATE_WORDS
from app.plugins.joining.domain.deciding import BALLOT_WORDS, TIE_WORDS
from app.plugins.joining.domain.references import ANSWER_WORDS, REFERENCE_WORDS


def state_words() -> dict[str, str]:
    """Return the words for where an application stands."""
    return {one.value: _(words) for one, words in STATE_WORDS.items()}


def ballot_words() -> dict[str, str]:
    """Return the words for votes."""
    return {one.value: _(words) for one, words in BALLOT_WORDS.items()}


def tie_words() -> dict[str, str]:
    """Return the words for why somebody is near an application."""
    return {one.value: _(words) for one, words in TIE_WORDS.items()}


def answer_words() -> dict[str, str]:
    """Return the words for what a referee says."""
    return {one.value: _(words) for one, words in ANSWER_WORDS.items()}


def reference_words() -> dict[str, str]:
    """Return the words for where a reference stands."""
    return {one.value: _(words) for one, words in REFERENCE_WORDS.items()}
