"""The way to the sealed tables on PostgreSQL: functions of their owner, since the role that serves pages may not touch the tables.

Each takes the group first and touches rows of that group alone; migration 0005 makes them. SQLite has no roles: there
`queries.secret` and the store ask the tables.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import Result, text
from sqlalchemy.orm import Session

_TYPES: Final[Mapping[str, str]] = {
    "group": "bigint",
    "facet": "text",
    "member": "bigint",
    "members": "bigint[]",
    "kept": "bigint",
    "gone": "bigint",
    "id": "bigint",
    "ids": "bigint[]",
    "public_id": "text",
    "is_frozen": "boolean",
    "weight": "double precision",
    "voice": "text",
    "week": "date",
    "rows": "json",
}
"""What each argument is called, and its type."""


def is_behind_functions(session: Session) -> bool:
    """Return whether the tables are reached through functions alone: on PostgreSQL."""
    return session.get_bind().dialect.name == "postgresql"


def call(session: Session, function: str, **arguments: Any) -> Result[Any]:
    """Call `sealed.credibility_<function>`; what it returns are rows, as the table has them."""
    given = ", ".join(f"p_{name} => CAST(:{name} AS {_TYPES[name]})" for name in arguments)
    statement = f"SELECT * FROM sealed.credibility_{function}({given})"  # noqa: S608  # names of our own, values bound
    return session.execute(text(statement), {name: _plain(value) for name, value in arguments.items()})


def rows_of(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return rows as the functions take them. Doubles keep their bits: the shortest digits that read back as the same."""
    return json.dumps([dict(row) for row in rows], default=date.isoformat, allow_nan=False)


def _plain(value: Any) -> Any:
    is_several = isinstance(value, Collection) and not isinstance(value, str)
    return sorted(value) if is_several else value
