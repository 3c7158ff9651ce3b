"""What was found in a file, as sentences in the reader's language."""

from collections.abc import Mapping, Sequence

from flask_babel import format_date
from flask_babel import gettext as _

from app.core.intake.importer import ImportAnswers
from app.core.intake.remarks import Period, Remark
from app.core.intake.sentences import SENTENCES
from app.core.local_time import Period as AskedDays
from app.plugins.attendance.services.weekly_plan import Said


def told(remarks: Sequence[Remark]) -> list[str]:
    """Return the sentences of what a parser remarked."""
    return [_sentence(SENTENCES[remark.code], remark.sentence_facts) for remark in remarks]


def said_in_words(things: Sequence[Said]) -> list[str]:
    """Return the sentences of what a plan has to say."""
    return [_sentence(said.sentence, said.facts) for said in things]


def answered_period(answers: ImportAnswers) -> Period | None:
    """Return the period that was said, if one was; refused where it ends before it begins."""
    if answers.period_first is None or answers.period_last is None:
        return None
    days = AskedDays(first=answers.period_first, last=answers.period_last)
    return Period(first=days.first, last=days.last)


def _sentence(sentence: str, facts: Mapping[str, object]) -> str:
    written = {
        name: format_date(value, "long", rebase=False) if hasattr(value, "isoformat") else value
        for name, value in facts.items()
    }
    return str(_(sentence, **written))
