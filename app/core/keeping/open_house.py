"""Is the house open? Every process that serves people holds a shared lock; a restore needs the lock for itself."""

import fcntl
import os
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_NAME = "open.lock"


class HouseIsOpenError(Exception):
    """A server or worker is running on this instance folder."""


class HouseIsShutError(Exception):
    """A restore is under way: nobody may be served until it has ended."""


class Opening:
    """One process's share of the lock, taken when it first serves and held as long as this object lives."""

    def __init__(self, instance: Path) -> None:
        self._path = instance / _NAME
        self._is_held = False

    def hold(self) -> None:
        """Take the shared lock, once; raises `HouseIsShutError` while somebody restores."""
        if self._is_held:
            return
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError as shut:
            os.close(descriptor)
            raise HouseIsShutError from shut
        self._is_held = True
        weakref.finalize(self, os.close, descriptor)


@contextmanager
def shut_house(instance: Path) -> Iterator[None]:
    """Keep every server out for the time of the block; raises `HouseIsOpenError` where one is running."""
    with (instance / _NAME).open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as running:
            raise HouseIsOpenError from running
        yield
