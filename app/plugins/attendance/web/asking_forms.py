"""Forms of excuses and leave: asked by a member, entered and decided by an office."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from app.http.forms import LONGEST_TEXT, HouseForm, Needed
from app.plugins.attendance.web.asking_words import EXCUSES, LEAVES

_CHOOSE = InputRequired(_l("Choose one of them."))


class ExcuseForm(HouseForm):
    """Which meeting, why, and a few words."""

    meeting = SelectField(_l("Meeting"), choices=[], validate_choice=False, validators=[Needed()])
    kind = RadioField(_l("Why"), choices=EXCUSES, validators=[_CHOOSE])
    note = StringField(_l("A few words"), validators=[Length(max=LONGEST_TEXT)])


class LeaveForm(HouseForm):
    """What for, from when to when, and a few words."""

    kind = RadioField(_l("What for"), choices=LEAVES, validators=[_CHOOSE])
    first_day = DateField(_l("First day"), validators=[Optional(), Needed()])
    last_day = DateField(_l("Last day"), validators=[Optional(), Needed()])
    note = StringField(_l("A few words"), validators=[Length(max=LONGEST_TEXT)])


class EnterExcuseForm(ExcuseForm):
    """An excuse that an office enters for a member."""

    member = SelectField(_l("Member"), choices=[], validate_choice=False, validators=[Needed()])


class EnterLeaveForm(LeaveForm):
    """A leave that an office enters for a member."""

    member = SelectField(_l("Member"), choices=[], validate_choice=False, validators=[Needed()])


class DecisionForm(HouseForm):
    """Yes or no, and a word that the member reads."""

    decision = RadioField(
        _l("What the office says"),
        choices=[
            SelectChoice(value="yes", label=_l("Approve")),
            SelectChoice(value="no", label=_l("Do not approve")),
        ],
        validators=[_CHOOSE],
    )
    word = TextAreaField(_l("A word to the member"), validators=[Length(max=LONGEST_TEXT)])


class EndLeaveForm(HouseForm):
    """An earlier last day of an approved leave."""

    last_day = DateField(_l("Last day"), validators=[Optional(), Needed()])
    seen_version = HiddenField(default="0", validators=[Length(max=12)])
