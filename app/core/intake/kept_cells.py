"""Which cells did a file hold that nobody asked for? Kept with the file when it is applied, gone when it is undone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, delete, func, insert, select
from sqlalchemy.orm import Session

from app.core.groups.models import MemberRow
from app.core.ids import GroupId, MemberId
from app.core.intake.models import ImportBatchRow, ImportExtraRow
from app.core.intake.remarks import Extra
from app.core.work import UnitOfWork

_BATCH: Any = ImportBatchRow.__table__
_EXTRA: Any = ImportExtraRow.__table__
_MEMBER: Any = MemberRow.__table__
_AT_ONCE = 500
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptCell:
    """One cell: in which row of the file, beside which name as written there, and whom that means."""

    row: int
    name: str
    member_id: MemberId | None
    heading: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptLine:
    """The kept cells of one row: `texts` by the headings of the table; without a member no public id."""

    row: int
    name: str
    member_public_id: str
    texts: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptTable:
    """Some rows of what a file's further columns held. `rows` counts all of them, `following` those below these."""

    headings: Sequence[str]
    lines: Sequence[KeptLine]
    rows: int
    following: int


def cells_beside(row: int, name: str, member_id: MemberId | None, extras: Iterable[Extra]) -> list[KeptCell]:
    """Return the cells of one row of a file."""
    return [
        KeptCell(row=row, name=name, member_id=member_id, heading=extra.heading, text=extra.text)
        for extra in extras
    ]


def keep_cells(work: UnitOfWork, group_id: GroupId, batch_id: int, cells: Sequence[KeptCell]) -> None:
    """Keep the cells with the file that is being applied; the caller commits.

    What stands already from an earlier import of the very same file is not kept twice.
    """
    if not cells:
        return
    known = _kept_before(work.session, group_id, batch_id)
    last = work.session.scalar(select(func.max(_EXTRA.c.number)).where(*_of(group_id, batch_id)))
    new = [cell for cell in cells if (cell.row, cell.heading, cell.text) not in known]
    rows = [
        {
            "group_id": group_id,
            "batch_id": batch_id,
            "number": number,
            "row_number": cell.row,
            "name": cell.name[:_LONGEST_NAME],
            "member_id": cell.member_id,
            "heading": cell.heading,
            "text": cell.text,
        }
        for number, cell in enumerate(new, (last or 0) + 1)
    ]
    for start in range(0, len(rows), _AT_ONCE):
        work.session.execute(insert(_EXTRA), rows[start : start + _AT_ONCE])


def forget_cells(work: UnitOfWork, group_id: GroupId, batch_id: int) -> None:
    """Forget what was kept with a file that is being undone; the caller commits."""
    work.session.execute(delete(_EXTRA).where(*_of(group_id, batch_id)))


def kept_with(
    session: Session, group_id: GroupId, batch_id: int, *, after_row: int = 0, at_most: int
) -> KeptTable:
    """Return what was kept with a file, `at_most` rows below `after_row`; without any, a table without lines."""
    of_batch = _of(group_id, batch_id)
    headings = session.scalars(
        select(_EXTRA.c.heading)
        .where(*of_batch)
        .group_by(_EXTRA.c.heading)
        .order_by(func.min(_EXTRA.c.number))
    ).all()
    numbers = session.scalars(
        select(_EXTRA.c.row_number).where(*of_batch).distinct().order_by(_EXTRA.c.row_number)
    ).all()
    below = [number for number in numbers if number > after_row]
    return KeptTable(
        headings=headings,
        lines=_lines(session, group_id, batch_id, headings, below[:at_most]),
        rows=len(numbers),
        following=max(0, len(below) - at_most),
    )


def _lines(
    session: Session, group_id: GroupId, batch_id: int, headings: Sequence[str], numbers: Sequence[int]
) -> list[KeptLine]:
    if not numbers:
        return []
    cells = session.execute(
        select(_EXTRA, _MEMBER.c.public_id)
        .select_from(_EXTRA)
        .outerjoin(_MEMBER, and_(_MEMBER.c.group_id == _EXTRA.c.group_id, _MEMBER.c.id == _EXTRA.c.member_id))
        .where(*_of(group_id, batch_id), _EXTRA.c.row_number.between(numbers[0], numbers[-1]))
        .order_by(_EXTRA.c.row_number, _EXTRA.c.number)
    )
    by_row: dict[int, list[Any]] = {}
    for cell in cells:
        by_row.setdefault(cell.row_number, []).append(cell)
    return [
        KeptLine(
            row=number,
            name=same[0].name,
            member_public_id=same[0].public_id or "",
            texts=[" · ".join(cell.text for cell in same if cell.heading == heading) for heading in headings],
        )
        for number, same in by_row.items()
    ]


def _kept_before(session: Session, group_id: GroupId, batch_id: int) -> frozenset[tuple[int, str, str]]:
    """Return row, heading and text of the cells that imports of the very same file hold."""
    this_file = select(_BATCH.c.file_hash).where(_BATCH.c.group_id == group_id, _BATCH.c.id == batch_id)
    rows = session.execute(
        select(_EXTRA.c.row_number, _EXTRA.c.heading, _EXTRA.c.text)
        .join(_BATCH, and_(_BATCH.c.group_id == _EXTRA.c.group_id, _BATCH.c.id == _EXTRA.c.batch_id))
        .where(
            _EXTRA.c.group_id == group_id,
            _BATCH.c.id != batch_id,
            _BATCH.c.state == "applied",
            _BATCH.c.file_hash == this_file.scalar_subquery(),
        )
    )
    return frozenset((row.row_number, row.heading, row.text) for row in rows)


def _of(group_id: GroupId, batch_id: int) -> tuple[Any, Any]:
    return _EXTRA.c.group_id == group_id, _EXTRA.c.batch_id == batch_id
