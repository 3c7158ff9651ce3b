"""A process killed before any statement of an import, or of its undoing, leaves the old state or the new one."""

import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from signal import SIGKILL
from subprocess import PIPE

import pytest

from app.core.groups.domain.standing import Group
from config import Config
from tests.support.imports import applied, looked_at
from tests.support.sheets import Grid, csv_bytes
from tests.support.world import World

ROOT = Path(__file__).resolve().parents[2]
FEWEST_STATEMENTS = 12
"""An act of fewer would mean that the counting does not see them."""
STEP = {"apply": 1, "undo": 6}
"""Before every statement of an import; before every sixth of an undoing, most of which look for traces."""
EVERY_TABLE = (
    "person", "member", "membership", "meeting", "attendance_mark", "attendance_record", "import_effect",
    "import_extra", "import_alias", "ledger_entry",
)  # fmt: skip
ROSTER: Grid = [
    ("First Name", "Last Name", "email", "Profession", "Region"),
    ("Ana", "Silva", "ana@silva.example", "Baker", "North"),
    ("Raj", "Patel", "raj@patel.example", "Painter", "South"),
]
WEEKS: Grid = [
    ["First Name", "Last Name", "2026-11-03", "2026-11-10"],
    ["Ana", "Silva", "P", "L"],
    ["Raj", "Patel", "A", "P"],
]


@contextmanager
def killer(settings: Config, act: str, group: Group, batch: str) -> Iterator[Callable[[int], int]]:
    """Lend what does the act in a process that dies before the given statement, and tells its exit code."""
    command = [sys.executable, "-m", "tests.support.killed_import", act, settings.database_url]
    command += [str(settings.instance), group.slug, batch]
    with subprocess.Popen(command, cwd=ROOT, stdin=PIPE, stdout=PIPE, text=True) as process:
        asked, told = process.stdin, process.stdout
        assert asked is not None
        assert told is not None

        def killed_before(statement: int) -> int:
            asked.write(f"{statement}\n")
            asked.flush()
            return int(told.readline())

        yield killed_before
        asked.close()


def counted(world: World) -> Sequence[object]:
    """Return how many rows every table has that an import touches, with the state of each file."""
    session = world.work().session
    states = (
        session.connection().exec_driver_sql("SELECT state FROM import_batch ORDER BY id").scalars().all()
    )
    session.rollback()
    return [*(world.rows(name) for name in EVERY_TABLE), *states]


@pytest.mark.parametrize("act", ["apply", "undo"])
@pytest.mark.parametrize("grid", [ROSTER, WEEKS], ids=["roster", "weeks"])
def test_killed_at_any_moment_leaves_the_old_state_or_the_new(
    world: World, settings: Config, grid: Grid, act: str
) -> None:
    group = world.group()
    if grid is WEEKS:
        world.member(group, "Ana Silva"), world.member(group, "Raj Patel")
    batch, _shown = looked_at(world, group, csv_bytes(grid))
    if act == "undo":
        applied(world, group, batch)
    old = counted(world)
    with killer(settings, act, group, batch) as killed_before:
        statement = 1
        while (ended := killed_before(statement)) == -SIGKILL:
            assert counted(world) == old, f"killed before statement {statement}"
            statement += STEP[act]
    print(f"{act}: killed before {statement // STEP[act]} of about {statement} statements")
    assert ended == 0
    assert statement > FEWEST_STATEMENTS
    assert counted(world) != old
    world.assert_ledger_whole(group)
