"""Which members' names are like a written one? Only to order what the desk offers: nothing is ever taken by likeness."""

from collections.abc import Sequence

from app.core.sheets.spelling import letters_only

_OFFERED = 5


class Likeness:
    """The names of a group, by the pairs of letters in them; accents, case and the order of the names do not count.

    `least` is how much two names must have in common, from 0 to 1.
    """

    def __init__(self, people: Sequence[tuple[str, str]], *, least: float = 0.34) -> None:
        self._least = least
        self._people = [(public_id, _pairs(name)) for public_id, name in people]

    def best(self, written: str) -> tuple[str, ...]:
        """Return the public ids of those whose name is most like `written`, best first; nobody where none is like it."""
        pairs = _pairs(written)
        scored = [(_share(pairs, theirs), public_id) for public_id, theirs in self._people]
        likely = sorted((one for one in scored if one[0] >= self._least), key=lambda one: -one[0])
        return tuple(public_id for _score, public_id in likely[:_OFFERED])


def _pairs(name: str) -> frozenset[str]:
    """Return the pairs of neighbouring letters in each word of the name, with where a word begins."""
    words = [f"^{letters_only(word)}" for word in name.split()]
    return frozenset(word[at : at + 2] for word in words for at in range(len(word) - 1))


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    """Return how much two names have in common, from 0 to 1."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0
