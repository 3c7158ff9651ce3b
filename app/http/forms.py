"""Forms of the house: a token that makes a double tap one act, a bound on every field, refusals beside their field."""

import unicodedata
from datetime import date
from secrets import token_urlsafe
from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField
from wtforms.validators import Length

from app.core.errors import Refused
from app.core.sheets.spelling import tidy
from app.http.sentences import sentence

LONGEST_LINE = 200
LONGEST_TEXT = 4_000
_KEPT_CONTROLS = frozenset("\n\t")
_LONGEST_NUMBER = 9


def form_token() -> str:
    """Return a new token, for one filling-in of a form."""
    return token_urlsafe(16)


def plain(text: str | None) -> str:
    """Return `text` without space around it and without control characters, which a database may refuse."""
    lines = (text or "").replace("\r\n", "\n").replace("\r", "\n")
    kept = (one for one in lines if one in _KEPT_CONTROLS or unicodedata.category(one) != "Cc")
    return "".join(kept).strip()


def tidied(text: str | None) -> str:
    """Return `text` on one line, with single spaces: for names and other short answers."""
    return tidy(plain(text))


def day_typed(text: str | None) -> date | None:
    """Return the day that was given, or None where it is missing or no day."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def number_typed(text: str | None) -> int | None:
    """Return the whole number that was typed, or None where it is none, or longer than any that is meant."""
    given = text or ""
    return int(given) if given.isascii() and given.isdigit() and len(given) <= _LONGEST_NUMBER else None


def version_typed(text: str | None) -> int:
    """Return the version that a form was filled in over; -1, which never stands, where it is unreadable."""
    found = number_typed(text)
    return -1 if found is None else found


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


class VersionedForm(HouseForm):
    """A form over something that others may change meanwhile."""

    version = HiddenField(filters=[plain])

    @property
    def seen_version(self) -> int:
        """The version the sender had before them; -1, which never stands, where it is unreadable."""
        return version_typed(self.version.data)
