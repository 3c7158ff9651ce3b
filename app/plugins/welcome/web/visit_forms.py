"""What a browser sends about a visit and about the public page: the shape only."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, RadioField, StringField, TextAreaField
from wtforms.widgets import EmailInput, NumberInput, TelInput

from app.http.forms import HouseForm, Needed, VersionedForm, number_typed, plain, tidied
from app.plugins.welcome.domain.public_page import PageWords
from app.plugins.welcome.domain.visit import Registration, Wishes


class OwnWordsForm(HouseForm):
    """What a visitor writes of themselves and may change later."""

    name = StringField(_l("Your name"), validators=[Needed()], filters=[tidied])
    trade = StringField(_l("What you do"), validators=[Needed()], filters=[tidied])
    firm = StringField(_l("Firm"), filters=[tidied])
    phone = StringField(_l("Phone"), filters=[tidied], widget=TelInput())
    wants_greeter = BooleanField(_l("I would like somebody to greet me and show me round"))
    listens_only = BooleanField(_l("I would rather listen and not speak"))
    introduction = TextAreaField(_l("A few words about you, read out by the host"), filters=[plain])
    access_needs = TextAreaField(_l("What we can do so that you get in and take part well"), filters=[plain])

    def registration(self, *, email: str, invited_by: str = "") -> Registration:
        """Return what was typed, for the rules to judge."""
        return Registration(
            name=self.name.data,
            firm=self.firm.data,
            trade=self.trade.data,
            email=email,
            phone=self.phone.data,
            invited_by=invited_by,
            wishes=Wishes(
                wants_greeter=bool(self.wants_greeter.data),
                listens_only=bool(self.listens_only.data),
                introduction=self.introduction.data,
                access_needs=self.access_needs.data,
            ),
        )


class RegisterForm(OwnWordsForm):
    """A registration. `website` stands where no reader sees it; `started` says since when the form is open."""

    email = StringField(_l("Mail address"), validators=[Needed()], filters=[tidied], widget=EmailInput())
    invited_by = StringField(_l("Who invited you?"), filters=[tidied])
    meeting = RadioField(_l("Which meeting?"), validators=[Needed()], validate_choice=False, choices=[])
    agreed = BooleanField(_l("I agree"), validators=[Needed()])
    website = StringField(_l("Leave this empty"))
    started = HiddenField()


class MeetingForm(HouseForm):
    """Another meeting."""

    meeting = RadioField(_l("Which meeting?"), validators=[Needed()], validate_choice=False, choices=[])


class AnswerForm(HouseForm):
    """The answer to the one question, tapped, with a few words if they like; the buttons carry the answer."""

    answer = StringField()
    words = TextAreaField(_l("A few words, if you like"), filters=[plain])


class CallForm(HouseForm):
    """A call that was made, or a note of it."""

    note = TextAreaField(_l("Note for the offices"), filters=[plain], id="call-note")
    done = StringField()


class PhotoForm(HouseForm):
    """A picture of the door."""

    photo = FileField(_l("Picture of the door"))


class PublicPageForm(VersionedForm):
    """What the group says on its public page."""

    is_open = BooleanField(_l("The page is open: anybody may read it and register"))
    about = TextAreaField(_l("Who you are, in a few sentences"), filters=[plain])
    whom_for = TextAreaField(_l("Whom a visit is for"), filters=[plain])
    minutes = TextAreaField(_l("What happens, minute by minute"), filters=[plain])
    cost = StringField(_l("What it costs"), filters=[tidied])
    dress = StringField(_l("What people wear"), filters=[tidied])
    way = TextAreaField(_l("How to find the door"), filters=[plain])
    shows_trades = BooleanField(_l("Show which trades are in the room, never names"))
    months_kept = StringField(
        _l("Months for which visitors’ answers are kept"), filters=[tidied], widget=NumberInput()
    )
    visits_limit = StringField(_l("How often somebody may visit"), filters=[tidied], widget=NumberInput())

    @property
    def months(self) -> int | None:
        """The months as a number, or None."""
        return number_typed(self.months_kept.data)

    @property
    def visits(self) -> int | None:
        """The visits as a number, or None."""
        return number_typed(self.visits_limit.data)

    def words(self) -> PageWords:
        """Return what was typed, for the rules to judge."""
        return PageWords(
            about=self.about.data,
            minutes=self.minutes.data,
            whom_for=self.whom_for.data,
            cost=self.cost.data,
            dress=self.dress.data,
            way=self.way.data,
            shows_trades=bool(self.shows_trades.data),
            months_kept=self.months or 0,
            visits_limit=self.visits or 0,
        )
