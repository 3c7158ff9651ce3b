"""Passing a slip, on one screen."""

from collections.abc import Sequence

from flask import flash, redirect, request

from app.core.errors import Refused
from app.http.once import answered_before
from app.http.page import Answer, GroupPage
from app.plugins.referrals.domain.basis import Tier
from app.plugins.referrals.queries.twins import Twin
from app.plugins.referrals.web.forms import PassSlipForm
from app.plugins.referrals.web.receivers import pass_on_to, receiver_choices, twins_for
from app.plugins.referrals.web.reports import told_first
from app.plugins.referrals.web.wording import state_words


def pass_on(page: GroupPage) -> Answer:
    """Show the slip to fill in; take it, and show it passed. `?to=` names the receiver."""
    form = PassSlipForm()
    if asked := told_first(page):
        return asked
    if not form.validate_on_submit():
        return _blank(page, form)
    slip = page.work.ids.public_id()
    try:
        seen = answered_before(page, form, location=page.url("referrals.slip", slip=slip))
        if seen:
            return redirect(seen, 303)
        twins = _twins(page, form)
        if twins:
            page.work.rollback()
            return _filled(page, form, twins), 422
        told = pass_on_to(page, form, slip)
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _filled(page, form), 422
    flash(told, "success")
    return page.go("referrals.slip", slip=slip)


def _blank(page: GroupPage, form: PassSlipForm) -> Answer:
    if form.is_submitted():
        return _filled(page, form), 422
    form.receiver.data = request.args.get("to", "")
    form.tier.data = Tier.OUTSIDE.value
    form.agreed_on.data = page.today
    return _filled(page, form)


def _twins(page: GroupPage, form: PassSlipForm) -> list[Twin]:
    """Return the slips like this one that its giver was not shown yet, and note on the form that now they are."""
    shown = set((form.twins.data or "").split())
    new = [one for one in twins_for(page, form) if one.public_id not in shown]
    form.twins.data = " ".join(sorted(shown | {one.public_id for one in new}))
    return new


def _filled(page: GroupPage, form: PassSlipForm, twins: Sequence[Twin] = ()) -> str:
    form.receiver.choices = receiver_choices(page, form.receiver.data or "")
    return page.render(
        "referrals/pass.html", form=form, twins=[(one, state_words(one.state, None)) for one in twins]
    )
