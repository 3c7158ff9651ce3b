"""Who passed slips to whom: the members of a period both ways, and the rows as text, because a template loop costs thrice."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from flask import request
from flask_babel import gettext as _
from markupsafe import Markup, escape

from app.core.groups.queries import MemberLine, all_members
from app.core.ids import MemberId
from app.core.local_time import Period
from app.http.page import GroupPage
from app.plugins.referrals.queries.looking import PairCount, pairs_in

RECEIVED = "received"
"""What `?way=` says where the rows are receivers."""

_FEW, _SOME = 1, 3
_SELF = '<td class="self">·</td>'


@dataclass(frozen=True, slots=True, kw_only=True)
class Someone:
    """A row and a column of the matrix; `id` is None for everybody who is of no list here."""

    id: MemberId | None
    public_id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """One member against all: `counts` in the order of the columns, their sum, and with how many it was."""

    who: Someone
    counts: Sequence[int]

    @property
    def slips(self) -> int:
        """How many slips it is together."""
        return sum(self.counts)

    @property
    def colleagues(self) -> int:
        """With how many of the columns any slip went."""
        return sum(count > 0 for count in self.counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Rows and columns are the same people in the same, alphabetical order. `is_received`: rows are receivers."""

    people: Sequence[Someone]
    rows: Sequence[MatrixRow]
    is_received: bool

    @property
    def slips(self) -> int:
        """How many slips the matrix holds."""
        return sum(row.slips for row in self.rows)

    @property
    def columns(self) -> Sequence[int]:
        """The sum of each column."""
        return [sum(counts) for counts in zip(*(row.counts for row in self.rows), strict=True)]


def matrix_of(page: GroupPage, period: Period) -> Matrix:
    """Return the matrix of the days, the way round that the address asks for. Two statements."""
    session, group = page.work.session, page.group
    pairs = pairs_in(session, group.id, period, group.zone, now=page.work.now)
    people = _people(all_members(session, group.id), pairs, period)
    is_received = request.args.get("way") == RECEIVED
    return _matrix(people, pairs, is_received=is_received)


def matrix_rows(page: GroupPage, matrix: Matrix) -> Markup:
    """Return the body rows: the name, its two sums, and a number a column."""
    address = page.urls("member", "member")
    places = range(len(matrix.people))
    rows = [
        _row(row, place, address(row.who.public_id)) for place, row in zip(places, matrix.rows, strict=True)
    ]
    return Markup("\n".join(rows))  # noqa: S704 - names are escaped in _row, the rest is numbers and addresses


def _matrix(people: Sequence[Someone], pairs: Sequence[PairCount], *, is_received: bool) -> Matrix:
    listed = {someone.id for someone in people}
    counts: Counter[tuple[MemberId | None, MemberId | None]] = Counter()
    for pair in pairs:
        giver = pair.giver if pair.giver in listed else None
        receiver = pair.receiver if pair.receiver in listed else None
        counts[(receiver, giver) if is_received else (giver, receiver)] += pair.slips
    rows = [MatrixRow(who=row, counts=[counts[(row.id, column.id)] for column in people]) for row in people]
    return Matrix(people=people, rows=rows, is_received=is_received)


def _people(lines: Sequence[MemberLine], pairs: Sequence[PairCount], period: Period) -> list[Someone]:
    """Return who was a member in the period or stands on a slip of it, and one for all others where a slip needs it."""
    on_slips = {side for pair in pairs for side in (pair.giver, pair.receiver)}
    people = [
        Someone(id=line.id, public_id=line.public_id, name=line.name)
        for line in lines
        if line.id in on_slips or _was_member(line, period)
    ]
    others = [Someone(id=None, public_id="", name=_("Outside the group"))]
    return people + (others if None in on_slips else [])


def _was_member(line: MemberLine, period: Period) -> bool:
    """Return whether the latest membership touches the period; an earlier one shows where a slip of it does."""
    return line.joined_on <= period.last and (line.ended_on is None or line.ended_on >= period.first)


def _row(row: MatrixRow, place: int, address: str) -> str:
    name = f"<bdi>{escape(row.who.name)}</bdi>"
    head = f'<a href="{escape(address)}">{name}</a>' if row.who.public_id else name
    cells = [_cell(count) for count in row.counts]
    if row.who.public_id:
        cells[place] = _SELF
    return (
        f'<tr><th scope="row">{head}</th><td class="sum">{row.slips}</td>'
        f'<td class="sum">{row.colleagues}</td>{"".join(cells)}</tr>'
    )


def _cell(count: int) -> str:
    if not count:
        return "<td></td>"
    depth = "few" if count <= _FEW else "some" if count <= _SOME else "many"
    return f'<td class="{depth}">{count}</td>'
