"""What does a mark in somebody's own sheet stand for? A guess for the usual ones, which a person may correct."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from app.core.intake.weekly_line import Letter
from app.core.sheets.spelling import tidy
from app.core.sheets.values import plain_digits

_LONGEST_SHORT_MARK = 3
_WORDS: Mapping[Letter, str] = {
    Letter.PRESENT: (
        "p x 1 y yes true ✓ ✔ √ ☑ ✅ ● • present ok here in ja oui si sí sim j anwesend présent presente 出席 ○ 到"
    ),
    Letter.ABSENT: "a 0 - – — n no abs absent false nein non não absence ausente abwesend missing 缺席 ×× 缺",
    Letter.LATE: "l late delayed verspätet retard tarde 遲到 迟到",
    Letter.MEDICAL: "m med medical sick ill krank malade doente enfermo 病假 病",
    Letter.SUBSTITUTE: "s sub subst substitute vertretung vertreter remplaçant substituto sustituto 替代人 代",
}


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKC", tidy(text)).casefold()
    return plain_digits(plain.replace(",", ".")) if plain[:1].isdigit() else plain


_GUESSES = {_plain(word): letter for letter, words in _WORDS.items() for word in words.split()}


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundMark:
    """One way in which a sheet marks a meeting; `column` and `row` are where it stands first.

    `letter` is what it is taken for, None for nothing at all; it says nothing while the mark `is_open`: nobody has
    said what it means, and nothing is guessed.
    """

    written: str
    count: int
    row: int
    column: str
    letter: Letter | None
    is_open: bool


def guessed_letter(written: str) -> Letter | None:
    """Return what a mark usually stands for, or nothing where that is anybody's guess."""
    return _GUESSES.get(_plain(written))


def may_be_a_mark(text: str) -> bool:
    """Is this short enough, or known, so that it may stand for a meeting?"""
    return len(tidy(text)) <= _LONGEST_SHORT_MARK or guessed_letter(text) is not None


def answered_letter(written: str, answers: Mapping[str, str]) -> tuple[Letter | None, bool]:
    """Return what a mark is taken for, and whether that is still open: what was said, else the guess."""
    said = answers.get(written)
    if said == "":
        return None, False
    if said is not None and said in set(Letter):
        return Letter(said), False
    guess = guessed_letter(written)
    return guess, guess is None
