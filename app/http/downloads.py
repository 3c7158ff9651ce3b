"""A table as the answer to a request: CSV, XLSX or PDF, sent under a plain file name."""

from collections.abc import Iterable
from enum import StrEnum

from babel.core import get_global
from flask import Response
from flask_babel import get_locale
from flask_babel import gettext as _

from app.core.exports.csv_file import csv_chunks
from app.core.exports.pdf_file import Print, pdf_bytes
from app.core.exports.table import Table
from app.core.exports.xlsx_file import xlsx_chunks
from app.http.page import Page


class FileKind(StrEnum):
    """A kind of file that a table becomes; the value is the ending of its name."""

    CSV = "csv"
    XLSX = "xlsx"
    PDF = "pdf"


_TYPES = {
    FileKind.CSV: "text/csv",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.PDF: "application/pdf",
}


def download(page: Page, table: Table, kind: FileKind, name: str) -> Response:
    """Return the answer that a browser keeps as `<name>.<ending>`; `name` has plain letters, digits and `-` only."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind.value}"'}
    return Response(_content(page, table, kind), mimetype=_TYPES[kind], headers=headers)


def _content(page: Page, table: Table, kind: FileKind) -> Iterable[bytes]:
    if kind is FileKind.CSV:
        return csv_chunks(table)
    if kind is FileKind.XLSX:
        return xlsx_chunks(table)
    return [pdf_bytes(table, _print(page))]


def _print(page: Page) -> Print:
    return Print(
        locale=str(get_locale() or "en"),
        country=country_of(page.group.zone),
        made_at=page.work.now,
        page_words=str(_("Page %(page)s of %(pages)s", page="{page}", pages="{pages}")),
        unprintable=str(
            _(
                "Some letters have no font on this server and are shown as boxes; the CSV and XLSX files have them."
            )
        ),
    )


def country_of(zone: str) -> str:
    """Return the country (ISO 3166) that a zone lies in, or nothing for zones of no country."""
    return str(get_global("zone_territories").get(zone, ""))
