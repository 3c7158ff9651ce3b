"""What does a run of the tests need beside the packages, and how is pytest called?"""

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from steps.environment import install_with_apt
from steps.project import PYTHON, ROOT, StepFailedError, say

PARALLEL: Final = ("-n", "2", "--dist", "worksteal")
"""Two workers, each with its own PostgreSQL and browser; worksteal keeps neighbours together and ends together."""

_SERIAL_WORDS: Final = (
    "-n",
    "--numprocesses",
    "--dist",
    "--pdb",
    "--trace",
    "-s",
    "--co",
    "--collect-only",
    "--lf",
)


@dataclass(frozen=True, kw_only=True)
class Found:
    """A program that some tests need: what to set so that they find it, or why it is missing."""

    what: str
    environ: dict[str, str]
    missing: str


def pytest_arguments(arguments: Sequence[str]) -> list[str]:
    """Return the arguments for pytest: in parallel for folders or the whole suite, as told otherwise."""
    if any(_asks_for_one_process(argument) for argument in arguments):
        return list(arguments)
    return [*PARALLEL, *arguments]


def find_needs(environ: Mapping[str, str]) -> list[Found]:
    """Return what was found, or got where that needs no question, of PostgreSQL and Chromium."""
    return [_ask("PostgreSQL", "tests.support.postgres", environ), _chromium(environ)]


def insist(needs: Sequence[Found], environ: Mapping[str, str]) -> dict[str, str]:
    """Return the environment for pytest; say what is missing, and fail for it where CI is set."""
    missing = [need for need in needs if need.missing]
    for need in missing:
        say(f"MISSING {need.what}: {need.missing}")
    if missing and is_ci(environ):
        raise StepFailedError("CI is set, so nothing may be missing: the tests were not run.")
    for need in missing:
        say(f"        The tests that need {need.what} are skipped.")
    merged = dict(environ)
    for need in needs:
        merged.update(need.environ)
    return merged


def is_ci(environ: Mapping[str, str]) -> bool:
    """Return whether this run must prove everything, told by the variable CI."""
    return environ.get("CI", "").lower() not in {"", "0", "false", "no"}


def _asks_for_one_process(argument: str) -> bool:
    word = argument.split("=", 1)[0]
    if word in _SERIAL_WORDS or (argument.startswith("-n") and argument[2:].isalnum()):
        return True
    return "::" in argument or argument.endswith(".py")


def _chromium(environ: Mapping[str, str]) -> Found:
    found = _ask("Chromium", "tests.support.chromium", environ)
    if not found.missing or os.geteuid() != 0 or not Path("/usr/bin/apt-get").exists():
        return found
    try:
        install_with_apt(["chromium", "fonts-liberation", "libatomic1"])
    except StepFailedError as fault:
        return Found(what=found.what, environ={}, missing=f"{found.missing} {fault}")
    return _ask("Chromium", "tests.support.chromium", environ)


def _ask(what: str, module: str, environ: Mapping[str, str]) -> Found:
    """Ask a module of the tests, run by the environment of the tests, what it finds; it answers in JSON."""
    answer = subprocess.run(
        [PYTHON, "-m", module], cwd=ROOT, env=dict(environ), stdout=subprocess.PIPE, check=False, text=True
    )
    if answer.returncode != 0:
        return Found(
            what=what, environ={}, missing=f"{module} failed with code {answer.returncode}: see above."
        )
    told = json.loads(answer.stdout.splitlines()[-1])
    return Found(what=what, environ=told["environ"], missing=told["missing"])
