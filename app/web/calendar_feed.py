"""A member's own calendar address: a secret link that calendars follow, and a new one where the old got into wrong hands."""

import hashlib
from datetime import timedelta
from email.utils import parseaddr
from urllib.parse import urlsplit

from flask import current_app, flash, make_response, redirect, request, url_for
from flask_babel import gettext as _

from app.core.access.domain.permission import PUBLIC
from app.core.errors import NotFound
from app.core.groups.domain.standing import Group
from app.core.groups.queries import group_by_slug
from app.core.local_time import local_day
from app.core.meetings.domain.calendar_entries import CalendarFrame, calendar_of
from app.core.meetings.queries import calendar_number_of, may_follow, meetings_between
from app.core.meetings.store import renew_calendar_address
from app.core.work import HOUSE
from app.http.once import answered_before
from app.http.outside import absolute, signed_in
from app.http.page import Answer, GroupPage
from app.plugin_api import Page
from app.plugin_runtime.runtime import runtime
from app.web.meeting_forms import NewAddressForm
from config import Config

_SHOWN_BACK, _SHOWN_AHEAD = timedelta(weeks=8), timedelta(weeks=60)
_PURPOSE = "calendar address 1"


def calendar(page: GroupPage) -> Answer:
    """Show the viewer the address of their calendar; posted, give them a new one and let the old one die."""
    form = NewAddressForm()
    if form.validate_on_submit():
        seen = answered_before(page, form, location=page.url("calendar"))
        if seen:
            return redirect(seen, 303)
        renew_calendar_address(page.work.session, page.group.id, page.viewer.member_id)
        page.work.commit()
        flash(_("Your calendar has a new address. The old one is dead."), "success")
        return page.go("calendar")
    number = calendar_number_of(page.work.session, page.group.id, page.viewer.member_id)
    token = signed_in(page.group, _PURPOSE).token([page.viewer.member_public_id, number])
    address = absolute(url_for("calendar.feed", group=page.group.slug, token=token))
    return page.render(
        "group/meeting_calendar.html",
        form=form,
        address=address,
        webcal=urlsplit(address)._replace(scheme="webcal").geturl(),
    )


def feed(group: str, token: str) -> Answer:
    """Answer the meetings of a group to a calendar that follows a member's secret address; 304 while nothing changed."""
    work = runtime().request_work(HOUSE)
    found = group_by_slug(work.session, group)
    if found is None:
        raise NotFound
    today = local_day(work.now, found.zone)
    public_id, number = _read(found, token)
    if not may_follow(work.session, found.id, public_id, number, today):
        raise NotFound
    meetings = meetings_between(work.session, found.id, today - _SHOWN_BACK, today + _SHOWN_AHEAD)
    response = make_response()
    mark = hashlib.sha256(repr((found.name, meetings)).encode()).hexdigest()[:32]
    response.set_etag(mark, weak=True)  # each answer carries the instant at which it was written
    response.headers["Cache-Control"] = "private, no-cache"
    if request.if_none_match.contains_weak(mark):
        response.status_code = 304
        return response
    response.set_data(calendar_of(meetings, _frame(found), stamp=work.now))
    response.headers["Content-Type"] = "text/calendar; charset=utf-8"
    return response


def _read(group: Group, token: str) -> tuple[str, int]:
    """Return whose address this is, and its number; an address that this house did not sign is not there."""
    try:
        public_id, number = signed_in(group, _PURPOSE).read(token)
    except (ValueError, TypeError) as unreadable:
        raise NotFound from unreadable
    return str(public_id), int(number)


def _frame(group: Group) -> CalendarFrame:
    settings: Config = current_app.extensions["givefirst.config"]
    return CalendarFrame(
        name=group.name,
        slug=group.slug,
        organiser=parseaddr(settings.mail_sender)[1],
        page_of=lambda meeting: absolute(url_for("group.meeting", group=group.slug, meeting=meeting)),
    )


CALENDAR_PAGES = (Page(rule="/<group>/<token>.ics", view=feed, permission=PUBLIC),)
