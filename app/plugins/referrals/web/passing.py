"""Passing a slip, on one screen."""

from collections.abc import Sequence

from flask import flash, redirect, request
from flask_babel import gettext as _

from app.core.errors import Refused
from app.http.door import answer_script, wants_json
from app.http.once import answered_before
from app.http.page import Answer, GroupPage
from app.plugins.referrals.domain.basis import Tier
from app.plugins.referrals.queries.drafts import number_of_drafts
from app.plugins.referrals.queries.twins import Twin
from app.plugins.referrals.store_drafts import drop_draft
from app.plugins.referrals.web.beside import beside_of
from app.plugins.referrals.web.draft_words import draft_asked_for, form_of, version_kept
from app.plugins.referrals.web.forms import PassSlipForm
from app.plugins.referrals.web.offline_slip import words_of_phone
from app.plugins.referrals.web.receivers import pass_on_to, receiver_choices, twins_for
from app.plugins.referrals.web.reports import told_first
from app.plugins.referrals.web.wording import state_words


def pass_on(page: GroupPage) -> Answer:
    """Show the slip to fill in; take it, and show it passed. `?to=` names the receiver.

    Without a script a button, `look`, shows what stands beside the choice, with all that was typed.
    """
    form = PassSlipForm()
    if not form.is_submitted() and (draft := draft_asked_for(page)):
        return filled(page, form_of(draft), version=draft.version)
    if asked := told_first(page):
        return asked
    if "look" in request.form:
        return filled(page, form, version=version_kept(page, form))
    if not form.validate_on_submit():
        return _blank(page, form)
    slip = page.work.ids.public_id()
    try:
        seen = answered_before(page, form, location=page.url("referrals.slip", slip=slip))
        if seen:
            return _led_to(seen)
        twins = _twins(page, form)
        if twins:
            page.work.rollback()
            return _refused(page, form, twins)
        drop_draft(page.work.session, (page.group.id, page.viewer.member_id, str(form.form_token.data)))
        told = pass_on_to(page, form, slip)
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _refused(page, form)
    flash(told, "success")
    return _led_to(page.url("referrals.slip", slip=slip))


def filled(page: GroupPage, form: PassSlipForm, twins: Sequence[Twin] = (), version: int = 0) -> str:
    """Return the page with the form as it is filled in; `version` is that of the draft it goes on with, 0 without one."""
    form.receiver.choices = receiver_choices(page, form.receiver.data or "")
    return page.render(
        "referrals/pass.html",
        form=form,
        beside=beside_of(page, form.receiver.data or ""),
        twins=[(one, state_words(one.state, None)) for one in twins],
        draft_version=version,
        phone_words=words_of_phone(),
        waiting_drafts=0 if version else _number_of_drafts(page),
    )


def _led_to(location: str) -> Answer:
    """Lead the browser to the slip, or tell a script where it is, which sent it from a phone."""
    return answer_script(200, location=location) if wants_json() else redirect(location, 303)


def _refused(page: GroupPage, form: PassSlipForm, twins: Sequence[Twin] = ()) -> Answer:
    """Show the form again with every reason, and all that was typed; a script is told the reasons."""
    if not wants_json():
        return filled(page, form, twins, version=version_kept(page, form)), 422
    reasons = [*form.problems, *(error for field in form for error in field.errors)]
    if twins:
        reasons.append(
            _(
                "You passed this to the same member within the last 30 days. Look, and pass it again if it is new."
            )
        )
    return answer_script(422, reasons=[str(reason) for reason in reasons])


def _number_of_drafts(page: GroupPage) -> int:
    return number_of_drafts(page.work.session, page.group.id, page.viewer.member_id)


def _blank(page: GroupPage, form: PassSlipForm) -> Answer:
    if form.is_submitted():
        return _refused(page, form)
    form.receiver.data = request.args.get("to", "")
    form.tier.data = Tier.OUTSIDE.value
    form.agreed_on.data = page.today
    return filled(page, form)


def _twins(page: GroupPage, form: PassSlipForm) -> list[Twin]:
    """Return the slips like this one that its giver was not shown yet, and note on the form that now they are."""
    shown = set((form.twins.data or "").split())
    new = [one for one in twins_for(page, form) if one.public_id not in shown]
    form.twins.data = " ".join(sorted(shown | {one.public_id for one in new}))
    return new
