"""The words of a slip once more, while its receiver has not had it yet."""

from flask import flash, redirect
from flask_babel import gettext as _

from app.core.errors import NotFound, Refused
from app.http.once import answered_before
from app.http.page import Answer, GroupPage
from app.plugins.referrals.domain.slip import Act, Side, acts_of
from app.plugins.referrals.queries.one_slip import SlipView, slip_for
from app.plugins.referrals.services.editing import EditSlip, edit_slip
from app.plugins.referrals.web import addresses
from app.plugins.referrals.web.forms import EditSlipForm


def edit(page: GroupPage, slip: str) -> Answer:
    """Show the words as they stand, for the giver to put right, and keep them. The contact is never shown here."""
    view = _own(page, slip)
    form = EditSlipForm()
    if not form.is_submitted():
        if Act.EDIT not in acts_of(view.slip, Side.GIVER, page.work.now):
            return page.go("referrals.slip", slip=slip)
        _fill(form, view)
        return _edit_page(page, form, view)
    if not form.validate():
        return _edit_page(page, form, view), 422
    try:
        seen = answered_before(page, form, location=page.url("referrals.slip", slip=slip))
        if seen:
            return redirect(seen, 303)
        edit_slip(page.work, _command(page, slip, form))
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        stands = _own(page, slip)
        form.version.data = str(stands.slip.version)
        return _edit_page(page, form, stands), 422
    is_read = not view.slip.is_told_by_giver
    flash(_("Saved. The receiver sees the new words.") if is_read else _("Saved."), "success")
    return page.go("referrals.slip", slip=slip)


def _own(page: GroupPage, slip: str) -> SlipView:
    """Return the slip to its giver; to everyone else, and once the prospect is forgotten, there is nothing to put right."""
    view = slip_for(page.work.session, page.group.id, slip, page.viewer.member_id, now=page.work.now)
    if view is None or view.slip.side_of(page.viewer.member_id) is not Side.GIVER:
        raise NotFound
    if view.prospect_id is None or view.prospect_is_forgotten:
        raise NotFound
    return view


def _fill(form: EditSlipForm, view: SlipView) -> None:
    form.version.data = str(view.slip.version)
    form.prospect_name.data = view.prospect_name
    form.agreed.data = True
    form.agreed_how.data = view.agreed_how
    form.agreed_on.data = view.agreed_on
    form.about.data = view.about
    form.tier.data = view.tier
    form.how_well.data = str(view.how_well or "")
    form.basis.data = view.basis
    form.urgency.data = view.urgency


def _edit_page(page: GroupPage, form: EditSlipForm, view: SlipView) -> str:
    return page.render("referrals/edit.html", form=form, slip=view)


def _command(page: GroupPage, slip: str, form: EditSlipForm) -> EditSlip:
    return EditSlip(
        group=page.group,
        today=page.today,
        slip=slip,
        giver=page.viewer.member_id,
        giver_name=page.viewer.name,
        offer=form.offer(),
        seen_version=form.seen_version,
        addresses=addresses.of_slip(page, slip),
    )
