"""Where do tests keep what they write? In memory where there is room: a disk would wait at each commit for what nobody keeps."""

import os
import shutil
from pathlib import Path
from typing import Final

ROOM: Final = 4 * 1024**3
"""Bytes: the log of a server that writes much takes one gigabyte, its databases and the folders of tests less."""


def roomy_memory() -> Path | None:
    """Return the folder that this system keeps in memory, where it has room for what a run writes; else None."""
    memory = Path("/dev/shm")  # noqa: S108  # whoever asks makes a private folder in it
    if not os.access(memory, os.W_OK) or shutil.disk_usage(memory).free < ROOM:
        return None
    return memory
