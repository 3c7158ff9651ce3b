"""A person's data as one file: a zip with a page to read it by, a table for each store, and pictures as they are."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from flask import render_template

from app.core.exports.csv_file import csv_chunks
from app.core.exports.table import Column, Table
from app.core.person_data.exported import Exported, Part, Told

_PLAIN = re.compile(r"[^a-z0-9]+")
_BEGINNINGS = {b"\xff\xd8\xff": "jpg", b"\x89PNG": "png", b"OggS": "ogg", b"\x1aE\xdf\xa3": "webm"}


def packed(parts: Sequence[Part], *, name: str, at: datetime) -> bytes:
    """Return the zip. `name` is the person's, `at` the instant that it is of."""
    held = BytesIO()
    with ZipFile(held, "w") as archive:
        index = render_template("account/own_data_file.html", parts=_shown(parts), name=name, at=at)
        _add(archive, "index.html", index.encode(), at)
        for part in parts:
            folder = part.group.slug if part.group else "house"
            for store in part.stores:
                if store.rows:
                    _add(archive, f"{folder}/{_plain(store.name)}.csv", _csv(store), at)
                for picture, content in store.pictures.items():
                    _add(archive, f"{folder}/{_plain(picture)}.{_ending(content)}", content, at)
    return held.getvalue()


def _shown(parts: Sequence[Part]) -> list[tuple[str, list[tuple[str, list[str], list[list[str]]]]]]:
    """Return for each group its stores, each with headings and lines, as the page shows them."""
    return [
        (
            part.group.name if part.group else "",
            [(_words(one.name), _headings(one), _lines(one)) for one in part.stores if one.rows],
        )
        for part in parts
    ]


def _csv(store: Exported) -> bytes:
    columns = [Column(heading=heading) for heading in _headings(store)]
    return b"".join(csv_chunks(Table(title=store.name, columns=columns, rows=_lines(store))))


def _lines(store: Exported) -> list[list[str]]:
    headings = _headings(store)
    return [[_text(row, heading) for heading in headings] for row in store.rows]


def _headings(store: Exported) -> list[str]:
    return list(dict.fromkeys(heading for row in store.rows for heading in row))


def _text(row: Mapping[str, Told], heading: str) -> str:
    value = row.get(heading)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _words(name: str) -> str:
    return name.replace("_", " ")


def _plain(name: str) -> str:
    return _PLAIN.sub("-", name.casefold()).strip("-")


def _ending(content: bytes) -> str:
    return next((ending for begin, ending in _BEGINNINGS.items() if content.startswith(begin)), "bin")


def _add(archive: ZipFile, name: str, content: bytes, at: datetime) -> None:
    entry = ZipInfo(name, at.timetuple()[:6])
    entry.compress_type = ZIP_DEFLATED
    archive.writestr(entry, content)
