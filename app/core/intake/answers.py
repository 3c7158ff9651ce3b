"""How what was said about a file is kept beside it, so that a half-answered import can be left and found again."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from app.core.intake.importer import ImportAnswers
from app.core.sheets import DayOrder


def written_answers(answers: ImportAnswers) -> str:
    """Return the answers as JSON; empty where nothing was said."""
    if answers == ImportAnswers():
        return ""
    return json.dumps(
        {
            "period_first": answers.period_first.isoformat() if answers.period_first else None,
            "period_last": answers.period_last.isoformat() if answers.period_last else None,
            "day_order": answers.day_order.value if answers.day_order else None,
            "currency": answers.currency,
            "names": dict(answers.names),
            "columns": {str(column): code for column, code in answers.columns.items()},
            "letters": dict(answers.letters),
        },
        ensure_ascii=False,
        sort_keys=True,
    )


def read_answers(text: str) -> ImportAnswers:
    """Return the answers that `written_answers` wrote."""
    if not text:
        return ImportAnswers()
    said: Mapping[str, Any] = json.loads(text)
    return ImportAnswers(
        period_first=date.fromisoformat(said["period_first"]) if said["period_first"] else None,
        period_last=date.fromisoformat(said["period_last"]) if said["period_last"] else None,
        day_order=DayOrder(said["day_order"]) if said["day_order"] else None,
        currency=said["currency"],
        names=said["names"],
        columns={int(column): code for column, code in said["columns"].items()},
        letters=said["letters"],
    )


def with_answers(kept: ImportAnswers, said: ImportAnswers) -> ImportAnswers:
    """Return what was kept with what is said now in front of it; what is not said now stays."""
    return ImportAnswers(
        period_first=said.period_first or kept.period_first,
        period_last=said.period_last or kept.period_last,
        day_order=said.day_order or kept.day_order,
        currency=said.currency or kept.currency,
        names={key: answer for key, answer in {**kept.names, **said.names}.items() if answer},
        columns={**kept.columns, **said.columns},
        letters={**kept.letters, **said.letters},
    )
