"""A restore that is killed at every file operation in turn: run as a program of its own, which forks for each try."""

import json
import os
import shutil
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from app.core.keeping.digest import differences
from app.core.keeping.house import Place, back_up, restore
from app.core.keeping.sqlite import verified

_FATAL = frozenset(
    {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "sqlite3.connect", "fcntl.flock"}
)
_MOST = 500
_NOW = datetime(2026, 11, 24, tzinfo=UTC)


def kill_everywhere(folder: Path) -> list[str]:
    """Return, for each file operation at which a restore was killed, whether the `old` or the `new` data stands after it.

    `folder` holds `old.db` and `new.db`. Anything else that stands is told as it is.
    """
    new = Place(url=f"sqlite:///{folder / 'new.db'}", instance=folder, revisions={})
    source = folder / "new.givefirst-backup"
    expected_new = back_up(new, source, now=_NOW, tell=_silent).tables
    expected_old = verified(folder / "old.db", _silent)
    stands = []
    for number in range(1, _MOST):
        house = folder / f"house-{number}"
        house.mkdir()
        database = house / "givefirst.db"
        shutil.copyfile(folder / "old.db", database)
        was_killed = _restored_in_a_child(database, source, kill_at=number)
        found = verified(database, _silent)
        is_old, is_new = not differences(expected_old, found), not differences(expected_new, found)
        stands.append("old" if is_old else "new" if is_new else "neither")
        shutil.rmtree(house)
        if not was_killed:
            return stands
    raise RuntimeError(f"A restore did more than {_MOST} file operations.")


def _restored_in_a_child(database: Path, source: Path, *, kill_at: int) -> bool:
    """Restore in a child process that is killed at its file operation `kill_at`; return whether it came to that."""
    child = os.fork()
    if child == 0:
        _die_at(kill_at)
        place = Place(url=f"sqlite:///{database}", instance=database.parent, revisions={})
        restore(place, source, now=_NOW, known=lambda *_: True, tell=_silent)
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return True
    if os.WEXITSTATUS(status) != 0:
        raise RuntimeError("The restore failed by itself.")
    return False


def _die_at(number: int) -> None:
    counted = 0

    def count(event: str, _arguments: object) -> None:
        nonlocal counted
        if event in _FATAL:
            counted += 1
            if counted == number:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)


def _silent(_step: str, _done: int, _total: int) -> None:
    return None


if __name__ == "__main__":
    print(json.dumps(kill_everywhere(Path(sys.argv[1]))))
