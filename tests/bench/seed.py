"""The product's own database for the bench: 40 demo groups of 30 members with 26 weeks behind them, made once a day."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Final

from tests.bench.programs import ROOT

FOLDER: Final = ROOT / "instance" / "bench"
GROUPS, MEMBERS, WEEKS = 40, 30, 26
SECRET_KEY: Final = "bench-only-not-a-secret-bench-only-not-a-secret"


def environment_of(run: Path, *, port: int) -> dict[str, str]:
    """Return the environment of a product that keeps everything in the folder `run` and answers on `port`.

    Settings of the person at the terminal are left out: the bench never touches their database.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIVEFIRST_") and name != "PYTHONDONTWRITEBYTECODE"
    }
    return kept | {
        "PYTHONPYCACHEPREFIX": str(FOLDER / "bytecode"),
        "GIVEFIRST_INSTANCE": str(run),
        "GIVEFIRST_SECRET_KEY": SECRET_KEY,
        "GIVEFIRST_BASE_URL": f"http://127.0.0.1:{port}",
    }


def database_in(run: Path) -> Path:
    """Return the file of the product's database in the folder of a run."""
    return run / "givefirst.db"


def put_seeded_database(run: Path, today: date) -> None:
    """Put a copy of today's seeded database into the folder; where there is none yet, make it first (a minute)."""
    seed = FOLDER / f"seed-{_fingerprint(today)}.db"
    if not seed.is_file():
        for old in FOLDER.glob("seed-*.db"):
            old.unlink()
        _make(seed)
    with sqlite3.connect(seed) as source, sqlite3.connect(database_in(run)) as copy:
        source.backup(copy)


def _make(seed: Path) -> None:
    making = FOLDER / "making"
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    environment = environment_of(making, port=8000)
    load_demo(environment)
    database_in(making).rename(seed)
    shutil.rmtree(making)


def load_demo(environment: Mapping[str, str]) -> None:
    """Make the tables in an empty database and load the demo network in the measured shape."""
    _flask(environment, "db", "upgrade")
    shape = (f"--groups={GROUPS}", f"--members={MEMBERS}", f"--weeks={WEEKS}")
    _flask(environment, "demo", "load", *shape)


def _flask(environment: Mapping[str, str], *command: str) -> None:
    args = [sys.executable, "-m", "flask", "--app", "wsgi", *command]
    subprocess.run(args, cwd=ROOT, env=dict(environment), check=True, stdout=subprocess.DEVNULL)


def _fingerprint(today: date) -> str:
    """Return a name for what the demo would make today: the tables, the programs that fill them, the day."""
    digest = sha256(f"{today} {GROUPS} {MEMBERS} {WEEKS}".encode())
    programs = [
        *ROOT.rglob("migrations/versions/*.py"),
        *(ROOT / "app").rglob("*demo*.py"),
        *(ROOT / "app").rglob("demo/*.py"),
    ]
    for path in sorted(program for program in programs if ".venv" not in program.parts):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
