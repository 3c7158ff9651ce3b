"""The pages of a period: the grid for offices, one's own row for everybody, PALMS on the page and as CSV."""

from collections.abc import Mapping
from functools import reduce
from operator import add

from flask import Response, request, stream_with_context
from flask_babel import gettext as _

from app.core.errors import NotFound
from app.core.groups.queries import member_by_public_id
from app.core.ids import MemberId
from app.core.local_time import Period
from app.http.page import Answer, GroupPage
from app.plugins.attendance import permissions as may
from app.plugins.attendance.domain.palms import NOTHING
from app.plugins.attendance.domain.status import Status
from app.plugins.attendance.queries.grid import grid_of
from app.plugins.attendance.queries.history import History, history_of
from app.plugins.attendance.queries.palms import palms_sheet
from app.plugins.attendance.web.grid_rows import address_pattern, grid_rows
from app.plugins.attendance.web.palms_csv import palms_csv
from app.plugins.attendance.web.periods import AskedPeriod, asked_period
from app.plugins.attendance.web.tabs import tabs_of
from app.plugins.attendance.web.wording import letter_counts, month_names
from app.plugins.referrals.interface import PalmsReferrals, ReferralTotals


def overview(page: GroupPage) -> Answer:
    """Show the grid to those who may see it, and to everybody else their own row."""
    return _grid(page) if page.may(may.GRID_VIEW) else mine(page)


def mine(page: GroupPage) -> Answer:
    """Show the viewer's own attendance."""
    asked = asked_period(page)
    history = history_of(page.work.session, page.group.id, page.viewer.member_id, asked.period, page.work.now)
    return _history_page(page, asked, history, name="", endpoint="attendance.mine"), asked.status


def of_member(page: GroupPage, member: str) -> Answer:
    """Show a member's attendance to an office."""
    found = member_by_public_id(page.work.session, page.group.id, member)
    if found is None:
        raise NotFound
    asked = asked_period(page)
    history = history_of(page.work.session, page.group.id, found.id, asked.period, page.work.now)
    return _history_page(page, asked, history, name=found.name, endpoint="attendance.of_member"), asked.status


def palms(page: GroupPage) -> Answer:
    """Show PALMS of a period."""
    asked = asked_period(page)
    sheet = palms_sheet(page.work.session, page.group.id, asked.period, page.work.now)
    referrals = _referrals(page, asked.period)
    answer = page.render(
        "attendance/palms.html",
        asked=asked,
        sheet=sheet,
        total=reduce(add, (line.palms for line in sheet.lines), NOTHING),
        referrals=referrals,
        referral_total=_sum_of(referrals),
        nothing_referred=PalmsReferrals(),
        member_pattern=address_pattern(page, "attendance.of_member", "member", **asked.in_address),
        tabs=tabs_of(page, "attendance.palms"),
        csv_url=page.url("attendance.palms_file", **asked.in_address),
    )
    return answer, asked.status


def palms_file(page: GroupPage) -> Answer:
    """Send PALMS of a period as CSV, line by line; a period that makes no sense is shown on the page instead."""
    asked = asked_period(page)
    if asked.problems:
        return palms(page)
    sheet = palms_sheet(page.work.session, page.group.id, asked.period, page.work.now)
    lines = palms_csv(sheet, _referrals(page, asked.period), page.group.currency)
    name = f"palms-{page.group.slug}-{asked.period.first}-{asked.period.last}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(stream_with_context(lines), mimetype="text/csv", headers=headers)


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
        rows=grid_rows(newest_first, grid.members, grid.letters, member_pattern),
        meeting_pattern=address_pattern(page, "attendance.meeting", "meeting"),
        months=month_names(),
        tabs=tabs_of(page, "attendance.overview"),
    )
    return answer, asked.status


def _history_page(page: GroupPage, asked: AskedPeriod, history: History, *, name: str, endpoint: str) -> str:
    letter = request.args.get("letter", "")
    chosen = Status(letter) if letter in set(Status) else None
    lines = [line for line in history.lines if chosen is None or line.mark.status is chosen]
    here = request.path
    return page.render(
        "attendance/history.html",
        asked=asked,
        history=history,
        letters=letter_counts(history.palms),
        lines=lines,
        chosen=chosen,
        name=name,
        title=_("Attendance of %(name)s", name=name) if name else _("Your attendance"),
        letter_url=f"{here}?from={asked.period.first}&to={asked.period.last}&letter=",
        all_url=f"{here}?from={asked.period.first}&to={asked.period.last}",
        tabs=tabs_of(page, endpoint),
    )


def _referrals(page: GroupPage, period: Period) -> Mapping[MemberId, PalmsReferrals] | None:
    reader = page.reader(ReferralTotals)  # type: ignore[type-abstract]  # a Protocol is asked for by its type
    if reader is None:
        return None
    return reader.palms_totals(page.group.id, period.first, period.last, page.group.zone)


def _sum_of(referrals: Mapping[MemberId, PalmsReferrals] | None) -> PalmsReferrals:
    rows = list((referrals or {}).values())
    return PalmsReferrals(
        rgi=sum(row.rgi for row in rows),
        rgo=sum(row.rgo for row in rows),
        rri=sum(row.rri for row in rows),
        rro=sum(row.rro for row in rows),
        thank_you_minor=sum(row.thank_you_minor for row in rows),
    )
