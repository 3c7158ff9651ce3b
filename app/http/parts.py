"""A part of a page as a plugin drew it, ready for another plugin's page to show."""

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A drawn panel: its heading, where that leads or empty, and its body."""

    title: str
    url: str
    body: Markup
