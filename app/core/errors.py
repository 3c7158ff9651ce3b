"""Every failure that is expected: refusals with their facts, and things that are not there.

A refusal is a value. Its sentence stands in one place per component (`refusals.py`), so that a rule
never formats text and a page never invents a reason.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One reason why a request is refused: a stable code, the facts of its sentence, the field it concerns.

    `code` is `<component>.<what_is_wrong>`; `facts` holds plain values (text, numbers, dates); `field`
    names the form field or column that the sentence is shown beside, or is empty.
    """

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    field: str = ""


class Refused(Exception):
    """A request that is refused, with every reason at once; nothing was changed."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        if not refusals:
            raise ValueError("Refused needs at least one Refusal; return normally when nothing is wrong.")
        self.refusals = tuple(refusals)
        super().__init__(", ".join(refusal.code for refusal in self.refusals))

    def has(self, code: str) -> bool:
        """Return whether `code` is among the reasons."""
        return any(refusal.code == code for refusal in self.refusals)


class NotFound(Exception):
    """The thing does not exist, or is not this viewer's to know of: both get the same 404."""
