"""How does this machine get a `.venv` with the pinned packages? Reuse, uv, venv, apt, or one command to type."""

import importlib.util
import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from steps.project import PYTHON, ROOT, VENV, StepFailedError, run, say, succeeds
from steps.stamps import Stamp, fingerprint

RUNTIME: Final = ("requirements.txt",)
DEVELOPMENT: Final = ("requirements.txt", "requirements-dev.txt")

Way = Literal["uv", "venv", "apt", "ask"]


@dataclass(frozen=True, kw_only=True)
class Machine:
    """What this machine offers for making a virtual environment."""

    has_uv: bool
    has_ensurepip: bool
    may_install_packages: bool


def look_around() -> Machine:
    """Return what this machine offers."""
    return Machine(
        has_uv=shutil.which("uv") is not None,
        has_ensurepip=importlib.util.find_spec("ensurepip") is not None,
        may_install_packages=os.geteuid() == 0 and shutil.which("apt-get") is not None,
    )


def way_to_make(machine: Machine) -> Way:
    """Return the quickest way to a virtual environment that this machine allows without asking anyone."""
    if machine.has_uv:
        return "uv"
    if machine.has_ensurepip:
        return "venv"
    if machine.may_install_packages:
        return "apt"
    return "ask"


def ensure_environment(requirements: Sequence[str]) -> None:
    """Make `.venv` hold the pinned packages of these files; quick where it does already."""
    machine = look_around()
    ensure_venv(machine)
    stamp = Stamp(path=VENV / f".givefirst-{'-'.join(Path(name).stem for name in requirements)}")
    digest = fingerprint(sys.version, *[(ROOT / name).read_text() for name in requirements])
    if stamp.shows(digest):
        return
    say(
        f"Installing the pinned packages of {' and '.join(requirements)} (only the first time, or after a change) …"
    )
    stamp.remove()
    install(requirements, machine)
    stamp.leave(digest)


def ensure_venv(machine: Machine) -> None:
    """Make `.venv` hold a Python of 3.11 or newer that starts; one that does not start is made anew."""
    if succeeds([PYTHON, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]):
        return
    way = way_to_make(machine)
    if way == "ask":
        raise StepFailedError(
            "Python's venv module is missing. Type: sudo apt-get install -y python3-venv   … and then this command again."
        )
    say(f"Making .venv with {'uv' if way == 'uv' else 'venv'} …")
    if way == "uv":
        run(
            ["uv", "venv", "--quiet", "--clear", "--seed", "--python", sys.executable, VENV],
            failing=_no_venv("uv"),
        )
        return
    if way == "apt":
        install_with_apt(["python3-venv"])
    run([sys.executable, "-m", "venv", "--clear", VENV], failing=_no_venv("python3 -m venv"))


def install(requirements: Sequence[str], machine: Machine) -> None:
    """Install the pinned files, every package checked against its hash."""
    files = [argument for name in requirements for argument in ("-r", name)]
    uv = ["uv", "pip", "install", "--quiet", "--python", str(PYTHON), "--require-hashes", *files]
    # uv does not know what pip.conf says of a company's mirror; pip, which does, has the second try.
    if machine.has_uv and succeeds(uv):
        return
    pip: list[str | Path] = [
        PYTHON,
        "-m",
        "pip",
        "install",
        "-qq",
        "--disable-pip-version-check",
        "--no-input",
    ]
    # As root pip warns of a system it never touches here: the packages go into .venv.
    environ = {**os.environ, "PIP_ROOT_USER_ACTION": "ignore"}
    failing = (
        "The packages could not be installed: see above. Is the network there? Then type this command again."
    )
    run([*pip, "--require-hashes", *files], failing=failing, environ=environ)


def install_with_apt(packages: Sequence[str]) -> None:
    """Install Debian packages; only called as root."""
    say(f"Installing {' '.join(packages)} with apt-get …")
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    failing = f"apt-get could not install {' '.join(packages)}: see above."
    run(["apt-get", "update", "-qq"], failing=failing, environ=environ)
    run(
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages],
        failing=failing,
        environ=environ,
    )


def _no_venv(tool: str) -> str:
    return f"{tool} could not make .venv: see above. Remove the folder .venv and type this command again."
