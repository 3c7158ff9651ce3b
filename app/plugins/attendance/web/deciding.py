"""The offices' desk of excuses and leave: what waits, what stands, entered for a member, decided with a word."""

from datetime import timedelta

from flask import flash, redirect
from flask_babel import gettext as _

from app.core.errors import NotFound, Refusal, Refused
from app.core.groups.queries import member_by_public_id, members_on
from app.core.ids import MemberId
from app.http.once import answered_before
from app.http.page import Answer, GroupPage
from app.plugins.attendance.domain.asking import Asked
from app.plugins.attendance.queries.asking import (
    ExcuseLine,
    LeaveLine,
    excuse_in_address,
    excuses_asked,
    excuses_decided,
    leave_in_address,
    leaves_standing,
)
from app.plugins.attendance.queries.care_numbers import numbers_of
from app.plugins.attendance.queries.counted_absences import counted_absences
from app.plugins.attendance.services.excusing import AskExcuse, DecideExcuse, ask_excuse, decide_excuse
from app.plugins.attendance.services.leave import AskLeave, DecideLeave, ask_leave, decide_leave
from app.plugins.attendance.web.asking import meeting_choices
from app.plugins.attendance.web.asking_forms import DecisionForm, EnterExcuseForm, EnterLeaveForm
from app.plugins.attendance.web.asking_words import kind_words, state_words
from app.plugins.attendance.web.days import days_of
from app.plugins.attendance.web.tabs import tabs_of

_DECIDED_LATELY = timedelta(weeks=8)


def deciding(page: GroupPage) -> Answer:
    """Show what waits for a decision first, then who is on leave, then what was decided lately."""
    session = page.work.session
    leaves = leaves_standing(session, page.group.id, page.today)
    return page.render(
        "attendance/deciding.html",
        excuses=excuses_asked(session, page.group.id),
        asked_leaves=[one for one in leaves if one.state is Asked.ASKED],
        leaves=[one for one in leaves if one.state is Asked.APPROVED and one.days.first <= one.days.last],
        decided=excuses_decided(session, page.group.id, page.work.now - _DECIDED_LATELY),
        weeks=numbers_of(session, page.group.id).leave_weeks,
        kinds=kind_words(),
        states=state_words(),
        today=page.today,
        tabs=tabs_of(page, "attendance.deciding"),
    )


def decide_one_excuse(page: GroupPage, excuse: str) -> Answer:
    """Decide on one excuse."""
    found = excuse_in_address(page.work.session, page.group.id, excuse)
    if found is None:
        raise NotFound
    form = DecisionForm()
    if not form.validate_on_submit():
        return _excuse_page(page, form, found), 422 if form.is_submitted() else 200
    command = DecideExcuse(
        group_id=page.group.id,
        public_id=excuse,
        decider=page.viewer.member_id,
        is_approved=form.decision.data == "yes",
        word=form.word.data or "",
        path=page.url("attendance.away"),
        locale=page.group.locale,
    )
    try:
        decide_excuse(page.work, command)
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        stands = excuse_in_address(page.work.session, page.group.id, excuse) or found
        return _excuse_page(page, form, stands), 422
    flash(_("Decided, and %(name)s is told.", name=found.name), "success")
    return page.go("attendance.deciding")


def decide_one_leave(page: GroupPage, leave: str) -> Answer:
    """Decide on one leave."""
    found = leave_in_address(page.work.session, page.group.id, leave)
    if found is None:
        raise NotFound
    form = DecisionForm()
    if not form.validate_on_submit():
        return _leave_page(page, form, found), 422 if form.is_submitted() else 200
    command = DecideLeave(
        group_id=page.group.id,
        public_id=leave,
        decider=page.viewer.member_id,
        is_approved=form.decision.data == "yes",
        word=form.word.data or "",
        path=page.url("attendance.away"),
        locale=page.group.locale,
    )
    try:
        decide_leave(page.work, command)
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        stands = leave_in_address(page.work.session, page.group.id, leave) or found
        return _leave_page(page, form, stands), 422
    flash(_("Decided, and %(name)s is told.", name=found.name), "success")
    return page.go("attendance.deciding")


def enter_excuse(page: GroupPage) -> Answer:
    """Enter an excuse that a member told the office; it is approved with that."""
    form = EnterExcuseForm()
    form.meeting.choices, form.member.choices = meeting_choices(page), _others(page)
    if not form.validate_on_submit():
        return page.render("attendance/enter_excuse.html", form=form), 422 if form.is_submitted() else 200
    location = page.url("attendance.deciding")
    try:
        if seen := answered_before(page, form, location=location):
            return redirect(seen, 303)
        command = AskExcuse(
            group_id=page.group.id,
            meeting_public_id=form.meeting.data or "",
            member_id=_member(page, form.member.data),
            asked_by=page.viewer.member_id,
            kind=form.kind.data,
            note=form.note.data or "",
            path=page.url("attendance.away"),
            locale=page.group.locale,
        )
        ask_excuse(page.work, command)
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return page.render("attendance/enter_excuse.html", form=form), 422
    flash(_("The excuse is entered, and the member is told."), "success")
    return redirect(location, 303)


def enter_leave(page: GroupPage) -> Answer:
    """Enter a leave that a member told the office; it is approved with that."""
    form = EnterLeaveForm()
    form.member.choices = _others(page)
    weeks = numbers_of(page.work.session, page.group.id).leave_weeks
    if not form.validate_on_submit():
        code = 422 if form.is_submitted() else 200
        return page.render("attendance/enter_leave.html", form=form, weeks=weeks), code
    location = page.url("attendance.deciding")
    try:
        if seen := answered_before(page, form, location=location):
            return redirect(seen, 303)
        command = AskLeave(
            group_id=page.group.id,
            member_id=_member(page, form.member.data),
            asked_by=page.viewer.member_id,
            kind=form.kind.data,
            first_day=form.first_day.data,
            last_day=form.last_day.data,
            note=form.note.data or "",
            path=page.url("attendance.away"),
            locale=page.group.locale,
        )
        ask_leave(page.work, command)
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return page.render("attendance/enter_leave.html", form=form, weeks=weeks), 422
    flash(_("The leave is entered, and the member is told."), "success")
    return redirect(location, 303)


def _others(page: GroupPage) -> list[tuple[str, str]]:
    """Return everybody but the viewer: what is one's own is asked for, and somebody else decides."""
    people = members_on(page.work.session, page.group.id, page.today)
    return [
        ("", str(_("Choose a member"))),
        *((one.public_id, one.name) for one in people if one.id != page.viewer.member_id),
    ]


def _member(page: GroupPage, public_id: str | None) -> MemberId:
    found = member_by_public_id(page.work.session, page.group.id, public_id or "")
    if found is None or found.id == page.viewer.member_id:
        raise Refused([Refusal(code="attendance.choose_a_name", field="member")])
    return found.id


def _excuse_page(page: GroupPage, form: DecisionForm, found: ExcuseLine) -> str:
    return page.render(
        "attendance/decide_excuse.html",
        day_of=days_of(page),
        form=form,
        excuse=found,
        kinds=kind_words(),
        states=state_words(),
        is_own=found.member_id == page.viewer.member_id,
    )


def _leave_page(page: GroupPage, form: DecisionForm, found: LeaveLine) -> str:
    session, group_id = page.work.session, page.group.id
    weeks = numbers_of(session, group_id).leave_weeks
    return page.render(
        "attendance/decide_leave.html",
        day_of=days_of(page),
        form=form,
        leave=found,
        kinds=kind_words(),
        states=state_words(),
        weeks=weeks,
        is_long=found.days.is_longer_than(weeks),
        counted=counted_absences(session, group_id, found.member_id, found.days),
        is_own=found.member_id == page.viewer.member_id,
    )
