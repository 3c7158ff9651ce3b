"""Where things stand in this checkout, and how a command of ours speaks and runs another program."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
VENV: Final = ROOT / ".venv"
BIN: Final = VENV / "bin"
PYTHON: Final = BIN / "python"


class StepFailedError(Exception):
    """A step that cannot go on; its text is one line for the person at the terminal that says what to do."""


def say(text: str) -> None:
    """Print one line at once, also into a pipe."""
    print(text, flush=True)


def give_up(failure: StepFailedError) -> int:
    """Print why the command stops, on stderr, and return its exit code."""
    print(str(failure), file=sys.stderr, flush=True)
    return 1


def instance_folder(environ: Mapping[str, str]) -> Path:
    """Return the folder of all state: `GIVEFIRST_INSTANCE` as seen from the checkout, or `instance/` in it."""
    return (ROOT / (environ.get("GIVEFIRST_INSTANCE") or "instance")).resolve()


def succeeds(args: Sequence[str | Path]) -> bool:
    """Return whether the program starts and exits with 0; what it prints is dropped."""
    try:
        return subprocess.run(args, capture_output=True, check=False, cwd=ROOT).returncode == 0
    except OSError:
        return False


def run(args: Sequence[str | Path], *, failing: str, environ: Mapping[str, str] | None = None) -> None:
    """Run a program in the checkout, its output shown; raise StepFailedError with `failing` where it fails."""
    try:
        finished = subprocess.run(args, check=False, cwd=ROOT, env=dict(environ or os.environ))
    except OSError as fault:
        raise StepFailedError(f"{failing} ({fault})") from fault
    if finished.returncode != 0:
        raise StepFailedError(failing)
