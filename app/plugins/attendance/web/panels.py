"""The parts that attendance gives to core's pages: today at the door, the latest grid, one's own row, what waits."""

from collections.abc import Sequence
from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.groups.domain.office import LEADERS
from app.core.local_time import Period
from app.core.meetings.domain.meeting import Meeting
from app.http.page import GroupPage
from app.http.periods import USUAL
from app.plugin_api import MeetingBrief, MemberBrief, Panel, Task
from app.plugins.attendance import permissions as may
from app.plugins.attendance.queries.grid import latest_letters
from app.plugins.attendance.queries.history import History, history_of
from app.plugins.attendance.queries.marks import BLANK, MarkLine, mark_of
from app.plugins.attendance.queries.roster import Roster, roster_at_hand
from app.plugins.attendance.queries.waiting import WaitingMeeting
from app.plugins.attendance.web.answer_panels import own_answer_on_page
from app.plugins.attendance.web.found import roster_on_page, screen_makes_sense
from app.plugins.attendance.web.grid_rows import address_pattern, as_members, excerpt_rows
from app.plugins.attendance.web.waiting import waiting_of
from app.plugins.attendance.web.wording import letter_counts, month_names

_LATEST_MEETINGS = 10
_OWN_MEETINGS = 10
_LIVE_SECONDS = 5
_QUIET_SECONDS = 20
"""Between meetings little moves, so little is asked."""
_LIVE_AROUND = timedelta(hours=3)


def home_panels(page: GroupPage) -> Sequence[Panel]:
    """Return the parts of the home page: for an office the room and the latest grid, for a member what is theirs."""
    if not page.may(may.GRID_VIEW):
        return [_next_meeting(page), _own(page)]
    roster = roster_at_hand(page.work.session, page.group.id, page.work.now)
    return [_today(page, roster), _latest_grid(page, roster)]


def tasks(page: GroupPage) -> Sequence[Task]:
    """Return what waits for a leader: people to confirm, phones to look at, records to submit.

    Any officer may keep a record; it is the leaders who are asked to, so that nobody waits for one another.
    """
    if not page.viewer.offices & LEADERS:
        return ()
    waiting = waiting_of(page)
    return [
        *(_task(page, one, _people_to_confirm(one.number), 4) for one in waiting.claims),
        *(_task(page, one, _taps_to_judge(one.number), 4) for one in waiting.taps),
        *(
            _task(page, one, _("One phone signed in two members: see whether both were there"), 5)
            for one in waiting.shared_devices
        ),
        *(_task(page, one, _("Submit the record of the meeting"), 10) for one in waiting.open_records),
    ]


def _task(page: GroupPage, meeting: WaitingMeeting, text: str, order: int) -> Task:
    url = page.url("attendance.meeting", meeting=meeting.public_id)
    return Task(text=text, url=url, order=order, due_on=meeting.local_date)


def _people_to_confirm(number: int) -> str:
    said: str = ngettext(
        "%(num)d person waits for you to say that they are here",
        "%(num)d people wait for you to say that they are here",
        number,
    )
    return said


def _taps_to_judge(number: int) -> str:
    said: str = ngettext(
        "%(num)d sign-in of the tablet waits for your word",
        "%(num)d sign-ins of the tablet wait for your word",
        number,
    )
    return said


def member_panels(page: GroupPage, member: MemberBrief) -> Sequence[Panel]:
    """Return the counts of one member, to the member and to the offices; colleagues see nothing of them."""
    is_own = member.id == page.viewer.member_id
    if not is_own and not page.may(may.GRID_VIEW):
        return ()
    period = _usual_period(page)
    history = history_of(page.work.session, page.group.id, member.id, period, page.work.now)
    url = page.url("attendance.mine") if is_own else page.url("attendance.of_member", member=member.public_id)
    context = {
        "history": history,
        "letters": letter_counts(history.palms),
        "rows_url": f"{url}?from={period.first}&to={period.last}",
    }
    return [
        Panel(
            key="member",
            title=_("Attendance"),
            template="attendance/panel_member.html",
            context=context,
            url=url,
        )
    ]


def meeting_panels(page: GroupPage, meeting: MeetingBrief) -> Sequence[Panel]:
    """Return how many came to a meeting, with the way to its record."""
    roster = roster_on_page(page, meeting.public_id)
    if roster is None:
        return ()
    url = page.url("attendance.meeting", meeting=meeting.public_id)
    context = {
        "roster": roster,
        "own": roster.line_of(page.viewer.member_public_id),
        "sees_all": page.may(may.GRID_VIEW),
        "is_over": page.work.now >= meeting.ends_at_utc,
        "record_url": url,
    }
    return [
        Panel(
            key="meeting",
            title=_("Attendance"),
            template="attendance/panel_meeting.html",
            context=context,
            url=url,
        )
    ]


def _today(page: GroupPage, roster: Roster | None) -> Panel:
    if roster is None:
        return Panel(
            key="today",
            title=_("Next meeting"),
            template="attendance/panel_no_meeting.html",
            order=0,
            wide=True,
        )
    meeting = roster.meeting
    is_today = meeting.local_date == page.today
    context = {
        "roster": roster,
        "meeting": meeting,
        "record_url": page.url("attendance.meeting", meeting=meeting.public_id),
        "screen_url": page.url("attendance.open_screen", meeting=meeting.public_id),
        "may_open_screen": page.may(may.SCREEN_OPEN) and screen_makes_sense(page, meeting),
        "is_today": is_today,
        "is_open": page.work.now >= meeting.facts.opens_at_utc,
        "may_keep": page.may(may.RECORD_EDIT),
    }
    return Panel(
        key="today",
        title=_("Today") if is_today else _("Next meeting"),
        template="attendance/panel_today.html",
        context=context,
        url=page.url("attendance.meeting", meeting=meeting.public_id),
        order=0,
        wide=True,
        live_seconds=_LIVE_SECONDS
        if page.work.now >= meeting.starts_at_utc - _LIVE_AROUND
        else _QUIET_SECONDS,
    )


def _latest_grid(page: GroupPage, roster: Roster | None) -> Panel:
    columns, letters = latest_letters(page.work.session, page.group.id, page.work.now, _LATEST_MEETINGS)
    lines = roster.lines if roster else []
    members = as_members([(line.member_id, line.public_id, line.name) for line in lines])
    member_pattern = address_pattern(page, "attendance.of_member", "member")
    context = {
        "columns": columns,
        "rows": excerpt_rows(columns, members, letters, member_pattern),
        "meeting_pattern": address_pattern(page, "attendance.meeting", "meeting"),
        "months": month_names(),
    }
    title = ngettext("The last meeting", "The last %(num)d meetings", max(len(columns), 1))
    return Panel(
        key="grid",
        title=title,
        template="attendance/panel_grid.html",
        context=context,
        url=page.url("attendance.overview"),
        order=30,
        wide=True,
    )


def _next_meeting(page: GroupPage) -> Panel:
    meeting = page.meetings_near.at_hand
    if meeting is None:
        return Panel(
            key="next", title=_("Next meeting"), template="attendance/panel_no_meeting.html", order=0
        )
    url = page.url("attendance.meeting", meeting=meeting.public_id)
    is_today = meeting.local_date == page.today
    own = _own_mark(page, meeting)
    context = {
        "meeting": meeting,
        "code_url": page.url("attendance.code"),
        "is_today": is_today,
        "own": own,
    }
    return Panel(
        key="next",
        title=_("Today") if is_today else _("Next meeting"),
        template="attendance/panel_next.html",
        context=context,
        url=url,
        order=0,
        first=is_today and not own.status and page.work.now >= meeting.starts_at_utc - _LIVE_AROUND,
    )


def _own_mark(page: GroupPage, meeting: Meeting) -> MarkLine:
    """Return the viewer's mark; where the question whether they come has found no letter, it is the blank."""
    asked = own_answer_on_page(page)
    if asked is not None and asked.meeting_public_id == meeting.public_id and not asked.has_letter:
        return BLANK
    return mark_of(page.work.session, page.group.id, meeting.id, page.viewer.member_id)


def _own(page: GroupPage) -> Panel:
    history = history_of(
        page.work.session, page.group.id, page.viewer.member_id, _usual_period(page), page.work.now
    )
    marked = [line for line in history.lines if line.mark.status]
    latest = History(lines=marked[:_OWN_MEETINGS])
    url = page.url("attendance.mine")
    return Panel(
        key="own",
        title=_("Your attendance"),
        template="attendance/panel_own.html",
        context={"latest": latest, "is_first": not history.lines},
        url=url,
        order=40,
    )


def _usual_period(page: GroupPage) -> Period:
    return Period(first=page.today - USUAL + timedelta(days=1), last=page.today)
