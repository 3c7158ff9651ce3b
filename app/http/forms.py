"""Forms of the house: a token that makes a double tap one act, a bound on every field, refusals beside their field."""

from secrets import token_urlsafe
from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField
from wtforms.validators import Length

from app.core.errors import Refused
from app.http.sentences import sentence

LONGEST_LINE = 200
LONGEST_TEXT = 4_000


def form_token() -> str:
    """Return a new token, for one filling-in of a form."""
    return token_urlsafe(16)


class Needed:
    """Marks a field as needed, for its label; that it is missing is said by the rules, with all else that is wrong."""

    field_flags = {"required": True}  # noqa: RUF012 - WTForms reads the attribute under this name and type

    def __call__(self, form: object, field: object) -> None:
        return


class HouseForm(FlaskForm):
    """The base of every form that changes something; `form_token` names this filling-in of the form."""

    form_token = HiddenField(default=form_token, validators=[Length(max=64)])

    problems: list[str]
    """Sentences that concern no single field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.problems = []

    def take(self, refused: Refused) -> None:
        """Show every reason of `refused`: beside its field where the form has it, else above the form."""
        for refusal in refused.refusals:
            text = sentence(refusal)
            if refusal.field and refusal.field in self:
                bound = self[refusal.field]
                bound.errors = [*bound.errors, text]
            else:
                self.problems.append(text)
