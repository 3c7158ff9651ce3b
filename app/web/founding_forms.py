"""The one form with which a group is founded, with the fields that plugins add to it."""

from collections.abc import Mapping, Sequence
from datetime import time
from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    DateField,
    EmailField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TimeField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from app.core.founding.domain.asked import KINDS, LONGEST_MINUTES, REFERRAL_GROUP, SHORTEST_MINUTES, Asked
from app.core.founding.domain.rhythm import EVERY_WEEK
from app.core.vocabulary import PACKS, STANDARD
from app.http.forms import LONGEST_LINE, HouseForm
from app.plugin_api import FoundingField
from app.web.founding_choices import (
    SURELY,
    currency_choices,
    guessed_currency,
    week_choices,
    weekday_choices,
    zone_choices,
)

_BOUND = Length(max=LONGEST_LINE, message=_l("Keep this under %(max)d characters."))


class Between:
    """Refuses a number outside its bounds, however long it is: WTForms' own range fails on one of 400 digits."""

    def __init__(self, least: int, most: int) -> None:
        self._least, self._most = least, most

    def __call__(self, form: object, field: Any) -> None:
        if field.data is None or not self._least <= field.data <= self._most:
            said = _("Write a number from %(least)s to %(most)s.", least=self._least, most=self._most)
            raise ValidationError(said)


_CHOSEN = (InputRequired(_l("Choose one of them.")),)
_MINUTES = Between(SHORTEST_MINUTES, LONGEST_MINUTES)
TUESDAY = "1"


class FoundForm(HouseForm):
    """A new group: who founds it, what it is called, when and where it meets."""

    founder = StringField(_l("Your name"), validators=[DataRequired(_l("Write your name.")), _BOUND])
    email = EmailField(
        _l("Your mail address"), validators=[DataRequired(_l("Write your mail address.")), _BOUND]
    )
    name = StringField(
        _l("Name of the group"), validators=[DataRequired(_l("The group needs a name.")), Length(max=120)]
    )
    kind = RadioField(
        _l("What kind of group is it?"),
        choices=[SelectChoice(value=kind, label=_l(title)) for kind, title in KINDS.items()],
        default=REFERRAL_GROUP,
        validators=[DataRequired(_l("Choose the kind."))],
    )
    weekday = SelectField(_l("It meets on"), default=TUESDAY, validators=_CHOSEN)
    week = SelectField(_l("A roundtable: in which week"), default="1", validators=_CHOSEN)
    wall_time = TimeField(
        _l("Begins at"), default=time(7), validators=[InputRequired(_l("Write the time as 07:00."))]
    )
    minutes = IntegerField(_l("Minutes"), default=90, validators=[InputRequired(), _MINUTES])
    first_day = DateField(_l("First meeting"), validators=[Optional()])
    zone = SelectField(_l("Time zone"), default=SURELY, validators=_CHOSEN)
    place = StringField(_l("Where you meet"), validators=[_BOUND])
    call_link = StringField(_l("Link of the call"), validators=[Length(max=500)])
    currency = SelectField(_l("Currency"), validators=_CHOSEN)
    vocabulary = SelectField(_l("Your words"), default=STANDARD, validators=_CHOSEN)

    def validate_first_day(self, field: Any) -> None:
        """A day that no group lives to see is a slip of the finger."""
        if field.data is not None and not 2000 <= field.data.year <= 2100:
            raise ValidationError(_("Choose a day of the next months."))


def found_form(fields: Mapping[str, Sequence[FoundingField]], *, asks_address: bool) -> FoundForm:
    """Return the form with the plugins' fields; somebody who is signed in is not asked who they are."""
    own = {
        f"{plugin}-{one.name}": IntegerField(
            _l(one.label),
            default=one.usual,
            description=_(one.help_text),
            validators=[
                InputRequired(_l("Write a number.")),
                Between(one.least, one.most),
            ],
        )
        for plugin, asked in fields.items()
        for one in asked
    }
    form: FoundForm = type("FoundFormOfPlugins", (FoundForm,), own)()
    form.weekday.choices, form.week.choices = weekday_choices(), week_choices()
    form.zone.choices, form.currency.choices = zone_choices(), currency_choices()
    form.vocabulary.choices = [SelectChoice(value=key, label=_(pack.title)) for key, pack in PACKS.items()]
    if form.currency.data is None:
        form.currency.data = guessed_currency()
    if not asks_address:
        del form.founder
        del form.email
    return form


def asked_in(form: FoundForm, fields: Mapping[str, Sequence[FoundingField]], *, founder: str) -> Asked:
    """Return what a valid form asks for."""
    is_weekly = form.kind.data == REFERRAL_GROUP
    return Asked(
        # On one line each: they stand in a mail that goes to whatever address a stranger typed.
        founder=" ".join(founder.split()),
        name=" ".join((form.name.data or "").split()),
        kind=form.kind.data or "",
        weekday=int(form.weekday.data or 0),
        week=EVERY_WEEK if is_weekly else int(form.week.data or 1),
        wall_time=form.wall_time.data or time(7),
        minutes=form.minutes.data or 90,
        first_day=form.first_day.data,
        zone=form.zone.data or SURELY,
        currency=form.currency.data or "",
        locale=str(get_locale()).replace("_", "-"),
        vocabulary=form.vocabulary.data or STANDARD,
        place=(form.place.data or "").strip(),
        call_link=(form.call_link.data or "").strip(),
        answers={
            plugin: {one.name: form[f"{plugin}-{one.name}"].data for one in asked}
            for plugin, asked in fields.items()
        },
    )
