"""What a browser sends about visitors, contacts and words: the shape only."""

from datetime import date

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.widgets import DateInput, EmailInput, TelInput

from app.core.sheets.spelling import tidy
from app.http.forms import HouseForm, Needed
from app.plugins.welcome.domain.visitor import KIND_WORDS, About


def _tidied(text: str | None) -> str:
    return tidy(text or "")


def _as_typed(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n").strip()


class VersionedForm(HouseForm):
    """A form over something that others may change meanwhile."""

    version = HiddenField()

    @property
    def seen_version(self) -> int:
        """The version the sender had before them; -1, which fits none, where it is unreadable."""
        text = str(self.version.data or "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


class VisitorForm(VersionedForm):
    """A visitor: the name is enough at the door."""

    name = StringField(_l("Name"), validators=[Needed()], filters=[_tidied])
    kind = SelectField(
        _l("Came as"),
        validate_choice=False,
        choices=lambda: [(kind.value, gettext(words)) for kind, words in KIND_WORDS.items()],
    )
    invited_by = SelectField(_l("Invited by"), validate_choice=False)
    came_on = StringField(_l("Day"), validators=[Needed()], filters=[_tidied], widget=DateInput())
    firm = StringField(_l("Firm"), filters=[_tidied])
    trade = StringField(_l("Trade"), filters=[_tidied])
    phone = StringField(_l("Phone"), filters=[_tidied], widget=TelInput())
    email = StringField(_l("Mail address"), filters=[_tidied], widget=EmailInput())
    note = TextAreaField(_l("Worth knowing"), filters=[_as_typed])

    @property
    def day(self) -> date | None:
        """The day that was given, or None where it is missing or no day."""
        try:
            return date.fromisoformat(self.came_on.data)
        except ValueError:
            return None

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

    subject = StringField(_l("Subject"), validators=[Needed()], filters=[_tidied])
    body = TextAreaField(_l("Message"), validators=[Needed()], filters=[_as_typed])
