"""Whose is each text about a person? Read from the declarations of the models, never from a list kept by hand."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Column, ColumnElement, ForeignKeyConstraint, Table, and_, or_, select
from sqlalchemy.orm import DeclarativeBase

from app.core.database import BY_HAND, THE_GROUP, THE_ROW
from app.core.ids import GroupId, MemberId, PersonId

MEMBER, PERSON = "member", "person"
PEOPLE = (MEMBER, PERSON)
WITHOUT_COLUMNS = frozenset({BY_HAND, THE_GROUP, THE_ROW})

GONE_BY_ITSELF = ("expires_", "forgotten_", "redacted_", "erased_")
"""How the column begins that says until when, or since when, the text of somebody outside the house is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """One person with the record they have in each group."""

    person_id: PersonId
    members: tuple[tuple[GroupId, MemberId], ...]


@dataclass(frozen=True, kw_only=True)
class Declared:
    """One labelled column with whom each of its ways leads to."""

    table: Table
    column: Column[object]
    label: str
    of: tuple[str, ...]
    told: tuple[str, ...]
    about: tuple[str, ...]
    takes_row: bool

    @property
    def name(self) -> str:
        """The column as an author looks for it: `table.column`."""
        return f"{self.table.name}.{self.column.name}"

    @property
    def erased_with(self) -> tuple[str, ...]:
        """The ways to those with whose erasure the text goes."""
        return _columns_of(self.of) + self.about

    @property
    def exported_to(self) -> tuple[str, ...]:
        """The ways to those who get the text in their export."""
        return _columns_of(self.of) + self.told


def labelled(tables: Iterable[Table]) -> Iterator[Declared]:
    """Yield every labelled column: those that name a label and whose the text is."""
    for table in tables:
        for column in table.columns:
            label = getattr(column.type, "label", None)
            if isinstance(label, str):
                yield Declared(
                    table=table,
                    column=column,
                    label=label,
                    of=getattr(column.type, "of", ()),
                    told=getattr(column.type, "told", ()),
                    about=getattr(column.type, "about", ()),
                    takes_row=getattr(column.type, "erased", "text") == "row",
                )


def faults_of(one: Declared) -> list[str]:
    """Return what is missing in or wrong with a declaration, each with what to write; nothing where it is whole."""
    if not one.of and not one.about:
        return [
            f'{one.name} does not say whose it is: write of="member_id", or what docs/person-data.md names'
        ]
    faults = [fault for path in (*one.erased_with, *one.told) if (fault := _fault_of_way(one, path))]
    if THE_ROW in one.of and not _goes_by_itself(one.table):
        faults.append(
            f"{one.name} is of somebody outside the house and the table has no day on which it goes: "
            'add expires_on with a job, or write of="visitor_id" for the row it belongs to'
        )
    return faults


def leads_to(table: Table, path: str) -> Table:
    """Return the table at the end of a way; raises ValueError where there is no such way."""
    if path == "id" and table.name in PEOPLE:
        return table
    first, _dot, rest = path.partition(".")
    _own, parent, _their = _step(table, first)
    return leads_to(parent, rest) if rest else parent


def rows_of(
    table: Table, paths: Iterable[str], *, group_id: GroupId | None, key: int
) -> ColumnElement[bool] | None:
    """Return the condition for the rows of `table` from which one of `paths` leads to the member or person `key`.

    With a group only ways to its members count, without one only ways to people; None where no way does.
    """
    wanted = PERSON if group_id is None else MEMBER
    found = [
        _condition(table, path, group_id=group_id, key=key)
        for path in paths
        if leads_to(table, path).name == wanted
    ]
    return or_(*found) if found else None


def ways_to_people(table: Table) -> list[str]:
    """Return the columns of a table that point at a member or a person."""
    keys = [key for key in _foreign_keys(table) if key.referred_table.name in PEOPLE]
    return [name for key in keys for name in key.column_keys if name != "group_id"]


def tables_of(base: type[DeclarativeBase], there: Iterable[str]) -> list[Table]:
    """Return the tables that the models know and the database has, those that others point at first."""
    names = frozenset(there)
    return [table for table in base.metadata.sorted_tables if table.name in names]


def _condition(table: Table, path: str, *, group_id: GroupId | None, key: int) -> ColumnElement[bool]:
    of_group = [table.c.group_id == group_id] if group_id is not None else []
    first, _dot, rest = path.partition(".")
    if not rest:
        return and_(*of_group, table.c[first] == key)
    own, parent, their = _step(table, first)
    inner = select(parent.c[their]).where(_condition(parent, rest, group_id=group_id, key=key))
    return and_(*of_group, table.c[own].in_(inner))


def _step(table: Table, column: str) -> tuple[str, Table, str]:
    """Return the column, the table that it points at, and the column there."""
    for key in _foreign_keys(table):
        pairs = [(own, their.column.name) for own, their in zip(key.column_keys, key.elements, strict=True)]
        beside = [pair for pair in pairs if pair[0] != "group_id"]
        if [own for own, _their in beside] == [column]:
            return column, key.referred_table, beside[0][1]
    raise ValueError(f"{table.name}.{column} points at nothing")


def _foreign_keys(table: Table) -> list[ForeignKeyConstraint]:
    return [one for one in table.constraints if isinstance(one, ForeignKeyConstraint)]


def _columns_of(of: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(path for path in of if path not in WITHOUT_COLUMNS)


def _fault_of_way(one: Declared, path: str) -> str:
    try:
        end = leads_to(one.table, path)
    except ValueError as lost:
        return f"{one.name}: {path!r} is no way to a member or a person ({lost})"
    if end.name in PEOPLE or _goes_by_itself(end):
        return ""
    return f"{one.name}: {path!r} leads to {end.name}, which is no person and does not go by itself"


def _goes_by_itself(table: Table) -> bool:
    return any(column.name.startswith(GONE_BY_ITSELF) for column in table.columns)
