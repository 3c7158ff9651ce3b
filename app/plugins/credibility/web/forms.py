"""Forms of credibility: taking part, and the choice of a scheme."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice

from app.http.forms import HouseForm, Needed
from app.plugins.credibility.web.words import PART_WORDS, SCHEME_WORDS


class PartForm(HouseForm):
    """Whether one takes part."""

    says = RadioField(
        _l("Do you take part?"),
        choices=[SelectChoice(*one) for one in PART_WORDS.items()],
        validators=[Needed()],
        validate_choice=False,
    )


class SchemeForm(HouseForm):
    """By which scheme the group's records are computed."""

    scheme = RadioField(
        _l("Scheme"),
        choices=[SelectChoice(*one) for one in SCHEME_WORDS.items()],
        validators=[Needed()],
        validate_choice=False,
    )
