"""The leader's pages of the tablets: which there are, a new one with its code, what the door asks, and the end of one."""

from flask import flash, redirect, request
from flask_babel import gettext as _

from app.core.errors import NotFound, Refusal, Refused
from app.http.door import hand_over
from app.http.forms import tidied, version_typed
from app.http.limits import posts_limited_by_network
from app.http.once import answered_before, secret_of_tap
from app.http.page import Answer, GroupPage, PublicPage
from app.http.sentences import sentence
from app.plugins.attendance.domain.door import Asks, Door
from app.plugins.attendance.domain.room_code import as_read
from app.plugins.attendance.queries.door import TABLET_KIND, door_of, tablet_of_code, tablets_of
from app.plugins.attendance.services.tablets import (
    RegisterTablet,
    become_tablet,
    change_door,
    code_of,
    register_tablet,
    revoke_tablet,
)
from app.plugins.attendance.web.door_forms import DoorForm, NewTabletForm, TabletCodeForm
from app.plugins.attendance.web.door_pictures import shown_picture
from app.plugins.attendance.web.tabs import tabs_of
from app.plugins.attendance.web.taps import unplaced_taps

_LONGEST_CODE = 20
_TRIES_A_NETWORK = "30 per 15 minutes"
"""A code has 40 bits and is good for half an hour."""


def tablets(page: GroupPage) -> Answer:
    """Show the group's tablets, and register one more."""
    form = NewTabletForm()
    if not form.validate_on_submit():
        return _tablets_page(page, form), 422 if form.is_submitted() else 200
    secret = secret_of_tap(page)
    location = page.url("attendance.tablet_code", code=code_of(secret))
    command = RegisterTablet(
        group_id=page.group.id,
        leader_id=page.viewer.member_id,
        label=tidied(form.label.data),
        public_id=page.work.ids.public_id(),
        secret=secret,
    )
    try:
        if answered_before(page, form, location=location) is None:
            register_tablet(page.work, command)
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _tablets_page(page, form), 422
    return redirect(location, 303)


def tablet_code(page: GroupPage, code: str) -> Answer:
    """Show the one-time code of a new tablet, where to type it, and both as a picture to scan."""
    if len(code) > _LONGEST_CODE:
        raise NotFound
    tablet = tablet_of_code(page.work.session, page.group.id, code, page.work.now)
    address = page.url_in("visit", "attendance.take_tablet", absolute=True)
    return page.render(
        "attendance/door_tablet_code.html",
        is_good=tablet is not None,
        code=as_read(code),
        address=address.partition("://")[2],
        picture=shown_picture(f"{address}?code={code}") if tablet is not None else "",
    ), 200 if tablet is not None else 410


def tablet_revoke(page: GroupPage, tablet: str) -> Answer:
    """Take a tablet's right away."""
    revoked = revoke_tablet(page.work, page.group.id, tablet)
    flash(_("%(name)s signs nobody in any more and forgets its names.", name=revoked.label), "success")
    return page.go("attendance.tablets")


def door(page: GroupPage) -> Answer:
    """Show what the tablet asks beside the name, and change it."""
    form = DoorForm()
    held = door_of(page.work.session, page.group.id)
    if not form.is_submitted():
        form.asks.data, form.guests_allowed.data = held.asks.value, held.guests_allowed
        form.seen_version.data = str(held.version)
    if not form.validate_on_submit():
        return _door_page(page, form), 422 if form.is_submitted() else 200
    wanted = Door(asks=Asks(form.asks.data), guests_allowed=bool(form.guests_allowed.data))
    try:
        if answered_before(page, form, location=page.url("attendance.tablets")) is None:
            change_door(page.work, page.group.id, wanted, seen_version=version_typed(form.seen_version.data))
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        form.seen_version.data = str(door_of(page.work.session, page.group.id).version)
        return _door_page(page, form), 422
    flash(_("The tablets ask for this from their next contact on."), "success")
    return page.go("attendance.tablets")


def take_tablet(page: PublicPage) -> Answer:
    """Show where the code of a tablet is typed; looking at it uses nothing up."""
    form = TabletCodeForm(formdata=None, code=request.args.get("code", "")[:_LONGEST_CODE])
    return page.render("attendance/door_take.html", form=form)


@posts_limited_by_network(_TRIES_A_NETWORK)
def become(page: PublicPage) -> Answer:
    """Make this machine the tablet."""
    form = TabletCodeForm()
    if not form.validate_on_submit():
        return page.render("attendance/door_take.html", form=form), 422
    try:
        token, expires = become_tablet(page.work, page.group.id, form.code.data or "")
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return page.render("attendance/door_take.html", form=form), 422
    response = redirect(page.url_in("door", "attendance.tablet"), 303)
    return hand_over(response, page.group, TABLET_KIND, token, expires)


def _tablets_page(page: GroupPage, form: NewTabletForm) -> str:
    return page.render(
        "attendance/door_tablets.html",
        form=form,
        tablets=tablets_of(page.work.session, page.group.id, page.work.now),
        door=door_of(page.work.session, page.group.id),
        unplaced=unplaced_taps(page),
        tabs=tabs_of(page, "attendance.tablets"),
    )


def _door_page(page: GroupPage, form: DoorForm) -> str:
    stale = [sentence(Refusal(code="attendance.changed_meanwhile"))]
    stands = door_of(page.work.session, page.group.id) if stale[0] in form.problems else None
    return page.render("attendance/door_setting.html", form=form, stands=stands)
