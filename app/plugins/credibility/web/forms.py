"""Forms of credibility: taking part, disagreeing and deciding, and the questions to a customer."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectChoice, StringField, TextAreaField

from app.http.forms import HouseForm, Needed, plain
from app.plugins.credibility.web.words import PART_WORDS, WORD_WORDS, YES_OR_NO


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


class AskForm(HouseForm):
    """How the customer is to be asked; the buttons carry the way: by a link to pass on, or by a mail of the house."""

    way = StringField()


class CustomerForm(HouseForm):
    """The customer's answers. `website` stands where no reader sees it; `started` says since when the form is open."""

    called = RadioField(
        _l("Did they get in touch with you within a week or so?"),
        choices=[SelectChoice(*one) for one in YES_OR_NO.items()],
        validators=[Needed()],
        validate_choice=False,
    )
    helpful = RadioField(
        _l("Was it helpful, and would you recommend them?"),
        choices=[SelectChoice(*one) for one in YES_OR_NO.items()],
        validators=[Needed()],
        validate_choice=False,
    )
    website = StringField(_l("Leave this empty"))
    started = HiddenField()
