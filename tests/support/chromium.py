"""Where do browser tests get a real Chromium, and how is it launched?

`$CHROMIUM`, else one on the PATH or in the macOS applications, else Playwright's own, downloaded where that is
possible. `script/test` adds apt-get where it is root, and tells the tests what it found by `CHROMIUM`.
"""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypedDict

import playwright

NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MACOS_APPS: Final = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
)
PLAYWRIGHTS_OWN: Final = "playwright"
"""What `CHROMIUM` holds where Playwright shall launch the browser that it keeps itself."""

_HOW: Final = (
    "Install Chromium (Debian, Ubuntu: sudo apt-get install chromium fonts-liberation),"
    " or set CHROMIUM to the program of a Chromium or Chrome."
)


class NoChromiumError(Exception):
    """No Chromium can be had; the text says why, and what to install or set."""


class LaunchArguments(TypedDict, total=False):
    """What Playwright's `launch` takes from us."""

    executable_path: str
    args: list[str]


@dataclass(frozen=True, kw_only=True)
class Chromium:
    """A Chromium to drive: a program, or none for the one that Playwright keeps itself."""

    program: Path | None

    def launch_arguments(self) -> LaunchArguments:
        """Return the arguments for Playwright's `launch`: nothing in the background, no sandbox only as root."""
        flags = ["--disable-background-networking", "--disable-component-update"]
        if os.geteuid() == 0:
            flags.append("--no-sandbox")
        if self.program is None:
            return {"args": flags}
        return {"args": flags, "executable_path": str(self.program)}


def find() -> Chromium:
    """Return the Chromium of this machine; nothing is installed. Raise NoChromiumError where there is none."""
    named = os.environ.get("CHROMIUM")
    if named:
        return _named(named)
    for program in _candidates():
        if _starts(program):
            return Chromium(program=program)
    if _playwright_keeps_one():
        return Chromium(program=None)
    raise NoChromiumError(f"No Chromium was found. Type script/test, which looks for one. {_HOW}")


def obtain() -> Chromium:
    """Return the Chromium of this machine, or the one that Playwright downloads; raise NoChromiumError else."""
    try:
        return find()
    except NoChromiumError:
        if os.environ.get("CHROMIUM"):
            raise
    print("Downloading Chromium with Playwright …", file=sys.stderr, flush=True)
    told = _playwright("install", "--only-shell", "chromium")
    if told.returncode != 0:
        raise NoChromiumError(f"No Chromium was found, and Playwright could not download one. {_HOW}")
    if not _playwright_keeps_one():
        raise NoChromiumError(
            f"The Chromium that Playwright downloaded does not start: a library is missing. {_HOW}"
        )
    return Chromium(program=None)


def _named(named: str) -> Chromium:
    if named == PLAYWRIGHTS_OWN:
        return Chromium(program=None)
    program = Path(shutil.which(named) or named)
    if not _starts(program):
        raise NoChromiumError(f"CHROMIUM is set to {named!r}, which does not start. {_HOW}")
    return Chromium(program=program)


def _candidates() -> list[Path]:
    on_the_path = [found for name in NAMES if (found := shutil.which(name))]
    return [*(Path(found) for found in on_the_path), *(app for app in MACOS_APPS if app.exists())]


def _starts(program: Path) -> bool:
    try:
        told = subprocess.run([program, "--version"], capture_output=True, check=False, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return told.returncode == 0


def _playwright_keeps_one() -> bool:
    """Return whether the browser that this version of Playwright wants stands where it looks, and starts."""
    told = _playwright("install", "--dry-run", "--only-shell", "chromium")
    places = [
        line.split(":", 1)[1].strip() for line in told.stdout.splitlines() if "Install location:" in line
    ]
    shells = [
        found for place in places for found in Path(place).glob("*/*headless?shell*") if found.is_file()
    ]
    return any(_starts(found) for found in shells if os.access(found, os.X_OK))


def _playwright(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "playwright", *arguments], capture_output=True, check=False, text=True
    )


def node_for_playwright() -> dict[str, str]:
    """Return what to set so that Playwright's driver has a Node that starts: nothing where its own does.

    Its own lacks libatomic on a minimal Debian; one on the PATH does as well.
    """
    own = Path(playwright.__file__).parent / "driver" / "node"
    if os.environ.get("PLAYWRIGHT_NODEJS_PATH") or _starts(own):
        return {}
    other = shutil.which("node")
    if other is None:
        raise NoChromiumError(
            "Playwright's driver does not start (on Debian: sudo apt-get install libatomic1), and no node is on the PATH."
        )
    return {"PLAYWRIGHT_NODEJS_PATH": other}


def main() -> None:
    """Print for `script/test`, in JSON, what to set so that the tests find a Chromium, or why there is none."""
    environ: dict[str, str] = {}
    missing = ""
    try:
        environ = node_for_playwright()
        os.environ.update(environ)
        program = obtain().program
        environ["CHROMIUM"] = PLAYWRIGHTS_OWN if program is None else str(program)
    except NoChromiumError as fault:
        missing = str(fault)
    print(json.dumps({"environ": environ, "missing": missing}))


if __name__ == "__main__":
    main()
