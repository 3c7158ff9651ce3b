"""What a browser sends when a pile of paper slips is typed in: the pile, and each slip on a line of its own."""

from datetime import date

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, HiddenField, SelectField, StringField
from wtforms.validators import Length, Optional
from wtforms.widgets import DateInput

from app.core.sentences import N_
from app.http.forms import LONGEST_LINE, LONGEST_TEXT, HouseForm, Needed, day_typed, plain, tidied
from app.plugins.referrals.domain.basis import AGREED_HOW_WORDS, TIER_WORDS, URGENCY_WORDS, Basis
from app.plugins.referrals.domain.introduction import HOW_WELL
from app.plugins.referrals.web.forms import SlipWordsForm
from app.plugins.referrals.web.wording import choices

_TICKED = {
    Basis.BOUGHT_FROM: N_("Bought from them"),
    Basis.WORKED_WITH: N_("Worked with them"),
    Basis.SEEN_THE_WORK: N_("Seen their work"),
    Basis.ONLY_MET: N_("Only met"),
}
"""What is ticked on the paper; each begins with another letter, so that one key chooses it."""


def _tiers() -> list[tuple[str, str]]:
    return [("", "–"), *choices(TIER_WORDS)]


def _how_well() -> list[tuple[str, str]]:
    return [("", "–"), *((str(step), f"{step} · {gettext(words)}") for step, words in HOW_WELL.items())]


def _bases() -> list[tuple[str, str]]:
    return [("", "–"), *choices(_TICKED)]


class PileForm(HouseForm):
    """The pile: its day, and which slips that look alike the typist was shown (`2-5 3-4`)."""

    paper_day = StringField(
        _l("Day on the slips"), validators=[Needed()], filters=[plain], widget=DateInput()
    )
    alike = HiddenField(filters=[plain], validators=[Length(max=LONGEST_TEXT)])

    @property
    def day(self) -> date | None:
        """The day that was given, or None where it is missing or no day."""
        return day_typed(self.paper_day.data)


class PaperLineForm(SlipWordsForm):
    """One slip of the pile, in the order in which it is read off the paper."""

    giver = StringField(_l("From"), validators=[Needed(), Length(max=LONGEST_LINE)], filters=[tidied])
    receiver = StringField(_l("To"), validators=[Needed(), Length(max=LONGEST_LINE)], filters=[tidied])
    prospect_name = StringField(_l("Who needs something"), validators=[Needed()], filters=[plain])
    prospect_contact = StringField(_l("Phone or mail"), validators=[Needed()], filters=[plain])
    about = StringField(_l("What they need"), validators=[Needed()], filters=[plain])
    tier = SelectField(_l("Whose need"), validators=[Needed()], validate_choice=False, choices=_tiers)
    how_well = SelectField(
        _l("How well introduced"), validators=[Needed()], validate_choice=False, choices=_how_well
    )
    basis = SelectField(_l("Knows the work"), validators=[Needed()], validate_choice=False, choices=_bases)
    agreed = BooleanField(_l("They agreed"), validators=[Needed()])
    agreed_how = SelectField(_l("How"), validate_choice=False, choices=lambda: choices(AGREED_HOW_WORDS))
    agreed_on = DateField(_l("On which day"), validators=[Optional()])
    urgency = SelectField(_l("Call"), validate_choice=False, choices=lambda: choices(URGENCY_WORDS))

    @property
    def is_filled(self) -> bool:
        """Whether anything stands on the line."""
        texts = (self.giver, self.receiver, self.prospect_name, self.prospect_contact, self.about)
        chosen = (self.tier, self.how_well, self.basis, self.agreed, self.agreed_how, self.urgency)
        return any(field.data for field in (*texts, *chosen)) or self.agreed_on.data is not None
