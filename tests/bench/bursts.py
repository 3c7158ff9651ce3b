"""Rows 12 and 13: sixty members of many groups at the same door at seven, with two processes, some of them typing a password."""

import itertools
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from app.core.access.hashing import hash_password
from tests.bench import targets
from tests.bench.open_loop import Burst, Sent, burst
from tests.bench.programs import free_port
from tests.bench.references import store
from tests.bench.seed import database_in
from tests.bench.setting import Setting, reference_sign_ins
from tests.bench.targets import Counted

RATES: Final = (50, 100, 150, 200, 300, 400, 550, 700, 900)
"""Sign-ins a second, in steps; the row names 550."""
NAMED_RATE: Final = 550
PASSWORD_RATE: Final = 200
PASSWORD_EVERY: Final = 20
HELD_WITHIN_MS: Final = 250.0
"""A rate is held when nobody got a wrong answer and 99 of 100 had theirs within a quarter of a second."""
WORKERS: Final = 2


@dataclass(frozen=True, kw_only=True)
class Door:
    """A program that takes sign-ins in: its port, sign-ins without end, and sign-ins with a password."""

    port: int
    sign_ins: Iterator[Sent]
    passwords: Iterator[Sent]


class Bursts:
    """The product and the tuned reference at the same bursts, each with two processes over all cores."""

    def __init__(self, setting: Setting, *, seconds: float, told: Callable[[str], None]) -> None:
        self._setting = setting
        self._seconds = seconds
        self._told = told

    def counted(self, rows: Sequence[int]) -> list[Counted]:
        """Return the figures of the rows that were asked for."""
        if not {targets.BURST_ROW, targets.PASSWORDS_ROW} & set(rows):
            return []
        ours, theirs = self._product(), self._reference()
        counted: list[Counted] = []
        if targets.BURST_ROW in rows:
            counted += self._burst(ours, theirs)
        if targets.PASSWORDS_ROW in rows:
            counted.append(self._with_passwords(ours))
        return counted

    def _burst(self, ours: Door, theirs: Door) -> list[Counted]:
        product, product_holds = self._steps(ours, "the product")
        tuned, tuned_holds = self._steps(theirs, "tuned")
        return [
            targets.BURST_ERRORS.counted(product.wrong),
            targets.BURST_P99.counted(product.p99 / tuned.p99 if product.seconds else float("inf")),
            targets.BURST_HELD.counted(tuned_holds / product_holds if product_holds else float("inf")),
        ]

    def _steps(self, door: Door, name: str) -> tuple[Burst, int]:
        """Raise the rate until it is not held; return the burst at the named rate and the highest rate that was held."""
        held = 0
        named = None
        for rate in RATES:
            found = self._play(door, itertools.islice(door.sign_ins, int(rate * self._seconds)), rate, name)
            if rate == NAMED_RATE:
                named = found
            if found.wrong or found.p99 > HELD_WITHIN_MS:
                break
            held = rate
        if named is None:
            named = self._play(
                door, itertools.islice(door.sign_ins, int(NAMED_RATE * self._seconds)), NAMED_RATE, name
            )
        return named, held

    def _with_passwords(self, door: Door) -> Counted:
        many = int(PASSWORD_RATE * self._seconds)
        alone = self._play(door, itertools.islice(door.sign_ins, many), PASSWORD_RATE, "sign-ins alone")
        mixed = [
            next(door.passwords) if number % PASSWORD_EVERY == 0 else next(door.sign_ins)
            for number in range(many)
        ]
        beside = self._play(door, iter(mixed), PASSWORD_RATE, "5 % with a password")
        if beside.wrong:
            raise RuntimeError(
                f"{beside.wrong} wrong answers beside passwords, first {beside.first_wrong!r}."
            )
        return targets.PASSWORDS_P99.counted(beside.p99 / alone.p99)

    def _play(self, door: Door, requests: Iterator[Sent], rate: int, name: str) -> Burst:
        found = burst(door.port, list(requests), a_second=rate)
        self._told(
            f"{rate}/s at {name}: {len(found.seconds)} signed in, {found.wrong} wrong {found.first_wrong}, "
            f"p99 {found.p99 if found.seconds else float('nan'):.0f} ms"
        )
        return found

    def _product(self) -> Door:
        wanted = int((sum(RATES) + NAMED_RATE + 2 * PASSWORD_RATE) * self._seconds) + 1
        port = self._setting.serve_several("wsgi:application", WORKERS)
        browsers = self._setting.browsers
        with sqlite3.connect(database_in(self._setting.run)) as connection:
            connection.execute("UPDATE account SET password_hash = ?", (hash_password(store.PASSWORD),))
        connection.close()
        return Door(
            port=port,
            sign_ins=(Sent(request=one, status=303) for one in browsers.sign_ins(wanted)),
            passwords=(
                Sent(request=one, status=303, counts=False)
                for one in browsers.password_sign_ins(store.PASSWORD)
            ),
        )

    def _reference(self) -> Door:
        database = self._setting.run / f"tuned-{free_port()}.db"
        store.fill(database)
        port = self._setting.serve_several(
            "tests.bench.references.tuned:app", WORKERS, {store.DATABASE: str(database)}
        )
        sign_ins = (Sent(request=one, status=303) for one in reference_sign_ins(port))
        return Door(port=port, sign_ins=sign_ins, passwords=iter(()))
