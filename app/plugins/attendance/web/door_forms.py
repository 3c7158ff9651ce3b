"""The forms of the door: a tablet's name and code, what it asks, and a member's PIN."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, PasswordField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from app.http.forms import HouseForm
from app.plugins.attendance.domain.door import LONGEST_PIN, Asks

__all__ = ["DoorForm", "NewTabletForm", "PinForm", "TabletCodeForm"]

_LONGEST_LABEL = 80


class NewTabletForm(HouseForm):
    """One more tablet."""

    label = StringField(
        _l("Name of the tablet"),
        validators=[
            InputRequired(_l("Give the tablet a name, for instance where it stands.")),
            Length(max=_LONGEST_LABEL),
        ],
    )


class TabletCodeForm(HouseForm):
    """The one-time code, typed on the machine that becomes the tablet."""

    code = StringField(
        _l("Code of the tablet"),
        validators=[InputRequired(_l("Type the eight letters and digits.")), Length(max=20)],
    )


class DoorForm(HouseForm):
    """What the tablet asks beside the name."""

    asks = RadioField(
        _l("What members do at the tablet"),
        choices=[
            SelectChoice(value=Asks.NOTHING.value, label=_l("Tap their name")),
            SelectChoice(value=Asks.PIN.value, label=_l("Tap their name and type a PIN, or show their code")),
        ],
        validators=[InputRequired(_l("Choose one."))],
    )
    guests_allowed = BooleanField(_l("Visitors, guests and observers may sign in too"))
    seen_version = HiddenField(default="0", validators=[Length(max=12)])


class PinForm(HouseForm):
    """A PIN, typed twice."""

    pin = PasswordField(_l("PIN"), validators=[InputRequired(_l("Type a PIN.")), Length(max=LONGEST_PIN * 2)])
    again = PasswordField(
        _l("The same PIN once more"),
        validators=[InputRequired(_l("Type it once more.")), Length(max=LONGEST_PIN * 2)],
    )
