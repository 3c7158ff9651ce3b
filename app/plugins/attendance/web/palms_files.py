"""The pages of a period as files: PALMS, the grid and a member's history as CSV, XLSX and PDF."""

from collections.abc import Callable

from app.core.errors import NotFound
from app.core.groups.queries.members import MemberLine, member_by_key, member_by_public_id
from app.http.downloads import FileKind, download
from app.http.page import Answer, GroupPage, View
from app.http.periods import AskedPeriod, asked_period
from app.plugins.attendance.queries.grid import grid_of
from app.plugins.attendance.queries.history import history_of
from app.plugins.attendance.web import overview
from app.plugins.attendance.web.offered_files import file_name
from app.plugins.attendance.web.palms_sheet import palms_of
from app.plugins.attendance.web.palms_tables import grid_table, history_table, palms_table

Sender = Callable[[FileKind], View]
"""Returns the view that sends one kind of file. A period that makes no sense is shown on the page instead."""


def palms(kind: FileKind) -> View:
    """Return the view that sends PALMS."""

    def send(page: GroupPage) -> Answer:
        asked = asked_period(page)
        if asked.problems:
            return overview.palms(page)
        table = palms_table(page, palms_of(page, asked.period))
        return download(page, table, kind, file_name(page, "palms", asked))

    return send


def grid(kind: FileKind) -> View:
    """Return the view that sends the grid."""

    def send(page: GroupPage) -> Answer:
        asked = asked_period(page)
        if asked.problems:
            return overview.overview(page)
        found = grid_of(page.work.session, page.group.id, asked.period, page.work.now)
        return download(
            page, grid_table(page, found, asked.period), kind, file_name(page, "attendance", asked)
        )

    return send


def mine(kind: FileKind) -> View:
    """Return the view that sends the viewer's own attendance."""

    def send(page: GroupPage) -> Answer:
        asked = asked_period(page)
        if asked.problems:
            return overview.mine(page)
        member = member_by_key(page.work.session, page.group.id, page.viewer.member_id)
        return _history(page, member, asked, kind)

    return send


def of_member(kind: FileKind) -> View:
    """Return the view that sends a member's attendance to an office."""

    def send(page: GroupPage, member: str) -> Answer:
        asked = asked_period(page)
        if asked.problems:
            return overview.of_member(page, member)
        found = member_by_public_id(page.work.session, page.group.id, member)
        if found is None:
            raise NotFound
        return _history(page, found, asked, kind)

    return send


def _history(page: GroupPage, member: MemberLine, asked: AskedPeriod, kind: FileKind) -> Answer:
    history = history_of(page.work.session, page.group.id, member.id, asked.period, page.work.now)
    table = history_table(page, history, member.name, asked.period)
    return download(page, table, kind, file_name(page, f"attendance-{member.public_id}", asked))
