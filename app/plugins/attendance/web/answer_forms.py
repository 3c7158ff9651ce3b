"""Forms of what is said beforehand: one answer, one pasted text, and the rows that a leader confirms."""

from flask_babel import lazy_gettext as _l
from wtforms import Form, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from app.http.forms import LONGEST_LINE, HouseForm, Needed
from app.plugins.attendance.domain.answers import Intent
from app.plugins.attendance.domain.apologies import LONGEST_QUOTE
from app.plugins.attendance.domain.chat_text import MOST_LETTERS

LEFT_OUT = "none"
"""What a row sends that is not to be kept."""

_INTENTS = [
    SelectChoice(value=Intent.COMING.value, label=_l("I am coming")),
    SelectChoice(value=Intent.LATE.value, label=_l("I am coming late")),
    SelectChoice(value=Intent.SUBSTITUTE.value, label=_l("Somebody comes for me")),
    SelectChoice(value=Intent.APOLOGIES.value, label=_l("I cannot come")),
]


class LinkedAnswerForm(HouseForm):
    """The one button behind a link, with the name of who comes instead."""

    substitute_name = StringField(_l("Who comes for you"), validators=[Needed(), Length(max=LONGEST_LINE)])


class AnswerForm(HouseForm):
    """One's own answer on a page."""

    intent = RadioField(
        _l("Do you come?"), choices=_INTENTS, validators=[InputRequired(_l("Choose one of the four."))]
    )
    substitute_name = StringField(_l("Who comes for you"), validators=[Length(max=LONGEST_LINE)])


class PastedForm(HouseForm):
    """A text copied from the chat."""

    pasted = TextAreaField(
        _l("What was written"),
        validators=[
            InputRequired(_l("Paste the messages first.")),
            Length(
                max=MOST_LETTERS,
                message=_l("This is more than can be read at once. Paste the messages of today only."),
            ),
        ],
    )


class ConfirmForm(HouseForm):
    """How many rows a leader confirms; the rows are forms of their own, named by their number."""

    rows = HiddenField(default="0", validators=[Length(max=4)])


class ApologyRow(Form):
    """One message: whose it is, what it says, who comes instead. `quote` is shown again and not kept."""

    quote = HiddenField(validators=[Length(max=LONGEST_QUOTE)])
    member = SelectField(_l("Member"), validate_choice=False, validators=[Needed()])
    intent = SelectField(
        _l("Answer"),
        validators=[Needed()],
        choices=[
            SelectChoice(value=LEFT_OUT, label=_l("leave it out")),
            SelectChoice(value=Intent.LATE.value, label=_l("comes late")),
            SelectChoice(value=Intent.APOLOGIES.value, label=_l("apologies")),
            SelectChoice(value=Intent.SUBSTITUTE.value, label=_l("sends a substitute")),
            SelectChoice(value=Intent.COMING.value, label=_l("is coming")),
        ],
    )
    substitute_name = StringField(_l("Substitute"), validators=[Length(max=LONGEST_LINE)])
