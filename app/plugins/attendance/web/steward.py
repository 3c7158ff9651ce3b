"""A door steward: asked by an officer with a link, known by their device for one meeting, keeping its roster by taps."""

import segno
from flask import flash, redirect
from flask_babel import gettext as _

from app.core.access.domain.secret import hash_of
from app.core.errors import NotFound, Refusal, Refused
from app.core.groups.queries import member_by_public_id, members_on
from app.http.door import hand_over
from app.http.once import answered_before, secret_of_tap, tapped_before
from app.http.page import Answer, DoorPage, GroupPage, PublicPage
from app.http.sentences import sentence
from app.plugins.attendance.queries.stewards import STEWARD_KIND
from app.plugins.attendance.services.steward import (
    ask_steward,
    become_steward,
    close_steward,
    mail_to_steward,
    meeting_of_pass,
)
from app.plugins.attendance.web.desk import Desk, door_desk
from app.plugins.attendance.web.forms import ClaimsForm, StewardLinkForm
from app.plugins.attendance.web.found import is_over, meeting_of, screen_makes_sense
from app.plugins.attendance.web.leaving import left_early_at
from app.plugins.attendance.web.room_screen import LONGEST_PASS
from app.plugins.attendance.web.tapping import decide_at, mark_at, undo_at
from app.plugins.attendance.web.taps import decide_tap_at, taps_waiting
from app.plugins.attendance.web.undo import line_to_undo


def ask(page: GroupPage, meeting: str) -> Answer:
    """Open the door of the meeting to a helper, and lead to the page with their link; a second tap leads to the same."""
    one_time_pass = secret_of_tap(page)
    if tapped_before(page, location=page.url("attendance.meeting", meeting=meeting)) is None:
        ask_steward(page.work, page.group.id, meeting, page.viewer.member_id, one_time_pass=one_time_pass)
    return page.go("attendance.steward_link", meeting=meeting, one_time_pass=one_time_pass)


def steward_link(page: GroupPage, meeting: str, one_time_pass: str) -> Answer:
    """Show the helper's link and its picture while it is good, and mail it to a member."""
    found = meeting_of(page, meeting)
    if len(one_time_pass) > LONGEST_PASS:
        raise NotFound
    opens = meeting_of_pass(page.work, page.group.id, one_time_pass)
    if opens is None or opens.id != found.id:
        return page.render("attendance/steward_link_over.html", meeting=found), 410
    form = StewardLinkForm()
    form.member.choices = [
        (one.public_id, one.name) for one in members_on(page.work.session, page.group.id, page.today)
    ]
    address = _link(page, one_time_pass)
    if form.validate_on_submit():
        return _mailed(page, meeting, one_time_pass, form)
    picture = segno.make(address, micro=False, error="m").svg_inline(
        scale=6, border=4, dark="#000", light="#fff"
    )
    return page.render(
        "attendance/steward_link.html", meeting=found, address=address, picture=picture, form=form
    ), 422 if form.is_submitted() else 200


def close(page: GroupPage, meeting: str, number: str) -> Answer:
    """Close a helper's link or phone."""
    close_steward(page.work, page.group.id, meeting, number)
    flash(_("Door steward %(number)s is closed.", number=number), "success")
    return page.go("attendance.meeting", meeting=meeting)


def take_steward(page: PublicPage, one_time_pass: str) -> Answer:
    """Show what the link opens, and the button that makes this phone the steward's; looking at it uses nothing up."""
    if len(one_time_pass) > LONGEST_PASS:
        raise NotFound
    meeting = meeting_of_pass(page.work, page.group.id, one_time_pass)
    if meeting is None:
        over = sentence(Refusal(code="attendance.steward_link_over"))
        return page.render("attendance/steward_take.html", meeting=None, reasons=[over]), 410
    return page.render("attendance/steward_take.html", meeting=meeting, reasons=[])


def become(page: PublicPage, one_time_pass: str) -> Answer:
    """Make this phone the steward's."""
    try:
        token, expires = become_steward(page.work, page.group.id, one_time_pass[:LONGEST_PASS])
    except Refused as refused:
        page.work.rollback()
        return page.render("attendance/steward_take.html", meeting=None, reasons=_said(refused)), 422
    response = redirect(page.url_in("door", "attendance.steward_meeting"), 303)
    return hand_over(response, page.group, STEWARD_KIND, token, expires)


def steward_meeting(page: DoorPage) -> Answer:
    """Show who is in and who is not, each with one tap, and what else a steward does."""
    return _door_page(door_desk(page))


def steward_mark(page: DoorPage, member: str) -> Answer:
    """Write one letter from a steward's phone."""
    return mark_at(door_desk(page), member)


def steward_left_early(page: DoorPage, member: str) -> Answer:
    """Note from a steward's phone that somebody left before the end, or that they did not."""
    return left_early_at(door_desk(page), member)


def steward_undo(page: DoorPage) -> Answer:
    """Take this phone's last tap back."""
    return undo_at(door_desk(page))


def steward_decide(page: DoorPage) -> Answer:
    """Say who of those that were counted by name is here."""
    desk = door_desk(page)
    try:
        return decide_at(desk)
    except Refused as refused:
        page.work.rollback()
        return _door_page(desk, refused), 422


def steward_decide_tap(page: DoorPage) -> Answer:
    """Say of one tap on the tablet that waits what it is."""
    desk = door_desk(page)
    try:
        return decide_tap_at(desk)
    except Refused as refused:
        page.work.rollback()
        return _door_page(desk, refused), 422


def _door_page(desk: Desk, refused: Refused | None = None) -> str:
    roster = desk.roster
    meeting = roster.meeting
    return desk.render(
        "attendance/steward.html",
        roster=roster,
        meeting=meeting,
        reasons=_said(refused) if refused else [],
        tapped=line_to_undo(roster, desk.page.work.now),
        taps=taps_waiting(desk.page, meeting),
        form=ClaimsForm(formdata=None, shown=",".join(line.public_id for line in roster.waiting)),
        has_begun=desk.page.work.now >= meeting.starts_at_utc,
        is_open=meeting.takes_place and meeting.record.is_open,
        is_over=is_over(desk.page, meeting),
        shows_code=screen_makes_sense(desk.page, meeting),
    )


def _mailed(page: GroupPage, meeting: str, one_time_pass: str, form: StewardLinkForm) -> Answer:
    """Mail the link to the chosen member, and say so."""
    helper = member_by_public_id(page.work.session, page.group.id, form.member.data or "")
    if helper is None:
        raise NotFound
    location = page.url("attendance.meeting", meeting=meeting)
    if answered_before(page, form, location=location) is None:
        mail_to_steward(
            page.work,
            meeting_of(page, meeting),
            helper.id,
            group_name=page.group.name,
            link=_link(page, one_time_pass),
            subject_key=hash_of(one_time_pass)[:16],
        )
    flash(_("The link is on its way to %(name)s.", name=helper.name), "success")
    return redirect(location, 303)


def _link(page: GroupPage, one_time_pass: str) -> str:
    """Return the helper's link as phones can reach it."""
    return page.url_in("visit", "attendance.take_steward", absolute=True, one_time_pass=one_time_pass)


def _said(refused: Refused) -> list[str]:
    return [sentence(refusal) for refusal in refused.refusals]
