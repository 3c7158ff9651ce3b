"""The sentence of a refusal: translated, with its facts written the group's way."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from babel import numbers
from flask import current_app
from flask_babel import format_date, format_decimal, get_locale, gettext

from app.core.errors import Refusal


class Sentences:
    """Every refusal code with its sentence, from core and from the plugins; one place, so that none is missing."""

    def __init__(self) -> None:
        self._sentences: dict[str, str] = {}

    def add(self, sentences: Mapping[str, str]) -> None:
        """Take in the sentences of one component; a code that is already there is a programmer's error."""
        twice = self._sentences.keys() & sentences.keys()
        if twice:
            raise ValueError(
                f"Refusal codes with two sentences: {sorted(twice)}; name them after their component."
            )
        self._sentences.update(sentences)

    def __contains__(self, code: str) -> bool:
        return code in self._sentences

    def of(self, code: str) -> str:
        """Return the English sentence of `code`, with `%(fact)s` in place of facts."""
        return self._sentences[code]


def sentence(refusal: Refusal) -> str:
    """Return what a person reads for `refusal`, in the language of the request."""
    sentences: Sentences = current_app.extensions["givefirst.sentences"]
    facts = {name: _written(value) for name, value in refusal.facts.items()}
    return str(gettext(sentences.of(refusal.code), **facts))


def _written(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return format_date(value, "long")
    if isinstance(value, int) and not isinstance(value, bool):
        return format_decimal(value)
    if isinstance(value, float):
        return numbers.format_decimal(value, locale=get_locale(), decimal_quantization=False)
    return value
