"""What a browser sends about dues: the shape only. What is wrong, the rules say all at once."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.widgets import DateInput

from app.core.sheets.spelling import tidy
from app.http.forms import HouseForm, Needed
from app.plugins.dues.domain.entry import KIND_WORDS, STATE_WORDS, DueState
from app.plugins.dues.services.entries import Written

_LONGEST_VERSION = 9


def _tidied(text: str | None) -> str:
    return tidy(text or "")


def _as_typed(text: str | None) -> str:
    return "\n".join(tidy(line) for line in (text or "").splitlines()).strip()


class VersionedForm(HouseForm):
    """A form over something that others may change meanwhile."""

    version = HiddenField(filters=[_tidied])

    @property
    def seen_version(self) -> int:
        """The version the sender had before them; -1, which fits none, where it is unreadable."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST_VERSION else -1


class DueForm(VersionedForm):
    """One line: what for, how much, until when."""

    kind = SelectField(
        _l("What for?"), validators=[Needed()], validate_choice=False, choices=lambda: _choices(KIND_WORDS)
    )
    amount = StringField(_l("Amount"), validators=[Needed()], filters=[_tidied])
    due_on = StringField(_l("Due on"), validators=[Needed()], filters=[_tidied], widget=DateInput())
    note = TextAreaField(_l("Worth knowing"), filters=[_as_typed])

    def written(self) -> Written:
        """Return what was typed, for the rules to judge."""
        return Written(
            kind=self.kind.data or "",
            amount=self.amount.data,
            due_on=_day(self.due_on.data),
            state=DueState.OWED.value,
            paid_on=None,
            note=self.note.data,
        )


class NewDueForm(DueForm):
    """A line for a member who is chosen."""

    member = SelectField(_l("Who?"), validators=[Needed()], validate_choice=False)


class CorrectionForm(DueForm):
    """A line that stands, put right: also how it stands, and when it was paid."""

    state = SelectField(
        _l("How it stands"),
        validators=[Needed()],
        validate_choice=False,
        choices=lambda: _choices(STATE_WORDS),
    )
    paid_on = StringField(_l("Paid on"), filters=[_tidied], widget=DateInput())

    def written(self) -> Written:
        """Return what was typed, for the rules to judge."""
        return Written(
            kind=self.kind.data or "",
            amount=self.amount.data,
            due_on=_day(self.due_on.data),
            state=self.state.data or "",
            paid_on=_day(self.paid_on.data),
            note=self.note.data,
        )


def _day(text: str) -> date | None:
    """Return the day that was given, or None where it is missing or no day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _choices(words: Mapping[Any, str]) -> list[tuple[str, str]]:
    return [(code, gettext(text)) for code, text in words.items()]
