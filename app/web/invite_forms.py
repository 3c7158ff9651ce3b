"""Forms of the invite pages."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import EmailField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from app.http.forms import LONGEST_LINE, HouseForm

LONGEST_PASTE = 60_000


class PasteForm(HouseForm):
    """A list of people, pasted or as a file."""

    pasted = TextAreaField(
        _l("Names and mail addresses"),
        validators=[
            Length(max=LONGEST_PASTE, message=_l("This is more than a list of members. Import it as a file."))
        ],
    )
    file = FileField(_l("Or a file"))


class SendForm(HouseForm):
    """The one question about the people of a list."""

    standing = RadioField(
        _l("Are these people new to your group?"),
        choices=[
            SelectChoice(value="standing", label=_l("No, they are members already")),
            SelectChoice(value="join", label=_l("Yes, they join now")),
        ],
        default="standing",
        validators=[DataRequired(_l("Choose one of them."))],
    )


class AddressForm(HouseForm):
    """The right address of one member."""

    address = EmailField(
        _l("Mail address"),
        validators=[
            DataRequired(_l("Write the mail address.")),
            Length(max=LONGEST_LINE, message=_l("Keep this under %(max)d characters.")),
        ],
    )
