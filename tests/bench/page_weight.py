"""How many bytes does a page cost, packed with gzip: at the first visit with everything it names, and at the next?

What a page names is found in it and in what it names: style sheets, pictures, and modules that import modules. At the
next visit only the page itself comes again, since the addresses of the rest carry a mark of their content.
"""

import gzip
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Final

from flask import Flask

from tests.bench import targets
from tests.bench.product import CONSOLE, Browsers
from tests.bench.statements import answered

SIGN_IN: Final = "/account/sign-in"
_NAMED_BY: Final = {"link": "href", "script": "src", "img": "src"}
_KINDS_OF_LINK: Final = {"stylesheet", "icon", "modulepreload"}
_IMPORTED = re.compile(r"""(?:import|from)\s*\(?\s*["'](\.[^"']+)["']|url\(["']?([^"')]+)""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """What a page weighs, in kB of 1,000 bytes."""

    first_kb: float
    next_kb: float


def page_weights(app: Flask, browsers: Browsers) -> list[targets.Counted]:
    """Return what the sign-in page and the console weigh."""
    host = "127.0.0.1"
    sign_in = weight_of(app, f"GET {SIGN_IN} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
    console = weight_of(app, browsers.page(browsers.leaders[0], CONSOLE))
    return [
        targets.SIGN_IN_FIRST.counted(sign_in.first_kb),
        targets.SIGN_IN_NEXT.counted(sign_in.next_kb),
        targets.CONSOLE_FIRST.counted(console.first_kb),
    ]


def weight_of(app: Flask, request: bytes) -> Weight:
    """Return the weight of the page that answers the request."""
    page = answered(app, request)
    assets: dict[str, bytes] = {}
    for address in named_in(page.decode()):
        _take(app, address, assets)
    own = _packed(page)
    return Weight(first_kb=own + sum(map(_packed, assets.values())), next_kb=own)


def named_in(page: str) -> list[str]:
    """Return the addresses of what a browser fetches for the page."""
    reader = _Reader()
    reader.feed(page)
    return [address for address in reader.found if address.startswith("/")]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        is_fetched = tag != "link" or bool(_KINDS_OF_LINK & set((named.get("rel") or "").split()))
        if tag in _NAMED_BY and is_fetched:
            self.found.append(named.get(_NAMED_BY[tag]) or "")


def _take(app: Flask, address: str, assets: dict[str, bytes]) -> None:
    path = address.partition("?")[0]
    if path in assets:
        return
    assets[path] = answered(app, f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    if path.endswith((".js", ".css")):
        for more in _named_by_asset(path, assets[path].decode()):
            _take(app, more, assets)


def _named_by_asset(path: str, text: str) -> Iterator[str]:
    for imported, drawn in _IMPORTED.findall(text):
        address = imported or drawn
        if not address.startswith(("data:", "#")):
            yield posixpath.normpath(posixpath.join(posixpath.dirname(path), address))


def _packed(content: bytes) -> float:
    return len(gzip.compress(content, compresslevel=6, mtime=0)) / 1000
