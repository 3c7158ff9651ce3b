"""The group month by month: how many came, how many on time, as bars, as a table and as files."""

from flask_babel import gettext as _

from app.core.exports.table import Column, Kind, Table
from app.http.downloads import FileKind, download
from app.http.page import Answer, GroupPage, View
from app.http.periods import AskedPeriod, asked_period
from app.plugins.attendance.domain.months import GroupMonth, months_of
from app.plugins.attendance.queries.months import counts_by_meeting
from app.plugins.attendance.web.offered_files import file_name, offered_files
from app.plugins.attendance.web.palms_tables import days
from app.plugins.attendance.web.pictures import drawn_months
from app.plugins.attendance.web.tabs import tabs_of
from app.plugins.attendance.web.wording import month_of


def months(page: GroupPage) -> Answer:
    """Show the months of a period."""
    asked = asked_period(page)
    answer = page.render(
        "attendance/months.html",
        asked=asked,
        months=drawn_months(_months(page, asked)),
        month_of=month_of,
        grid_url=page.url("attendance.overview"),
        files=offered_files(page, asked, "attendance.months", *FileKind),
        tabs=tabs_of(page, "attendance.months"),
    )
    return answer, asked.status


def months_file(kind: FileKind) -> View:
    """Return the view that sends the months as a file."""

    def send(page: GroupPage) -> Answer:
        asked = asked_period(page)
        if asked.problems:
            return months(page)
        return download(page, _table(page, asked), kind, file_name(page, "months", asked))

    return send


def _months(page: GroupPage, asked: AskedPeriod) -> list[GroupMonth]:
    return list(months_of(counts_by_meeting(page.work.session, page.group.id, asked.period)))


def _table(page: GroupPage, asked: AskedPeriod) -> Table:
    return Table(
        title=_("Month by month"),
        columns=[
            Column(heading=_("Month"), width=16),
            Column(heading=_("Meetings"), kind=Kind.NUMBER),
            *(Column(heading=letter, kind=Kind.NUMBER, width=6) for letter in "PALMS"),
            Column(heading=_("In the room"), kind=Kind.NUMBER, width=14),
            Column(heading=_("On time, %"), kind=Kind.NUMBER, width=12),
        ],
        rows=[
            (
                month_of(month.first),
                month.meetings,
                *month.palms.letters(),
                round(month.in_the_room),
                None if month.share_on_time is None else round(month.share_on_time * 100),
            )
            for month in _months(page, asked)
        ],
        about=[page.group.name, days(asked.period)],
        notes=[
            _(
                "Submitted records only. In the room: members at a meeting, on average. On time: of those who came."
            )
        ],
    )
