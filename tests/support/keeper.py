"""Keeps one PostgreSQL running for as long as its parent lives: `keeper.py BIN FOLDER DATA USER`, standard library only.

The parent holds the other end of standard input. When that end closes, because the parent is done or was
killed, PostgreSQL is stopped and its folders removed; nothing is left behind in either case.
"""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Final

SETTINGS: Final = (
    *("-c", "listen_addresses="),
    *("-c", "max_connections=60"),
    *("-c", "shared_buffers=64MB"),
    *("-c", "autovacuum=off"),
    *("-c", "log_min_messages=fatal"),
)
"""By socket only. fsync and synchronous_commit stay on, as `doctor` demands of a real installation."""


def main() -> int:
    """Start PostgreSQL, print `started`, wait until standard input closes, stop it, remove its folders."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the tests; the server ends after them
    binaries, folder, data = (Path(argument) for argument in sys.argv[1:4])
    user = sys.argv[4] or None
    server = subprocess.Popen(
        [binaries / "postgres", "-D", data, "-k", folder, *SETTINGS],
        user=user,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        process_group=0,
        cwd=folder,
    )
    try:
        print("started", flush=True)
        sys.stdin.read()
    finally:
        server.send_signal(signal.SIGINT)
        server.wait()
        shutil.rmtree(data, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    os.umask(0o077)
    sys.exit(main())
