"""Proof: whatever anybody tries on the way into a group and out of it, a seat has one holder and nothing is left over."""

import argparse
import time as stopwatch
from pathlib import Path
from tempfile import TemporaryDirectory

from app import create_app
from app.core.clock import FixedClock
from app.core.ids import RandomIds
from app.extensions import db
from tests.support.engines import STARTS_AT, migrated_by_owner, settings_for
from tests.support.membership_machine import LivesOfMembers, live, lives_of_members, never_done
from tests.support.world import World

STEPS = 20_000
"""The promise."""
LIVES_A_TURN, STEPS_A_LIFE = 6, 80
STEPS_AN_ACT = 1_000
"""Each act must have been taken once in so many steps: one that was only ever refused proves nothing."""
_IN_MEMORY = Path("/dev/shm")  # noqa: S108  # a folder of our own is made within it


def main(arguments: list[str]) -> int:
    """Play lives on a fresh database until so many steps were taken or refused; each is looked at."""
    parser = argparse.ArgumentParser(prog="script/proof membership")
    parser.add_argument("--steps", type=int, default=STEPS)
    wanted = parser.parse_args(arguments).steps
    started = stopwatch.monotonic()
    memory = _IN_MEMORY if _IN_MEMORY.is_dir() else None
    with TemporaryDirectory(prefix="givefirst-membership-", dir=memory) as folder:
        machine = _play(Path(folder), wanted)
    done = ", ".join(f"{what} {count}" for what, count in sorted(machine.done.items()))
    print(
        f"{machine.taken} steps in {machine.lives} lives of groups, {stopwatch.monotonic() - started:.0f} s. Done: {done}."
    )
    if missed := never_done(machine, at_least=max(1, wanted // STEPS_AN_ACT)):
        print(f"This proves nothing of what was hardly ever done: {', '.join(missed)}.")
        return 1
    print(
        "One seat one holder, no task, call, first year or mentor without an owner, no word to or of the forgotten, "
        "no state out of the table."
    )
    return 0


def _play(folder: Path, wanted: int) -> type[LivesOfMembers]:
    settings = settings_for(folder, f"sqlite:///{folder / 'membership.db'}")
    migrated_by_owner(settings)
    app = create_app(settings, clock=FixedClock(STARTS_AT), ids=RandomIds(), testing=True)
    world = World(app)
    machine = lives_of_members(world)
    while machine.taken < wanted:
        live(machine, lives=LIVES_A_TURN, steps=STEPS_A_LIFE, shrinks=False)
    world.close()
    with app.app_context():
        db.engine.dispose()
    return machine
