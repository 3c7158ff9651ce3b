"""Taking the traces of deleted text out of the pages of the database: free pages and logs hold it until then."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine

BY_ITSELF_UP_TO_BYTES = 256 * 1024 * 1024
"""A larger file takes minutes to write anew, in which nobody could write: its keeper chooses the hour."""

_PATIENCE_SECONDS = 1.0


def wipe_traces(engine: Engine) -> bool:
    """Write the database anew without what was deleted; return whether that was done.

    Left for another time where the file is large or somebody is writing. PostgreSQL clears the tables that the role may
    clear, and its own autovacuum the others.
    """
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM")
        return True
    file = Path(engine.url.database or "")
    if not file.is_file() or file.stat().st_size > BY_ITSELF_UP_TO_BYTES:
        return False
    return _written_anew(file)


def _written_anew(file: Path) -> bool:
    with closing(sqlite3.connect(file, isolation_level=None, timeout=_PATIENCE_SECONDS)) as connection:
        try:
            connection.execute("PRAGMA secure_delete=ON")
            connection.execute("VACUUM")
            # The log holds the pages of before; it is emptied only where nobody reads an older state.
            busy, _log, _moved = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError:
            return False
    return not busy
