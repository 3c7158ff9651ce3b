"""Runs a WSGI program as it is run in earnest, processes with threads, and reads how much CPU time it has used."""

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

THREADS = 8
STARTS_WITHIN_SECONDS = 60
STOPS_WITHIN_SECONDS = 10
ROOT = Path(__file__).resolve().parents[2]
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, kw_only=True)
class Program:
    """A WSGI program to be served: where it is imported from, on which port, in which environment.

    One process is kept on one core, so that CPU times compare; several spread over all of them.
    """

    name: str
    target: str
    port: int
    environment: Mapping[str, str]
    workers: int = 1


@dataclass(frozen=True, kw_only=True)
class Running:
    """A program that answers."""

    program: Program
    pid: int

    def cpu_seconds(self) -> float:
        """Return the user and system time that its processes have used since they began."""
        return sum(_ticks_of(pid) for pid in _tree(self.pid)) / _TICKS


def free_port() -> int:
    """Return a port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(program: Program, log: Path) -> Iterator[Running]:
    """Serve the program until the block ends; what it prints goes to `log`. It raises where it does not start."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            _command(program), cwd=ROOT, env=dict(program.environment), stdout=output, stderr=output
        )
        try:
            if program.workers == 1:
                _pin(process.pid, core=0)
            _wait_for_an_answer(program, process, log)
            yield Running(program=program, pid=process.pid)
        finally:
            process.terminate()
            try:
                process.wait(STOPS_WITHIN_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def pin_this_process() -> None:
    """Keep the load away from the core that the servers run on, where there are two."""
    _pin(os.getpid(), core=1)


def _command(program: Program) -> list[str]:
    return [
        *(sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{program.port}"),
        *("--workers", str(program.workers), "--backlog", "2048"),
        *("--worker-class", "gthread", "--threads", str(THREADS), "--keep-alive", "30"),
        *("--no-control-socket", "--log-level", "warning", program.target),
    ]


def _wait_for_an_answer(program: Program, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + STARTS_WITHIN_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{program.port}/", timeout=5).close()
        except urllib.error.HTTPError:
            return  # any status is an answer
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"{program.name} did not start:\n{log.read_text()[-2000:]}")


def _pin(pid: int, *, core: int) -> None:
    available = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    if len(available) > core and len(available) > 1:
        os.sched_setaffinity(pid, {available[core]})


def _tree(pid: int) -> list[int]:
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            found += _tree(int(child))
    return found


def _ticks_of(pid: int) -> int:
    # The name of the program stands in parentheses and may hold spaces; the 14th and 15th field are the times.
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])
