"""The house as it runs in earnest, for browsers: the real web server and the real worker, each a process of its own."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from config import Config

ROOT: Final = Path(__file__).resolve().parent.parent.parent
STARTS_WITHIN_SECONDS: Final = 40.0


@dataclass(frozen=True, kw_only=True)
class RunningHouse:
    """Where the running house answers, and its two processes."""

    base_url: str
    web: subprocess.Popen[bytes]
    worker: subprocess.Popen[bytes]


def free_port() -> int:
    """Return a port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def environment_of(settings: Config) -> dict[str, str]:
    """Return this process's environment with `settings`, for programs of the house."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIVEFIRST_")}
    return {
        **kept,
        "GIVEFIRST_INSTANCE": str(settings.instance),
        "GIVEFIRST_DATABASE_URL": settings.database_url,
        "GIVEFIRST_MIGRATION_DATABASE_URL": settings.migration_database_url,
        "GIVEFIRST_SECRET_KEY": settings.secret_key,
        "GIVEFIRST_BASE_URL": settings.base_url,
        "GIVEFIRST_MAIL_URL": settings.mail_url,
        "PYTHONUNBUFFERED": "1",
    }


@contextmanager
def running_house(
    settings: Config, log: Path, *, module: str = "wsgi", more: Mapping[str, str] | None = None
) -> Iterator[RunningHouse]:
    """Lend a running house at the base URL of `settings`; what it says on stderr goes to `log`.

    `module` holds the application, and reads what `more` adds to the environment.
    """
    environ = {**environment_of(settings), **(more or {})}
    address = settings.base_url.removeprefix("http://")
    gunicorn = [
        sys.executable,
        "-m",
        "gunicorn",
        "--bind",
        address,
        "--worker-class",
        "gthread",
        "--threads",
        "8",
    ]
    with log.open("wb") as said:
        web = subprocess.Popen(
            [*gunicorn, "--no-control-socket", f"{module}:application"], cwd=ROOT, env=environ, stderr=said
        )
        worker = subprocess.Popen(
            [sys.executable, "-m", "flask", "--app", module, "jobs", "work"],
            cwd=ROOT,
            env=environ,
            stderr=said,
        )
        try:
            _wait_for(f"{settings.base_url}/healthz", web)
            yield RunningHouse(base_url=settings.base_url, web=web, worker=worker)
        finally:
            for process in (web, worker):
                process.terminate()
            for process in (web, worker):
                process.wait(timeout=30)


def _wait_for(address: str, web: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + STARTS_WITHIN_SECONDS
    while time.monotonic() < until:
        if web.poll() is not None:
            raise RuntimeError(f"The web server ended with code {web.returncode} before it answered.")
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310  # the test's own loopback address
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise TimeoutError(f"{address} did not answer within {STARTS_WITHIN_SECONDS:.0f} s.")
