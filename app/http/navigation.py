"""One entry of the navigation."""

from dataclasses import dataclass
from typing import Final

OF_AN_OFFICE: Final = 60
"""The `order` from which entries are the pages of an office."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NavItem:
    """A link of the group's navigation. `count` is shown beside it when it is not zero; lower `order` comes first.

    From OF_AN_OFFICE on, entries stand apart, as the pages of an office. `also` are addresses of further pages that
    belong to the entry, where its own address does not lead to them.

    `permission`, where named, hides the entry from those who do not hold it.
    """

    title: str
    url: str
    order: int = 50
    count: int = 0
    also: tuple[str, ...] = ()
    permission: str = ""
    is_current: bool = False

    @property
    def is_of_office(self) -> bool:
        """Whether the entry stands among the pages of an office."""
        return self.order >= OF_AN_OFFICE
