"""Does something at the same moment in several threads, and tells what each of them got or ran into."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Got = TypeVar("Got")


def at_once(count: int, act: Callable[[int], Got]) -> list[Got | Exception]:
    """Return, in order of their numbers, what `act(number)` gave or raised in `count` threads that begin together."""
    together = threading.Barrier(count)

    def begin(number: int) -> Got | Exception:
        together.wait(timeout=30)
        try:
            return act(number)
        except Exception as failure:  # noqa: BLE001  # what a thread ran into is the test's to judge
            return failure

    with ThreadPoolExecutor(max_workers=count) as threads:
        return list(threads.map(begin, range(count)))
