"""A leader plans: an extra meeting beside the schedule, and another schedule from a day on."""

import re
from datetime import date, time, timedelta

from flask_babel import gettext as _

from app.core.meetings.domain.changes import When, Where, seen_mark
from app.core.meetings.domain.schedule import WEEKDAY_CODES, monthly_on, weekly_on
from app.core.meetings.queries import Schedule, meetings_to_come, schedule_on
from app.core.meetings.services.changing import Change, Changed, add_extra_meeting
from app.core.meetings.services.rescheduling import NewSchedule, change_schedule
from app.core.work import UnitOfWork
from app.http.page import Answer, GroupPage
from app.web.meeting_changes import Act, carried_out
from app.web.meeting_forms import ExtraMeetingForm, ScheduleForm, stripped

_USUAL = Schedule(
    rule=weekly_on(1), starts_on=date.min, wall_time=time(7), minutes=90, place="", call_link=""
)
"""What the forms begin with in a group that has no schedule."""

_MONTHLY = re.compile(r"FREQ=MONTHLY;BYDAY=(-?\d)([A-Z]{2})")
_WEEKLY = re.compile(r"FREQ=WEEKLY;(INTERVAL=2;)?BYDAY=([A-Z]{2})")


def add_extra(page: GroupPage) -> Answer:
    """Add a meeting outside the schedule."""
    stands = _schedule(page) or _USUAL
    form = ExtraMeetingForm(
        wall_time=stands.wall_time,
        minutes=stands.minutes,
        place=stands.place,
        call_link=stands.call_link,
    )

    def make(work: UnitOfWork, change: Change) -> Changed:
        when = When(day=form.day.data, wall_time=form.wall_time.data, minutes=form.minutes.data or 0)
        where = Where(place=stripped(form.place), call_link=stripped(form.call_link))
        return add_extra_meeting(work, change, when, where, stripped(form.topic))

    act = Act(
        template="group/meeting_add.html",
        title=_("Add a meeting"),
        make=make,
        freshen=lambda: None,
        back_url=page.url("meetings"),
    )
    return carried_out(page, form, act)


def schedule(page: GroupPage) -> Answer:
    """Let the group meet on other days or at another time, from a day on."""
    stands = _schedule(page)
    form = _schedule_form(page, stands or _USUAL)

    def freshen() -> None:
        form.seen.data = seen_mark(meetings_to_come(page.work.session, page.group.id, page.work.now))

    def make(work: UnitOfWork, change: Change) -> Changed:
        return change_schedule(work, change, _wanted(form))

    act = Act(
        template="group/meeting_schedule.html",
        title=_("Change when the group meets"),
        make=make,
        freshen=freshen,
        back_url=page.url("meetings"),
        context={"stands": _in_words(stands) if stands else ""},
    )
    return carried_out(page, form, act)


def _schedule(page: GroupPage) -> Schedule | None:
    return schedule_on(page.work.session, page.group.id, page.today)


def _schedule_form(page: GroupPage, stands: Schedule) -> ScheduleForm:
    rhythm, weekday = _read_rule(stands.rule)
    return ScheduleForm(
        day=page.today + timedelta(days=1),
        rhythm=rhythm,
        weekday=weekday,
        wall_time=stands.wall_time,
        minutes=stands.minutes,
        place=stands.place,
        call_link=stands.call_link,
    )


def _wanted(form: ScheduleForm) -> NewSchedule:
    weekday, rhythm = int(form.weekday.data), form.rhythm.data
    rules = {
        "weekly": weekly_on(weekday),
        "fortnightly": f"FREQ=WEEKLY;INTERVAL=2;BYDAY={WEEKDAY_CODES[weekday]}",
    }
    return NewSchedule(
        rule=rules.get(rhythm) or monthly_on(weekday, int(rhythm)),
        when=When(day=form.day.data, wall_time=form.wall_time.data, minutes=form.minutes.data or 0),
        where=Where(place=stripped(form.place), call_link=stripped(form.call_link)),
    )


def _read_rule(rule: str) -> tuple[str, str]:
    """Return what the form's choices say of a rule; another rule than the form can make is shown as every week."""
    if monthly := _MONTHLY.fullmatch(rule):
        return monthly[1], str(WEEKDAY_CODES.index(monthly[2]))
    if weekly := _WEEKLY.fullmatch(rule):
        return "fortnightly" if weekly[1] else "weekly", str(WEEKDAY_CODES.index(weekly[2]))
    return "weekly", "1"


def _in_words(stands: Schedule) -> str:
    """Return the schedule as it stands on one line."""
    rhythm, weekday = _read_rule(stands.rule)
    words = ScheduleForm(formdata=None)
    often = next(one.label for one in words.rhythm.choices if one.value == rhythm)
    on = next(one.label for one in words.weekday.choices if one.value == weekday)
    return f"{often}, {on}, {stands.wall_time:%H:%M}"
