"""The forms of the rules: every rule that can be kept can be typed here, in plain words and without code."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from app.http.forms import HouseForm, Needed
from app.plugins.attendance.domain.rule_set import Happening
from app.plugins.attendance.domain.rule_set_json import LONGEST_NAME, MOST_LIMITS, MOST_MEASURES

LONGEST_NUMBER = 12
LONGEST_RULES = 60_000
EXCUSES = ("bereavement", "weather", "care", "illness", "work", "other")

WINDOWS = (
    ("months", _l("the last months")),
    ("weeks", _l("the last weeks")),
    ("days", _l("the last days")),
    ("meetings", _l("the last meetings")),
    ("fixed", _l("fixed spans of months")),
    ("membership_year", _l("a year of membership")),
    ("all", _l("everything since joining")),
)
_HAPPENINGS = (
    (Happening.PRESENT.value, _l("present on time")),
    (Happening.ABSENT.value, _l("absent")),
    (Happening.LATE.value, _l("late")),
    (Happening.LEFT_EARLY.value, _l("left early")),
    (Happening.SUBSTITUTE.value, _l("a substitute came")),
    (Happening.LATE_SUBSTITUTE.value, _l("the substitute came late")),
    (Happening.MEDICAL.value, _l("medical or approved leave")),
)
_SHARES = (("1", _l("counts fully")), ("1/2", _l("counts half")), ("0", _l("counts nothing")))
_SIDES = (("at_least", _l("or more")), ("more_than", _l("is passed")), ("less_than", _l("is missed")))


def choices(offered: Iterable[tuple[str, Any]]) -> list[SelectChoice]:
    """Return what may be chosen, from pairs of value and words."""
    return [SelectChoice(value=value, label=label) for value, label in offered]


def _number(label: Any) -> StringField:
    return StringField(label, validators=[Needed(), Length(max=LONGEST_NUMBER)])


def _number_or_none(label: Any) -> StringField:
    return StringField(label, validators=[Length(max=LONGEST_NUMBER)])


class _Ticks(SelectMultipleField):
    """Several of a few, as ticks."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def _ticks(label: Any) -> _Ticks:
    return _Ticks(label, choices=choices(_HAPPENINGS), validate_choice=False)


def _measure(label: Any) -> SelectField:
    return SelectField(label, choices=[], validate_choice=False, validators=[Needed()])


def _measure_or_none(label: Any) -> SelectField:
    return SelectField(label, choices=[], validate_choice=False)


class MeasureForm(Form):
    """One number about a member; its kind says which of the fields are shown."""

    key = HiddenField(validators=[Length(max=40)])
    kind = HiddenField(validators=[Length(max=20)])
    name = StringField(_l("What it is called"), validators=[Needed(), Length(max=LONGEST_NAME)])
    window = SelectField(
        _l("Which meetings"), choices=choices(WINDOWS), validate_choice=False, validators=[Needed()]
    )
    length = _number(_l("How many of them"))
    begins = SelectField(_l("Spans begin in"), choices=[], validate_choice=False, validators=[Needed()])
    what = _ticks(_l("What counts"))
    out_of = _ticks(_l("Out of which meetings"))
    skips = _ticks(_l("A row goes on across"))
    excused_too = BooleanField(_l("Excused ones count too"))
    minutes_over = _number_or_none(_l("Lates of more than so many minutes only"))
    least_meetings = _number_or_none(_l("Said from so many meetings on"))
    part0 = _measure(_l("Of which number"))
    part1 = _measure_or_none(_l("and"))
    part2 = _measure_or_none(_l("and"))
    part3 = _measure_or_none(_l("and"))
    part4 = _measure_or_none(_l("and"))
    part5 = _measure_or_none(_l("and"))
    times0 = _number_or_none(_l("times"))
    times1 = _number_or_none(_l("times"))
    times2 = _number_or_none(_l("times"))
    times3 = _number_or_none(_l("times"))
    times4 = _number_or_none(_l("times"))
    times5 = _number_or_none(_l("times"))
    number = _number(_l("The number"))
    then = _number(_l("From that number on it is"))
    otherwise = _number(_l("Below it it is"))
    allowed = _number_or_none(_l("Allowed are"))
    allowed_measure = _measure_or_none(_l("or as many as"))


class LimitForm(Form):
    """From which number on somebody talks with a member."""

    key = HiddenField(validators=[Length(max=40)])
    name = StringField(_l("What it is called"), validators=[Needed(), Length(max=LONGEST_NAME)])
    measure = _measure(_l("Which number"))
    reached = _number(_l("May be reviewed at"))
    side = SelectField(_l("when it"), choices=choices(_SIDES), validate_choice=False, validators=[Needed()])
    near = _number_or_none(_l("Close to it at"))


class RulesForm(HouseForm):
    """The rules of a group."""

    name = StringField(_l("Name of the rules"), validators=[Needed(), Length(max=LONGEST_NAME)])
    cut_off_kind = RadioField(
        _l("On time is"),
        choices=[
            SelectChoice(value="clock", label=_l("until so many minutes after the start")),
            SelectChoice(value="agenda", label=_l("until the presentations begin")),
        ],
        validate_choice=False,
        validators=[Needed()],
        default="clock",
    )
    minutes = _number(_l("Minutes after the start"))
    weigh_absent = _number(_l("Absent"))
    weigh_late = _number(_l("Late"))
    weigh_left_early = _number(_l("Left early"))
    weigh_substitute = _number(_l("A substitute came"))
    weigh_late_substitute = _number(_l("The substitute came late"))
    weigh_medical = _number(_l("Medical or approved leave"))
    excuse_bereavement = SelectField(
        _l("Bereavement"), choices=choices(_SHARES), validate_choice=False, validators=[Needed()]
    )
    excuse_weather = SelectField(
        _l("Weather"), choices=choices(_SHARES), validate_choice=False, validators=[Needed()]
    )
    excuse_care = SelectField(
        _l("Care of somebody"), choices=choices(_SHARES), validate_choice=False, validators=[Needed()]
    )
    excuse_illness = SelectField(
        _l("Illness"), choices=choices(_SHARES), validate_choice=False, validators=[Needed()]
    )
    excuse_work = SelectField(
        _l("Work"), choices=choices(_SHARES), validate_choice=False, validators=[Needed()]
    )
    excuse_other = SelectField(
        _l("Another reason"), choices=choices(_SHARES), validate_choice=False, validators=[Needed()]
    )
    measures = FieldList(FormField(MeasureForm), max_entries=MOST_MEASURES)
    limits = FieldList(FormField(LimitForm), max_entries=MOST_LIMITS)
    new_kind = SelectField(_l("Add a number"), choices=[], validate_choice=False, validators=[Needed()])


class SwitchOnForm(HouseForm):
    """The rules that were tried, with the day from which they count."""

    rules = HiddenField(validators=[Length(max=LONGEST_RULES)])
    seen_version = HiddenField(default="0", validators=[Length(max=12)])
    effective_on = DateField(_l("From this day on"), validators=[InputRequired(_l("Choose a day."))])
    past = RadioField(
        _l("Meetings before that day"),
        choices=[
            SelectChoice(value="count", label=_l("count as well, each with the weight of its own day")),
            SelectChoice(value="fresh", label=_l("do not count: a fresh start")),
        ],
        validators=[Needed()],
        default="count",
    )
