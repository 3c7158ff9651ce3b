"""Who was erased: keys in a file beside the database, so that a restore of an older back-up erases them again."""

import os
from collections.abc import Iterable
from pathlib import Path

from app.core.ids import PersonId

NAME = "erased-people"


def note_erased(instance: Path, people: Iterable[PersonId]) -> None:
    """Add keys to the list, on the disk when this returns; what stands there already is not added twice."""
    new = [person for person in people if person not in erased_before(instance)]
    if not new:
        return
    descriptor = os.open(instance / NAME, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write("".join(f"{person}\n" for person in new))
        file.flush()
        os.fsync(file.fileno())


def erased_before(instance: Path) -> list[PersonId]:
    """Return everybody on the list; a line that a crash cut short names nobody who lives."""
    path = instance / NAME
    lines = path.read_text().splitlines() if path.exists() else []
    return [PersonId(int(line)) for line in lines if line.isdecimal()]
