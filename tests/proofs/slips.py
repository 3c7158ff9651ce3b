"""Proof: whatever anybody tries in the lives of slips, none comes into an illegal state and everybody is told."""

import argparse
import time as stopwatch
from pathlib import Path
from tempfile import TemporaryDirectory

from app import create_app
from app.core.clock import FixedClock
from app.core.ids import RandomIds
from app.extensions import db
from tests.support.engines import STARTS_AT, migrated_by_owner, settings_for
from tests.support.slip_machine import live, lives_of_slips
from tests.support.world import World

STEPS = 20_000
"""The promise."""
LIVES_A_TURN, STEPS_A_LIFE = 20, 100


def main(arguments: list[str]) -> int:
    """Play lives on a fresh database until so many steps were taken or refused; each is looked at."""
    parser = argparse.ArgumentParser(prog="script/proof slips")
    parser.add_argument("--steps", type=int, default=STEPS)
    wanted = parser.parse_args(arguments).steps
    started = stopwatch.monotonic()
    with TemporaryDirectory(prefix="givefirst-slips-") as folder:
        taken, lives = _play(Path(folder), wanted)
    print(
        f"{taken} steps in {lives} lives of groups: no illegal state, everybody told, totals equal to the ledger, "
        f"no prospect told, no office, no receiver and no sealed report early. {stopwatch.monotonic() - started:.0f} s."
    )
    return 0


def _play(folder: Path, wanted: int) -> tuple[int, int]:
    settings = settings_for(folder, f"sqlite:///{folder / 'slips.db'}")
    migrated_by_owner(settings)
    app = create_app(settings, clock=FixedClock(STARTS_AT), ids=RandomIds(), testing=True)
    world = World(app)
    machine = lives_of_slips(world)
    while machine.taken < wanted:
        live(machine, lives=LIVES_A_TURN, steps=STEPS_A_LIFE)
    world.close()
    with app.app_context():
        db.engine.dispose()
    return machine.taken, machine.lives
