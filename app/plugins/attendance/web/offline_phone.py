"""The page of a member's own phone without network, and the worker that opens it."""

from flask_babel import gettext as _

from app.http.offline_worker import Shell, worker_script
from app.http.page import Answer, Page, PublicPage


def offline(page: PublicPage) -> Answer:
    """Show the page that keeps a tap for later: the same for everybody, so that a browser may keep it."""
    return _shell(page)


def phone_worker(page: PublicPage) -> Answer:
    """Return the script of the worker that opens that page in place of the group's pages of attendance."""
    return _worker(page, scope=page.url_in("group", "attendance.overview"))


def scan_worker(page: PublicPage) -> Answer:
    """Return the same script for the address in the room's code, which lies elsewhere: who scans it may be offline."""
    return _worker(page, scope=page.url("attendance.scan_worker").removesuffix("worker.js"))


def _worker(page: PublicPage, *, scope: str) -> Answer:
    shell = Shell(
        name=f"phone {page.group.slug}",
        page=page.url("attendance.offline"),
        html=_shell(page),
        entry="js/door/offline.js",
        styles=("tokens", "base", "components", "door", "print"),
        is_first=False,
    )
    return worker_script(shell, scope=scope)


def _shell(page: Page) -> str:
    scope = page.url_in("group", "attendance.overview")
    return page.render("attendance/offline.html", words=_words(), scope=scope)


def _words() -> dict[str, str]:
    return {
        "no_network": _("No network"),
        "no_network_note": _(
            "Tap once. It is saved on this phone with the time, and sent when there is a connection."
        ),
        "i_am_here": _("I am here"),
        "kept": _("Saved on this phone, {time}"),
        "kept_note": _("It is sent as soon as there is a connection. Then a leader confirms it."),
        "sent": _("Sent"),
        "waits_for_leader": _("It waits for a leader, who sees who is in the room."),
        "not_taken": _("This was not taken"),
        "not_kept": _("This phone could not save it"),
        "tell_leader": _("Please tell a leader that you are here."),
        "signed_out": _("Sign in to send it"),
        "signed_out_note": _("You are signed out on this phone. Your tap is kept; sign in, and it is sent."),
        "look_again": _("Look again"),
    }
