"""What would the parts of one file do together? Their previews are shown as one and stand or fall as one."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from app.core.intake.importer import (
    ColumnGuess,
    ImportAnswers,
    Importer,
    ImportPreview,
    LetterGuess,
    TouchedLine,
    UndoPreview,
    UnmatchedName,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartPreview:
    """What one part would do, with whose it is."""

    part: Importer
    preview: ImportPreview


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePreview:
    """What the whole file would do: `whole` says it as one, `parts` keep each part's table and plan.

    `left_out` are the titles of the parts whose permission the viewer lacks.
    """

    whole: ImportPreview
    parts: tuple[PartPreview, ...]
    left_out: tuple[str, ...]


def as_one(kind: str, parts: Sequence[PartPreview], left_out: Sequence[str]) -> FilePreview:
    """Return the parts' previews merged: every sentence once, names by their key, totals summed."""
    previews = [one.preview for one in parts]
    whole = ImportPreview(
        kind=kind,
        summary=_once(one.summary for one in previews),
        overlaps=_once(one.overlaps for one in previews),
        headings=previews[0].headings,
        lines=previews[0].lines,
        problems=_once(one.problems for one in previews),
        to_say=_once(one.to_say for one in previews),
        remarks=_once(one.remarks for one in previews),
        asks_period=_first(one.asks_period for one in previews),
        asks_day_order=_first(one.asks_day_order for one in previews),
        asks_currency=_first(one.asks_currency for one in previews),
        unmatched=_names(previews),
        columns=_columns(previews),
        letters=_letters(previews),
        totals=sum((Counter(one.totals) for one in previews), Counter()),
        guessed=_guessed(previews),
    )
    return FilePreview(whole=whole, parts=tuple(parts), left_out=tuple(left_out))


def undo_as_one(previews: Sequence[UndoPreview]) -> UndoPreview:
    """Return the parts' undo previews as one; the key of a touched thing begins with the number of its part."""
    touched = [
        TouchedLine(key=f"{number}:{line.key}", text=line.text)
        for number, preview in enumerate(previews)
        for line in preview.touched
    ]
    return UndoPreview(summary=_once(one.summary for one in previews), touched=touched)


def keys_of_part(also_touched: frozenset[str], number: int) -> frozenset[str]:
    """Return the keys that concern the part of that number, as the part itself named them."""
    mark = f"{number}:"
    return frozenset(key.removeprefix(mark) for key in also_touched if key.startswith(mark))


def _once(many: Iterable[Sequence[str]]) -> list[str]:
    return list(dict.fromkeys(chain.from_iterable(many)))


def _first(texts: Iterable[str]) -> str:
    return next((text for text in texts if text), "")


def _names(previews: Sequence[ImportPreview]) -> list[UnmatchedName]:
    """Return each asked name once; it is answered where every part that asks has its answer."""
    merged: dict[str, UnmatchedName] = {}
    for name in chain.from_iterable(one.unmatched for one in previews):
        known = merged.get(name.folded)
        if known is None:
            merged[name.folded] = name
            continue
        merged[name.folded] = replace(
            known,
            rows=sorted({*known.rows, *name.rows}),
            candidates=tuple(dict.fromkeys([*known.candidates, *name.candidates])),
            may_join=known.may_join and name.may_join,
            answer=known.answer and name.answer,
        )
    return list(merged.values())


def _columns(previews: Sequence[ImportPreview]) -> list[ColumnGuess]:
    by_column: dict[int, ColumnGuess] = {}
    for guess in chain.from_iterable(one.columns for one in previews):
        by_column.setdefault(guess.column, guess)
    return [by_column[column] for column in sorted(by_column)]


def _letters(previews: Sequence[ImportPreview]) -> list[LetterGuess]:
    by_text: dict[str, LetterGuess] = {}
    for guess in chain.from_iterable(one.letters for one in previews):
        by_text.setdefault(guess.written, guess)
    return list(by_text.values())


def _guessed(previews: Sequence[ImportPreview]) -> ImportAnswers:
    guesses = [one.guessed for one in previews]
    return ImportAnswers(
        period_first=next((one.period_first for one in guesses if one.period_first), None),
        period_last=next((one.period_last for one in guesses if one.period_last), None),
        day_order=next((one.day_order for one in guesses if one.day_order), None),
        currency=_first(one.currency for one in guesses),
    )
