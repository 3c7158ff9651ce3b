"""The rows of the attendance grid as text: one string a member, cells joined here, because a template loop costs thrice."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup, escape

from app.core.ids import MeetingId, MemberId
from app.http.page import GroupPage
from app.plugins.attendance.domain.status import Status
from app.plugins.attendance.queries.grid import GridColumn, GridMember, Letters

_BLANK_CELL = "<td></td>"
_LEFT_EARLY = "←"
_CELLS = {status.value: f'<td class="{status.value}">{status.value}</td>' for status in Status}
_LETTERS = tuple(status.value for status in Status)
_PLACE = "-PLACE-"
"""Stands for an id while an address is made once and filled in for each row; no id has this form."""


def address_pattern(page: GroupPage, endpoint: str, argument: str, **query: str) -> str:
    """Return the address of `endpoint`, ready for HTML, with a place to be filled by `filled`."""
    values: dict[str, Any] = {argument: _PLACE, **query}
    return str(escape(page.url(endpoint, **values)))


def filled(pattern: str, public_id: str) -> str:
    """Return the address for one public id, which has letters and digits only."""
    return pattern.replace(_PLACE, public_id)


def grid_rows(
    columns: Sequence[GridColumn],
    members: Sequence[GridMember],
    letters: Letters,
    member_pattern: str,
    *,
    left_early: frozenset[tuple[int, int]] = frozenset(),
) -> Markup:
    """Return the body rows: the name, the five sums, each a link to the member's rows, and a letter a meeting.

    Where somebody left early, the letter has a sign and its words beside it.
    """
    order = [column.id for column in columns]
    rows = [
        _row(order, member, letters.get(member.id, {}), member_pattern, _of_member(left_early, member))
        for member in members
    ]
    return Markup("\n".join(rows))  # noqa: S704 - names are escaped in _row, the rest is letters and addresses


def excerpt_rows(
    columns: Sequence[GridColumn], members: Sequence[GridMember], letters: Letters, member_pattern: str
) -> Markup:
    """Return the body rows without sums."""
    order = [column.id for column in columns]
    rows = [
        f"<tr>{_head(member, member_pattern)}{_cells(order, letters.get(member.id, {}))}</tr>"
        for member in members
    ]
    return Markup("\n".join(rows))  # noqa: S704 - as above


def _row(
    order: Sequence[MeetingId],
    member: GridMember,
    letters: Mapping[MeetingId, str],
    member_pattern: str,
    left_early: frozenset[int],
) -> str:
    address = filled(member_pattern, member.public_id)
    stood = [letters[meeting] for meeting in order if meeting in letters]
    sums = "".join(_sum(stood.count(letter), letter, address) for letter in _LETTERS)
    cells = _cells_with_signs(order, letters, left_early) if left_early else _cells(order, letters)
    return f"<tr>{_head(member, member_pattern)}{sums}{cells}</tr>"


def _of_member(left_early: frozenset[tuple[int, int]], member: GridMember) -> frozenset[int]:
    return (
        frozenset(meeting for one, meeting in left_early if one == member.id) if left_early else frozenset()
    )


def _cells_with_signs(
    order: Sequence[MeetingId], letters: Mapping[MeetingId, str], left_early: frozenset[int]
) -> str:
    words = escape(_("left early"))
    sign = f'<sup aria-hidden="true" title="{words}">{_LEFT_EARLY}</sup><span class="unseen"> {words}</span></td>'
    cells = [_CELLS[letters[meeting]] if meeting in letters else _BLANK_CELL for meeting in order]
    return "".join(
        cell.replace("</td>", sign) if meeting in left_early else cell
        for meeting, cell in zip(order, cells, strict=True)
    )


def _head(member: GridMember, member_pattern: str) -> str:
    address = filled(member_pattern, member.public_id)
    return f'<th scope="row"><a href="{address}"><bdi>{escape(member.name)}</bdi></a></th>'


def _cells(order: Sequence[MeetingId], letters: Mapping[MeetingId, str]) -> str:
    return "".join([_CELLS[letters[meeting]] if meeting in letters else _BLANK_CELL for meeting in order])


def _sum(count: int, letter: str, address: str) -> str:
    if not count:
        return '<td class="sum">0</td>'
    return f'<td class="sum"><a href="{address}&amp;letter={letter}">{count}</a></td>'


def as_members(lines: Sequence[tuple[MemberId, str, str]]) -> list[GridMember]:
    """Return grid members from (id, public id, name)."""
    return [GridMember(id=member_id, public_id=public_id, name=name) for member_id, public_id, name in lines]
