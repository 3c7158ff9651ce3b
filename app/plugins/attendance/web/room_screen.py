"""The room's screen: opened by a leader, handed to the machine at the projector, showing a changing code and who is in."""

from dataclasses import dataclass
from io import BytesIO

import segno
from flask import current_app, flash, jsonify, make_response, redirect, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.access.services.devices import trade_pass
from app.core.errors import NotFound, Refusal, Refused
from app.http.door import hand_over
from app.http.page import Answer, DoorPage, GroupPage, PublicPage
from app.http.sentences import sentence
from app.plugins.attendance.domain.room_code import as_read, code_in, seconds_left, slot_at
from app.plugins.attendance.domain.rules import refusals_for_sign_in
from app.plugins.attendance.queries.meetings import MeetingLine, meeting_of_key
from app.plugins.attendance.queries.roster import Roster, roster_of_key
from app.plugins.attendance.queries.stewards import SCREEN_KIND, pass_opens
from app.plugins.attendance.services.room_screen import close_room_screens, open_room_screen
from app.plugins.attendance.web.phone import room_code_key

LONGEST_PASS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenAddresses:
    """Where a device that shows the code finds it: the room's screen and a steward's phone have addresses of their own."""

    prefix: str
    back: str = ""

    @property
    def shown(self) -> str:
        """The endpoint of the page itself."""
        return self.prefix

    @property
    def state(self) -> str:
        """The endpoint of the state."""
        return f"{self.prefix}_state"

    @property
    def code(self) -> str:
        """The endpoint of the picture."""
        return f"{self.prefix}_code"


def open_screen(page: GroupPage, meeting: str) -> Answer:
    """Open a screen for the meeting and lead to the page where a machine takes it over."""
    one_time_pass = open_room_screen(page.work, page.group.id, meeting, page.viewer.member_id)
    return redirect(
        url_for("visit.attendance.take_screen", group=page.group.slug, one_time_pass=one_time_pass), 303
    )


def close_screens(page: GroupPage, meeting: str) -> Answer:
    """Close every screen of the meeting."""
    closed = close_room_screens(page.work, page.group.id, meeting)
    if closed:
        flash(ngettext("%(num)d screen is closed.", "%(num)d screens are closed.", closed), "success")
    else:
        flash(_("No screen was open."))
    return page.go("attendance.meeting", meeting=meeting)


def take_screen(page: PublicPage, one_time_pass: str) -> Answer:
    """Show the button that makes this machine the room's screen, and the address to open on another one."""
    if len(one_time_pass) > LONGEST_PASS:
        raise NotFound
    address = _at_base(page.url("attendance.take_screen", one_time_pass=one_time_pass))
    return page.render("attendance/take_screen.html", address=address, is_loopback=_is_loopback(), reasons=[])


def become_screen(page: PublicPage, one_time_pass: str) -> Answer:
    """Trade the one-time pass for the screen's own token, kept by this machine for the door pages alone."""
    try:
        _refuse_other_pass(page, one_time_pass)
        token, expires = trade_pass(page.work, group_id=page.group.id, one_time_pass=one_time_pass)
    except Refused as refused:
        page.work.rollback()
        reasons = [sentence(refusal) for refusal in refused.refusals]
        context = {"address": "", "is_loopback": False, "reasons": reasons}
        return page.render("attendance/take_screen.html", **context), 422
    page.work.commit()
    response = redirect(url_for("door.attendance.screen", group=page.group.slug), 303)
    return hand_over(response, page.group, SCREEN_KIND, token, expires)


def _refuse_other_pass(page: PublicPage, one_time_pass: str) -> None:
    """A steward's link opens no screen; traded here it would be lost for its helper."""
    opens = pass_opens(page.work.session, page.group.id, one_time_pass, page.work.now)
    if opens is not None and opens.kind != SCREEN_KIND:
        raise Refused([Refusal(code="access.pass_over")])


def screen(page: DoorPage) -> Answer:
    """Show the code and who is in; before the sign-in opens, when it will."""
    return _show(page, ScreenAddresses(prefix="attendance.screen"))


def steward_screen(page: DoorPage) -> Answer:
    """Show the code on a steward's own device."""
    return _show(page, ScreenAddresses(prefix="attendance.steward_screen", back="attendance.steward_meeting"))


def _show(page: DoorPage, addresses: ScreenAddresses) -> Answer:
    roster = _roster(page)
    refusals = refusals_for_sign_in(roster.meeting.facts, page.work.now)
    if refusals:
        reasons = [sentence(refusal) for refusal in refusals]
        return page.render(
            "attendance/screen_waiting.html", meeting=roster.meeting, reasons=reasons, addresses=addresses
        )
    return page.render(
        "attendance/screen.html",
        addresses=addresses,
        meeting=roster.meeting,
        names=_names(roster),
        expected=len(roster.lines),
        code_text=as_read(_code(page, roster.meeting)),
        place_to_type=_without_scheme(_at_base(url_for("group.attendance.code", group=page.group.slug))),
    )


def screen_state(page: DoorPage) -> Answer:
    """Tell the screen the code that runs now, for how long it is good, and who is in, without times."""
    return _state(page, ScreenAddresses(prefix="attendance.screen"))


def steward_screen_state(page: DoorPage) -> Answer:
    """Tell a steward's device what the room's screen is told."""
    return _state(page, ScreenAddresses(prefix="attendance.steward_screen"))


def _state(page: DoorPage, addresses: ScreenAddresses) -> Answer:
    roster = _roster(page)
    is_open = roster.meeting.facts.is_open_at(page.work.now)
    slot = slot_at(page.work.now)
    names = _names(roster)
    response = jsonify(
        code_svg_url=page.url(addresses.code, slot=slot),
        code_text=as_read(_code(page, roster.meeting)) if is_open else "",
        expires_in_ms=int(seconds_left(page.work.now) * 1000) if is_open else 0,
        names=names,
        signed_in=len(names),
        expected=len(roster.lines),
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def screen_code(page: DoorPage) -> Answer:
    """Draw the code of this instant as a picture to scan: the address of the scan page."""
    meeting = _meeting(page)
    if not meeting.facts.is_open_at(page.work.now):
        raise NotFound
    address = url_for(
        "visit.attendance.scan", group=page.group.slug, meeting=meeting.public_id, code=_code(page, meeting)
    )
    response = make_response(picture_of(_at_base(address)))
    response.headers["Content-Type"] = "image/svg+xml"
    response.headers["Cache-Control"] = "no-store"
    return response


def picture_of(address: str) -> bytes:
    """Return an address as a picture to scan, in SVG."""
    drawn = BytesIO()
    segno.make(address, micro=False, error="m").save(
        drawn, kind="svg", scale=10, border=4, dark="#000", light="#fff", xmldecl=False, nl=False
    )
    return drawn.getvalue()


def _roster(page: DoorPage) -> Roster:
    if page.device.meeting_id is None:
        raise NotFound
    return roster_of_key(page.work.session, page.group.id, page.device.meeting_id) or Roster(
        meeting=_meeting(page), lines=[]
    )


def _meeting(page: DoorPage) -> MeetingLine:
    found = None
    if page.device.meeting_id is not None:
        found = meeting_of_key(page.work.session, page.group.id, page.device.meeting_id)
    if found is None:
        raise NotFound
    return found


def _names(roster: Roster) -> list[str]:
    """Return the names of those who are in, in alphabetical order, so that the order tells nothing of the times."""
    return sorted((line.name for line in roster.here), key=str.casefold)


def _code(page: DoorPage, meeting: MeetingLine) -> str:
    return code_in(room_code_key(), page.group.id, meeting.id, slot_at(page.work.now))


def _at_base(path: str) -> str:
    """Return the address that phones can reach: the path under the installation's own base address."""
    return f"{str(current_app.config['GIVEFIRST_BASE_URL']).rstrip('/')}{path}"


def _without_scheme(address: str) -> str:
    """Return an address as people read and type it."""
    return address.partition("://")[2]


def _is_loopback() -> bool:
    return bool(current_app.extensions["givefirst.config"].is_loopback)
