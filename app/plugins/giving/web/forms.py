"""What a browser sends about asks, introductions and words: the shape only. What is wrong, the rules say all at once."""

from collections.abc import Mapping

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.widgets import DateInput

from app.http.forms import HouseForm, Needed, day_typed, plain, tidied
from app.plugins.giving.domain.ask import (
    KIND_DETAILS,
    KIND_WORDS,
    LEARN_DETAIL,
    LEARN_WORDS,
    AskFacts,
    AskKind,
)
from app.plugins.giving.domain.introduction import OUTCOME_WORDS, Outcome


def kind_words(*, settling_in: bool) -> dict[str, str]:
    """Return the kinds of ask in words; in the settling-in period that of a referral reads “learn about me”."""
    words = {kind.value: gettext(text) for kind, text in KIND_WORDS.items()}
    return words | {AskKind.REFERRAL.value: gettext(LEARN_WORDS)} if settling_in else words


def kind_details(*, settling_in: bool) -> dict[str, str]:
    """Return what each kind asks back, beneath its words."""
    details = {kind.value: gettext(text) for kind, text in KIND_DETAILS.items()}
    return details | {AskKind.REFERRAL.value: gettext(LEARN_DETAIL)} if settling_in else details


class AskForm(HouseForm):
    """An ask: of what kind, what in a line, why, until when."""

    kind = RadioField(_l("You ask for"), validators=[Needed()], validate_choice=False)
    what = StringField(_l("In one line"), validators=[Needed()], filters=[tidied])
    why = TextAreaField(_l("What should they know?"), filters=[plain])
    until_on = StringField(_l("Until when?"), validators=[Needed()], filters=[plain], widget=DateInput())

    def offer(self, *, settling_in: bool) -> None:
        """Offer the kinds of ask in the words that fit how long the viewer has been here."""
        self.kind.choices = list(kind_words(settling_in=settling_in).items())

    def facts(self) -> AskFacts:
        """Return what was typed, for the rules to judge."""
        return AskFacts(
            kind=self.kind.data or "",
            what=self.what.data,
            why=self.why.data,
            until_on=day_typed(self.until_on.data),
        )


class WordsForm(HouseForm):
    """A few words: an answer, a thank-you, a testimonial."""

    words = TextAreaField(_l("Your words"), validators=[Needed()], filters=[plain])


class IntroduceForm(HouseForm):
    """Two members, and why they should know each other. `again` is asked only where such an introduction stands."""

    one = SelectField(_l("Whom?"), validators=[Needed()], validate_choice=False)
    other = SelectField(_l("To whom?"), validators=[Needed()], validate_choice=False)
    why = TextAreaField(_l("Why should they know each other?"), validators=[Needed()], filters=[plain])
    again = BooleanField(_l("This is another reason: ask them both again"))


class OutcomeForm(HouseForm):
    """What came of an introduction."""

    outcome = RadioField(_l("What came of it?"), validators=[Needed()], validate_choice=False)

    def offer(self) -> None:
        """Offer the outcomes in the reader's language."""
        self.outcome.choices = choices(OUTCOME_WORDS)


def choices(words: Mapping[Outcome, str]) -> list[tuple[str, str]]:
    """Return codes with their words in the reader's language, for a field to choose from."""
    return [(code.value, gettext(text)) for code, text in words.items()]
