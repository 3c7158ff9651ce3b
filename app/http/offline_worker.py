"""How is a worker's script made? It names a page and the files it is made of, and changes when any of that does."""

import hashlib
import json
from dataclasses import dataclass

from flask import make_response, request

from app.http.page import Answer
from app.http.rendering import STATIC, asset

_SCRIPT = "js/door/offline_worker.js"
_OF_THE_DOOR = ("js/door/*.js", "vendor/qr/*.js")
_EVERYWHERE = (
    "js/form.js",
    "img/favicon.svg",
    "img/icon-180.png",
    "img/icon-192.png",
    "img/icon-512.png",
    "img/manifest.webmanifest",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """A page without personal data that a browser keeps; `html` is how it stands now, `modules` are patterns of what it imports.

    Where it `is_first` the kept page is always shown, and replaced when it changes; else only where the network
    does not answer.
    """

    name: str
    page: str
    html: str
    entry: str
    styles: tuple[str, ...]
    is_first: bool
    modules: tuple[str, ...] = _OF_THE_DOOR


def worker_script(shell: Shell, *, scope: str) -> Answer:
    """Return the worker's script with what it is told; it may answer for the addresses under `scope`."""
    files = _addresses(shell)
    told = {
        "name": shell.name,
        "page": shell.page,
        "files": sorted(files),
        "first": "page" if shell.is_first else "network",
        "mark": _mark(shell, files),
    }
    text = (STATIC / _SCRIPT).read_text(encoding="utf-8")
    response = make_response(f"self.OFFLINE = {json.dumps(told, sort_keys=True)};\n{text}")
    response.headers["Content-Type"] = "text/javascript; charset=utf-8"
    response.headers["Service-Worker-Allowed"] = scope
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _addresses(shell: Shell) -> dict[str, str]:
    """Return each file the page loads by its address: marked as the page names them, plain as modules import them."""
    marked = [*(f"css/{name}.css" for name in shell.styles), *_EVERYWHERE, shell.entry]
    plain = [
        path.relative_to(STATIC).as_posix() for pattern in shell.modules for path in STATIC.glob(pattern)
    ]
    return {asset(name): name for name in marked} | {
        f"{request.script_root}/static/{name}": name for name in plain
    }


def _mark(shell: Shell, files: dict[str, str]) -> str:
    digest = hashlib.sha256(shell.html.encode())
    for address in sorted(files):
        digest.update(address.encode() + (STATIC / files[address]).read_bytes())
    return digest.hexdigest()[:16]
