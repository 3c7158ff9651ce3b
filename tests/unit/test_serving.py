"""Does `script/server` listen where it was told, name an address people can type, and stop as one?"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from steps import serving
from steps.project import ROOT, StepFailedError

DEFAULTS = serving.Options(host="127.0.0.1", port=8000, workers=1, with_demo=True)

RUN_TWO = """
import sys
from steps import serving
parts = [serving.Program(name=name, args=(sys.executable, "-c", code)) for name, code in zip(("web", "worker"), sys.argv[1:])]
options = serving.Options(host="127.0.0.1", port=9, workers=1, with_demo=False)
sys.exit(serving.run_together(parts, options, {"GIVEFIRST_BASE_URL": "http://127.0.0.1:9"}))
"""
STAYS = "import time; print('here', flush=True); time.sleep(60)"
ENDS = "import sys; sys.exit(3)"


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield int(taken.getsockname()[1])


def test_without_options_the_demo_is_served_on_loopback() -> None:
    assert serving.parse([]) == DEFAULTS


def test_options_are_taken_as_given() -> None:
    asked = ["--port", "9000", "--host", "0.0.0.0", "--workers", "2", "--empty"]  # noqa: S104  # parsed, not bound

    assert serving.parse(asked) == serving.Options(host=asked[3], port=9000, workers=2, with_demo=False)


@pytest.mark.parametrize(
    "wrong", [["--port", "0"], ["--port", "65536"], ["--port", "x"], ["--workers", "0"], ["--nope"]]
)
def test_a_wrong_option_ends_with_usage_and_code_2(
    wrong: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        serving.parse(wrong)

    assert ended.value.code == 2
    assert "usage: script/server" in capsys.readouterr().err


def test_a_port_in_use_is_said_in_one_line_with_the_way_out(taken_port: int) -> None:
    options = serving.parse(["--port", str(taken_port)])

    with pytest.raises(StepFailedError) as said:
        serving.insist_on_free_port(options)

    assert f"127.0.0.1:{taken_port} cannot be listened on" in str(said.value)
    assert f"script/server --port {taken_port + 1}" in str(said.value)
    assert "\n" not in str(said.value)


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("localhost", "http://localhost:8000"),
        ("::1", "http://[::1]:8000"),
    ],
)
def test_the_base_url_is_the_address_listened_on(host: str, url: str) -> None:
    assert serving.base_url(serving.parse(["--host", host])) == url


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])  # noqa: S104  # parsed, not bound
def test_the_base_url_of_every_interface_is_one_that_another_device_can_type(host: str) -> None:
    url = serving.base_url(serving.parse(["--host", host]))

    assert url.startswith("http://")
    assert "0.0.0.0" not in url  # noqa: S104  # compared, not bound
    assert "::" not in url


def test_a_base_url_that_is_set_is_kept() -> None:
    environ = serving.environment_for(DEFAULTS, {"GIVEFIRST_BASE_URL": "https://groups.example"})

    assert environ["GIVEFIRST_BASE_URL"] == "https://groups.example"
    assert serving.environment_for(DEFAULTS, {})["GIVEFIRST_BASE_URL"] == "http://127.0.0.1:8000"


def test_the_web_server_runs_eight_threads_a_process_and_a_worker_stands_beside_it() -> None:
    web, worker = serving.programs(serving.parse(["--workers", "2"]))

    assert "--workers 2 --worker-class gthread --threads 8" in " ".join(web.args)
    assert web.args[-1] == "wsgi:application"
    assert worker.args[-2:] == ("jobs", "work")


@contextmanager
def _two_programs(web: str, worker: str) -> Iterator["subprocess.Popen[str]"]:
    environ = {**os.environ, "PYTHONPATH": str(ROOT / "script")}
    with subprocess.Popen(
        [sys.executable, "-c", RUN_TWO, web, worker], env=environ, stdout=subprocess.PIPE, text=True
    ) as started:
        try:
            yield started
        finally:
            started.kill()


def _says_its_number(code: str, path: Path) -> str:
    return f"import os, pathlib; pathlib.Path({str(path)!r}).write_text(str(os.getpid())); {code}"


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_when_the_worker_ends_the_web_server_is_stopped_and_the_command_fails(tmp_path: Path) -> None:
    web = _says_its_number(STAYS, tmp_path / "web")
    worker_ends_later = f"import time; time.sleep(0.5); {ENDS}"

    with _two_programs(web, worker_ends_later) as started:
        said, _ = started.communicate(timeout=30)

    assert started.returncode == 1
    assert "The worker ended by itself with code 3" in said
    assert not _is_alive(int((tmp_path / "web").read_text()))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_both_programs_and_is_no_failure(number: signal.Signals, tmp_path: Path) -> None:
    paths = (tmp_path / "web", tmp_path / "worker")

    with _two_programs(*[_says_its_number(STAYS, path) for path in paths]) as started:
        _wait_for(paths)
        started.send_signal(number)
        said, _ = started.communicate(timeout=30)

    assert started.returncode == 0
    assert said.endswith("Stopping …\nStopped.\n")
    assert [_is_alive(int(path.read_text())) for path in paths] == [False, False]


def _wait_for(paths: tuple[Path, ...]) -> None:
    deadline = time.monotonic() + 20
    while not all(path.exists() and path.read_text() for path in paths):
        assert time.monotonic() < deadline, "the programs did not start"
        time.sleep(0.02)
