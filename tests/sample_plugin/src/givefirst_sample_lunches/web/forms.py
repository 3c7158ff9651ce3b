"""What a browser sends about lunch: the shape only. What is wrong with it, the rules say all at once."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField

from app.http.forms import HouseForm, Needed
from givefirst_sample_lunches.domain.rules import Answer


class AnswerForm(HouseForm):
    """Coming or not, and a word to whoever books the table."""

    choice = RadioField(
        _l("Do you come to lunch?"),
        choices=[("yes", _l("I’ll come to lunch after the meeting")), ("no", _l("Not this time"))],
        validators=[Needed()],
        validate_choice=False,
    )
    remark = StringField(_l("Anything the kitchen should know?"))

    def answer(self) -> Answer:
        """Return what was said, for the rules to judge."""
        return Answer(choice=self.choice.data or "", remark=(self.remark.data or "").strip())
