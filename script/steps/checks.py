"""Which checks does the project pass, and how is each one run and reported?"""

import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from steps import pins, sizes
from steps.project import BIN, ROOT, say


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a check found: passed or not, a short note, and the whole output to read where it failed."""

    passed: bool
    note: str = ""
    output: str = ""


@dataclass(frozen=True, kw_only=True)
class Check:
    """One check: a name to call it by and how it is run."""

    name: str
    run: Callable[[], Outcome]


def select(names: Sequence[str]) -> tuple[Check, ...]:
    """Return the checks of these names, or all; an unknown name raises ValueError with the known ones."""
    if not names:
        return CHECKS
    by_name = {check.name: check for check in CHECKS}
    unknown = [name for name in names if name not in by_name]
    if unknown:
        raise ValueError(f"No check is called {', '.join(unknown)}; there are {', '.join(by_name)}.")
    return tuple(by_name[name] for name in names)


def run_all(checks: Sequence[Check]) -> int:
    """Run every check, print a line each and the output of those that failed; return 1 where one failed."""
    outcomes = [_report(check) for check in checks]
    failed = sum(not outcome.passed for outcome in outcomes)
    say(f"{len(outcomes) - failed} of {len(outcomes)} checks passed.")
    return 1 if failed else 0


def _report(check: Check) -> Outcome:
    started = time.monotonic()
    outcome = check.run()
    word = "ok    " if outcome.passed else "FAILED"
    note = f"  {outcome.note}" if outcome.note else ""
    say(f"{word}  {check.name:<9} {time.monotonic() - started:5.1f} s{note}")
    if not outcome.passed:
        say(outcome.output.rstrip())
    return outcome


def _tool(*args: str) -> Callable[[], Outcome]:
    def run() -> Outcome:
        finished = subprocess.run(
            [BIN / args[0], *args[1:]],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            text=True,
        )
        return Outcome(passed=finished.returncode == 0, output=finished.stdout)

    return run


def _pins() -> Outcome:
    found = pins.audit()
    return Outcome(
        passed=not found.faults, note=f"{found.looked_at} pins looked at", output="\n".join(found.faults)
    )


def _sizes() -> Outcome:
    found = sizes.measure()
    return Outcome(
        passed=not found.faults, note=f"{found.files} files measured", output="\n".join(found.faults)
    )


CHECKS: Final = (
    Check(name="lint", run=_tool("ruff", "check", "--quiet", "--output-format", "concise", ".")),
    Check(
        name="format", run=_tool("ruff", "format", "--check", "--quiet", "--output-format", "concise", ".")
    ),
    Check(name="types", run=_tool("mypy", "app", "tests", "script/steps", "config.py", "wsgi.py")),
    Check(name="layers", run=_tool("lint-imports", "--no-cache", "--no-logo")),
    Check(name="templates", run=_tool("djlint", "app", "--lint", "--quiet")),
    Check(name="pins", run=_pins),
    Check(name="sizes", run=_sizes),
)
