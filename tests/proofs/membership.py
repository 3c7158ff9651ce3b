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
from tests.support.membership_machine import LivesOfMembers, live, lives_of_members
from tests.support.world import World

STEPS = 20_000
"""The promise."""
LIVES_A_TURN, STEPS_A_LIFE = 20, 100


def main(arguments: list[str]) -> int:
    """Play lives on a fresh database until so many steps were taken or refused; each is looked at."""
    parser = argparse.ArgumentParser(prog="script/proof membership")
    parser.add_argument("--steps", type=int, default=STEPS)
    wanted = parser.parse_args(arguments).steps
    started = stopwatch.monotonic()
    with TemporaryDirectory(prefix="givefirst-membership-") as folder:
        machine = _play(Path(folder), wanted)
    done = ", ".join(f"{what} {count}" for what, count in sorted(machine.done.items()))
    print(
        f"{machine.taken} steps in {machine.lives} lives of groups: one seat one holder, no task without an owner, no mail to "
        f"the forgotten, no state out of the table. Taken: {done}. {stopwatch.monotonic() - started:.0f} s."
    )
    return 0


def _play(folder: Path, wanted: int) -> type[LivesOfMembers]:
    settings = settings_for(folder, f"sqlite:///{folder / 'membership.db'}")
    migrated_by_owner(settings)
    app = create_app(settings, clock=FixedClock(STARTS_AT), ids=RandomIds(), testing=True)
    world = World(app)
    machine = lives_of_members(world)
    while machine.taken < wanted:
        live(machine, lives=LIVES_A_TURN, steps=STEPS_A_LIFE)
    world.close()
    with app.app_context():
        db.engine.dispose()
    return machine
