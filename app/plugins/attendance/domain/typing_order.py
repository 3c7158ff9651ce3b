"""In which order, and how, does another system want the lines that somebody types or pastes into it?"""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import TypeVar

from app.core.ids import MemberId
from app.core.people.domain.name import Name

Line = TypeVar("Line")


class TypingOrder(StrEnum):
    """The order of the lines."""

    FAMILY = "family"
    GIVEN = "given"
    FILE = "file"


def in_order(
    members: Iterable[tuple[MemberId, Name]], order: TypingOrder, file: Sequence[MemberId] = ()
) -> list[MemberId]:
    """Return the members in `order`; those who are not in the file come after it, by family name."""
    by_family = sorted(members, key=lambda member: (member[1].sorted_by, member[0]))
    if order is TypingOrder.GIVEN:
        by_family.sort(key=lambda member: Name(given=member[1].family, family=member[1].given).sorted_by)
    if order is TypingOrder.FILE:
        place = {member_id: number for number, member_id in enumerate(file)}
        by_family.sort(key=lambda member: place.get(member[0], len(place)))
    return [member_id for member_id, _name in by_family]


def block(rows: Iterable[Sequence[str]]) -> str:
    """Return the rows as one text to paste: a tab between cells, a line a row, and no tab or break inside a cell."""
    return "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in rows)
