"""The way in: a scan or a typed code is traded for a ticket, one big tap signs in, and one answer fills the screen."""

from flask import flash, make_response, redirect, url_for
from flask_babel import gettext as _

from app.core.errors import NotFound, Refusal, Refused
from app.http.identity import who_is_signed_in
from app.http.page import Answer, GroupPage, Page, PublicPage
from app.http.sentences import sentence
from app.plugins.attendance.domain.evidence import Grade
from app.plugins.attendance.domain.room_code import CodeDecision, as_typed, decided
from app.plugins.attendance.domain.rules import refusals_for_sign_in
from app.plugins.attendance.domain.status import CAME, Status
from app.plugins.attendance.queries.marks import mark_of
from app.plugins.attendance.queries.meetings import MeetingLine, meeting_in_address, meetings_near
from app.plugins.attendance.services.signing_in import SignIn, sign_in_by_room_code
from app.plugins.attendance.services.taking_back import may_take_back_own, take_back_own
from app.plugins.attendance.web.forms import CodeForm
from app.plugins.attendance.web.greeting import hello
from app.plugins.attendance.web.phone import (
    keep_ticket,
    know_phone_again,
    phone_key,
    room_code_key,
    ticket_for,
    ticket_was_used,
)


def scan(page: PublicPage, meeting: str, code: str) -> Answer:
    """Trade the code in a scanned address for a ticket and lead to the tap; the arrival is this instant."""
    found = meeting_in_address(page.work.session, page.group.id, meeting)
    if found is None:
        raise NotFound
    refusals = _refusals_for_code(page, [found], code) or refusals_for_sign_in(found.facts, page.work.now)
    if refusals:
        return page.render("attendance/scan_refused.html", reasons=[sentence(one) for one in refusals]), 422
    keep_ticket(page.group, found.public_id, page.work.now)
    if who_is_signed_in() is None:
        return know_phone_again(page, page.go("attendance.who"))
    return redirect(url_for("group.attendance.arrive", group=page.group.slug), 303)


def code(page: GroupPage) -> Answer:
    """Take the code from those who cannot scan it."""
    form = CodeForm()
    if not form.validate_on_submit():
        return page.render("attendance/code.html", form=form), 422 if form.is_submitted() else 200
    near = meetings_near(page.work.session, page.group.id, page.work.now)
    found = _meeting_of_code(page, near, form.code.data)
    refusals = (
        _refusals_for_code(page, near, form.code.data)
        if found is None
        else refusals_for_sign_in(found.facts, page.work.now)
    )
    if found is None or refusals:
        form.take(Refused(refusals or [Refusal(code="attendance.code_wrong")]))
        return page.render("attendance/code.html", form=form), 422
    keep_ticket(page.group, found.public_id, page.work.now)
    return page.go("attendance.arrive")


def arrive(page: GroupPage) -> Answer:
    """Show the one big tap for the meeting whose code was scanned."""
    ticket = ticket_for(page)
    if ticket is None or not ticket.is_good(page.group.slug, page.work.now):
        code_of_refusal = "attendance.no_ticket" if ticket is None else "attendance.ticket_over"
        return page.render("attendance/scan_first.html", reason=sentence(Refusal(code=code_of_refusal)))
    meeting = meeting_in_address(page.work.session, page.group.id, ticket.meeting_public_id)
    if meeting is None:
        raise NotFound
    mark = mark_of(page.work.session, page.group.id, meeting.id, page.viewer.member_id)
    if mark.status is not None and mark.grade != Grade.CLAIMED.value:
        return page.go("attendance.arrived", meeting=meeting.public_id)
    answer = page.render("attendance/arrive.html", meeting=meeting, scanned_at=ticket.scanned_at)
    return know_phone_again(page, make_response(answer))


def sign_in(page: GroupPage) -> Answer:
    """Sign the viewer in; a second tap gets the same answer."""
    tap = SignIn(
        group_id=page.group.id,
        group_slug=page.group.slug,
        member_id=page.viewer.member_id,
        ticket=ticket_for(page),
        device_key=phone_key(page),
    )
    try:
        meeting_public_id = sign_in_by_room_code(page.work, tap)
    except Refused as refused:
        page.work.rollback()
        reasons = [sentence(refusal) for refusal in refused.refusals]
        return page.render("attendance/not_signed_in.html", reasons=reasons), 422
    ticket_was_used(page)
    return page.go("attendance.arrived", meeting=meeting_public_id)


def arrived(page: GroupPage, meeting: str) -> Answer:
    """Greet the viewer by name, with the time of arrival and, on their own phone, the verdict."""
    found = meeting_in_address(page.work.session, page.group.id, meeting)
    if found is None:
        raise NotFound
    mark = mark_of(page.work.session, page.group.id, found.id, page.viewer.member_id)
    if mark.status is None:
        return page.go("attendance.arrive")
    return page.render(
        "attendance/arrived.html",
        hello=hello(page.work.now, found.zone, page.viewer.first_name),
        meeting=found,
        own=mark,
        came=mark.status in CAME,
        is_late=mark.status is Status.LATE,
        may_vouch=mark.status in CAME
        and mark.grade != Grade.CLAIMED.value
        and found.facts.is_open_at(page.work.now),
        may_take_back=found.record.is_open and may_take_back_own(page.work, mark),
    )


def arrived_back(page: GroupPage, meeting: str) -> Answer:
    """Take the viewer's own sign-in of a moment ago back."""
    try:
        take_back_own(page.work, page.group.id, meeting, page.viewer.member_id)
    except Refused as refused:
        page.work.rollback()
        reasons = [sentence(refusal) for refusal in refused.refusals]
        return page.render("attendance/not_signed_in.html", reasons=reasons), 422
    flash(_("You are not signed in any more."), "success")
    return page.go("attendance.arrive")


def _meeting_of_code(page: Page, meetings: list[MeetingLine], code: str) -> MeetingLine | None:
    """Return the meeting whose screen shows the code now."""
    return next((one for one in meetings if _decided(page, one, code) is CodeDecision.GOOD), None)


def _refusals_for_code(page: Page, meetings: list[MeetingLine], code: str) -> list[Refusal]:
    decisions = {_decided(page, one, code) for one in meetings}
    if CodeDecision.GOOD in decisions:
        return []
    is_over = CodeDecision.EXPIRED in decisions
    return [Refusal(code="attendance.code_expired" if is_over else "attendance.code_wrong", field="code")]


def _decided(page: Page, meeting: MeetingLine, code: str) -> CodeDecision:
    return decided(room_code_key(), page.group.id, meeting.id, code=as_typed(code), now=page.work.now)
