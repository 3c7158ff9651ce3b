"""Passing a slip, on one screen."""

from collections.abc import Sequence

from flask import flash, redirect, request
from flask_babel import gettext as _

from app.core.errors import Refused
from app.core.groups.queries import MemberLine, members_on
from app.http.once import answered_before
from app.http.page import Answer, GroupPage
from app.plugins.referrals.domain.basis import Tier
from app.plugins.referrals.domain.slip import TOLD_AFTER
from app.plugins.referrals.queries.parties import candidate
from app.plugins.referrals.queries.twins import Twin, twins_of
from app.plugins.referrals.services.passing import PassSlip, pass_slip
from app.plugins.referrals.web import addresses
from app.plugins.referrals.web.forms import PassSlipForm
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
        pass_slip(page.work, _command(page, form, slip))
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _filled(page, form), 422
    flash(_("The slip is passed."), "success")
    return page.go("referrals.slip", slip=slip)


def receiver_choices(page: GroupPage) -> list[tuple[str, str]]:
    """Return today's members but the viewer, as choices with name and trade, after an empty one."""
    lines = members_on(page.work.session, page.group.id, page.today)
    others = [(line.public_id, _label(line)) for line in lines if line.id != page.viewer.member_id]
    return [("", _("Choose a member")), *others]


def _blank(page: GroupPage, form: PassSlipForm) -> Answer:
    if form.is_submitted():
        return _filled(page, form), 422
    form.receiver.data = request.args.get("to", "")
    form.tier.data = Tier.OUTSIDE.value
    form.agreed_on.data = page.today
    return _filled(page, form)


def _twins(page: GroupPage, form: PassSlipForm) -> list[Twin]:
    """Return the slips like this one that its giver was not shown yet, and note on the form that now they are."""
    receiver = candidate(page.work.session, page.group.id, form.receiver.data or "")
    if receiver is None:
        return []
    shown = set((form.twins.data or "").split())
    found = twins_of(
        page.work.session,
        page.group.id,
        giver=page.viewer.member_id,
        receiver=receiver.member_id,
        prospect=(form.prospect_name.data or "", form.prospect_contact.data or ""),
        now=page.work.now,
    )
    new = [one for one in found if one.public_id not in shown]
    form.twins.data = " ".join(sorted(shown | {one.public_id for one in new}))
    return new


def _filled(page: GroupPage, form: PassSlipForm, twins: Sequence[Twin] = ()) -> str:
    form.receiver.choices = receiver_choices(page)
    return page.render(
        "referrals/pass.html", form=form, twins=[(one, state_words(one.state, None)) for one in twins]
    )


def _command(page: GroupPage, form: PassSlipForm, slip: str) -> PassSlip:
    return PassSlip(
        group=page.group,
        today=page.today,
        giver=page.viewer.member_id,
        giver_name=page.viewer.name,
        receiver=form.receiver.data or "",
        offer=form.offer(),
        public_id=slip,
        addresses=addresses.of_slip(page, slip),
        told_after=TOLD_AFTER,
    )


def _label(line: MemberLine) -> str:
    return f"{line.name} · {line.trade}" if line.trade else line.name
