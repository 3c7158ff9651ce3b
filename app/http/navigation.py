"""One entry of the navigation."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class NavItem:
    """A link of the group's navigation. `count` is shown beside it when it is not zero; lower `order` comes first.

    `permission`, where named, hides the entry from those who do not hold it.
    """

    title: str
    url: str
    order: int = 50
    count: int = 0
    permission: str = ""
    is_current: bool = False
