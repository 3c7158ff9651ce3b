"""What a browser sends of sealed reports and of the quality check: the shape only."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, StringField

from app.core.sentences import N_
from app.http.forms import HouseForm, Needed, plain
from app.plugins.referrals.domain.quality import Answers

_YES_NO = (("yes", N_("Yes")), ("no", N_("No")))


def _yes_no() -> list[tuple[str, str]]:
    return [(code, gettext(words)) for code, words in _YES_NO]


class ReportForm(HouseForm):
    """One of three buttons; `back` says on which page it stood."""

    answer = StringField(filters=[plain])
    back = HiddenField(filters=[plain])


class LookBackForm(HouseForm):
    """The answers of the whole screen, each in a field named after its slip, which the view reads."""


class QualityForm(HouseForm):
    """The three private questions about one slip."""

    called = RadioField(_l("Did you call?"), validators=[Needed()], validate_choice=False, choices=_yes_no)
    welcome = RadioField(
        _l("Was your call welcome?"), validators=[Needed()], validate_choice=False, choices=_yes_no
    )
    real = RadioField(
        _l("Was there a real need?"), validators=[Needed()], validate_choice=False, choices=_yes_no
    )

    def answers(self) -> Answers:
        """Return what was chosen, for the rules to judge."""
        return Answers(
            called=_chosen(self.called.data), welcome=_chosen(self.welcome.data), real=_chosen(self.real.data)
        )

    def fill(self, answers: Answers) -> None:
        """Show what was answered before."""
        for field, answer in (
            (self.called, answers.called),
            (self.welcome, answers.welcome),
            (self.real, answers.real),
        ):
            field.data = None if answer is None else ("yes" if answer else "no")


def _chosen(given: str | None) -> bool | None:
    return {"yes": True, "no": False}.get(given or "")
