"""The pages of a period: the grid for offices, one's own row for everybody, and PALMS."""

from collections.abc import Sequence

from flask import request
from flask_babel import gettext as _

from app.core.errors import NotFound
from app.core.groups.queries import member_by_public_id
from app.core.ids import MemberId
from app.http.downloads import FileKind
from app.http.page import Answer, GroupPage
from app.http.periods import AskedPeriod, asked_period
from app.plugins.attendance import permissions as may
from app.plugins.attendance.domain.status import Status
from app.plugins.attendance.domain.whole_palms import Balance
from app.plugins.attendance.queries.balances import balances_touching
from app.plugins.attendance.queries.grid import grid_of
from app.plugins.attendance.queries.history import history_of
from app.plugins.attendance.web.grid_rows import address_pattern, grid_rows
from app.plugins.attendance.web.offered_files import offered_files
from app.plugins.attendance.web.palms_sheet import palms_of
from app.plugins.attendance.web.palms_tables import days, notes_of, of_which, period_line
from app.plugins.attendance.web.pictures import drawn_strip, strip_of
from app.plugins.attendance.web.tabs import tabs_of
from app.plugins.attendance.web.wording import letter_counts, month_names


def overview(page: GroupPage) -> Answer:
    """Show the grid to those who may see it, and to everybody else their own row."""
    return _grid(page) if page.may(may.GRID_VIEW) else mine(page)


def mine(page: GroupPage) -> Answer:
    """Show the viewer's own attendance."""
    return _history_page(page, page.viewer.member_id, "")


def of_member(page: GroupPage, member: str) -> Answer:
    """Show a member's attendance to an office."""
    found = member_by_public_id(page.work.session, page.group.id, member)
    if found is None:
        raise NotFound
    return _history_page(page, found.id, found.name, member=member)


def palms(page: GroupPage) -> Answer:
    """Show PALMS of a period."""
    asked = asked_period(page)
    shown = palms_of(page, asked.period)
    answer = page.render(
        "attendance/palms.html",
        asked=asked,
        shown=shown,
        whole=shown.whole,
        total=shown.whole.total,
        caption=period_line(shown),
        of_which=of_which,
        notes=notes_of(shown),
        member_pattern=address_pattern(page, "attendance.of_member", "member", **asked.in_address),
        files=offered_files(page, asked, "attendance.palms", *FileKind),
        tabs=tabs_of(page, "attendance.palms"),
    )
    return answer, asked.status


def _grid(page: GroupPage) -> Answer:
    asked = asked_period(page)
    grid = grid_of(page.work.session, page.group.id, asked.period, page.work.now)
    member_pattern = address_pattern(page, "attendance.of_member", "member", **asked.in_address)
    newest_first = grid.columns[::-1]
    answer = page.render(
        "attendance/grid.html",
        asked=asked,
        grid=grid,
        newest_first=newest_first,
        rows=grid_rows(newest_first, grid.members, grid.letters, member_pattern, left_early=grid.left_early),
        meeting_pattern=address_pattern(page, "attendance.meeting", "meeting"),
        months=month_names(),
        files=offered_files(page, asked, "attendance.grid", *FileKind),
        tabs=tabs_of(page, "attendance.overview"),
    )
    return answer, asked.status


def _history_page(page: GroupPage, member_id: MemberId, name: str, **address: str) -> Answer:
    asked = asked_period(page)
    history = history_of(page.work.session, page.group.id, member_id, asked.period, page.work.now)
    letter = request.args.get("letter", "")
    chosen = Status(letter) if letter in set(Status) else None
    here = request.path
    endpoint = "attendance.of_member" if address else "attendance.mine"
    answer = page.render(
        "attendance/history.html",
        asked=asked,
        history=history,
        letters=letter_counts(history.palms),
        strip=drawn_strip(strip_of(history)),
        lines=[line for line in history.lines if chosen is None or line.mark.status is chosen],
        chosen=chosen,
        name=name,
        title=_("Attendance of %(name)s", name=name) if name else _("Your attendance"),
        letter_url=f"{here}?from={asked.period.first}&to={asked.period.last}&letter=",
        all_url=f"{here}?from={asked.period.first}&to={asked.period.last}",
        brought=_brought(page, asked, member_id),
        files=offered_files(page, asked, endpoint, *FileKind, **address),
        standing_url=page.url("attendance.standing_of", member=address["member"])
        if address and page.may(may.STANDINGS_VIEW)
        else "",
        tabs=tabs_of(page, endpoint),
    )
    return answer, asked.status


def _brought(
    page: GroupPage, asked: AskedPeriod, member_id: MemberId
) -> list[tuple[Balance, str, Sequence[int]]]:
    """Return what PALMS of this period counts for the member from elsewhere, where no single meeting is known."""
    balances = balances_touching(page.work.session, page.group.id, asked.period)
    return [
        (balance, days(balance.period), balance.members[member_id].palms.letters())
        for balance in balances
        if balance.is_within(asked.period) and member_id in balance.members
    ]
