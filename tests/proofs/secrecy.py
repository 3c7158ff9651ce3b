"""Proof: worlds that differ only in what is secret about a withheld member answer everybody else with the same bytes."""

import argparse
import sqlite3
import time as stopwatch
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.support.engines import migrated_by_owner, settings_for
from tests.support.secret_families import EACH, SETTLED_DAYS, families
from tests.support.secret_house import SecretHouse, secret_house, secret_origin
from tests.support.secret_leaks import FEW, LEAKS, NOTHING, OPTED_OUT, UNASKED, Leak
from tests.support.secret_lives import LATE, OLD, Family, Life, Said
from tests.support.secret_looks import VIEWERS, Compared, Look, compare, every_address

PAIRS: Final = 2_000
"""The promise."""
PAIRS_A_FAMILY: Final = EACH * (EACH - 1) // 2
CRAWLERS: Final = ("leader 0", "bystander", "stranger")
"""Who opens every address that there is."""
FROZEN: Final = replace(
    FEW,
    why="frozen by appeal",
    handled=(*FEW.handled, Said(slip=LATE + 6, answer="yes")),
    deeds=("disagrees",),
)
OBJECTS: Final = replace(UNASKED, why="objected later", says="yes", deeds=("objects",))
FADED: Final = Life(why="faded", handled=tuple(Said(slip=OLD + one, answer="yes") for one in range(7)))
CRAWLED: Final = ((NOTHING, FEW), (OPTED_OUT, OBJECTS), (FROZEN, FADED))
"""The pairs that are looked at on every page there is, in turn."""
SHOWN_FAULTS: Final = 20


def main(arguments: list[str]) -> int:
    """Catch every leak that is put in, then live families of worlds until so many pairs were compared."""
    parser = argparse.ArgumentParser(prog="script/proof secrecy")
    parser.add_argument("--pairs", type=int, default=PAIRS)
    parser.add_argument(
        "--crawls", type=int, default=len(CRAWLED), help="pairs that are looked at on every page there is"
    )
    parser.add_argument("--seed", type=int, default=7)
    wanted = parser.parse_args(arguments)
    started = stopwatch.monotonic()
    found, crawled = Compared(), Compared()
    with TemporaryDirectory(prefix="givefirst-secrecy-") as folder, two_houses(Path(folder)) as houses:
        uncaught = [name for name, leak in LEAKS.items() if not is_caught(houses, leak)]
        print(f"{len(LEAKS) - len(uncaught)} of {len(LEAKS)} leaks put in by hand were seen.", flush=True)
        addresses = every_address(houses[0], VIEWERS)
        crawl_whole(houses, addresses, wanted.crawls, crawled)
        play(houses, addresses, -(-wanted.pairs // PAIRS_A_FAMILY), wanted.seed, found)
    _print(found, crawled, sum(len(addresses[viewer]) for viewer in CRAWLERS))
    print(f"{stopwatch.monotonic() - started:.0f} s.")
    faults = [*(f"uncaught: {name}" for name in uncaught), *crawled.differences, *found.differences]
    for fault in faults[:SHOWN_FAULTS]:
        print(f"  {fault}")
    return 1 if faults or found.misplaced or crawled.misplaced else 0


@contextmanager
def two_houses(folder: Path) -> Iterator[list[SecretHouse]]:
    """Lend two houses in which worlds are lived in turn."""
    template = folder / "template.db"
    migrated_by_owner(settings_for(folder, f"sqlite:///{template}"))
    connection = sqlite3.connect(template)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    origin = secret_origin(folder, template)
    with secret_house(origin, folder, "one") as one, secret_house(origin, folder, "two") as other:
        yield [one, other]


def is_caught(houses: Sequence[SecretHouse], leak: Leak) -> bool:
    """Return whether the two worlds of the leak differ with it, and do not without."""
    sound = compare(houses, leak.family, leak.look, Compared())
    with pytest.MonkeyPatch.context() as patch:
        leak.put_in(patch)
        leaking = compare(houses, leak.family, leak.look, Compared())
    return bool(leaking) and not sound


def crawl_whole(
    houses: Sequence[SecretHouse], addresses: dict[str, list[str]], pairs: int, found: Compared
) -> None:
    """Compare some pairs on every page there is, after every job of every plugin."""
    look = Look(wholly=CRAWLERS, further=addresses, all_jobs=True)
    for lives in islice(cycle(CRAWLED), pairs):
        compare(
            houses, Family(lives=lives, joined_days=SETTLED_DAYS, x_says="yes", x_says_late=""), look, found
        )


def play(
    houses: Sequence[SecretHouse],
    addresses: dict[str, list[str]],
    count: int,
    chance: int,
    found: Compared,
) -> None:
    """Live so many families, each looked at by somebody else. When all are lived each viewer has opened each of their addresses."""
    turns = -(-count // len(VIEWERS))
    for number in range(count):
        compare(houses, drawn(number, chance), look_at(addresses, number, turns), found)


def drawn(number: int, chance: int) -> Family:
    """Return a family of that number as Hypothesis draws it, the third of three: its first is the simplest there is."""
    found: list[Family] = []

    @seed(chance * 1_000_003 + number)
    @settings(
        max_examples=3,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(families(number))
    def draw(family: Family) -> None:
        found.append(family)

    draw()
    return found[-1]


def look_at(addresses: dict[str, list[str]], number: int, turns: int) -> Look:
    """Return who looks at the family of that number: one wholly, another in passing, and a share of all addresses.

    Whoever looks `turns` times opens another share each time.
    """
    viewer = VIEWERS[number % len(VIEWERS)]
    share = addresses.get(viewer, [])[number // len(VIEWERS) :: turns]
    return Look(wholly=[viewer], passing=[VIEWERS[(number + 2) % len(VIEWERS)]], further={viewer: share})


def _print(found: Compared, crawled: Compared, addresses: int) -> None:
    print(
        f"{found.pairs} pairs of {found.worlds} worlds (families of {EACH}, each two of which are a pair): "
        f"{found.asked} requests, {found.answers} answers and {found.rows} mails, notices and marks compared, "
        f"{len(found.differences)} differences; {found.loose} pairs differ in slips or attendance too and were "
        f"compared on credibility's parts alone. {crawled.pairs} pairs were crawled wholly ({addresses} addresses each, "
        f"{crawled.answers} answers): {len(crawled.differences)} differences."
    )
    for why, pairs in sorted(found.by_reason.items(), key=lambda one: (-one[1], one[0])):
        print(f"  {why}: {pairs} pairs")
