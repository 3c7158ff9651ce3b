"""How many SQL statements does the gate send, and how many each page behind it? Counted, so the same on every machine."""

from io import BytesIO
from typing import Any

from flask import Flask
from sqlalchemy import event

from app.extensions import db
from tests.bench.preparation import Seat, open_meetings
from tests.bench.product import CODE_PAGE, CONSOLE, GRID, MEMBERS, Browsers


def statements_of(app: Flask, browsers: Browsers, seat: Seat) -> dict[str, int]:
    """Return the statements of the gate, and of each page without those of the gate."""
    meeting = open_meetings(app, seat.group, 1)[0]
    requests = {
        "list": browsers.page(seat, MEMBERS),
        "grid": browsers.page(seat, GRID),
        "console": browsers.page(seat, CONSOLE),
        "sign-in": browsers.sign_in(seat, meeting),
    }
    gate = statements_for(app, browsers.page(seat, CODE_PAGE))
    return {"gate": gate} | {name: statements_for(app, request) - gate for name, request in requests.items()}


def statements_for(app: Flask, request: bytes) -> int:
    """Answer one request in this process and return its statements, without BEGIN, COMMIT and settings."""
    with app.app_context():
        engine = db.engine
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        answered(app, request)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(seen)


def answered(app: Flask, request: bytes) -> bytes:
    """Let the application answer the bytes of a request here, and return the page; a refusal raises."""
    head, _, body = request.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    method, path, _ = first.split(" ")
    headers = dict(line.split(": ", 1) for line in lines)
    with app.test_client(use_cookies=False) as client:
        response = client.open(path, method=method, headers=headers, input_stream=BytesIO(body))
    if response.status_code not in {200, 303}:
        raise RuntimeError(f"{method} {path} was answered with {response.status}.")
    return bytes(response.data)
