"""`python -m tests.bench.rebuild_case CASE FOLDER`: lose all records of a few groups, make them anew, and say what that took."""

import json
import sqlite3
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from statistics import median

from app import create_app
from app.core.groups.queries import all_groups
from app.core.work import HOUSE
from app.plugin_runtime.runtime import runtime
from app.plugins.credibility.services.rebuilding import rebuild_by_steps
from config import from_environment
from tests.bench.references import rebuilding as reference
from tests.bench.seed import database_in, environment_of

GROUPS = 10
PASSES = 41
"""How often the records are lost and made anew: one pass takes some ten milliseconds, in which a busy machine counts for too much."""


def main(arguments: Sequence[str]) -> None:
    """Run the case and print the CPU seconds of its middle pass and how many groups it was as one line of JSON."""
    case, folder = arguments[0], Path(arguments[1])
    groups = _groups_with_reports(folder)
    spent = {"product": _product, "reference": _reference}[case](folder, groups)
    print(json.dumps({"cpu_seconds": spent, "groups": len(groups)}))


def _product(folder: Path, groups: Sequence[int]) -> float:
    settings = environment_of(folder, port=8000)
    app = create_app(
        from_environment({name: value for name, value in settings.items() if name.startswith("GIVEFIRST_")})
    )
    held = runtime(app)
    with app.app_context(), held.new_session() as session:
        work = held.work(session, HOUSE)
        known = [group for group in all_groups(session) if group.id in groups]
        work.rollback()

        def rebuild_all() -> None:
            for group in known:
                for _step in rebuild_by_steps(work, group):
                    pass

        return _middle_pass(folder, rebuild_all)


def _reference(folder: Path, groups: Sequence[int]) -> float:
    with closing(sqlite3.connect(database_in(folder), isolation_level=None)) as connection:
        for setting in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {setting}")

        def rebuild_all() -> None:
            for group in groups:
                reference.rebuild(connection, group)

        return _middle_pass(folder, rebuild_all)


def _middle_pass(folder: Path, rebuild_all: Callable[[], None]) -> float:
    """Return what the middle one of all passes takes. The first compiles the product's statements, as a start does, and is not counted."""
    rebuild_all()
    spent = []
    for _pass in range(PASSES):
        _lose_records(folder)
        before = time.process_time()
        rebuild_all()
        spent.append(time.process_time() - before)
    return median(spent)


def _groups_with_reports(folder: Path) -> list[int]:
    with closing(sqlite3.connect(database_in(folder))) as connection:
        query = "SELECT group_id FROM credibility_evidence GROUP BY group_id ORDER BY count(*) DESC, group_id LIMIT ?"
        return [int(row[0]) for row in connection.execute(query, (GROUPS,))]


def _lose_records(folder: Path) -> None:
    with closing(sqlite3.connect(database_in(folder))) as connection:
        for table in ("pair", "standing"):
            connection.execute(f"DELETE FROM credibility_{table}")
        connection.commit()


if __name__ == "__main__":
    main(sys.argv[1:])
