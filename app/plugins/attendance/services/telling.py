"""What was found in a file, as sentences in the reader's language."""

from collections.abc import Sequence

from app.core.intake.importer import ImportAnswers
from app.core.intake.remarks import Period
from app.core.local_time import Period as AskedDays
from app.http.file_remarks import written
from app.plugins.attendance.services.weekly_plan import Said


def said_in_words(things: Sequence[Said]) -> list[str]:
    """Return the sentences of what a plan has to say."""
    return [written(said.sentence, said.facts) for said in things]


def answered_period(answers: ImportAnswers) -> Period | None:
    """Return the period that was said, if one was; refused where it ends before it begins."""
    if answers.period_first is None or answers.period_last is None:
        return None
    days = AskedDays(first=answers.period_first, last=answers.period_last)
    return Period(first=days.first, last=days.last)
