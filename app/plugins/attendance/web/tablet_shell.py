"""The tablet's page, and the worker that opens it without network.

The page is a shell: it holds no name and is the same for everybody, so that a browser may keep it. Names come as data.
"""

from flask import jsonify, make_response

from app.http.offline_worker import Shell, worker_script
from app.http.page import Answer, DoorPage, Page, PublicPage
from app.http.rendering import asset
from app.plugins.attendance.web.tablet_words import tablet_words

_CAMERA_HERE = "camera=(self), microphone=(), geolocation=()"
_COVER, _PAPER = "#f2eee6", "#fcfaf6"
_ICONS = (192, 512)


def tablet(page: DoorPage) -> Answer:
    """Show the shell of the tablet's page; it alone may ask for the camera."""
    response = make_response(_shell(page))
    response.headers["Permissions-Policy"] = _CAMERA_HERE
    return response


def tablet_worker(page: PublicPage) -> Answer:
    """Return the script of the worker that opens the tablet's page with and without network."""
    address = page.url_in("door", "attendance.tablet")
    shell = Shell(
        name=f"tablet {page.group.slug}",
        page=address,
        html=_shell(page),
        entry="js/door/tablet.js",
        styles=("tokens", "base", "components", "door", "tablet", "print"),
        is_first=True,
    )
    return worker_script(shell, scope=address)


def tablet_manifest(page: PublicPage) -> Answer:
    """Tell a browser how to put the tablet's page on the home screen: it fills the screen and begins at the door."""
    address = page.url_in("door", "attendance.tablet")
    response = jsonify(
        id=address,
        name=page.group.name,
        short_name=page.group.name,
        start_url=address,
        scope=address,
        display="fullscreen",
        background_color=_PAPER,
        theme_color=_COVER,
        icons=[
            {"src": asset(f"img/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
            for size in _ICONS
        ],
    )
    response.headers["Content-Type"] = "application/manifest+json"
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _shell(page: Page) -> str:
    worker = page.url_in("visit", "attendance.tablet_worker")
    return page.render("attendance/tablet.html", words=tablet_words(), worker=worker)
