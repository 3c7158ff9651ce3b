"""Everything the house holds of one member, by the declarations of the models: what they may read, and nothing of others."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Date,
    Integer,
    LargeBinary,
    String,
    Table,
    Time,
    or_,
    select,
)
from sqlalchemy.orm import Session

from app.core.database import UtcDateTime, table_of
from app.core.groups.models import MemberRow
from app.core.ids import GroupId
from app.core.people.models import PersonRow
from app.core.person_data.declared import MEMBER, Declared, Keys, labelled, leads_to, rows_of, ways_to_people
from app.core.person_data.erasing import tables_there
from app.core.person_data.exported import Exported, Told

_SECRET = re.compile(r"(^|_)(hash|key|token|secret|boot|proof|previous|id|version|number|serial)$")
"""Keys, hashes and counters: they open or say nothing outside the database."""

_OWN = ("member_id", "person_id")
"""Rows that stand under these names are the member's as a whole; of others only what is declared theirs is told."""


def exported_of(session: Session, keys: Keys, group_id: GroupId | None) -> list[Exported]:
    """Return what every table holds of the person in a group; without a group what belongs to none, such as the name."""
    key = keys.person_id if group_id is None else dict(keys.members)[group_id]
    names = _names(session, group_id)
    found = []
    for table in tables_there(session):
        rows = _rows(session, table, group_id=group_id, key=key)
        if rows:
            found.append(_exported(table, rows, key, names))
    return found


def _rows(session: Session, table: Table, *, group_id: GroupId | None, key: int) -> Sequence[Any]:
    """Return the rows that are the person's, or in which something is; `may_<column>` says whether a text is for them."""
    may: dict[str, ColumnElement[bool]] = {}
    for one in labelled([table]):
        condition = rows_of(table, one.exported_to, group_id=group_id, key=key)
        if condition is not None:
            may[one.column.name] = condition
    whole = rows_of(table, _own_ways(table), group_id=group_id, key=key)
    conditions = [*may.values(), *([whole] if whole is not None else [])]
    if not conditions:
        return []
    told = [condition.label(f"may_{name}") for name, condition in may.items()]
    is_own = [whole.label("is_own")] if whole is not None else []
    return session.execute(
        select(*table.columns, *told, *is_own).where(or_(*conditions)).order_by(*table.primary_key.columns)
    ).all()


def _own_ways(table: Table) -> list[str]:
    """Return the columns under which a row is the member's as a whole; none where something in it is kept from them."""
    kept_from = {path for one in labelled([table]) for path in one.about}
    return [name for name in ways_to_people(table) if name in _OWN and name not in kept_from]


def _exported(table: Table, rows: Sequence[Any], key: int, names: Mapping[int, str]) -> Exported:
    lines: list[dict[str, Told]] = []
    pictures: dict[str, bytes] = {}
    for number, row in enumerate(rows, 1):
        lines.append(_line(table, row, key, names))
        for one in labelled([table]):
            value = getattr(row, one.column.name)
            if isinstance(value, bytes) and value and getattr(row, f"may_{one.column.name}", False):
                pictures[f"{table.name}-{one.column.name}-{number}"] = value
    return Exported(name=table.name, rows=lines, pictures=pictures)


def _line(table: Table, row: Any, key: int, names: Mapping[int, str]) -> dict[str, Told]:
    """Return one row as it is told: own texts, days, in own rows the codes and numbers too, and the names of the others."""
    texts = {one.column.name: one for one in labelled([table])}
    people = set(_people_in(table, list(texts.values())))
    is_own = bool(getattr(row, "is_own", False))
    line: dict[str, Told] = {}
    for column in table.columns:
        value = getattr(row, column.name)
        if column.name in people:
            if value is not None and value != key:
                line[column.name.removesuffix("_member_id").removesuffix("_id")] = names.get(value, "")
        elif column.name in texts:
            if getattr(row, f"may_{column.name}", False) and not isinstance(value, bytes):
                line[column.name] = value
        elif _is_told(column, is_own=is_own):
            line[column.name.removesuffix("_utc")] = _written(value)
    return line


def _people_in(table: Table, texts: Sequence[Declared]) -> list[str]:
    """Return the columns of members whom the owner of the row may know by it: those whose texts these are."""
    paths = {path for one in texts for path in one.exported_to if "." not in path and path != "id"}
    return [path for path in paths if leads_to(table, path).name == MEMBER]


def _is_told(column: Column[Any], *, is_own: bool) -> bool:
    if (column.primary_key and column.name == "id") or _SECRET.search(column.name):
        return False
    if isinstance(column.type, UtcDateTime | Date):
        return True
    return (
        is_own
        and isinstance(column.type, String | Integer | Boolean | Time)
        and not isinstance(column.type, LargeBinary)
    )


def _written(value: Any) -> Told:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return value if isinstance(value, str | int | bool) else None


def _names(session: Session, group_id: GroupId | None) -> dict[int, str]:
    """Return the names of everybody in the group by their member's key."""
    if group_id is None:
        return {}
    member, person = table_of(MemberRow), table_of(PersonRow)
    rows = session.execute(
        select(member.c.id, person.c.name)
        .join(person, person.c.id == member.c.person_id)
        .where(member.c.group_id == group_id)
    )
    return {row.id: row.name for row in rows}
