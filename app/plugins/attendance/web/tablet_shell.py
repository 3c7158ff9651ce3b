"""The tablet's page, and the worker that opens it without network.

The page is a shell: it holds no name and is the same for everybody, so that a browser may keep it. Names come as data.
"""

import hashlib
import json
from pathlib import Path

from flask import make_response, request

from app.http.page import Answer, DoorPage, Page, PublicPage
from app.http.rendering import STATIC, asset
from app.plugins.attendance.web.tablet_words import tablet_words

_STYLES = ("tokens", "base", "components", "door", "tablet", "print")
_PICTURES = ("favicon.svg", "icon-180.png", "icon-192.png", "icon-512.png", "manifest.webmanifest")
_PACKAGED = "vendor/qr"
_CAMERA_HERE = "camera=(self), microphone=(), geolocation=()"


def tablet(page: DoorPage) -> Answer:
    """Show the shell of the tablet's page; it alone may ask for the camera."""
    response = make_response(_shell(page))
    response.headers["Permissions-Policy"] = _CAMERA_HERE
    return response


def tablet_worker(page: PublicPage) -> Answer:
    """Return the worker's script, which names what the shell is made of and changes when any of that does."""
    files = _files("tablet.js")
    told = {
        "name": f"tablet {page.group.slug}",
        "page": page.url_in("door", "attendance.tablet"),
        "files": files,
        "first": "page",
        "mark": _mark(_shell(page), files),
    }
    return script_of_worker(told, scope=page.url_in("door", "attendance.tablet"))


def script_of_worker(told: dict[str, object], *, scope: str) -> Answer:
    """Return the worker's script with what it is told; it may answer for the addresses under `scope`."""
    text = (STATIC / "js/door/offline_worker.js").read_text(encoding="utf-8")
    response = make_response(f"self.OFFLINE = {json.dumps(told, sort_keys=True)};\n{text}")
    response.headers["Content-Type"] = "text/javascript; charset=utf-8"
    response.headers["Service-Worker-Allowed"] = scope
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _shell(page: Page) -> str:
    worker = page.url_in("visit", "attendance.tablet_worker")
    return page.render("attendance/tablet.html", words=tablet_words(), worker=worker)


def _files(entry: str) -> list[str]:
    """Return the address of each file that the page loads: marked ones as the page names them, modules as they import."""
    marked = [f"css/{name}.css" for name in _STYLES] + [f"img/{name}" for name in _PICTURES]
    marked += ["js/form.js", f"js/door/{entry}"]
    modules = [*(STATIC / "js/door").glob("*.js"), *(STATIC / _PACKAGED).glob("*.js")]
    names = sorted(path.relative_to(STATIC).as_posix() for path in modules)
    return [asset(name) for name in marked] + [f"{request.script_root}/static/{name}" for name in names]


def _mark(shell: str, files: list[str]) -> str:
    """Return what changes when the shell or any of its files does."""
    digest = hashlib.sha256(shell.encode())
    for address in files:
        path = address.removeprefix(f"{request.script_root}/static/").partition("?")[0]
        digest.update(address.encode() + Path(STATIC / path).read_bytes())
    digest.update((STATIC / "js/door/offline_worker.js").read_bytes())
    return digest.hexdigest()[:16]
