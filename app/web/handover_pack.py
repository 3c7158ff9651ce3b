"""What goes to whoever takes over an office: the dates to come, the files of the office, and all of it as one pack."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from flask import Response
from flask_babel import gettext as _

from app.core.access import permissions as may
from app.core.errors import NotFound
from app.core.exports.csv_file import csv_chunks
from app.core.exports.table import Column, Kind, Table
from app.core.groups.domain.office import Office
from app.core.groups.queries import OfficeTermLine, members_on
from app.core.meetings.queries import meetings_between
from app.core.offices.queries import OfficeWord, holds_office, words_of_office
from app.http.downloads import FileKind, download
from app.http.page import Answer, GroupPage
from app.http.rendering import local_date, local_date_and_time, local_time, office_title
from app.plugin_api import HandoverFile, Task
from app.plugin_runtime.runtime import runtime

_MEETINGS_WITHIN, _MEETINGS_AT_MOST = timedelta(weeks=9), 4
_TERMS_WITHIN = timedelta(days=120)


@dataclass(frozen=True, slots=True, kw_only=True)
class DateLine:
    """One day to come that the office should know of; `url` may be empty."""

    day: date
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """All that goes with an office for this viewer. `words` is None for whoever does not hold it today."""

    office: Office
    matters: Sequence[Task]
    dates: Sequence[DateLine]
    words: Sequence[OfficeWord] | None
    files: Sequence[HandoverFile]


def pack_of(
    page: GroupPage, office: Office, terms: Sequence[OfficeTermLine], matters: Sequence[Task]
) -> Pack:
    """Return what goes with the office."""
    holds = holds_office(page.work.session, page.group.id, page.viewer.member_id, office, page.today)
    return Pack(
        office=office,
        matters=matters,
        dates=sorted([*_meetings(page), *_ends(page, terms)], key=lambda line: line.day),
        words=words_of_office(page.work.session, page.group.id, office) if holds else None,
        files=files_of(page, office),
    )


def files_of(page: GroupPage, office: Office) -> list[HandoverFile]:
    """Return the files of the office that the viewer may have too: the members for everyone, and what plugins bring."""
    members = HandoverFile(name="members", title=_("Members"), table=lambda: _members(page))
    return [
        *([members] if page.may(may.MEMBERS_VIEW) else []),
        *runtime().dispatch.handover_files(page, office),
    ]


def one_file(page: GroupPage, office: Office, name: str) -> Answer:
    """Return one of the files as CSV; one that there is not for this viewer is not found."""
    for file in files_of(page, office):
        if file.name == name:
            return download(page, file.table(), FileKind.CSV, f"{name}-{page.group.slug}-{page.today}")
    raise NotFound


def packed(page: GroupPage, pack: Pack) -> Answer:
    """Return all of it as one zip: a text that can be read anywhere, and the files as CSV."""
    held = BytesIO()
    with ZipFile(held, "w") as whole:
        _put(whole, page, "handover.txt", _text(page, pack).encode())
        for file in pack.files:
            _put(whole, page, f"{file.name}.csv", b"".join(csv_chunks(file.table())))
    name = f"{pack.office.value}-{page.group.slug}-{page.today}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return Response(held.getvalue(), mimetype="application/zip", headers=headers)


def _put(whole: ZipFile, page: GroupPage, name: str, content: bytes) -> None:
    entry = ZipInfo(name, page.work.now.timetuple()[:6])
    entry.compress_type = ZIP_DEFLATED
    whole.writestr(entry, content)


def _meetings(page: GroupPage) -> Iterable[DateLine]:
    found = meetings_between(page.work.session, page.group.id, page.today, page.today + _MEETINGS_WITHIN)
    return [
        DateLine(
            day=one.local_date,
            text=_(
                "Meeting at %(time)s: %(topic)s",
                time=local_time(one.starts_at_utc, page.group.zone),
                topic=one.topic,
            )
            if one.topic
            else _("Meeting at %(time)s", time=local_time(one.starts_at_utc, page.group.zone)),
            url=page.url("meeting", meeting=one.public_id),
        )
        for one in found
        if one.takes_place and one.ends_at_utc > page.work.now
    ][:_MEETINGS_AT_MOST]


def _ends(page: GroupPage, terms: Sequence[OfficeTermLine]) -> Iterable[DateLine]:
    """Return when terms end and begin soon, of every office: whoever follows works with them."""
    latest = page.today + _TERMS_WITHIN
    for line in terms:
        facts = {"name": line.member_name, "office": office_title(line.office)}
        if line.ends_on is not None and page.today <= line.ends_on <= latest:
            yield DateLine(day=line.ends_on, text=_("Last day of %(name)s: %(office)s", **facts))
        if page.today < line.starts_on <= latest:
            yield DateLine(day=line.starts_on, text=_("First day of %(name)s: %(office)s", **facts))


def _members(page: GroupPage) -> Table:
    lines = members_on(page.work.session, page.group.id, page.today)
    return Table(
        title=_("Members"),
        columns=[
            Column(heading=_("Name"), width=28),
            Column(heading=_("Firm"), width=28),
            Column(heading=_("Trade"), width=28),
            Column(heading=_("Phone"), width=18),
            Column(heading=_("Mail address"), width=28),
            Column(heading=_("Member since"), kind=Kind.DAY),
        ],
        rows=[
            (
                one.name,
                one.firm,
                one.trade,
                one.phone if one.shows_contact else "",
                one.email if one.shows_contact else "",
                one.joined_on,
            )
            for one in lines
        ],
    )


def _text(page: GroupPage, pack: Pack) -> str:
    parts = [
        (_("Open"), [_due(one.text, one.due_on) for one in pack.matters]),
        (_("Dates"), [_due(one.text, one.day) for one in pack.dates]),
        (_("Files"), [f"{file.name}.csv: {file.title}" for file in pack.files]),
    ]
    if pack.words is not None:
        words = [
            f"{one.writer_name}, {local_date_and_time(one.written_at, page.group.zone)}:\n{one.words}\n"
            for one in pack.words
        ]
        parts.append((_("For holders of the office alone"), words))
    lines = [f"{office_title(pack.office)}, {page.group.name}, {local_date(page.today)}"]
    for title, told in parts:
        lines += ["", title, "-" * len(title), *(told or [_("Nothing.")])]
    return "\n".join(lines) + "\n"


def _due(text: str, day: date | None) -> str:
    return f"* {local_date(day)}: {text}" if day else f"* {text}"
