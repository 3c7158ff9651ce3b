"""Whom does a name in a file mean? Exactly, folded, or by an alias that somebody set; never by likeness."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from app.core.sheets.spelling import folded, is_east_asian, tidy

PersonT = TypeVar("PersonT")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonName:
    """A name as a file gives it; `given` and `family` are empty where the file has one column for both."""

    full: str
    given: str = ""
    family: str = ""


def name_of_parts(*, given: str, family: str, family_first: bool) -> PersonName:
    """Return the name in the order in which it is said: `family_first` as the header's language has it.

    A name written wholly in Chinese, Japanese or Korean characters has its family first under any header, and no
    space.
    """
    given, family = tidy(given), tidy(family)
    if given and family and is_east_asian(given + family):
        return PersonName(full=family + given, given=given, family=family)
    parts = (family, given) if family_first else (given, family)
    return PersonName(full=" ".join(part for part in parts if part), given=given, family=family)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownName(Generic[PersonT]):
    """A name by which the group knows a person: their own, or an alias that somebody set for files."""

    person: PersonT
    name: str


class FoundBy(StrEnum):
    """How a name was recognised."""

    EXACT = "exact"
    FOLDED = "folded"
    ALIAS = "alias"


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched(Generic[PersonT]):
    """The name means this one person."""

    person: PersonT
    found_by: FoundBy


@dataclass(frozen=True, slots=True, kw_only=True)
class Ambiguous(Generic[PersonT]):
    """The name may mean several people, or stands several times in the file: somebody has to say."""

    people: tuple[PersonT, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """Nobody in the group has this name."""


class NameBook(Generic[PersonT]):
    """The names of a group's people, and the aliases set by hand."""

    def __init__(
        self, *, names: Iterable[KnownName[PersonT]], aliases: Iterable[KnownName[PersonT]] = ()
    ) -> None:
        self._exact: defaultdict[str, set[PersonT]] = defaultdict(set)
        self._folded: defaultdict[str, list[PersonT]] = defaultdict(list)
        self._aliases: defaultdict[str, list[PersonT]] = defaultdict(list)
        for known in names:
            self._exact[known.name].add(known.person)
            _add(self._folded[folded(known.name)], known.person)
        for alias in aliases:
            _add(self._aliases[folded(alias.name)], alias.person)

    def match(self, name: str) -> Matched[PersonT] | Ambiguous[PersonT] | Unknown:
        """Return whom a name means. An alias also decides between people of the same name."""
        key = folded(name)
        named = self._folded.get(key, [])
        if len(named) == 1:
            exactly = named[0] in self._exact.get(name, ())
            return Matched(person=named[0], found_by=FoundBy.EXACT if exactly else FoundBy.FOLDED)
        aliased = self._aliases.get(key, [])
        if len(aliased) == 1:
            return Matched(person=aliased[0], found_by=FoundBy.ALIAS)
        people = (*named, *aliased)
        return Ambiguous(people=tuple(dict.fromkeys(people))) if people else Unknown()

    def match_all(self, names: Sequence[str]) -> tuple[Matched[PersonT] | Ambiguous[PersonT] | Unknown, ...]:
        """Return whom each name of a file means, in the file's order.

        A name that stands in the file twice is ambiguous each time: one of the rows belongs to somebody else. So
        are two spellings that mean the same person.
        """
        matches = [self.match(name) for name in names]
        claims = Counter(match.person for match in matches if isinstance(match, Matched))
        return tuple(
            Ambiguous(people=(match.person,))
            if isinstance(match, Matched) and claims[match.person] > 1
            else match
            for match in matches
        )


def _add(people: list[PersonT], person: PersonT) -> None:
    if person not in people:
        people.append(person)
