"""Forms of meetings: their shape; what makes sense is for the rules to say."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import TimeField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from app.core.meetings.domain.changes import LONGEST_LINK, LONGEST_NOTE, LONGEST_PLACE, LONGEST_TOPIC
from app.http.forms import HouseForm, Needed


class ChangeForm(HouseForm):
    """What every change of a meeting has: a sentence for everyone, and what was seen of it."""

    note = TextAreaField(_l("A sentence for everyone"), validators=[Length(max=LONGEST_NOTE)])
    seen = HiddenField(default="", validators=[Length(max=64)])

    @property
    def said(self) -> str:
        """The sentence for everyone, on one line or several, without room around it."""
        return (self.note.data or "").strip()


class WhenFields:
    """A day, a wall time in the group's zone, and a length."""

    day = DateField(_l("Day"), validators=[InputRequired(_l("Choose a day."))])
    wall_time = TimeField(_l("Begins at"), validators=[InputRequired(_l("Give the time like this: 07:00."))])
    minutes = IntegerField(_l("Minutes"), validators=[InputRequired(_l("Give a number of minutes."))])


class WhereFields:
    """A room, a call link, or both."""

    place = StringField(_l("Place"), validators=[Length(max=LONGEST_PLACE)])
    call_link = StringField(_l("Call link"), validators=[Length(max=LONGEST_LINK)])


class MoveForm(WhenFields, ChangeForm):
    """Another time for one meeting."""


class CallOffForm(ChangeForm):
    """Whether a meeting is cancelled or its day a holiday."""

    state = RadioField(
        _l("Why there is no meeting"),
        choices=[
            SelectChoice(value="cancelled", label=_l("It is cancelled")),
            SelectChoice(value="holiday", label=_l("It is a holiday")),
        ],
        default="cancelled",
        validators=[InputRequired(_l("Choose one of the two."))],
    )


class PlaceForm(WhereFields, ChangeForm):
    """Another place for one meeting or for all to come."""

    reach = RadioField(
        _l("Which meetings"),
        choices=[
            SelectChoice(value="this", label=_l("This meeting alone")),
            SelectChoice(value="all", label=_l("This one and all that come after it")),
        ],
        default="this",
        validators=[InputRequired(_l("Choose one of the two."))],
    )
    seen_all = HiddenField(default="", validators=[Length(max=64)])


class TopicForm(ChangeForm):
    """Another topic for one meeting."""

    topic = StringField(_l("Topic"), validators=[Length(max=LONGEST_TOPIC)])


class ExtraMeetingForm(WhenFields, WhereFields, ChangeForm):
    """A meeting outside the schedule."""

    topic = StringField(_l("Topic"), validators=[Length(max=LONGEST_TOPIC)])


class ScheduleForm(WhereFields, ChangeForm):
    """When the group meets again and again, from a day on."""

    day = DateField(_l("From this day on"), validators=[InputRequired(_l("Choose a day."))])
    rhythm = SelectField(
        _l("How often"),
        validators=[Needed()],
        choices=[
            SelectChoice(value="weekly", label=_l("Every week")),
            SelectChoice(value="fortnightly", label=_l("Every second week")),
            SelectChoice(value="1", label=_l("Every month, the first")),
            SelectChoice(value="2", label=_l("Every month, the second")),
            SelectChoice(value="3", label=_l("Every month, the third")),
            SelectChoice(value="4", label=_l("Every month, the fourth")),
            SelectChoice(value="-1", label=_l("Every month, the last")),
        ],
    )
    weekday = SelectField(
        _l("Weekday"),
        validators=[Needed()],
        choices=[
            SelectChoice(value="0", label=_l("Monday")),
            SelectChoice(value="1", label=_l("Tuesday")),
            SelectChoice(value="2", label=_l("Wednesday")),
            SelectChoice(value="3", label=_l("Thursday")),
            SelectChoice(value="4", label=_l("Friday")),
            SelectChoice(value="5", label=_l("Saturday")),
            SelectChoice(value="6", label=_l("Sunday")),
        ],
    )
    wall_time = TimeField(_l("Begins at"), validators=[InputRequired(_l("Give the time like this: 07:00."))])
    minutes = IntegerField(_l("Minutes"), validators=[InputRequired(_l("Give a number of minutes."))])


class NewAddressForm(HouseForm):
    """The wish for a new address of one's calendar."""


def stripped(field: Any) -> str:
    """Return what stands in a line of text, without room around it."""
    return (field.data or "").strip()
