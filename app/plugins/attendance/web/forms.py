"""Forms of attendance: their shape; what makes sense is for the rules to say."""

from datetime import time
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, StopValidation

from app.http.forms import LONGEST_LINE, LONGEST_TEXT, HouseForm
from app.plugins.attendance.domain.rules import LONGEST_REASON

TAKE_BACK = "blank"
"""What the form sends in place of a letter to take a mark back."""

HERE_NOW = "here"
"""What a steward's tap sends: here now, and the cut-off decides the letter."""

_LETTERS = [
    SelectChoice(value="P", label=_l("P: present, on time")),
    SelectChoice(value="L", label=_l("L: late")),
    SelectChoice(value="A", label=_l("A: absent")),
    SelectChoice(value="M", label=_l("M: medical or approved leave")),
    SelectChoice(value="S", label=_l("S: a substitute came")),
    SelectChoice(value=HERE_NOW, label=_l("Here: the cut-off decides between P and L")),
    SelectChoice(value=TAKE_BACK, label=_l("No record: take the mark back")),
]


class ClockTime:
    """Accepts a time of day as `06:52`, or nothing."""

    def __call__(self, form: Any, field: Any) -> None:
        """Refuse text that is no time of day."""
        try:
            time_of_day(field.data or "")
        except ValueError as unclear:
            raise StopValidation(_l("Give the time like this: 06:52.")) from unclear


def time_of_day(text: str) -> time | None:
    """Return the time that a form gives as `06:52`, None for nothing; anything else raises ValueError."""
    if not text.strip():
        return None
    hour, minute = text.strip().split(":")[:2]
    return time(int(hour), int(minute))


class MarkForm(HouseForm):
    """One letter beside one member, with what belongs to it."""

    status = RadioField(
        _l("What the record says"), choices=_LETTERS, validators=[InputRequired(_l("Choose a letter."))]
    )
    arrived = StringField(_l("Time of arrival"), validators=[Length(max=8), ClockTime()])
    substitute_name = StringField(_l("Who came instead"), validators=[Length(max=LONGEST_LINE)])
    substitute_firm = StringField(_l("Their firm"), validators=[Length(max=LONGEST_LINE)])
    reason = TextAreaField(_l("Why it is corrected"), validators=[Length(max=LONGEST_TEXT)])
    just_now = HiddenField(default="", validators=[Length(max=1)])
    seen_version = HiddenField(default="0", validators=[Length(max=12)])


class LeftForm(HouseForm):
    """When somebody left before the end: now, at a time, or not at all."""

    when = HiddenField(default="at", validators=[Length(max=4)])
    left = StringField(_l("Left early at"), validators=[Length(max=8), ClockTime()])
    reason = TextAreaField(_l("Why it is corrected"), validators=[Length(max=LONGEST_TEXT)])
    seen_version = HiddenField(default="0", validators=[Length(max=12)])


class SubmitForm(HouseForm):
    """The confirmation of a submission: which version was seen, and who was shown as becoming absent."""

    seen_version = HiddenField(default="0", validators=[Length(max=12)])
    shown = HiddenField(default="", validators=[Length(max=100_000)])
    shown_claims = HiddenField(default="", validators=[Length(max=100_000)])
    head_count = IntegerField(_l("People counted in the room"), validators=[Optional()])


class ClaimsForm(HouseForm):
    """Who was shown as waiting for a word; who of them is here are the ticks."""

    shown = HiddenField(default="", validators=[Length(max=100_000)])


class SheetForm(HouseForm):
    """The printed sheet, typed in; its lines are named after the members."""

    rest_absent = BooleanField(_l("Everybody else was absent"))


class StewardForm(HouseForm):
    """Nothing but the wish for a helper at the door; the house numbers them."""


class StewardLinkForm(HouseForm):
    """To whom the link of a helper is mailed."""

    member = SelectField(
        _l("Mail the link to"), choices=[], validate_choice=False, validators=[Length(max=40)]
    )


class ReopenForm(HouseForm):
    """The reason why a submitted record is opened again."""

    reason = TextAreaField(
        _l("Why it is reopened"),
        validators=[InputRequired(_l("Say in a few words why.")), Length(max=LONGEST_REASON)],
    )
    seen_version = HiddenField(default="0", validators=[Length(max=12)])


class CodeForm(HouseForm):
    """The code of the room's screen, typed."""

    code = StringField(
        _l("Code on the screen"),
        validators=[InputRequired(_l("Type the eight letters and digits.")), Length(max=20)],
    )


class CutOffForm(HouseForm):
    """Until how many minutes after the start one is on time, and from which day that counts."""

    cut_off_minutes = IntegerField(
        _l("Minutes after the start"),
        validators=[InputRequired(_l("Give a number of minutes.")), NumberRange(-999, 999)],
    )
    effective_on = DateField(_l("From this day on"), validators=[InputRequired(_l("Choose a day."))])
