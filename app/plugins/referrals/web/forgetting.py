"""Forgetting a prospect: from the slip, by its giver or receiver, and by an office that somebody turned to."""

from flask import flash, redirect
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField

from app.core.errors import Refused
from app.http.forms import HouseForm, Needed, tidied
from app.http.once import answered_before, tapped_before
from app.http.page import Answer, GroupPage
from app.plugins.referrals.services.forgetting import ForgetContact, forget_contact, forget_for
from app.plugins.referrals.web import addresses
from app.plugins.referrals.web.looking import group_tabs


class ForgetForm(HouseForm):
    """The contact of somebody who asked an office to be forgotten."""

    contact = StringField(_l("Their phone number or mail address"), validators=[Needed()], filters=[tidied])


def forget_prospect(page: GroupPage, slip: str) -> Answer:
    """Forget the prospect of a slip of the viewer's, for good."""
    where = page.url("referrals.slip", slip=slip)
    seen = tapped_before(page, location=where)
    if seen:
        return redirect(seen, 303)
    viewer = page.viewer.member_id
    forget_for(page.work, page.group, slip, viewer, lambda found: addresses.of_slip(page, found))
    flash(
        _("Forgotten: name, contact and all that was written about them. The other side has been told."),
        "success",
    )
    return redirect(where, 303)


def forget(page: GroupPage) -> Answer:
    """Let an office pass on somebody's wish to be forgotten; the answer is the same whether anybody was found."""
    form = ForgetForm()
    if not form.validate_on_submit():
        return _asked(page, form), 422 if form.is_submitted() else 200
    try:
        seen = answered_before(page, form, location=page.url("referrals.forget"))
        if seen:
            return redirect(seen, 303)
        forget_contact(
            page.work,
            ForgetContact(
                group=page.group,
                contact=form.contact.data,
                find=lambda found: addresses.of_slip(page, found),
            ),
        )
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _asked(page, form), 422
    flash(
        _(
            "Done. Whoever was kept under this contact is forgotten, and the two members of each slip are told."
        ),
        "success",
    )
    return page.go("referrals.forget")


def _asked(page: GroupPage, form: ForgetForm) -> str:
    return page.render("referrals/forget.html", form=form, tabs=group_tabs(page, "referrals.forget"))
