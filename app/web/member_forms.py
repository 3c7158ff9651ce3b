"""Forms about members and offices."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, EmailField, SelectField, StringField, TelField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional

from app.core.groups.domain.office import OFFICE_TITLES, Office
from app.http.forms import LONGEST_LINE, HouseForm, VersionedForm

_BOUND = Length(max=LONGEST_LINE, message=_l("Keep this under %(max)d characters."))
_BAD_DAY = _l("Write the day as year-month-day, for instance 2026-11-24.")


class NewMemberForm(HouseForm):
    """Somebody who joins."""

    given_name = StringField(_l("First name"), validators=[DataRequired(_l("Write the first name.")), _BOUND])
    family_name = StringField(_l("Family name"), validators=[_BOUND])
    email = EmailField(_l("Mail address"), validators=[_BOUND])
    trade = StringField(_l("Trade"), validators=[_BOUND])
    firm = StringField(_l("Firm"), validators=[_BOUND])
    phone = TelField(_l("Business phone"), validators=[_BOUND])
    joined_on = DateField(_l("Member since"), validators=[DataRequired(_BAD_DAY)])
    invite = BooleanField(_l("Send the invitation by mail now"), default=True)


class EditMemberForm(VersionedForm):
    """What the group shows of a member, and the version of the record that the sender had before them."""

    given_name = StringField(_l("First name"), validators=[DataRequired(_l("Write the first name.")), _BOUND])
    family_name = StringField(_l("Family name"), validators=[_BOUND])
    email = EmailField(_l("Mail address"), validators=[_BOUND])
    trade = StringField(_l("Trade"), validators=[_BOUND])
    firm = StringField(_l("Firm"), validators=[_BOUND])
    phone = TelField(_l("Business phone"), validators=[_BOUND])


class EndMembershipForm(HouseForm):
    """The last day of a membership, and why it ends."""

    last_day = DateField(_l("Last day"), validators=[DataRequired(_BAD_DAY)])
    reason = SelectField(
        _l("Reason"),
        validators=[DataRequired(_l("Choose the reason."))],
        choices=[
            SelectChoice(value="left", label=_l("Left by their own wish")),
            SelectChoice(value="moved", label=_l("Moved away or changed trade")),
            SelectChoice(value="not-renewed", label=_l("Membership was not renewed")),
            SelectChoice(value="ended", label=_l("Ended by the group")),
        ],
    )


class OfficeForm(HouseForm):
    """An office for a member, for a term."""

    member = SelectField(_l("Member"), validators=[DataRequired(_l("Choose the member."))])
    office = SelectField(
        _l("Office"),
        validators=[DataRequired(_l("Choose the office."))],
        choices=[SelectChoice(value=office.value, label=OFFICE_TITLES[office]) for office in Office],
    )
    starts_on = DateField(_l("From"), validators=[DataRequired(_BAD_DAY)])
    ends_on = DateField(_l("Until"), validators=[Optional()])

    def offer(self, members: list[tuple[str, str]]) -> None:
        """Offer these members: pairs of public id and name."""
        choices: list[Any] = [SelectChoice(value="", label=_l("Choose a member"))]
        self.member.choices = choices + [
            SelectChoice(value=public_id, label=name) for public_id, name in members
        ]
