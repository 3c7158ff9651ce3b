"""Which programs make up a running Givefirst, where do they answer, and how do they start and stop together?"""

import argparse
import http.client
import ipaddress
import os
import signal
import socket
import subprocess
import threading
import time
import urllib.parse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from steps.project import BIN, ROOT, StepFailedError, instance_folder, run, say
from steps.stamps import Stamp, fingerprint

THREADS: Final = 8
"""One process with 8 threads was measured as fast on SQLite as two with 4."""
GRACE_SECONDS: Final = 20
"""How long requests in flight may take to end once a stop is asked for."""

SIGN_INS: Final = """\
Demo sign-ins, all with the password demo-password-only:
  president@harbour.example   secretary@harbour.example
  member@harbour.example      newcomer@harbour.example
  president@mill.example"""


@dataclass(frozen=True, kw_only=True)
class Options:
    """What was asked for on the command line."""

    host: str
    port: int
    workers: int
    with_demo: bool


@dataclass(frozen=True, kw_only=True)
class Program:
    """One program of the running whole."""

    name: str
    args: tuple[str, ...]


def parse(arguments: Sequence[str]) -> Options:
    """Return the options of `script/server`; a wrong one ends the command with its usage and exit code 2."""
    parser = argparse.ArgumentParser(prog="script/server", description="Run Givefirst on this machine.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=_port, default=8000, help="port to listen on (default: %(default)s)")
    parser.add_argument(
        "--workers", type=_count, default=1, help="web processes; SQLite takes one or two (default: 1)"
    )
    parser.add_argument("--empty", action="store_true", help="do not load the demo network on the first run")
    found = parser.parse_args(arguments)
    return Options(host=found.host, port=found.port, workers=found.workers, with_demo=not found.empty)


def insist_on_free_port(options: Options) -> None:
    """Return where the address can be listened on; else say in one line why not."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            options.host, options.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as fault:
        raise StepFailedError(
            f"{_netloc(options.host, options.port)} cannot be listened on: {fault.strerror or fault}."
            f" Stop what uses it, or choose another: script/server --port {options.port % 65_535 + 1}"
        ) from fault


def base_url(options: Options) -> str:
    """Return the address that people type; for a host that means "every interface", this machine's in its network."""
    host = options.host
    if _is_wildcard(host):
        host = _address_in_the_network()
    return f"http://{_netloc(host, options.port)}"


def environment_for(options: Options, environ: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of the children: this one, with the base URL where none is set."""
    set_already = environ.get("GIVEFIRST_BASE_URL")
    return {**environ, "GIVEFIRST_BASE_URL": set_already or base_url(options), "PYTHONUNBUFFERED": "1"}


def prepare(options: Options, environ: Mapping[str, str]) -> None:
    """Bring the database up to date, and on the first run load the demo network into a database without groups."""
    say("Bringing the database up to date …")
    flask = [str(BIN / "flask"), "--app", "wsgi"]
    run(
        [*flask, "db", "upgrade"],
        failing="The database could not be brought up to date: see above.",
        environ=environ,
    )
    if not options.with_demo:
        return
    stamp = Stamp(path=instance_folder(environ) / ".demo-loaded")
    digest = fingerprint(environ.get("GIVEFIRST_DATABASE_URL", ""))
    if stamp.shows(digest):
        return
    say("Loading the demo network (only into a database without groups) …")
    run(
        [*flask, "demo", "load", "--if-empty"],
        failing="The demo network could not be loaded: see above.",
        environ=environ,
    )
    stamp.leave(digest)


def programs(options: Options) -> tuple[Program, ...]:
    """Return what runs beside each other: the web server, and the worker that sends mail and does jobs."""
    web = [
        *(str(BIN / "gunicorn"), "--bind", _netloc(options.host, options.port)),
        *("--workers", str(options.workers), "--worker-class", "gthread", "--threads", str(THREADS)),
        *("--graceful-timeout", str(GRACE_SECONDS), "--no-control-socket", "--log-level", "warning"),
        "wsgi:application",
    ]
    worker = [str(BIN / "flask"), "--app", "wsgi", "jobs", "work"]
    return (Program(name="web server", args=tuple(web)), Program(name="worker", args=tuple(worker)))


def run_together(parts: Sequence[Program], options: Options, environ: Mapping[str, str]) -> int:
    """Run the programs until a signal asks to stop or one of them ends; return 0 for the first, 1 for the second."""
    stop_asked = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stop_asked.set())
    children: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for part in parts:
            # Each in its own process group: Ctrl-C reaches this command only, which asks both to end gracefully.
            children[part.name] = subprocess.Popen(part.args, cwd=ROOT, env=dict(environ), process_group=0)
        ended = _watch(children, stop_asked, options, environ)
    finally:
        say("Stopping …")
        _stop(list(children.values()))
    if ended is not None:
        say(f"The {ended} ended by itself with code {children[ended].returncode}: see above. Stopped.")
        return 1
    say("Stopped.")
    return 0


def _watch(
    children: Mapping[str, "subprocess.Popen[bytes]"],
    stop_asked: threading.Event,
    options: Options,
    environ: Mapping[str, str],
) -> str | None:
    """Return the name of the program that ended, or None once a stop was asked for; announce the first answer."""
    announced = False
    while not stop_asked.wait(0.1):
        for name, child in children.items():
            if child.poll() is not None:
                return name
        if not announced and answers(options, environ["GIVEFIRST_BASE_URL"]):
            announced = True
            _announce(options, environ)
    return None


def answers(options: Options, url: str) -> bool:
    """Return whether the web server answers at all, asked under the name that it trusts."""
    connection = http.client.HTTPConnection(_reachable(options.host), options.port, timeout=2)
    try:
        connection.request("GET", "/healthz", headers={"Host": urllib.parse.urlsplit(url).netloc})
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def _announce(options: Options, environ: Mapping[str, str]) -> None:
    say(f"\nGivefirst answers at {environ['GIVEFIRST_BASE_URL']}   (Ctrl-C stops it)")
    if options.with_demo:
        say(SIGN_INS)
    say(f"Everything it keeps stands in {instance_folder(environ)}")


def _stop(children: Sequence["subprocess.Popen[bytes]"]) -> None:
    """Ask every child to end, wait for the grace period, then end what is left."""
    for child in children:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGTERM)
    deadline = time.monotonic() + GRACE_SECONDS + 5
    for child in children:
        try:
            child.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def _is_wildcard(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return host == ""


def _reachable(host: str) -> str:
    """Return the address to reach our own server at: loopback where it listens on every interface."""
    if not _is_wildcard(host):
        return host
    return "::1" if ":" in host else "127.0.0.1"


def _address_in_the_network() -> str:
    """Return this machine's address in its network, or loopback where it is in none; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])


def _netloc(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _port(text: str) -> int:
    port = int(text)
    if not 0 < port < 65_536:
        raise argparse.ArgumentTypeError(f"{port} is no port; choose one from 1 to 65535")
    return port


def _count(text: str) -> int:
    count = int(text)
    if count < 1:
        raise argparse.ArgumentTypeError("at least one web process is needed")
    return count
