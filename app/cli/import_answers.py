"""What do the options of `flask import` say? The same answers that a preview page gives."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from app.core.errors import Refusal, Refused
from app.core.groups.queries import MemberLine
from app.core.intake.desk import ALL_OTHERS
from app.core.intake.importer import NEW_MEMBER, NOBODY, ImportAnswers
from app.core.sheets import DayOrder
from app.core.sheets.spelling import folded

NO_LETTER = "-"
"""What is written behind a mark that says nothing."""


def answers_from_options(
    said: Mapping[str, str | tuple[str, ...] | None], members: Sequence[MemberLine]
) -> ImportAnswers:
    """Return the answers; refused as `imports.name_not_understood` or `time.bad_day` with what was given."""
    dates = str(said["dates"] or "")
    return ImportAnswers(
        period_first=_day(str(said["first"] or "")),
        period_last=_day(str(said["last"] or "")),
        day_order=DayOrder(dates) if dates else None,
        currency=str(said["currency"] or "").upper(),
        names=dict(_name(given, members) for given in _many(said["names"])),
        columns={_column(key): code for key, code in map(_pair, _many(said["columns"]))},
        letters={
            mark: "" if letter == NO_LETTER else letter for mark, letter in map(_pair, _many(said["letters"]))
        },
    )


def _many(given: str | tuple[str, ...] | None) -> Iterable[str]:
    return given if isinstance(given, tuple) else ()


def _pair(given: str) -> tuple[str, str]:
    key, mark, answer = given.rpartition("=")
    if not mark or not key:
        raise _not_understood(given)
    return key.strip(), answer.strip()


def _name(given: str, members: Sequence[MemberLine]) -> tuple[str, str]:
    written, answer = _pair(given)
    key = written if written == ALL_OTHERS else folded(written)
    if answer in {NOBODY, NEW_MEMBER}:
        return key, answer
    meant = _meant(answer, members)
    if len(meant) > 1:
        marks = ", ".join(line.email or line.public_id for line in meant)
        facts = {"name": answer[:80], "marks": marks, "written": written[:80]}
        raise Refused([Refusal(code="imports.name_of_several", facts=facts)])
    if not meant or key == ALL_OTHERS:
        raise _not_understood(given)
    return key, meant[0].public_id


def _meant(answer: str, members: Sequence[MemberLine]) -> list[MemberLine]:
    """Return whom an answer names: by public id, by mail address, else everybody of that name."""
    address = answer.casefold()
    exact = [line for line in members if line.public_id == answer or address == line.email.casefold() != ""]
    return exact or [line for line in members if folded(line.name) == folded(answer)]


def _column(letters: str) -> int:
    """Return the number of a column by its letters; A is 0."""
    number = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            raise _not_understood(letters)
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refused([Refusal(code="time.bad_day", facts={"text": text[:40]})]) from None


def _not_understood(given: str) -> Refused:
    return Refused([Refusal(code="imports.name_not_understood", facts={"given": given[:80]})])
