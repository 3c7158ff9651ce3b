"""The record of one meeting: the officers' roster and its acts, a member's own mark, and the numbers kept live."""

from flask import make_response, request

from app.core.errors import Refused
from app.core.ledger.queries import pulse_of
from app.http.page import Answer, GroupPage
from app.http.sentences import sentence
from app.plugins.attendance import permissions as may
from app.plugins.attendance.queries.stewards import stewards_of
from app.plugins.attendance.queries.tablet_events import guests_of
from app.plugins.attendance.web.answers_wording import said_words
from app.plugins.attendance.web.desk import office_desk
from app.plugins.attendance.web.forms import ClaimsForm
from app.plugins.attendance.web.found import is_over, meeting_of, roster_of, screen_makes_sense
from app.plugins.attendance.web.grid_rows import address_pattern
from app.plugins.attendance.web.leaving import left_early_at
from app.plugins.attendance.web.tapping import decide_at, mark_at, undo_at
from app.plugins.attendance.web.taps import decide_tap_at, taps_waiting
from app.plugins.attendance.web.undo import line_to_undo
from app.plugins.attendance.web.wording import grade_words, part_of_roster


def meeting(page: GroupPage, meeting: str) -> Answer:
    """Show the record to those who may see or keep it, and to everybody else their own mark and how many came."""
    return _record_page(page, meeting)


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
    return mark_at(office_desk(page, meeting), member)


def left_early(page: GroupPage, meeting: str, member: str) -> Answer:
    """Note that somebody left before the end, or that they did not."""
    return left_early_at(office_desk(page, meeting), member)


def undo(page: GroupPage, meeting: str) -> Answer:
    """Take the last tap of this browser back."""
    return undo_at(office_desk(page, meeting_of(page, meeting).public_id))


def decide(page: GroupPage, meeting: str) -> Answer:
    """Say at once who of those that wait is here."""
    try:
        return decide_at(office_desk(page, meeting))
    except Refused as refused:
        page.work.rollback()
        return _record_page(page, meeting, refused), 422


def decide_tap(page: GroupPage, meeting: str) -> Answer:
    """Say of one tap on the tablet that waits what it is."""
    try:
        return decide_tap_at(office_desk(page, meeting))
    except Refused as refused:
        page.work.rollback()
        return _record_page(page, meeting, refused), 422


def _record_page(page: GroupPage, meeting: str, refused: Refused | None = None) -> str:
    roster = roster_of(page, meeting)
    may_keep = page.may(may.RECORD_EDIT)
    if not may_keep and not page.may(may.GRID_VIEW):
        own = roster.line_of(page.viewer.member_public_id)
        return page.render("attendance/meeting_own.html", roster=roster, own=own, meeting=roster.meeting)
    part, lines = part_of_roster(roster, request.args.get("show", ""))
    found = roster.meeting
    stewards = stewards_of(page.work.session, page.group.id, found.id, page.work.now) if may_keep else []
    return page.render(
        "attendance/record.html",
        roster=roster,
        part=part,
        lines=lines,
        desk=office_desk(page, meeting),
        stewards=stewards,
        refused=[sentence(refusal) for refusal in refused.refusals] if refused else [],
        form=ClaimsForm(formdata=None, shown=",".join(line.public_id for line in roster.waiting)),
        tapped=line_to_undo(roster, page.work.now),
        taps=taps_waiting(page, found) if may_keep else [],
        guests=guests_of(page.work.session, page.group.id, found.id) if may_keep else [],
        grade_words=grade_words(),
        said_words=said_words(),
        meeting=found,
        may_edit=may_keep and found.takes_place,
        may_open_screen=page.may(may.SCREEN_OPEN) and screen_makes_sense(page, found),
        sees_history=page.may(may.GRID_VIEW),
        has_begun=page.work.now >= found.starts_at_utc,
        doors_open=page.work.now >= found.facts.opens_at_utc,
        is_over=is_over(page, found),
        mark_pattern=address_pattern(page, "attendance.mark", "member", meeting=found.public_id),
        member_pattern=address_pattern(page, "attendance.of_member", "member"),
        numbers_url=page.url("attendance.numbers", meeting=found.public_id),
    )
