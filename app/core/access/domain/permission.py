"""What a permission is and who holds it: every member, or the holders of named offices."""

from dataclasses import dataclass

from app.core.groups.domain.office import LEADERS, Office

PUBLIC = "public"
"""Admits anybody, signed in or not."""

SIGNED_IN = "account:self:use"
"""Admits anyone who is signed in, to what is their own."""

SCREEN = "device:screen:show"
"""Admits the room's screen, by its device token."""


STEWARD = "device:steward:show"
"""Admits a door steward's phone, by its device token, to the one meeting it was opened for."""

TABLET = "device:tablet:use"
"""Admits the group's registered tablet, by its device token, to today's names and the posting of sign-ins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """The right to one action, named `<scope>:<resource>:<action>`; `title` completes "may …" for people.

    Held by every member of the group where `members` is true, and by the holders of `offices`.
    """

    name: str
    title: str
    offices: frozenset[Office] = frozenset()
    members: bool = False

    def __post_init__(self) -> None:
        if self.name.count(":") != 2:
            raise ValueError(f"Permission name {self.name!r} is not <scope>:<resource>:<action>.")
        if not self.members and not self.offices:
            raise ValueError(
                f"Nobody could hold the permission {self.name!r}; name offices or set members=True."
            )

    def held_with(self, offices: frozenset[Office]) -> bool:
        """Return whether a member who holds `offices` holds this permission."""
        return self.members or bool(self.offices & offices)


def for_members(name: str, title: str) -> Permission:
    """Return a permission that every member of the group holds."""
    return Permission(name=name, title=title, members=True)


def for_leaders(name: str, title: str, *others: Office) -> Permission:
    """Return a permission of the president, vice-president and secretary-treasurer, and of `others`."""
    return Permission(name=name, title=title, offices=LEADERS | frozenset(others))
