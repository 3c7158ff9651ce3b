"""What a member tells of themselves, in which bounds, and how interests are told apart."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.core.errors import Refusal

LONGEST_ANSWER: Final = 400
LONGEST_SAYING: Final = 80
LONGEST_INTEREST: Final = 40
MOST_INTERESTS: Final = 12
MOST_SUGGESTED: Final = 10

_BETWEEN = re.compile(r"[,;\n،、，；]")
_ACCENTS = range(0x300, 0x370)


class Part(StrEnum):
    """A part of the profile that its owner may keep to themselves. The value ends the name of its column."""

    TALK = "talk_to_me_about"
    GOOD_FIT = "good_fit"
    NOT_A_GOOD_FIT = "not_a_good_fit"
    INTERESTS = "interests"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWords:
    """A profile. `hidden` are the parts that the owner alone sees; `is_practised` lets others practise name and face."""

    talk_to_me_about: str = ""
    good_fit: str = ""
    not_a_good_fit: str = ""
    interests: tuple[str, ...] = ()
    how_to_say: str = ""
    hidden: frozenset[Part] = frozenset()
    is_practised: bool = False

    def shown(self, part: Part) -> str:
        """Return what colleagues read of a part; interests stand in one line."""
        if part in self.hidden:
            return ""
        return ", ".join(self.interests) if part is Part.INTERESTS else str(getattr(self, part.value))

    @property
    def says_something(self) -> bool:
        """Whether colleagues read anything here."""
        return bool(self.how_to_say) or any(self.shown(part) for part in Part)


def fold(interest: str) -> str:
    """Return the form by which two interests are the same: case, width, spaces and accents folded away."""
    wide = unicodedata.normalize("NFKC", interest).casefold()
    bare = "".join(one for one in unicodedata.normalize("NFD", wide) if ord(one) not in _ACCENTS)
    return " ".join(unicodedata.normalize("NFC", bare).split())


def interests_of(typed: str, ticked: Iterable[str] = (), known: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the interests that were typed between commas and ticked, each once.

    One that the group knows already is spelled as the group spells it, so that two people find each other.
    """
    spelled = {fold(one): one for one in reversed(known)}
    found: dict[str, str] = {}
    for one in [*_BETWEEN.split(typed), *ticked]:
        words = " ".join(one.split())
        if key := fold(words):
            found.setdefault(key, spelled.get(key, words))
    return tuple(found.values())


def suggested(of_others: Iterable[Sequence[str]], own: Sequence[str]) -> list[str]:
    """Return the interests of others that one may share: the most common first, none that is one's own already."""
    mine = {fold(one) for one in own}
    counted: dict[str, tuple[str, int]] = {}
    for interests in of_others:
        for one in interests:
            first, times = counted.get(fold(one), (one, 0))
            counted[fold(one)] = (first, times + 1)
    kept = [(times, words) for key, (words, times) in counted.items() if key not in mine]
    return [words for _times, words in sorted(kept, key=lambda one: (-one[0], fold(one[1])))][:MOST_SUGGESTED]


def refusals_for_words(words: OwnWords) -> list[Refusal]:
    """Return every reason why a profile cannot be kept as it was typed."""
    bounds: Mapping[str, tuple[str, int]] = {
        Part.TALK.value: (words.talk_to_me_about, LONGEST_ANSWER),
        Part.GOOD_FIT.value: (words.good_fit, LONGEST_ANSWER),
        Part.NOT_A_GOOD_FIT.value: (words.not_a_good_fit, LONGEST_ANSWER),
        "how_to_say": (words.how_to_say, LONGEST_SAYING),
    }
    refusals = [
        Refusal(code="profiles.too_long", facts={"most": most, "length": len(text)}, field=field)
        for field, (text, most) in bounds.items()
        if len(text) > most
    ]
    if len(words.interests) > MOST_INTERESTS:
        facts = {"most": MOST_INTERESTS, "count": len(words.interests)}
        refusals.append(Refusal(code="profiles.too_many_interests", facts=facts, field="interests"))
    longest = max(words.interests, key=len, default="")
    if len(longest) > LONGEST_INTEREST:
        facts = {"most": LONGEST_INTEREST}
        refusals.append(Refusal(code="profiles.interest_too_long", facts=facts, field="interests"))
    return refusals
