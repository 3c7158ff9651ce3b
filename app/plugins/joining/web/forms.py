"""What a browser sends about seats, applications, references and decisions: the shape only."""

from datetime import date

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.widgets import DateInput, EmailInput, TelInput

from app.http.forms import HouseForm, Needed, VersionedForm, day_typed, number_typed, plain, tidied
from app.plugins.joining.domain.application import RefereeTyped, Typed
from app.plugins.joining.domain.deciding import BALLOT_WORDS, RULE_WORDS
from app.plugins.joining.domain.references import ANSWER_WORDS


class ApplyForm(HouseForm):
    """Somebody who wants to join. `website` is a trap for robots: no human sees it."""

    name = StringField(_l("Your name"), validators=[Needed()], filters=[tidied])
    firm = StringField(_l("Your firm"), filters=[tidied])
    trade = StringField(_l("Your trade"), validators=[Needed()], filters=[tidied])
    email = StringField(_l("Your mail address"), validators=[Needed()], filters=[tidied], widget=EmailInput())
    phone = StringField(_l("Your phone"), filters=[tidied], widget=TelInput())
    years = StringField(_l("Years in this trade"), filters=[plain])
    why = TextAreaField(_l("Why this group?"), validators=[Needed()], filters=[plain])
    referee1_name = StringField(_l("Name"), validators=[Needed()], filters=[tidied])
    referee1_email = StringField(
        _l("Mail address"), validators=[Needed()], filters=[tidied], widget=EmailInput()
    )
    referee2_name = StringField(_l("Name"), validators=[Needed()], filters=[tidied])
    referee2_email = StringField(
        _l("Mail address"), validators=[Needed()], filters=[tidied], widget=EmailInput()
    )
    consents = BooleanField(
        _l("I agree that this is kept and read by those who decide"), validators=[Needed()]
    )
    website = StringField(_l("Leave this empty"), filters=[plain])

    def typed(self) -> Typed:
        """Return what was typed, for the rules to judge."""
        return Typed(
            name=self.name.data,
            firm=self.firm.data,
            trade=self.trade.data,
            email=self.email.data,
            phone=self.phone.data,
            why=self.why.data,
            years=number_typed(self.years.data),
            years_typed=self.years.data,
            referees=(
                RefereeTyped(name=self.referee1_name.data, email=self.referee1_email.data),
                RefereeTyped(name=self.referee2_name.data, email=self.referee2_email.data),
            ),
            consents=bool(self.consents.data),
        )


class ReferenceForm(HouseForm):
    """What a referee says."""

    answer = RadioField(
        _l("What would you say?"),
        validators=[Needed()],
        validate_choice=False,
        choices=lambda: [(one.value, gettext(words)) for one, words in ANSWER_WORDS.items()],
    )
    words = TextAreaField(_l("In your own words"), filters=[plain])


class VoteForm(HouseForm):
    """What a member of the committee says."""

    ballot = RadioField(
        _l("Your vote"),
        validators=[Needed()],
        validate_choice=False,
        choices=lambda: [(one.value, gettext(words)) for one, words in BALLOT_WORDS.items()],
    )
    reason = TextAreaField(_l("Your reason"), filters=[plain])


class DecideForm(VersionedForm):
    """What the committee decided."""

    outcome = RadioField(
        _l("The committee’s decision"),
        validators=[Needed()],
        validate_choice=False,
        choices=lambda: [
            ("approved", gettext("Take them in, and keep the seat")),
            ("later", gettext("Let them wait for a seat")),
            ("declined", gettext("Decline kindly")),
        ],
    )
    starts_on = StringField(_l("Member from"), filters=[tidied], widget=DateInput())

    @property
    def day(self) -> date | None:
        """The day that was given, or None where it is missing or no day."""
        return day_typed(self.starts_on.data)


class SameMemberForm(HouseForm):
    """Who the applicant was before, where they were a member once."""

    former = SelectField(_l("Former member"), validate_choice=False)


class WantedForm(HouseForm):
    """A trade that the group looks for."""

    trade = StringField(_l("Trade"), validators=[Needed()], filters=[tidied])


class NeighboursForm(HouseForm):
    """Two trades that lie near each other."""

    one = StringField(_l("Trade"), validators=[Needed()], filters=[tidied])
    other = StringField(_l("lies near"), validators=[Needed()], filters=[tidied])


class SettingsForm(VersionedForm):
    """How the group takes people in."""

    is_open = BooleanField(_l("People may apply online"))
    rule = RadioField(
        _l("An approval needs"),
        validators=[Needed()],
        validate_choice=False,
        choices=lambda: [(one.value, gettext(words)) for one, words in RULE_WORDS.items()],
    )
    approval_days = StringField(
        _l("Days for which an approval keeps the seat"), validators=[Needed()], filters=[plain]
    )
    keep_months = StringField(
        _l("Months for which an application is kept after the decision"),
        validators=[Needed()],
        filters=[plain],
    )
