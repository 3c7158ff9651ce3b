"""Words that stand nowhere else, written into every labelled column of somebody, and looked for afterwards in every store.

What is planted is found from the declarations of the models and never from a list, so a new table is tried with the first run.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Time,
    and_,
    delete,
    insert,
    select,
    true,
    update,
)
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from app.core.database import BY_HAND, THE_ROW, UtcDateTime, table_of
from app.core.ledger.models import LedgerEntryRow, LedgerReasonRow
from app.core.person_data.declared import Declared, Keys, labelled, leads_to, rows_of
from app.core.person_data.erasing import tables_there

ROWS_OF_A_COLUMN = 20
TAG = b"ortolan"
_CHOICE = re.compile(r"(\w+) IN \('(\w+)'")


@dataclass(kw_only=True)
class Canaries:
    """Which word was planted where; `unplanted` are columns in which nobody had a row and none could be made."""

    planted: dict[str, str] = field(default_factory=dict)
    unplanted: list[str] = field(default_factory=list)
    made: list[tuple[Table, dict[str, Any]]] = field(default_factory=list)

    def word(self, place: str) -> str:
        """Return a new word and note where it goes."""
        word = f"{TAG.decode()}{len(self.planted):05d}q"
        self.planted[word] = place
        return word

    def found_in(self, said: bytes) -> set[str]:
        """Return where each of the words was planted that stands in `said`."""
        words = {match.decode() for match in re.findall(TAG + rb"\d{5}q", said)}
        return {self.planted[word] for word in words if word in self.planted}


def plant_in_person(session: Session, canaries: Canaries, keys: Keys) -> None:
    """Write words into everything that is the person's, and their name where no key leads to them."""
    tables = tables_there(session)
    for table in tables:
        for one in labelled([table]):
            if one.erased_with and _leads_to_person(one) and not _planted(session, canaries, one, keys):
                _made(session, canaries, keys, table)
                if not _planted(session, canaries, one, keys):
                    canaries.unplanted.append(one.name)
    _reasons(session, canaries, keys)
    name = (
        session.connection()
        .exec_driver_sql(f"SELECT name FROM person WHERE id = {keys.person_id}")
        .scalar_one()
    )
    for table in tables:
        for one in labelled([table]):
            if BY_HAND in one.of and table.name != "ledger_reason" and not _named(session, one, keys, name):
                _made(session, canaries, keys, table)
                if not _named(session, one, keys, name):
                    canaries.unplanted.append(one.name)


def plant_in_strangers(session: Session, canaries: Canaries, keys: Keys) -> None:
    """Write words into what groups keep of visitors, prospects and others outside the house, where it has an end."""
    of_groups = [table for table in tables_there(session) if "group_id" in table.c]
    for table in of_groups:
        for one in labelled([table]):
            if THE_ROW in one.of or (one.of and one.erased_with and not _leads_to_person(one)):
                ends = [column for column in table.columns if column.name.startswith("expires_")]
                condition = and_(true(), *(column.is_not(None) for column in ends))
                if not _write(session, canaries, one, condition):
                    _made(session, canaries, keys, table)
                    if not _write(session, canaries, one, condition):
                        canaries.unplanted.append(one.name)


def take_made_rows_away(session: Session, canaries: Canaries) -> None:
    """Remove the rows that were made up, where they are still there: no job of the house could read their codes."""
    for table, key in reversed(canaries.made):
        if not any(column.name.startswith("expires_") for column in table.columns):
            session.execute(delete(table).where(*(table.c[name] == value for name, value in key.items())))


def found_in_tables(session: Session, canaries: Canaries) -> dict[str, set[str]]:
    """Return for each table of the database, known or not, what still stands in it."""
    there = MetaData()
    there.reflect(session.connection())
    found: dict[str, set[str]] = {}
    for table in there.sorted_tables:
        for row in session.execute(select(table)):
            if seen := canaries.found_in(repr(tuple(row)).encode()):
                found.setdefault(table.name, set()).update(seen)
    return found


def found_in_files(files: Iterable[Path], canaries: Canaries) -> dict[str, set[str]]:
    """Return for each file what still stands in its bytes."""
    seen = {file.name: canaries.found_in(file.read_bytes()) for file in files if file.is_file()}
    return {name: words for name, words in seen.items() if words}


def _leads_to_person(one: Declared) -> bool:
    return any(leads_to(one.table, path).name in {"member", "person"} for path in one.erased_with)


def _places(keys: Keys) -> Iterator[tuple[Any, int]]:
    yield from keys.members
    yield None, keys.person_id


def _planted(session: Session, canaries: Canaries, one: Declared, keys: Keys) -> bool:
    written = 0
    for group_id, key in _places(keys):
        condition = rows_of(one.table, one.erased_with, group_id=group_id, key=key)
        if condition is not None:
            written += _write(session, canaries, one, condition)
    return written > 0


def _write(session: Session, canaries: Canaries, one: Declared, condition: Any) -> int:
    keys = list(one.table.primary_key.columns)
    rows = session.execute(select(*keys).where(condition).limit(ROWS_OF_A_COLUMN)).all()
    for row in rows:
        word: Any = canaries.word(one.name)
        if isinstance(getattr(one.column.type, "impl_instance", one.column.type), LargeBinary):
            word = word.encode()
        this = and_(*(column == getattr(row, column.name) for column in keys))
        session.execute(update(one.table).where(this).values({one.column.name: word}))
    return len(rows)


def _named(session: Session, one: Declared, keys: Keys, name: str) -> int:
    """Write the person's name into a few rows of their groups, as somebody typed it."""
    columns = list(one.table.primary_key.columns)
    groups = [group_id for group_id, _member_id in keys.members]
    rows = session.execute(select(*columns).where(one.table.c.group_id.in_(groups)).limit(3)).all()
    for row in rows:
        this = and_(*(column == getattr(row, column.name) for column in columns))
        session.execute(update(one.table).where(this).values({one.column.name: name}))
    return len(rows)


def _reasons(session: Session, canaries: Canaries, keys: Keys) -> None:
    """Write a reason beside an entry of each group that is about the person."""
    entry, reason = table_of(LedgerEntryRow), table_of(LedgerReasonRow)
    for group_id, member_id in keys.members:
        sequence = session.scalar(
            select(entry.c.sequence)
            .where(entry.c.group_id == group_id, entry.c.facts.contains(f'"member_id":{member_id}'))
            .limit(1)
        )
        is_free = select(reason.c.sequence).where(
            reason.c.group_id == group_id, reason.c.sequence == sequence
        )
        if sequence is not None and session.scalar(is_free) is None:
            values = {
                "group_id": group_id,
                "sequence": sequence,
                "reason": canaries.word("ledger_reason.reason"),
            }
            session.execute(insert(reason).values(values))


def _made(session: Session, canaries: Canaries, keys: Keys, table: Table) -> None:
    """Put one row of the person's into a table where they have none, as far as its keys and rules let one be made up."""
    if not keys.members:
        return
    group_id, member_id = keys.members[0]
    others = iter(
        session.scalars(
            select(Table("member", MetaData(), Column("id", BigInteger), Column("group_id", BigInteger)).c.id)
        ).all()
    )
    values: dict[str, Any] = {"group_id": group_id} if "group_id" in table.c else {}
    choices = _choices(table)
    for number, key in enumerate(_keys_out(table)):
        own = [name for name in key.column_keys if name != "group_id"]
        target = key.referred_table
        if not own:
            continue
        if target.name == "person":
            values[own[0]] = keys.person_id
        elif target.name == "member":
            values[own[0]] = member_id if number == 0 or not _has_member(values, table) else next(others)
        else:
            values.update(_any_row(session, key, group_id))
    for number, column in enumerate(table.columns):
        if column.name not in values:
            values[column.name] = choices.get(column.name) or _made_up(column, number)
    try:
        with session.begin_nested():
            session.execute(insert(table).values(values))
    except (IntegrityError, DBAPIError):
        return
    canaries.made.append((table, {column.name: values[column.name] for column in table.primary_key}))


def _has_member(values: dict[str, Any], table: Table) -> bool:
    return any(
        name in values
        for key in _keys_out(table)
        if key.referred_table.name == "member"
        for name in key.column_keys
        if name != "group_id"
    )


def _any_row(session: Session, key: ForeignKeyConstraint, group_id: int) -> dict[str, Any]:
    target = key.referred_table
    query = select(*[element.column for element in key.elements])
    if "group_id" in target.c:
        query = query.where(target.c.group_id == group_id)
    row = session.execute(query.limit(1)).first()
    if row is None:
        return {name: None for name in key.column_keys if name != "group_id"}
    return dict(zip(key.column_keys, row, strict=True))


def _keys_out(table: Table) -> list[ForeignKeyConstraint]:
    found = [one for one in table.constraints if isinstance(one, ForeignKeyConstraint)]
    return sorted(found, key=lambda key: [table.c[name].name for name in key.column_keys])


def _choices(table: Table) -> dict[str, str]:
    texts = [str(one.sqltext) for one in table.constraints if isinstance(one, CheckConstraint)]
    return dict(pair for text in texts for pair in _CHOICE.findall(text))


def _made_up(column: Column[Any], number: int) -> Any:
    kind = column.type
    if isinstance(kind, UtcDateTime):
        return datetime.fromisoformat("2026-01-01T00:00:00+00:00")
    if isinstance(kind, Date):
        return date(2026, 1, 1)
    if isinstance(kind, Time):
        return time(7)
    if isinstance(kind, Boolean):
        return False
    if isinstance(kind, BigInteger) and column.primary_key:
        return 4_000_000 + number
    if isinstance(kind, BigInteger | Integer | SmallInteger):
        return 1
    if isinstance(getattr(kind, "impl_instance", kind), LargeBinary):
        return b"x"
    return f"x{number}"[: getattr(kind, "length", None) or 8]
