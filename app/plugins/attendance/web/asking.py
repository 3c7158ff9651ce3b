"""A member asks to be excused or for leave, sees how it stands, and takes it back while nobody has decided."""

from datetime import timedelta

from flask import flash, redirect
from flask_babel import gettext as _

from app.core.errors import NotFound, Refused
from app.core.meetings.queries import meetings_between
from app.http.forms import version_typed
from app.http.once import answered_before
from app.http.page import Answer, GroupPage
from app.http.rendering import local_date
from app.plugins.attendance import permissions as may
from app.plugins.attendance.domain.asking import Asked
from app.plugins.attendance.queries.asking import LeaveLine, excuses_of, leave_in_address, leaves_of
from app.plugins.attendance.queries.care_numbers import numbers_of
from app.plugins.attendance.services.excusing import AskExcuse, ask_excuse, withdraw_excuse
from app.plugins.attendance.services.leave import (
    AskLeave,
    EndLeave,
    ask_leave,
    end_leave_early,
    withdraw_leave,
)
from app.plugins.attendance.web.asking_forms import EndLeaveForm, ExcuseForm, LeaveForm
from app.plugins.attendance.web.asking_words import kind_words, state_words
from app.plugins.attendance.web.tabs import tabs_of

ASKED_BACK, ASKED_AHEAD = timedelta(weeks=26), timedelta(weeks=9)
"""The meetings that a form offers: what lies further away is for a talk with a leader."""


def away(page: GroupPage) -> Answer:
    """Show the viewer what they asked, and how it stands."""
    session, me = page.work.session, page.viewer.member_id
    return page.render(
        "attendance/away.html",
        excuses=excuses_of(session, page.group.id, me),
        leaves=leaves_of(session, page.group.id, me),
        kinds=kind_words(),
        states=state_words(),
        decides=page.may(may.ASKED_DECIDE),
        today=page.today,
        tabs=tabs_of(page, "attendance.away"),
    )


def away_excuse(page: GroupPage) -> Answer:
    """Ask to be excused for one meeting, past or to come."""
    form = ExcuseForm()
    form.meeting.choices = meeting_choices(page)
    if not form.validate_on_submit():
        return page.render("attendance/away_excuse.html", form=form), 422 if form.is_submitted() else 200
    me, location = page.viewer.member_id, page.url("attendance.away")
    command = AskExcuse(
        group_id=page.group.id,
        meeting_public_id=form.meeting.data or "",
        member_id=me,
        asked_by=me,
        kind=form.kind.data,
        note=form.note.data or "",
    )
    try:
        if seen := answered_before(page, form, location=location):
            return redirect(seen, 303)
        ask_excuse(page.work, command)
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return page.render("attendance/away_excuse.html", form=form), 422
    flash(_("It is asked. An officer decides, and you find the answer here."), "success")
    return redirect(location, 303)


def away_leave(page: GroupPage) -> Answer:
    """Ask for medical or family leave."""
    form = LeaveForm()
    weeks = numbers_of(page.work.session, page.group.id).leave_weeks
    if not form.validate_on_submit():
        code = 422 if form.is_submitted() else 200
        return page.render("attendance/away_leave.html", form=form, weeks=weeks), code
    me, location = page.viewer.member_id, page.url("attendance.away")
    command = AskLeave(
        group_id=page.group.id,
        member_id=me,
        asked_by=me,
        kind=form.kind.data,
        first_day=form.first_day.data,
        last_day=form.last_day.data,
        note=form.note.data or "",
    )
    try:
        if seen := answered_before(page, form, location=location):
            return redirect(seen, 303)
        ask_leave(page.work, command)
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return page.render("attendance/away_leave.html", form=form, weeks=weeks), 422
    flash(_("It is asked. An officer decides, and you find the answer here."), "success")
    if command.days is not None and command.days.is_longer_than(weeks):
        flash(_("This is more than the group’s usual %(weeks)s weeks; the officer sees that.", weeks=weeks))
    return redirect(location, 303)


def excuse_back(page: GroupPage, excuse: str) -> Answer:
    """Take an own excuse back."""
    withdraw_excuse(page.work, page.group.id, excuse, page.viewer.member_id)
    flash(_("It is withdrawn."), "success")
    return page.go("attendance.away")


def leave_back(page: GroupPage, leave: str) -> Answer:
    """Take an own leave back."""
    withdraw_leave(page.work, page.group.id, leave, page.viewer.member_id)
    flash(_("It is withdrawn."), "success")
    return page.go("attendance.away")


def leave_over(page: GroupPage, leave: str) -> Answer:
    """End an approved leave early: one's own, or as an office."""
    found = leave_in_address(page.work.session, page.group.id, leave)
    is_own = found is not None and found.member_id == page.viewer.member_id
    if found is None or not (is_own or page.may(may.ASKED_DECIDE)) or found.state is not Asked.APPROVED:
        raise NotFound
    back = page.url("attendance.away") if is_own else page.url("attendance.deciding")
    form = EndLeaveForm()
    if not form.is_submitted():
        form.seen_version.data = str(found.version)
    if not form.validate_on_submit():
        return _over_page(page, form, found, back), 422 if form.is_submitted() else 200
    command = EndLeave(
        group_id=page.group.id,
        public_id=leave,
        by=page.viewer.member_id,
        last_day=form.last_day.data,
        seen_version=version_typed(form.seen_version.data),
        path=page.url("attendance.away"),
        locale=page.group.locale,
    )
    try:
        end_leave_early(page.work, command)
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        stands = leave_in_address(page.work.session, page.group.id, leave) or found
        form.seen_version.data = str(stands.version)
        return _over_page(page, form, stands, back), 422
    flash(_("The leave ends on that day."), "success")
    return redirect(back, 303)


def meeting_choices(page: GroupPage) -> list[tuple[str, str]]:
    """Return the meetings that an excuse may be asked for, the nearest past one first, then back, then ahead."""
    found = meetings_between(
        page.work.session, page.group.id, page.today - ASKED_BACK, page.today + ASKED_AHEAD
    )
    held = [one for one in found if one.takes_place]
    past = [one for one in reversed(held) if one.local_date <= page.today]
    ahead = [one for one in held if one.local_date > page.today]
    return [
        ("", str(_("Choose a meeting"))),
        *((one.public_id, local_date(one.local_date)) for one in [*ahead[:1], *past, *ahead[1:]]),
    ]


def _over_page(page: GroupPage, form: EndLeaveForm, found: LeaveLine, back: str) -> str:
    return page.render(
        "attendance/leave_over.html",
        form=form,
        leave=found,
        back=back,
        is_own=found.member_id == page.viewer.member_id,
    )
