"""The real server, as it is run in earnest, on a free port of loopback; and how it is killed without a warning."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from config import ROOT, Config

START_SECONDS = 40.0


@dataclass(frozen=True, kw_only=True)
class RealServer:
    """A running gunicorn with the application in it."""

    process: "subprocess.Popen[bytes]"
    port: int

    def kill(self) -> None:
        """End it and all its workers at once, as a power switch does; nothing is flushed, nobody is asked."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def free_port() -> int:
    """Return a port of loopback on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def real_server(settings: Config, port: int) -> Iterator[RealServer]:
    """Lend a server with these settings that answers, and end it afterwards whatever happened."""
    environment = {
        "PATH": os.environ["PATH"],
        "GIVEFIRST_INSTANCE": str(settings.instance),
        "GIVEFIRST_DATABASE_URL": settings.database_url,
        "GIVEFIRST_SECRET_KEY": settings.secret_key,
        "GIVEFIRST_BASE_URL": f"http://127.0.0.1:{port}",
    }
    gunicorn = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread"]
    with (Path(settings.instance) / "server.log").open("ab") as log:
        process = subprocess.Popen(
            [*gunicorn, "--threads", "8", "--no-control-socket", "--log-level", "error", "wsgi:application"],
            cwd=ROOT,
            env=environment,
            process_group=0,
            stdout=subprocess.DEVNULL,
            stderr=log,
        )
    server = RealServer(process=process, port=port)
    try:
        _wait_until_it_answers(server)
        yield server
    finally:
        server.kill()


def _wait_until_it_answers(server: RealServer) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        try:
            connection.request("GET", "/account/sign-in")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.05)
        finally:
            connection.close()
        if server.process.poll() is not None or time.monotonic() > deadline:
            raise TimeoutError("The server did not come to answer; see server.log in its instance folder.")
