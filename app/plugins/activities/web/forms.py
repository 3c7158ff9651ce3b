"""What a browser sends about one-to-ones and learning units: the shape only. What is wrong, the rules say all at once."""

from collections.abc import Mapping

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.widgets import DateInput, NumberInput

from app.core.sentences import N_
from app.http.forms import HouseForm, Needed, VersionedForm, day_typed, number_typed, plain
from app.plugins.activities.domain.rules import LearningFacts, TalkFacts

SAME, ANOTHER = "same", "another"
_SAME_OR_ANOTHER = {
    SAME: N_("The same talk: leave it as it is"),
    ANOTHER: N_("Another one: record it as well"),
}


def choices(words: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the codes with their words in the reader's language, for a field to choose from."""
    return [(code, gettext(text)) for code, text in words.items()]


class TalkForm(VersionedForm):
    """A one-to-one that stands: its day, place and note, with the version at which it was seen."""

    held_on = StringField(_l("When?"), validators=[Needed()], filters=[plain], widget=DateInput())
    place = StringField(_l("Where?"), filters=[plain])
    note = TextAreaField(_l("What did you talk about?"), filters=[plain])

    def facts(self) -> TalkFacts:
        """Return what was typed, for the rules to judge."""
        return TalkFacts(held_on=day_typed(self.held_on.data), place=self.place.data, note=self.note.data)


class NewTalkForm(TalkForm):
    """A new one-to-one on one line. `same` is asked only where one of the two stands already."""

    partner = SelectField(_l("With whom?"), validators=[Needed()], validate_choice=False)
    same = RadioField(
        _l("Is it the same talk?"),
        validators=[Needed()],
        validate_choice=False,
        choices=lambda: choices(_SAME_OR_ANOTHER),
    )


class LearningForm(VersionedForm):
    """What was learned, when, and how many units it is worth."""

    what = StringField(_l("What did you learn?"), validators=[Needed()], filters=[plain])
    learned_on = StringField(_l("When?"), validators=[Needed()], filters=[plain], widget=DateInput())
    units = StringField(
        _l("Units"), validators=[Needed()], filters=[plain], widget=NumberInput(step=1, min=1, max=20)
    )

    def facts(self) -> LearningFacts:
        """Return what was typed, for the rules to judge."""
        return LearningFacts(
            what=self.what.data,
            learned_on=day_typed(self.learned_on.data),
            units=number_typed(self.units.data),
        )


class LearningOfMemberForm(LearningForm):
    """What another member learned, as an office writes it down."""

    learner = SelectField(_l("Who learned?"), validators=[Needed()], validate_choice=False)


class QuickListForm(HouseForm):
    """The day of a list of one-to-ones; its lines are read beside it."""

    held_on = StringField(_l("When?"), validators=[Needed()], filters=[plain], widget=DateInput())


class TakeBackForm(VersionedForm):
    """One button that takes a line back, with the version at which it was seen."""
