"""How rows are kept: the declarative base, instants in UTC, and engines whose settings are set and read back.

SQLite is driven in autocommit with an explicit BEGIN: `BEGIN IMMEDIATE` where a write may follow, a plain
`BEGIN` with `query_only` where it may not (GET and HEAD), so that a write in a GET fails instead of hiding,
and two writers queue instead of failing with "database is locked".
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, Final, Literal

from sqlalchemy import (
    BigInteger,
    Connection,
    Dialect,
    Engine,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    event,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine.interfaces import DBAPIConnection, ExceptionContext
from sqlalchemy.orm import DeclarativeBase, registry
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator, TypeEngine

TransactionMode = Literal["read", "write"]

_transaction_mode: ContextVar[TransactionMode] = ContextVar("givefirst_transaction_mode", default="write")

SQLITE_SETTINGS: Final = (
    # busy_timeout first: without it the switch to WAL itself fails when two processes start together.
    ("busy_timeout", "10000", "10000"),
    ("journal_mode", "WAL", "wal"),
    ("synchronous", "FULL", "2"),
    ("foreign_keys", "ON", "1"),
    ("secure_delete", "ON", "1"),
    ("recursive_triggers", "ON", "1"),
    ("trusted_schema", "OFF", "0"),
)
"""Name, value to set, value to read back. NORMAL lost acknowledged writes in simulated power cuts; FULL none."""


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware in Python, UTC in the database; a naive value is refused with the value in the message.

    PostgreSQL keeps a `timestamptz`; SQLite keeps text of fixed width (`2026-11-24T07:00:00.000000Z`), so that
    comparing the text compares the instants.
    """

    impl = String(27)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(postgresql.TIMESTAMP(timezone=True))
        return dialect.type_descriptor(String(27))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone; pass an aware instant such as clock.now().")
        if dialect.name == "postgresql":
            return value
        return utc_text(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if isinstance(value, str):
            return datetime.fromisoformat(value)
        return value.astimezone(UTC)  # type: ignore[no-any-return]  # psycopg returns datetime, typed Any here


def utc_text(instant: datetime) -> str:
    """Return `instant` as the fixed-width UTC text that SQLite keeps and the ledger hashes."""
    # isoformat pads years before 1000; strftime does not, and the order of the texts would not be that of the instants.
    return instant.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


THE_ROW: Final = "the row"
"""Text of somebody whom its row is about and who is no person of the house: gone when the row expires, by the plugin's job."""

THE_GROUP: Final = "the group"
"""The group's own words: about nobody, so no export and no erasure of a person reaches them."""

BY_HAND: Final = "by hand"
"""No key tells whose text it is: `erase_person` of the component finds it."""

LABELS_OF_STRANGERS: Final = frozenset({"visitor", "prospect", "applicant", "referee"})
"""Under these labels a text is of `THE_ROW` unless it says something else."""

Paths = str | tuple[str, ...]
ErasedAs = Literal["text", "row"]


class PersonalText(TypeDecorator[str]):
    """Text about a person, labelled with what it is, and declaring whose it is; every other text column holds none.

    `label`: `profile`, `contact`, `note`, `reason`, `prospect`, `visitor`, `mail`. Whose it is, is said by columns of the
    same table that point at a member or a person (`member_id`), or by a way there (`slip_id.giver_member_id`):

    * `of`: theirs, as its author or its subject. Exported to them and erased with any of them.
    * `told`: they may read it, though it is not theirs. Exported to them, kept when they are erased.
    * `about`: about them and kept from them, such as an office's notes. Erased with them, in no export of theirs.

    In place of columns `of` may be `THE_ROW`, `THE_GROUP` or `BY_HAND`. `erased="row"` takes the whole row away,
    otherwise the text is emptied and the row still counts. docs/person-data.md explains it with examples.
    """

    impl = Text
    cache_ok = True

    def __init__(  # a declaration names each part
        self,
        label: str,
        length: int | None = None,
        *,
        of: Paths = (),
        told: Paths = (),
        about: Paths = (),
        erased: ErasedAs = "text",
    ) -> None:
        super().__init__(length)
        self.label, self.of = label, whose(label, of)
        self.told, self.about, self.erased = as_paths(told), as_paths(about), erased


class PersonalBytes(TypeDecorator[bytes]):
    """A picture or recording of a person, labelled and declared like `PersonalText`."""

    impl = LargeBinary
    cache_ok = True

    def __init__(
        self,
        label: str,
        *,
        of: Paths = (),
        told: Paths = (),
        about: Paths = (),
        erased: ErasedAs = "text",
    ) -> None:
        super().__init__()
        self.label, self.of = label, whose(label, of)
        self.told, self.about, self.erased = as_paths(told), as_paths(about), erased


def whose(label: str, of: Paths) -> tuple[str, ...]:
    """Return whose a text is: as declared, else that of its row where the label is one of strangers."""
    return as_paths(of) or ((THE_ROW,) if label in LABELS_OF_STRANGERS else ())


def as_paths(given: Paths) -> tuple[str, ...]:
    """Return one path or several as several."""
    return (given,) if isinstance(given, str) else tuple(given)


class Base(DeclarativeBase):
    """The base of every table, of core and of plugins."""

    registry = registry(
        metadata=MetaData(
            naming_convention={
                "ix": "ix_%(table_name)s_%(column_0_N_name)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
        type_annotation_map={datetime: UtcDateTime, int: BigInteger},
    )


def table_of(row: type[Base]) -> Table:
    """Return the table of an ORM class, for statements that need no objects."""
    table = row.__table__
    if not isinstance(table, Table):
        raise TypeError(f"{row.__name__} is mapped to {table!r}, not to one table.")
    return table


@contextmanager
def transaction_mode(mode: TransactionMode) -> Iterator[None]:
    """Make transactions that begin in this block read-only (`read`) or ready to write at once (`write`)."""
    token = _transaction_mode.set(mode)
    try:
        yield
    finally:
        _transaction_mode.reset(token)


def begin_in(mode: TransactionMode) -> None:
    """Set the mode for the rest of this context (one web request); `transaction_mode` is for a block."""
    _transaction_mode.set(mode)


def may_only_read() -> bool:
    """Return whether transactions that begin here may not write: in a GET, and in a block that says so."""
    return _transaction_mode.get() == "read"


ENGINE_OPTIONS: Final = {"hide_parameters": True}
"""What every engine is made with: a statement that fails is told without its values, which are people's own."""


def prepare_engine(engine: Engine) -> None:
    """Attach the settings of the engine's database to every connection it opens."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return
    event.listen(engine, "begin", _begin_postgresql)
    event.listen(engine, "handle_error", _leave_out_values)


def _leave_out_values(context: ExceptionContext) -> None:
    """Leave in a failure what went wrong and where. PostgreSQL tells the row as well, and what is told comes into logs."""
    told, wrapped = context.original_exception, context.sqlalchemy_exception
    told.args = tuple(str(part).partition("\n")[0] for part in told.args)
    if wrapped is not None:
        wrapped.args = (f"({type(told).__module__}.{type(told).__name__}) {told}",)


def _set_up_sqlite(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for name, value, expected in SQLITE_SETTINGS:
        cursor.execute(f"PRAGMA {name}={value}")
        cursor.execute(f"PRAGMA {name}")
        found = str((cursor.fetchone() or ("nothing",))[0])
        if found != expected:
            raise RuntimeError(
                f"SQLite refused PRAGMA {name}={value}: it reads back {found}, expected {expected}."
            )
    cursor.close()
    entry.info["query_only"] = False


def _begin_sqlite(connection: Connection) -> None:
    mode = connection.get_execution_options().get("givefirst_transaction") or _transaction_mode.get()
    pooled = connection.connection
    driver: Any = pooled.dbapi_connection
    read_only = mode == "read"
    if pooled.info.get("query_only") != read_only:
        driver.execute(f"PRAGMA query_only={'ON' if read_only else 'OFF'}")
        pooled.info["query_only"] = read_only
    driver.execute("BEGIN" if read_only else "BEGIN IMMEDIATE")


def _begin_postgresql(connection: Connection) -> None:
    mode = connection.get_execution_options().get("givefirst_transaction") or _transaction_mode.get()
    driver: Any = connection.connection.dbapi_connection
    if driver.read_only != (mode == "read"):
        driver.read_only = mode == "read"
