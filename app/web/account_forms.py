"""Forms of the account pages."""

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, HiddenField, PasswordField, StringField
from wtforms.validators import DataRequired, EqualTo, Length

from app.core.access.domain.password import LONGEST
from app.http.forms import LONGEST_LINE, HouseForm

_ADDRESS_NEEDED = _l("Write your mail address.")
_TOO_LONG = _l("This is longer than any address; %(max)d characters are the limit.")


class AddressForm(HouseForm):
    """The address that a mail goes to."""

    email = EmailField(
        _l("Mail address"),
        validators=[DataRequired(_ADDRESS_NEEDED), Length(max=LONGEST_LINE, message=_TOO_LONG)],
    )


class MailMeForm(AddressForm):
    """The address for a link and a code; the password beside it is left alone."""

    password = PasswordField(_l("Password"))


class SignInForm(AddressForm):
    """Address and password."""

    password = PasswordField(
        _l("Password"), validators=[DataRequired(_l("Write your password.")), Length(max=LONGEST)]
    )


class ForgottenForm(AddressForm):
    """The address that the link is mailed to."""


class CodeForm(AddressForm):
    """The six digits of a mail, for an address."""

    code = StringField(
        _l("Code from the mail"),
        validators=[DataRequired(_l("Type the six digits of the mail.")), Length(max=40)],
    )
    next = HiddenField(validators=[Length(max=2000)])


class ChoosePasswordForm(HouseForm):
    """A new password, twice."""

    password = PasswordField(
        _l("New password"), validators=[DataRequired(_l("Choose a password.")), Length(max=1000)]
    )
    again = PasswordField(
        _l("The same again"),
        validators=[
            EqualTo("password", _l("The two passwords are not the same. Type the second one again."))
        ],
    )
