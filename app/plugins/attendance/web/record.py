"""The record of one meeting: the leader's roster and its acts, a member's own mark, and the numbers kept live."""

from datetime import datetime, time

from flask import flash, make_response, redirect, request
from flask_babel import gettext as _

from app.core.errors import Refused
from app.core.ledger.queries import pulse_of
from app.core.local_time import instant_of, local_datetime
from app.http.page import Answer, GroupPage
from app.plugins.attendance import permissions as may
from app.plugins.attendance.domain.rules import WantedMark
from app.plugins.attendance.domain.status import Status
from app.plugins.attendance.queries.meetings import MeetingLine
from app.plugins.attendance.queries.roster import RosterLine
from app.plugins.attendance.services.marking import MarkByLeader, mark_by_leader
from app.plugins.attendance.web.forms import TAKE_BACK, MarkForm, time_of_day
from app.plugins.attendance.web.found import (
    is_over,
    line_of,
    meeting_of,
    roster_of,
    screen_makes_sense,
    version_in,
)
from app.plugins.attendance.web.grid_rows import address_pattern
from app.plugins.attendance.web.wording import grade_words, part_of_roster


def meeting(page: GroupPage, meeting: str) -> Answer:
    """Show the record to those who may see it, and to everybody else their own mark and how many came."""
    roster = roster_of(page, meeting)
    if not page.may(may.GRID_VIEW):
        own = roster.line_of(page.viewer.member_public_id)
        return page.render("attendance/meeting_own.html", roster=roster, own=own, meeting=roster.meeting)
    part, lines = part_of_roster(roster, request.args.get("show", ""))
    return page.render(
        "attendance/record.html",
        roster=roster,
        part=part,
        lines=lines,
        grade_words=grade_words(),
        meeting=roster.meeting,
        may_edit=page.may(may.RECORD_EDIT) and roster.meeting.takes_place,
        may_open_screen=page.may(may.SCREEN_OPEN) and screen_makes_sense(page, roster.meeting),
        has_begun=page.work.now >= roster.meeting.starts_at_utc,
        is_over=is_over(page, roster.meeting),
        mark_pattern=address_pattern(page, "attendance.mark", "member", meeting=roster.meeting.public_id),
        member_pattern=address_pattern(page, "attendance.of_member", "member"),
        numbers_url=page.url("attendance.numbers", meeting=roster.meeting.public_id),
    )


def numbers(page: GroupPage, meeting: str) -> Answer:
    """Show the counts of the record again, for the live part of its page; 304 while nothing in the group changed."""
    mark = str(pulse_of(page.work.session, page.group.id))
    if mark in request.if_none_match:
        return make_response("", 304)
    roster = roster_of(page, meeting)
    over = is_over(page, roster.meeting)
    body = page.render("attendance/numbers.html", roster=roster, meeting=roster.meeting, is_over=over)
    response = make_response(body)
    response.set_etag(mark)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def mark(page: GroupPage, meeting: str, member: str) -> Answer:
    """Write one letter: by a tap in the roster, or on the member's own page of the record with all that belongs to it."""
    if request.method == "GET":
        return _mark_page(page, meeting, member, _mark_form_for(page, meeting, member))
    form = MarkForm()
    if form.status.data == Status.SUBSTITUTE.value and "substitute_name" not in request.form:
        return page.go("attendance.mark", meeting=meeting, member=member, letter=Status.SUBSTITUTE.value)
    if not form.validate():
        return _mark_page(page, meeting, member, form), 422
    try:
        before = mark_by_leader(page.work, _marked(page, meeting, member, form))
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _mark_page(page, meeting, member, form, refused), 422
    flash(_said(before, form.status.data), "success")
    return redirect(f"{page.url('attendance.meeting', meeting=meeting)}#m-{member}", 303)


def _marked(page: GroupPage, meeting: str, member: str, form: MarkForm) -> MarkByLeader:
    letter = form.status.data
    arrived = time_of_day(form.arrived.data or "")
    return MarkByLeader(
        group_id=page.group.id,
        meeting_public_id=meeting,
        member_public_id=member,
        leader_id=page.viewer.member_id,
        wanted=WantedMark(
            status=None if letter == TAKE_BACK else Status(letter),
            arrived_at_utc=_instant(meeting_of(page, meeting), arrived) if arrived else None,
            substitute_name=form.substitute_name.data or "",
            reason=form.reason.data or "",
        ),
        seen_version=version_in(form.seen_version.data),
        substitute_firm=form.substitute_firm.data or "",
    )


def _instant(meeting: MeetingLine, arrived: time) -> datetime:
    return instant_of(meeting.local_date, arrived, meeting.zone)


def _mark_form_for(page: GroupPage, meeting: str, member: str) -> MarkForm:
    """Return the form as the mark stands; `?letter=` is what was tapped in the roster."""
    roster, line = line_of(page, meeting, member)
    mark = line.mark
    wanted = request.args.get("letter", "")
    form = MarkForm(
        status=wanted if wanted in set(Status) else (mark.status.value if mark.status else None),
        arrived=_clock(mark.arrived_at_utc, roster.meeting.zone),
        substitute_name=mark.substitute_name,
        substitute_firm=mark.substitute_firm,
    )
    form.seen_version.data = str(mark.version)
    return form


def _clock(arrived: datetime | None, zone: str) -> str:
    return local_datetime(arrived, zone).strftime("%H:%M") if arrived else ""


def _mark_page(
    page: GroupPage, meeting: str, member: str, form: MarkForm, refused: Refused | None = None
) -> str:
    roster, line = line_of(page, meeting, member)
    is_stale = refused is not None and any(
        refusal.code == "attendance.changed_meanwhile" for refusal in refused.refusals
    )
    if is_stale:
        # The page shows both: what stands now, and what was wanted; sending it again is a decision made knowing both.
        form.seen_version.data = str(line.mark.version)
    return page.render(
        "attendance/mark.html",
        form=form,
        line=line,
        meeting=roster.meeting,
        is_stale=is_stale,
        grade_words=grade_words(),
    )


def _said(before: RosterLine, letter: str) -> str:
    if letter == TAKE_BACK:
        return str(_("%(name)s has no record now.", name=before.name))
    return str(_("%(name)s: %(letter)s", name=before.name, letter=letter))
