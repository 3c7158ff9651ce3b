"""A member's own page of the door: a PIN for the tablet, and the personal code as a picture to show."""

from flask import flash, redirect
from flask_babel import gettext as _

from app.core.errors import Refused
from app.http.once import tapped_before
from app.http.page import Answer, GroupPage
from app.plugins.attendance.queries.door import door_of, member_key
from app.plugins.attendance.services.door_keys import code_shown, remove_pin, renew_code, set_pin
from app.plugins.attendance.web.door_forms import PinForm
from app.plugins.attendance.web.door_pictures import shown_picture
from app.plugins.attendance.web.tablet_keys import personal_code_key
from app.plugins.attendance.web.tabs import tabs_of


def at_the_door(page: GroupPage) -> Answer:
    """Show the viewer's PIN and code, and set the PIN."""
    form = PinForm()
    if not form.validate_on_submit():
        return _page(page, form), 422 if form.is_submitted() else 200
    try:
        set_pin(
            page.work,
            page.group.id,
            page.viewer.member_id,
            pin=form.pin.data or "",
            again=form.again.data or "",
        )
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _page(page, form), 422
    flash(_("Your PIN is set. Only you know it; the group keeps no copy."), "success")
    return page.go("attendance.at_the_door")


def pin_away(page: GroupPage) -> Answer:
    """Forget the viewer's PIN."""
    remove_pin(page.work, page.group.id, page.viewer.member_id)
    flash(_("Your PIN is removed."), "success")
    return page.go("attendance.at_the_door")


def code_anew(page: GroupPage) -> Answer:
    """Make the viewer another personal code."""
    location = page.url("attendance.at_the_door")
    if tapped_before(page, location=location) is None:
        renew_code(page.work, personal_code_key(), page.group.id, page.viewer.member_id)
        flash(_("This is your code now. One that was shown before opens nothing any more."), "success")
    return redirect(location, 303)


def _page(page: GroupPage, form: PinForm) -> str:
    key = member_key(page.work.session, page.group.id, page.viewer.member_id)
    code = code_shown(page.work, personal_code_key(), page.group.id, page.viewer.member_id)
    return page.render(
        "attendance/door_own.html",
        form=form,
        key=key,
        asks=door_of(page.work.session, page.group.id).asks.value,
        picture=shown_picture(code) if code else "",
        tabs=tabs_of(page, "attendance.at_the_door"),
    )
