"""What a browser sends about mentors, steps, talks and answers: the shape only."""

from datetime import date

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField
from wtforms.widgets import DateInput

from app.http.forms import HouseForm, Needed, VersionedForm, day_typed, plain, tidied
from app.plugins.firstyear.domain.talks import SEEN_BY_WORDS, Held, SeenBy

LATER, SKIP = "later", "skip"


class MentorForm(HouseForm):
    """Whom to ask."""

    mentor = SelectField(_l("Ask somebody else"), validators=[Needed()], validate_choice=False)


class KeeperForm(HouseForm):
    """Who looks after a newcomer."""

    keeper = SelectField(_l("Looked after by"), validators=[Needed()], validate_choice=False)


class OwnerForm(HouseForm):
    """Who holds a talk."""

    owner = SelectField(_l("Who holds this talk"), validators=[Needed()], validate_choice=False)


class StepsForm(VersionedForm):
    """The group's own steps of an induction."""

    steps = TextAreaField(_l("Steps, a line each"), validators=[Needed()], filters=[plain])


class HeldForm(VersionedForm):
    """What came of a talk."""

    held_on = StringField(_l("Day of the talk"), validators=[Needed()], filters=[tidied], widget=DateInput())
    outcome = SelectField(_l("What came of it"), validators=[Needed()], validate_choice=False)
    again_on = StringField(_l("If you talk again: on which day"), filters=[tidied], widget=DateInput())
    words = TextAreaField(_l("Worth keeping"), filters=[plain])
    seen_by = SelectField(
        _l("Who may read it"),
        validate_choice=False,
        choices=lambda: [(one.value, gettext(words)) for one, words in SEEN_BY_WORDS.items()],
        default=SeenBy.TWO.value,
    )

    def held(self) -> Held:
        """Return what was typed, for the rules to judge."""
        return Held(
            held_on=day_typed(self.held_on.data),
            outcome=self.outcome.data or "",
            words=self.words.data,
            seen_by=self.seen_by.data or "",
            again_on=day_typed(self.again_on.data),
        )


class LaterForm(VersionedForm):
    """A talk is put on another day, or left out."""

    what = SelectField(
        _l("What shall happen"),
        validate_choice=False,
        choices=lambda: [
            (LATER, gettext("Put it on another day")),
            (SKIP, gettext("Leave it out")),
        ],
    )
    until = StringField(_l("New day"), filters=[tidied], widget=DateInput())
    reason = StringField(_l("Why"), validators=[Needed()], filters=[tidied])

    @property
    def is_skipped(self) -> bool:
        """Whether the talk is to be left out."""
        return str(self.what.data) == SKIP

    @property
    def day(self) -> date | None:
        """The new day, or None where it is missing, no day, or none is wanted."""
        return None if self.is_skipped else day_typed(self.until.data)


class WishesForm(HouseForm):
    """What a member wants from the next year."""

    wishes = TextAreaField(_l("What I would like from the next year"), filters=[plain])


class AnswerForm(HouseForm):
    """A leaver's answer; it may be empty."""

    words = TextAreaField(_l("What should we know?"), filters=[plain])
