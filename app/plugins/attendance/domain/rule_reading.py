"""Reads one value at a time out of JSON and notes what is wrong with it, so that everything is named at once."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeVar

from app.core.errors import Refusal

Word = TypeVar("Word", bound=StrEnum)
Found = Mapping[str, Any]

LONGEST_KEY = 30
MOST_NUMBER = 10_000
_KEY = re.compile(rf"[a-z][a-z0-9_-]{{0,{LONGEST_KEY - 1}}}")
_NUMBER = re.compile(r"-?\d{1,9}(/[1-9]\d{0,8}|[.,]\d{1,9})?")
_LONGEST_SHOWN = 40


class Reader:
    """Reads, and keeps a refusal for each problem; what cannot be read comes back as something harmless."""

    def __init__(self) -> None:
        self.refusals: list[Refusal] = []

    def mapping(self, said: Any, path: str) -> Found:
        """Return an object; anything else is none."""
        if isinstance(said, dict):
            return said
        self._note(Refusal(code="attendance.rules_shape", facts={"path": path, "shape": "{…}"}, field=path))
        return {}

    def items(self, said: Any, path: str, most: int) -> Sequence[Any]:
        """Return a list of at most so many."""
        if isinstance(said, list) and len(said) <= most:
            return said
        if isinstance(said, list):
            facts = {"path": path, "most": most}
            self._note(Refusal(code="attendance.rules_too_many", facts=facts, field=path))
        else:
            self._note(
                Refusal(code="attendance.rules_shape", facts={"path": path, "shape": "[…]"}, field=path)
            )
        return []

    def only(self, said: Found, known: Sequence[str], path: str) -> None:
        """Note every name that means nothing here: a slip of the pen would else change the rules unseen."""
        for name in said:
            if name not in known:
                at = _at(path, str(name)[:_LONGEST_SHOWN])
                self._note(Refusal(code="attendance.rules_unknown_name", facts={"path": at}, field=at))

    def schema(self, said: Any, known: int) -> None:
        """Note rules of another form than is known."""
        if said != known or isinstance(said, bool):
            self._note(Refusal(code="attendance.rules_schema", facts={"known": known}, field="schema"))

    def text(self, said: Found, name: str, path: str, *, longest: int) -> str:
        """Return a line of text, not empty."""
        at, found = _at(path, name), said.get(name)
        if not isinstance(found, str) or not found.strip():
            self.missing(at)
            return ""
        if len(found) > longest:
            facts = {"path": at, "limit": longest}
            self._note(Refusal(code="attendance.rules_too_long", facts=facts, field=at))
        return found.strip()

    def key_of(self, said: Found, path: str) -> str:
        """Return the key of a measure or a limit."""
        return self.key(said.get("key"), f"{path}.key")

    def key(self, said: Any, path: str) -> str:
        """Return a key: small letters, digits, `_` and `-`."""
        if isinstance(said, str) and _KEY.fullmatch(said):
            return said
        self._note(Refusal(code="attendance.rules_bad_key", facts={"path": path}, field=path))
        return f"?{path}"

    def word(self, said: Found, name: str, path: str, words: type[Word], usual: Word | None) -> Word:
        """Return one of the words; `usual` where nothing is said, None demands it."""
        if usual is not None and name not in said:
            return usual
        return self.one_of(said.get(name), f"{path}.{name}", words)

    def one_of(self, said: Any, path: str, words: type[Word]) -> Word:
        """Return one of the words."""
        if isinstance(said, str) and said in {one.value for one in words}:
            return words(said)
        known = ", ".join(one.value for one in words)
        self._note(
            Refusal(code="attendance.rules_unknown_word", facts={"path": path, "known": known}, field=path)
        )
        return next(iter(words))

    def number(
        self,
        said: Found,
        name: str,
        path: str,
        least: int,
        most: int,
        *,
        whole: bool = False,
        usual: int | None = None,
    ) -> Fraction:
        """Return a number between both, exactly: 1, 0.5 or "1/2"; `usual` where nothing is said, None demands it."""
        if name not in said and usual is not None:
            return Fraction(usual)
        found, at = _fraction(said.get(name)), _at(path, name)
        is_right = found is not None and least <= found <= most and (not whole or found.denominator == 1)
        if found is not None and is_right:
            return found
        code_facts = {"path": at, "least": least, "most": most}
        if whole:
            self._note(Refusal(code="attendance.rules_whole_number", facts=code_facts, field=at))
        else:
            self._note(Refusal(code="attendance.rules_number", facts=code_facts, field=at))
        return Fraction(max(least, 1))

    def yes_or_no(self, said: Found, name: str, path: str) -> bool:
        """Return a yes or no; no where nothing is said."""
        found = said.get(name, False)
        if isinstance(found, bool):
            return found
        at = _at(path, name)
        self._note(
            Refusal(code="attendance.rules_shape", facts={"path": at, "shape": "true/false"}, field=at)
        )
        return False

    def reference(self, said: Any, path: str, known: frozenset[str]) -> str:
        """Return the key of a measure that stands before."""
        if isinstance(said, str) and said in known:
            return said
        self._note(Refusal(code="attendance.rules_unknown_measure", facts={"path": path}, field=path))
        return ""

    def missing(self, path: str) -> None:
        """Note that something is not said."""
        self._note(Refusal(code="attendance.rules_missing", facts={"path": path}, field=path))

    def twice(self, key: str, path: str) -> None:
        """Note that a key stands twice."""
        self._note(Refusal(code="attendance.rules_twice", facts={"path": path, "key": key}, field=path))

    def near_after_reached(self, path: str) -> None:
        """Note that a limit would be reached before it is near."""
        self._note(Refusal(code="attendance.rules_near", facts={"path": path}, field=path))

    def _note(self, refusal: Refusal) -> None:
        self.refusals.append(refusal)


def fraction_of(text: str) -> Fraction | None:
    """Return the number that is written: `2`, `0.5`, `0,5` or `1/2`; None for anything else."""
    typed = text.strip()
    return Fraction(typed.replace(",", ".")) if _NUMBER.fullmatch(typed) else None


def _fraction(said: Any) -> Fraction | None:
    if isinstance(said, bool) or not isinstance(said, (int, float, str)):
        return None
    return fraction_of(str(said))


def _at(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
