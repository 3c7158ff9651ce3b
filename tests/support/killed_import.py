"""Applies or undoes an import in processes that are killed, as by a power cut, right before one statement of the act.

Run as `python -m tests.support.killed_import ACT URL FOLDER GROUP BATCH`: for each number N on its standard input it
forks a process that does the act and dies by SIGKILL before the N-th statement, the commit counted as one; it answers
with that process's exit code.
"""

import os
import signal
import sys
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import event

from app import create_app
from app.core.clock import FixedClock
from app.core.groups.queries import group_by_slug, switched_on
from app.core.intake.kinds import kinds_of
from app.core.intake.services import apply_batch, undo_batch
from app.core.work import HOUSE
from app.extensions import db
from app.plugin_runtime.runtime import runtime
from tests.support.engines import STARTS_AT, settings_for


class Fuse:
    """Counts statements and ends this process before the one that was chosen."""

    def __init__(self, at: int) -> None:
        self._at = at
        self.burnt = 0

    def burn(self, *_of_the_event: Any) -> None:
        """Count one statement, or the commit."""
        self.burnt += 1
        if self.burnt == self._at:
            os.kill(os.getpid(), signal.SIGKILL)


def act_until_killed(app: Flask, act: str, slug: str, batch: str, *, at: int) -> None:
    """Do the act until the fuse has burnt down."""
    held = runtime(app)
    fuse = Fuse(at)
    with app.test_request_context(), held.new_session() as session:
        work = held.work(session, HOUSE)
        group = group_by_slug(session, slug)
        if group is None:
            raise LookupError(f"There is no group {slug!r}.")
        kinds = kinds_of(held.registry.importers(switched_on(session, group.id)))
        event.listen(db.engine, "before_cursor_execute", fuse.burn)
        event.listen(db.engine, "commit", fuse.burn)
        if act == "apply":
            apply_batch(work, group, batch, kinds)
        else:
            undo_batch(work, group, batch, kinds, also_touched=frozenset(), by=None)
        work.commit()


def serve(act: str, url: str, folder: str, slug: str, batch: str) -> None:
    """Fork a process for each number that is asked for, and answer with how it ended.

    The application is made once and has no connection yet when it is forked.
    """
    app = create_app(settings_for(Path(folder), url), clock=FixedClock(STARTS_AT), testing=True)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            act_until_killed(app, act, slug, batch, at=int(line))
            os._exit(0)
        _pid, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    serve(*sys.argv[1:6])
