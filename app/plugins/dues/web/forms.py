"""What a browser sends about dues: the shape only. What is wrong, the rules say all at once."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField
from wtforms.widgets import DateInput

from app.http.forms import Needed, VersionedForm, day_typed, plain, tidied
from app.plugins.dues.domain.entry import KIND_WORDS, STATE_WORDS, DueState
from app.plugins.dues.services.entries import Written


class DueForm(VersionedForm):
    """One line: what for, how much, until when."""

    kind = SelectField(
        _l("What for?"), validators=[Needed()], validate_choice=False, choices=lambda: _choices(KIND_WORDS)
    )
    amount = StringField(_l("Amount"), validators=[Needed()], filters=[tidied])
    due_on = StringField(_l("Due on"), validators=[Needed()], filters=[tidied], widget=DateInput())
    note = TextAreaField(_l("Worth knowing"), filters=[plain])

    def written(self) -> Written:
        """Return what was typed, for the rules to judge."""
        return Written(
            kind=self.kind.data or "",
            amount=self.amount.data,
            due_on=day_typed(self.due_on.data),
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
    paid_on = StringField(_l("Paid on"), filters=[tidied], widget=DateInput())

    def written(self) -> Written:
        """Return what was typed, for the rules to judge."""
        return Written(
            kind=self.kind.data or "",
            amount=self.amount.data,
            due_on=day_typed(self.due_on.data),
            state=self.state.data or "",
            paid_on=day_typed(self.paid_on.data),
            note=self.note.data,
        )


def _choices(words: Mapping[Any, str]) -> list[tuple[str, str]]:
    return [(code, gettext(text)) for code, text in words.items()]
