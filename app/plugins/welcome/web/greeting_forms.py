"""What a browser sends at the door: whom to ask, what was done, what to share. The shape only."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, StringField

from app.http.forms import HouseForm, Needed, plain


class AskForm(HouseForm):
    """Whom to ask to receive a guest."""

    greeter = SelectField(_l("Ask"), validators=[Needed()], validate_choice=False)


class SaysForm(HouseForm):
    """A yes or a no, by the button that was pressed."""

    says = StringField(filters=[plain])


class StepForm(HouseForm):
    """A step that was done or is taken back (`does` is `done` or `undo`); an introduction may say to whom."""

    step = StringField(filters=[plain])
    does = StringField(filters=[plain])
    with_member = SelectField(_l("To whom"), validate_choice=False)


class SpokeForm(HouseForm):
    """“We spoke”, and what is shared with the other."""

    shares_email = BooleanField(_l("my mail address"))
    shares_phone = BooleanField(_l("my phone number"))


class ShownForm(HouseForm):
    """Whether a member is named to visitors."""

    is_shown = BooleanField(
        _l("Visitors may be told to meet me, with my name, trade and what I say of myself")
    )
