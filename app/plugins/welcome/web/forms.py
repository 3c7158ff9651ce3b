"""What a browser sends about visitors, contacts and words: the shape only."""

from datetime import date

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField
from wtforms.widgets import DateInput, EmailInput, TelInput

from app.http.forms import Needed, VersionedForm, day_typed, plain, tidied
from app.plugins.welcome.domain.visitor import KIND_WORDS, About


class VisitorForm(VersionedForm):
    """A visitor: the name is enough at the door."""

    name = StringField(_l("Name"), validators=[Needed()], filters=[tidied])
    kind = SelectField(
        _l("Came as"),
        validate_choice=False,
        choices=lambda: [(kind.value, gettext(words)) for kind, words in KIND_WORDS.items()],
    )
    invited_by = SelectField(_l("Invited by"), validate_choice=False)
    came_on = StringField(_l("Day"), validators=[Needed()], filters=[tidied], widget=DateInput())
    firm = StringField(_l("Firm"), filters=[tidied])
    trade = StringField(_l("Trade"), filters=[tidied])
    phone = StringField(_l("Phone"), filters=[tidied], widget=TelInput())
    email = StringField(_l("Mail address"), filters=[tidied], widget=EmailInput())
    note = TextAreaField(_l("Worth knowing"), filters=[plain])

    @property
    def day(self) -> date | None:
        """The day that was given, or None where it is missing or no day."""
        return day_typed(self.came_on.data)

    def about(self) -> About:
        """Return what was typed, for the rules to judge."""
        return About(
            name=self.name.data,
            kind=self.kind.data or "",
            firm=self.firm.data,
            trade=self.trade.data,
            email=self.email.data,
            phone=self.phone.data,
            note=self.note.data,
        )


class ContactForm(VersionedForm):
    """Who is there for a newcomer."""

    contact = SelectField(_l("Contact"), validators=[Needed()], validate_choice=False)


class WordsForm(VersionedForm):
    """The first message a newcomer gets."""

    subject = StringField(_l("Subject"), validators=[Needed()], filters=[tidied])
    body = TextAreaField(_l("Message"), validators=[Needed()], filters=[plain])
