"""The words of the group at hand: every translated sentence of a page passes through its vocabulary pack.

The pack is asked for at each sentence, never kept, so that a page of one group cannot speak another's words.
"""

from typing import Protocol

from flask_babel import Domain, get_locale

from app.core.vocabulary import STANDARD, reworded
from app.http.locales import vocabulary_at_hand


class Translated(Protocol):
    """A catalogue, as Babel gives it."""

    def ugettext(self, message: str) -> str:
        """Return the sentence, translated."""
        ...

    def ungettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the sentence for one, or for many."""
        ...

    def upgettext(self, context: str, message: str) -> str:
        """Return the sentence as it is translated in that context."""
        ...

    def unpgettext(self, context: str, singular: str, plural: str, num: int) -> str:
        """Return the sentence for one, or for many, as it is translated in that context."""
        ...


class WordsOfTheGroup(Domain):
    """The house's sentences, translated and then reworded; facts are filled in after that."""

    def get_translations(self) -> "RewordedTranslations":
        """Return the translations of the request's language, in the words of its group."""
        return RewordedTranslations(super().get_translations(), str(get_locale() or ""))


class RewordedTranslations:
    """Translations whose every answer is reworded. The names are those that Flask-Babel and Jinja call."""

    def __init__(self, translations: Translated, language: str) -> None:
        self._translations = translations
        self._language = language

    def ugettext(self, sentence: str) -> str:
        """Return the sentence, translated."""
        return self._reworded(sentence, self._translations.ugettext(sentence))

    def ungettext(self, one: str, many: str, number: int) -> str:
        """Return the sentence for one, or for many."""
        written = self._translations.ungettext(one, many, number)
        return self._reworded(many if written == many else one, written)

    def upgettext(self, context: str, sentence: str) -> str:
        """Return the sentence as it is translated in that context."""
        return self._reworded(sentence, self._translations.upgettext(context, sentence))

    def unpgettext(self, context: str, one: str, many: str, number: int) -> str:
        """Return the sentence for one, or for many, as it is translated in that context."""
        written = self._translations.unpgettext(context, one, many, number)
        return self._reworded(many if written == many else one, written)

    def _reworded(self, sentence: str, written: str) -> str:
        pack = vocabulary_at_hand()
        return written if pack == STANDARD else reworded(pack, self._language, sentence, written)
