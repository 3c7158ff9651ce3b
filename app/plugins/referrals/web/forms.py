"""What a browser sends about slips and thank-yous: the shape only. What is wrong with it, the rules say all at once."""

from dataclasses import replace
from datetime import date

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, Optional
from wtforms.widgets import DateInput

from app.http.forms import LONGEST_TEXT, HouseForm, Needed, VersionedForm, day_typed, plain, tidied
from app.plugins.referrals.domain.basis import AGREED_HOW_WORDS, BASIS_WORDS, TIER_WORDS, URGENCY_WORDS
from app.plugins.referrals.domain.introduction import HOW_WELL
from app.plugins.referrals.domain.rules import Offer
from app.plugins.referrals.services.sums import TypedSum
from app.plugins.referrals.web.wording import RESULT_WORDS, choices


def _how_well_choices() -> list[tuple[str, str]]:
    return [(str(step), gettext(words)) for step, words in HOW_WELL.items()]


class SlipWordsForm(HouseForm):
    """What the giver says on a slip, whoever it is for."""

    prospect_name = StringField(_l("Who needs something?"), validators=[Needed()], filters=[plain])
    prospect_contact = StringField(_l("How can they be reached?"), validators=[Needed()], filters=[plain])
    agreed = BooleanField(_l("They agreed to be contacted"), validators=[Needed()])
    agreed_how = SelectField(
        _l("How did they agree?"), validate_choice=False, choices=lambda: choices(AGREED_HOW_WORDS)
    )
    agreed_on = DateField(_l("On which day?"), validators=[Optional()])
    about = TextAreaField(_l("What is it about?"), validators=[Needed()], filters=[plain])
    tier = RadioField(
        _l("Whose need is it?"),
        validators=[Needed()],
        validate_choice=False,
        choices=lambda: choices(TIER_WORDS),
    )
    how_well = RadioField(
        _l("How well did you introduce them?"),
        validators=[Needed()],
        validate_choice=False,
        choices=_how_well_choices,
    )
    basis = RadioField(
        _l("How do you know the receiver’s work?"),
        validators=[Needed()],
        validate_choice=False,
        choices=lambda: choices(BASIS_WORDS),
    )
    urgency = SelectField(
        _l("When do they expect the call?"),
        validate_choice=False,
        choices=lambda: choices(URGENCY_WORDS),
    )

    def offer(self) -> Offer:
        """Return what was typed, for the rules to judge."""
        how_well = self.how_well.data or ""
        return Offer(
            prospect_name=self.prospect_name.data,
            prospect_contact=self.prospect_contact.data,
            agreed=bool(self.agreed.data),
            tier=self.tier.data or "",
            how_well=int(how_well) if how_well in {str(step) for step in HOW_WELL} else None,
            basis=self.basis.data or "",
            about=self.about.data,
            urgency=self.urgency.data or "",
            agreed_how=self.agreed_how.data or "",
            agreed_on=self.agreed_on.data,
        )


class PassSlipForm(SlipWordsForm):
    """A slip on one screen. `twins` are the public ids of slips like it that its giver was shown and does not mean."""

    receiver = SelectField(_l("Who is it for?"), validators=[Needed()], validate_choice=False)
    receiver_outside = StringField(_l("Their name and firm"), validators=[Needed()], filters=[tidied])
    known_how = StringField(_l("They are new here. How do you know them?"), filters=[tidied])
    twins = HiddenField(filters=[plain], validators=[Length(max=LONGEST_TEXT)])

    def offer(self) -> Offer:
        """Return what was typed, with how the giver knows a newcomer."""
        return replace(super().offer(), known_how=self.known_how.data or "")


class EditSlipForm(SlipWordsForm, VersionedForm):
    """The words of a slip once more, over the version that its giver saw."""


class StepForm(VersionedForm):
    """One step of a slip, with the version at which it was seen."""

    note = TextAreaField(_l("A word to the other side"), filters=[plain])


class CloseForm(StepForm):
    """What came of a slip, and the business there was: one amount, or two in whatever currencies."""

    result = RadioField(
        _l("What came of it?"),
        validators=[Needed()],
        validate_choice=False,
        choices=lambda: choices(RESULT_WORDS),
    )
    amount = StringField(_l("Business invoiced, if it was won"), filters=[plain])
    currency = SelectField(_l("Currency"), validate_choice=False)
    amount_2 = StringField(_l("A second amount"), filters=[plain])
    currency_2 = SelectField(_l("Its currency"), validate_choice=False)

    @property
    def sums(self) -> tuple[TypedSum, ...]:
        """The amounts that were typed, each with the field that it stands in."""
        typed = (
            TypedSum(amount=self.amount.data, currency=self.currency.data or "", field="amount"),
            TypedSum(amount=self.amount_2.data, currency=self.currency_2.data or "", field="amount_2"),
        )
        return tuple(one for one in typed if one.amount)

    def offer_currencies(self, offered: list[tuple[str, str]], usual: str) -> None:
        """Offer these currencies for each amount; `usual` where none was chosen yet."""
        for field in (self.currency, self.currency_2):
            field.choices = offered
            field.data = field.data or usual


class HelpForm(HouseForm):
    """Whether the office shall help with a slip that waits: `yes` or `no`."""

    wants = HiddenField(filters=[plain])


class ThanksForm(HouseForm):
    """Thank-you business."""

    thanked = SelectField(_l("Whom do you thank?"), validators=[Needed()], validate_choice=False)
    thanked_outside = StringField(_l("Their name, if they are outside the group"), filters=[tidied])
    amount = StringField(_l("Amount invoiced"), validators=[Needed()], filters=[plain])
    currency = SelectField(_l("Currency"), validate_choice=False)
    thanked_on = StringField(_l("When was it?"), validators=[Needed()], filters=[plain], widget=DateInput())
    note = TextAreaField(_l("A word to them"), filters=[plain])
    slip = HiddenField(filters=[plain])

    @property
    def day(self) -> date | None:
        """The day that was given, or None where it is missing or no day."""
        return day_typed(self.thanked_on.data)


class CorrectThanksForm(VersionedForm):
    """What a thank-you is to say from now on."""

    amount = StringField(_l("Amount invoiced"), validators=[Needed()], filters=[plain])
    currency = SelectField(_l("Currency"), validate_choice=False)
    thanked_on = StringField(_l("When was it?"), validators=[Needed()], filters=[plain], widget=DateInput())
    note = TextAreaField(_l("A word to them"), filters=[plain])

    @property
    def day(self) -> date | None:
        """The day that was given, or None where it is missing or no day."""
        return day_typed(self.thanked_on.data)
