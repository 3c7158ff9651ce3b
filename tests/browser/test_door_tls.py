"""The door off this machine: over https with a local authority it works offline; over plain http it says what is off."""

import base64
import hashlib
import http.client
import os
import signal
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import Browser, BrowserContext, Page, expect

from app import create_app
from app.core.clock import FixedClock
from app.core.groups.domain.office import Office
from app.extensions import db
from config import ROOT, Config
from steps import certificate
from tests.support.chromium import find
from tests.support.door_house import TABLET, worker_is_ready
from tests.support.engines import settings_for
from tests.support.running_house import environment_of, free_port
from tests.support.server import serving
from tests.support.tablets import registered
from tests.support.world import World

HOST = "door.example"
STARTS_WITHIN_SECONDS = 40.0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with an authority and a certificate, as the command of the documentation makes them."""
    command = [sys.executable, str(ROOT / "script/steps/certificate.py"), HOST, "192.0.2.7", "--into"]
    subprocess.run([*command, str(tmp_path / "tls")], check=True, capture_output=True)
    return tmp_path / "tls"


@pytest.fixture
def settings(tmp_path: Path, sqlite_template: Path) -> Config:
    """Return settings for a server that is reached by a name of the venue's network."""
    (tmp_path / "house.db").write_bytes(sqlite_template.read_bytes())
    made = settings_for(tmp_path, f"sqlite:///{tmp_path / 'house.db'}")
    return replace(made, base_url=f"https://{HOST}:{free_port()}", trusted_hosts=(HOST,))


@pytest.fixture
def tablet_token(settings: Config) -> str:
    """Return the token of a registered tablet of the harbour."""
    app = create_app(settings, clock=FixedClock(datetime.now(UTC)), testing=True)
    world = World(app)
    group = world.group()
    tablet = registered(world, group, world.member(group, "Ines Carvalho", offices=(Office.PRESIDENT,)))
    cookie = tablet.client.get_cookie("givefirst_tablet", path="/door/harbour")
    world.close()
    with app.app_context():
        db.engine.dispose()
    assert cookie is not None
    return cookie.value


@contextmanager
def secure_server(settings: Config, folder: Path) -> Iterator[None]:
    """Run the real server with the certificate, as the documentation says."""
    port = settings.base_url.rpartition(":")[2]
    # With fewer threads a browser's idle connection, opened ahead and not greeted yet, would keep everybody waiting.
    threads = ["--worker-class", "gthread", "--threads", "8"]
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", *threads]
    files = ["--certfile", str(folder / "door.pem"), "--keyfile", str(folder / "door.key")]
    process = subprocess.Popen(
        [*command, *files, "--no-control-socket", "--log-level", "error", "wsgi:application"],
        cwd=ROOT,
        env=environment_of(settings),
        process_group=0,
    )
    try:
        wait_until_it_answers(int(port), folder / "authority.pem")
        yield
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=30)


def wait_until_it_answers(port: int, authority: Path) -> None:
    """Wait until the server answers to somebody who trusts the authority, and nothing else, and checks the name."""
    trusting = ssl.create_default_context(cafile=str(authority))
    until = time.monotonic() + STARTS_WITHIN_SECONDS
    while time.monotonic() < until:
        try:
            status = status_of("/account/sign-in", port, trusting)
        except ssl.SSLCertVerificationError:
            raise
        except OSError:  # nobody listens yet, or nobody answers yet
            time.sleep(0.1)
        else:
            assert status == 200
            return
    raise TimeoutError("The server did not come to answer.")


def status_of(path: str, port: int, trusting: ssl.SSLContext) -> int:
    """Ask for a page by the host's name, at this machine's address."""
    connection = http.client.HTTPSConnection("127.0.0.1", port, timeout=10, context=trusting)
    plain = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    plain.connect()
    connection.sock = trusting.wrap_socket(plain.sock, server_hostname=HOST)
    connection.request("GET", path, headers={"Host": f"{HOST}:{port}"})
    status = connection.getresponse().status
    connection.close()
    return status


@contextmanager
def venue(chromium: Browser, profile: Path, *flags: str) -> Iterator[BrowserContext]:
    """Lend a browser in whose network the host's name leads to this machine."""
    arguments = find().launch_arguments()
    arguments["args"] = [*arguments.get("args", []), f"--host-resolver-rules=MAP {HOST} 127.0.0.1", *flags]
    context = chromium.browser_type.launch_persistent_context(str(profile), **arguments)
    try:
        yield context
    finally:
        context.close()


def hand_over(context: BrowserContext, token: str, *, secure: bool) -> Page:
    """Let the browser be the tablet."""
    name, path = "givefirst_tablet", "/door/harbour"
    context.add_cookies([{"name": name, "value": token, "domain": HOST, "path": path, "secure": secure}])
    return context.new_page()


def spki_of(path: Path) -> str:
    """Return the mark by which Chromium is told to trust a certificate."""
    public = x509.load_pem_x509_certificate(path.read_bytes()).public_key()
    whole = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(hashlib.sha256(whole).digest()).decode()


def test_over_https_of_a_local_authority_the_page_opens_without_server(
    chromium: Browser, settings: Config, folder: Path, tablet_token: str, tmp_path: Path
) -> None:
    trusted = f"--ignore-certificate-errors-spki-list={spki_of(folder / 'door.pem')}"
    with venue(chromium, tmp_path / "profile", trusted) as context:
        page = hand_over(context, tablet_token, secure=True)
        with secure_server(settings, folder):
            page.goto(f"{settings.base_url}{TABLET}")
            assert page.evaluate("isSecureContext") is True
            worker_is_ready(page)
            expect(page.locator("[data-state]")).to_contain_text("online")
        page.reload()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.locator("[data-state]")).to_contain_text("no connection")
        expect(page.get_by_text("Offline and the camera are off")).to_be_hidden()


def test_over_plain_http_the_page_says_what_is_off_and_whom_to_ask(
    chromium: Browser, settings: Config, tablet_token: str, tmp_path: Path
) -> None:
    plain = replace(settings, base_url=settings.base_url.replace("https:", "http:"))
    app = create_app(plain, testing=True)
    with serving(app) as address, venue(chromium, tmp_path / "profile") as context:
        page = hand_over(context, tablet_token, secure=False)
        page.goto(f"http://{HOST}:{address.rpartition(':')[2]}{TABLET}")
        assert page.evaluate("isSecureContext") is False
        expect(page.locator("[data-state]")).to_contain_text("online")
        page.get_by_text("Offline and the camera are off").click()
        expect(page.get_by_text("Ask the administrator for an https address")).to_be_visible()
    with app.app_context():
        db.engine.dispose()


def test_the_authority_vouches_for_no_other_name(folder: Path, tmp_path: Path) -> None:
    kept = certificate._kept(folder)  # noqa: SLF001  # the command's own reading of what it wrote
    assert kept is not None
    other = certificate.make_certificate(
        kept, [certificate.read_name("bank.example")], kept.certificate.not_valid_before_utc
    )
    (tmp_path / "other.pem").write_bytes(other.certificate.public_bytes(Encoding.PEM))
    verify = ["openssl", "verify", "-CAfile", str(folder / "authority.pem")]
    for path, is_good in ((folder / "door.pem", True), (tmp_path / "other.pem", False)):
        told = subprocess.run([*verify, str(path)], check=False, capture_output=True)
        assert (told.returncode == 0) is is_good, told.stderr


def test_the_keys_are_for_their_owner_alone_and_the_authority_stays(folder: Path) -> None:
    before = (folder / "authority.pem").read_bytes()
    certificate.main([HOST, "--into", str(folder)])
    assert (folder / "authority.pem").read_bytes() == before
    assert {(folder / name).stat().st_mode & 0o777 for name in ("authority.key", "door.key")} == {0o600}
