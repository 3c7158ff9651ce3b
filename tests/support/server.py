"""Serves a Flask application to a real browser: in a thread, on a free port of loopback, as long as it is needed."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class _QuietHandler(WSGIRequestHandler):
    """Writes no line per request, so that a failing test's output is about the test."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        return


def _read_whole(app: Flask) -> "WSGIApplication":
    """Return the application with each answer read and closed before any of it is sent.

    Werkzeug's server forgets to close an answer whose browser went away in the middle of it, and an open file of
    one test would be found in another.
    """

    def whole(environ: "WSGIEnvironment", start_response: "StartResponse") -> list[bytes]:
        answer = app(environ, start_response)
        try:
            return [b"".join(answer)]
        finally:
            if hasattr(answer, "close"):
                answer.close()

    return whole


@contextmanager
def serving(app: Flask, *, host: str = "127.0.0.1", port: int = 0) -> Iterator[str]:
    """Lend the base URL, without a slash at its end, at which the application answers; several requests at a time.

    Port 0 takes a free one. `localhost` as host makes the browser treat the page as a secure context too.
    """
    server = make_server(host, port, _read_whole(app), threaded=True, request_handler=_QuietHandler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, name="served-app")
    thread.start()
    try:
        yield f"http://{host}:{server.server_port}"
    finally:
        server.shutdown()
        thread.join(timeout=10)
        server.server_close()
