"""At the door without a session: the own name is chosen from the list, or a signed-in neighbour chooses it."""

from flask import flash, make_response, request, session
from flask_babel import gettext as _

from app.core.errors import NotFound, Refusal, Refused
from app.core.groups.queries import member_by_key
from app.http.links import code_key, link_address
from app.http.page import Answer, GroupPage, Page, PublicPage
from app.http.sentences import sentence
from app.plugins.attendance.domain.initials import FEW, initial_of, initials_of
from app.plugins.attendance.queries.claims import OwnClaim, claim_of_browser
from app.plugins.attendance.queries.meetings import MeetingLine, meeting_in_address
from app.plugins.attendance.queries.roster import Roster, RosterLine
from app.plugins.attendance.services.claims import (
    ClaimOwnName,
    VouchForNeighbour,
    claim_own_name,
    mail_a_way_in,
    take_claim_back,
    vouch_for_neighbour,
)
from app.plugins.attendance.web.found import roster_of
from app.plugins.attendance.web.greeting import hello
from app.plugins.attendance.web.phone import know_phone_again, phone_key, ticket_of_anybody

_MAILED = "attendance.mailed"
_LONGEST_ID = 40


def who(page: PublicPage) -> Answer:
    """Ask somebody who scanned without a session whether they sign in by mail, or choose their name."""
    meeting = _scanned(page)
    if meeting is None:
        return _scan_first(page)
    if claim_of_browser(page.work.session, page.group.id, meeting.id, phone_key(page)):
        return page.go("attendance.claimed")
    arrive = page.url_in("group", "attendance.arrive")
    answer = page.render("attendance/who.html", meeting=meeting, arrive_url=arrive)
    return know_phone_again(page, make_response(answer))


def name(page: PublicPage) -> Answer:
    """Show the names of the members of today who are not in yet: the first letter, then the name."""
    meeting = _scanned(page)
    if meeting is None:
        return _scan_first(page)
    if claim_of_browser(page.work.session, page.group.id, meeting.id, phone_key(page)):
        return page.go("attendance.claimed")
    answer = _names_page(page, roster_of(page, meeting.public_id))
    return know_phone_again(page, make_response(answer))


def claim(page: PublicPage) -> Answer:
    """Count the chosen name as come."""
    command = ClaimOwnName(
        group_id=page.group.id,
        group_slug=page.group.slug,
        member_public_id=request.form.get("member", "")[:_LONGEST_ID],
        ticket=ticket_of_anybody(),
        device_key=phone_key(page),
    )
    try:
        claim_own_name(page.work, command)
    except Refused as refused:
        page.work.rollback()
        return _refused(page, refused)
    return page.go("attendance.claimed")


def claimed(page: PublicPage) -> Answer:
    """Greet by name and time who was counted by name, and offer the way back and the way in."""
    meeting, held = _held(page)
    roster = roster_of(page, meeting.public_id)
    line = roster.line_of(held.public_id)
    return page.render(
        "attendance/claimed.html",
        hello=hello(page.work.now, meeting.zone, held.first_name),
        held=held,
        line=line,
        meeting=meeting,
        is_counted=line is not None and line.mark.status is not None,
        may_mail=_has_address(page, held) and session.get(_MAILED) != meeting.public_id,
    )


def claim_back(page: PublicPage) -> Answer:
    """Take the claimed name back: it was a mistake."""
    meeting, held = _held(page)
    try:
        take_claim_back(page.work, page.group.id, meeting, held)
    except Refused as refused:
        page.work.rollback()
        return _refused(page, refused)
    flash(_("%(name)s is not counted any more.", name=held.name), "success")
    return page.go("attendance.who")


def claim_link(page: PublicPage) -> Answer:
    """Mail a link to sign in with to the address the group knows of the claimed name, once."""
    meeting, held = _held(page)
    if session.get(_MAILED) != meeting.public_id and _has_address(page, held):
        session[_MAILED] = meeting.public_id
        mail_a_way_in(page.work, page.group, held.member_id, address=link_address(), key=code_key())
    flash(_("A mail is on its way to the address your group knows of you."), "success")
    return page.go("attendance.claimed")


def neighbour(page: GroupPage, meeting: str) -> Answer:
    """Let a signed-in member choose the person beside them, who forgot their phone."""
    roster = roster_of(page, meeting)
    if request.method == "GET":
        return _names_page(page, roster)
    command = VouchForNeighbour(
        group_id=page.group.id,
        meeting_public_id=meeting,
        member_public_id=request.form.get("member", "")[:_LONGEST_ID],
        voucher_id=page.viewer.member_id,
        device_key=phone_key(page),
    )
    try:
        line = vouch_for_neighbour(page.work, command)
    except Refused as refused:
        page.work.rollback()
        return _refused(page, refused)
    flash(_("%(name)s is counted. A leader confirms it.", name=line.name), "success")
    return page.go("attendance.arrived", meeting=meeting)


def _names_page(page: Page, roster: Roster) -> str:
    """Return the page of names: all of them where they are few, else the letters and then the names of one."""
    lines = sorted(roster.blank, key=lambda line: line.name.casefold())
    letters = initials_of(line.name for line in lines) if len(lines) > FEW else []
    letter = request.args.get("letter", "")
    chosen: list[RosterLine] = [line for line in lines if initial_of(line.name) == letter]
    return page.render(
        "attendance/names.html",
        meeting=roster.meeting,
        letters=letters,
        letter=letter if letter in letters else "",
        lines=chosen if letter in letters else lines,
        is_own=isinstance(page, PublicPage),
    )


def _scanned(page: PublicPage) -> MeetingLine | None:
    """Return the meeting whose code this browser scanned within the ticket's life."""
    ticket = ticket_of_anybody()
    if ticket is None or not ticket.is_good(page.group.slug, page.work.now):
        return None
    return meeting_in_address(page.work.session, page.group.id, ticket.meeting_public_id)


def _held(page: PublicPage) -> tuple[MeetingLine, OwnClaim]:
    """Return the meeting of this browser's scan, however long ago, and the name it claimed there."""
    ticket = ticket_of_anybody()
    meeting = None
    if ticket is not None and ticket.group_slug == page.group.slug:
        meeting = meeting_in_address(page.work.session, page.group.id, ticket.meeting_public_id)
    if meeting is None:
        raise NotFound
    held = claim_of_browser(page.work.session, page.group.id, meeting.id, phone_key(page))
    if held is None:
        raise NotFound
    return meeting, held


def _has_address(page: PublicPage, held: OwnClaim) -> bool:
    return bool(member_by_key(page.work.session, page.group.id, held.member_id).email)


def _scan_first(page: PublicPage) -> Answer:
    reason = sentence(Refusal(code="attendance.no_ticket"))
    return page.render("attendance/scan_refused.html", reasons=[reason])


def _refused(page: Page, refused: Refused) -> Answer:
    reasons = [sentence(refusal) for refusal in refused.refusals]
    back = "attendance.who" if isinstance(page, PublicPage) else "attendance.arrive"
    return page.render("attendance/not_counted.html", reasons=reasons, back_url=page.url(back)), 422
