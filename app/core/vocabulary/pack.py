"""What a vocabulary pack is, and how it renames whole words of a sentence without touching the facts in it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

SOURCE_LANGUAGE = "en"
"""The language the sentences of the house are written in; one that no catalogue translates is still in it."""

_FACT = r"%(?:\(\w+\))?[#0\-+]*[\d.]*[a-zA-Z]|%%|\{\w*\}"
_BEFORE = r"(?<![\w/@.:-])"
_BEHIND = r"(?![\w/@-]|[.:]\w)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word of the standard pack and the one said instead, each alone and in the plural; written small."""

    one: str
    many: str
    said: str
    said_many: str


@dataclass(frozen=True, kw_only=True)
class Pack:
    """A set of words. `words` are by language (`en`); a language without words keeps the standard ones.

    `sentences` replace a whole English sentence where words alone would make nonsense of it.
    """

    key: str
    title: str
    words: Mapping[str, Sequence[Word]] = field(default_factory=dict)
    sentences: Mapping[str, str] = field(default_factory=dict)

    def reword(self, language: str, sentence: str, written: str) -> str:
        """Return `written`, the translation of `sentence` into `language` (BCP 47), in the words of this pack.

        Places kept for facts stay as they are, so what people wrote themselves is never touched. Doing it twice
        changes nothing more.
        """
        if sentence == written and sentence in self.sentences:
            return self.sentences[sentence]
        spoken = SOURCE_LANGUAGE if sentence == written else re.split("[-_]", language)[0].casefold()
        found = self._searches.get(spoken)
        return written if found is None else found.sub(lambda match: self._said(spoken, match), written)

    @cached_property
    def _searches(self) -> dict[str, re.Pattern[str]]:
        """One search for each language that has words: facts first, so that nothing inside them is found."""
        searches = {}
        for language, said in self._by_word.items():
            longest_first = sorted(said, key=len, reverse=True)
            words = "|".join(re.escape(word) for word in longest_first)
            searches[language] = re.compile(f"(?:{_FACT})|{_BEFORE}(?P<word>{words}){_BEHIND}", re.IGNORECASE)
        return searches

    @cached_property
    def _by_word(self) -> dict[str, dict[str, str]]:
        return {
            language: {
                **{word.one: word.said for word in words},
                **{word.many: word.said_many for word in words},
            }
            for language, words in self.words.items()
            if words
        }

    def _said(self, language: str, match: re.Match[str]) -> str:
        found = match["word"]
        if found is None:
            return match[0]
        return _written_like(found, self._by_word[language][found.casefold()])


def _written_like(found: str, said: str) -> str:
    """Return `said` with the capitals of `found`."""
    if found.isupper() and len(found) > 1:
        return said.upper()
    return said[:1].upper() + said[1:] if found[:1].isupper() else said
