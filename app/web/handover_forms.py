"""Forms about offices that change hands."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, IntegerField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from app.http.forms import HouseForm

_BAD_DAY = _l("Write the day as year-month-day, for instance 2026-11-24.")


class HandOverForm(HouseForm):
    """Who follows in an office, from which day, and how long both hold it. `seen` marks the terms on the page."""

    successor = SelectField(_l("Who follows"), validators=[DataRequired(_l("Choose the member."))])
    first_day = DateField(_l("First day of the successor"), validators=[DataRequired(_BAD_DAY)])
    overlap_days = IntegerField(
        _l("Days that both hold it"), validators=[InputRequired(_l("Write a number of days."))]
    )
    seen = HiddenField(validators=[Length(max=16)])

    def offer(self, members: list[tuple[str, str]]) -> None:
        """Offer these members: pairs of public id and name."""
        choices: list[Any] = [SelectChoice(value="", label=_l("Choose a member"))]
        self.successor.choices = choices + [
            SelectChoice(value=public_id, label=name) for public_id, name in members
        ]


class TermDatesForm(HouseForm):
    """Other days for a term that has not begun."""

    starts_on = DateField(_l("From"), validators=[DataRequired(_BAD_DAY)])
    ends_on = DateField(_l("Until"), validators=[Optional()])
