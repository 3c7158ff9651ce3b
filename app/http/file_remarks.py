"""What was found in a file, as sentences in the reader's language."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask_babel import format_date
from flask_babel import gettext as _

from app.core.intake.remarks import Remark
from app.core.intake.sentences import SENTENCES


def told(remarks: Iterable[Remark]) -> list[str]:
    """Return the sentences of remarks about a file, translated, each with its row and column."""
    return [written(SENTENCES[remark.code], remark.sentence_facts) for remark in remarks]


def written(sentence: str, facts: Mapping[str, Any]) -> str:
    """Return `sentence` translated, with days among `facts` written in the reader's language."""
    plain = {name: long_day(value) if isinstance(value, date) else value for name, value in facts.items()}
    return str(_(sentence, **plain))


def long_day(day: date) -> str:
    """Return a day in the reader's language: 13 February 2025."""
    return str(format_date(day, "long", rebase=False))
