"""Forms of credibility: taking part, and the choice of a scheme."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, TextAreaField

from app.http.forms import HouseForm, Needed, plain
from app.plugins.credibility.web.words import PART_WORDS, SCHEME_WORDS, WORD_WORDS


class PartForm(HouseForm):
    """Whether one takes part."""

    says = RadioField(
        _l("Do you take part?"),
        choices=[SelectChoice(*one) for one in PART_WORDS.items()],
        validators=[Needed()],
        validate_choice=False,
    )


class DisagreeForm(HouseForm):
    """Why one disagrees with a report."""

    reason = TextAreaField(_l("Why do you disagree?"), filters=[plain], validators=[Needed()])


class WordForm(HouseForm):
    """The word of one who decides on a disagreement."""

    says = RadioField(
        _l("Is the report to count?"),
        choices=[SelectChoice(*one) for one in WORD_WORDS.items()],
        validators=[Needed()],
        validate_choice=False,
    )
    reason = TextAreaField(_l("Your reason"), filters=[plain], validators=[Needed()])


class SchemeForm(HouseForm):
    """By which scheme the group's records are computed."""

    scheme = RadioField(
        _l("Scheme"),
        choices=[SelectChoice(*one) for one in SCHEME_WORDS.items()],
        validators=[Needed()],
        validate_choice=False,
    )
