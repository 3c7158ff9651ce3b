"""Forms of the import pages, and how the answers of a preview page are read."""

from datetime import date

from babel.numbers import list_currencies
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from werkzeug.datastructures import MultiDict
from wtforms import DateField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from app.core.errors import Refusal, Refused
from app.core.intake.importer import ImportAnswers, ImportPreview
from app.core.sheets import DayOrder
from app.http.forms import HouseForm

NAME_FIELD, COLUMN_FIELD, LETTER_FIELD = "name:", "column:", "letter:"
"""What the names of the preview's selects begin with; the key of the answer follows."""


class UploadForm(HouseForm):
    """A file."""

    file = FileField(_l("File"))


class AnswersForm(HouseForm):
    """What the file does not tell."""

    period_first = DateField(_l("First day"), validators=[Optional()])
    period_last = DateField(_l("Last day"), validators=[Optional()])
    day_order = RadioField(
        _l("How are dates written in this file?"),
        choices=[
            SelectChoice(value=DayOrder.DAY_FIRST.value, label=_l("Day first: 24/11/2026")),
            SelectChoice(value=DayOrder.MONTH_FIRST.value, label=_l("Month first: 11/24/2026")),
        ],
        validators=[Optional()],
    )
    currency = StringField(_l("Currency of the amounts"), validators=[Optional()])


def answers_form(answers: ImportAnswers, shown: ImportPreview) -> AnswersForm:
    """Return the form filled with what was said, else with what the file suggests."""
    return AnswersForm(
        formdata=None,
        period_first=answers.period_first or shown.guessed.period_first,
        period_last=answers.period_last or shown.guessed.period_last,
        day_order=answers.day_order.value if answers.day_order else None,
        currency=answers.currency or shown.guessed.currency,
    )


def answers_said(given: MultiDict[str, str]) -> ImportAnswers:
    """Return what a preview page sends; refused as `time.bad_day` or `groups.unknown_currency`."""
    order = given.get("day_order", "")
    return ImportAnswers(
        period_first=_day(given.get("period_first", "")),
        period_last=_day(given.get("period_last", "")),
        day_order=DayOrder(order) if order in set(DayOrder) else None,
        currency=_currency(given.get("currency", "")),
        names=_under(given, NAME_FIELD),
        columns={
            int(column): code
            for column, code in _under(given, COLUMN_FIELD).items()
            if column.isascii() and column.isdecimal() and len(column) < 6
        },
        letters=_under(given, LETTER_FIELD),
    )


def _under(given: MultiDict[str, str], prefix: str) -> dict[str, str]:
    return {
        name.removeprefix(prefix)[:300]: answer[:100]
        for name, answer in given.items()
        if name.startswith(prefix)
    }


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refused([Refusal(code="time.bad_day", facts={"text": text[:40]})]) from None


def _currency(text: str) -> str:
    code = text.strip().upper()
    if code and code not in list_currencies():
        raise Refused([Refusal(code="groups.unknown_currency", facts={"currency": text[:20]})])
    return code
