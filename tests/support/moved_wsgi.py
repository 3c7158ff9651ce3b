"""The house for processes that live on a day of the test's choosing: `tests.support.moved_wsgi:application`.

The machine's clock goes on; what the file `HOUSE_CLOCK` holds is added to it, in seconds.
"""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app import create_app


class MovedClock:
    """The machine's clock, moved by as many seconds as stand in a file."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def now(self) -> datetime:
        """Return the present instant of the house."""
        return datetime.now(UTC) + timedelta(seconds=float(self._file.read_text()))


application = create_app(clock=MovedClock(Path(os.environ["HOUSE_CLOCK"])))
