"""Proof: a mail server that refuses, answers late and hangs up loses no mail, and nobody gets one more than twice."""

import argparse
import time as stopwatch
from pathlib import Path
from tempfile import TemporaryDirectory

from app import create_app
from app.core.clock import FixedClock
from app.core.ids import RandomIds
from app.extensions import db
from tests.support.engines import STARTS_AT, migrated_by_owner, settings_for
from tests.support.letters import Outbox
from tests.support.mail_trial import Outcome, tried
from tests.support.town import Town

MAILS = 1_000


def main(arguments: list[str]) -> int:
    """Send so many mails through a server of moods, and count what arrived."""
    parser = argparse.ArgumentParser(prog="script/proof mail")
    parser.add_argument("--mails", type=int, default=MAILS)
    parser.add_argument("--seed", type=int, default=5)
    asked = parser.parse_args(arguments)
    started = stopwatch.monotonic()
    with TemporaryDirectory(prefix="givefirst-mail-") as folder:
        outcome = _send(Path(folder), asked.mails, asked.seed)
    print(f"{outcome} Seed {asked.seed}, {stopwatch.monotonic() - started:.0f} s.")
    if not outcome.holds:
        print("The promise does not hold, or the server met too few moods to prove anything.")
    return 0 if outcome.holds else 1


def _send(folder: Path, mails: int, seed: int) -> Outcome:
    settings = settings_for(folder, f"sqlite:///{folder / 'mail.db'}")
    migrated_by_owner(settings)
    app = create_app(settings, clock=FixedClock(STARTS_AT), ids=RandomIds(), testing=True)
    town = Town(app)
    group = town.group("mails", plugins=())
    outcome = tried(Outbox(town=town, group=group, member=town.member(group)), mails, seed)
    town.close()
    with app.app_context():
        db.engine.dispose()
    return outcome
