"""Which requests hold what no database can keep as text, and are refused before anything is looked up?"""

from collections.abc import Iterator

from flask import Flask, request
from werkzeug.exceptions import BadRequest, NotFound

NUL = "\x00"


def refuse_unreadable(app: Flask) -> None:
    """Refuse the NUL character in addresses and forms: PostgreSQL keeps it in no text, and nobody types it."""

    @app.before_request
    def refuse_nul() -> None:
        if NUL in request.path:
            raise NotFound
        if any(NUL in text for text in _texts_sent()):
            raise BadRequest


def _texts_sent() -> Iterator[str]:
    yield from (value for values in request.args.listvalues() for value in values)
    yield from (value for values in request.form.listvalues() for value in values)
    yield from (file.filename or "" for files in request.files.listvalues() for file in files)
