"""One thank-you, for its two sides: what it says and said before; its thanker corrects it or takes it back."""

from flask import flash, redirect
from flask_babel import gettext as _

from app.core.errors import NotFound, Refused
from app.core.money import written
from app.http.forms import VersionedForm
from app.http.once import answered_before
from app.http.page import Answer, GroupPage
from app.plugins.referrals.queries.one_thanks import ThankYou, before_of, thank_you_for
from app.plugins.referrals.services.correcting_thanks import (
    OnThanks,
    SaidNow,
    correct_thanks,
    take_back_thanks,
)
from app.plugins.referrals.web import addresses
from app.plugins.referrals.web.boxes import tabs_of
from app.plugins.referrals.web.currencies import currency_choices
from app.plugins.referrals.web.forms import CorrectThanksForm


def thank_you(page: GroupPage, thanks: str) -> Answer:
    """Show the thank-you to the one who gave it and the one who got it; take a correction by the first."""
    found = _found(page, thanks)
    form = CorrectThanksForm(**_as_typed(page, found))
    if not form.validate_on_submit():
        return _shown(page, found, form), 422 if form.is_submitted() else 200
    try:
        seen = answered_before(page, form, location=page.url("referrals.thank_you", thanks=thanks))
        if seen:
            return redirect(seen, 303)
        said = SaidNow(
            amount=form.amount.data,
            currency=form.currency.data or "",
            thanked_on=form.day,
            note=form.note.data,
        )
        correct_thanks(page.work, _on(page, thanks, form), said)
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _shown(page, _found(page, thanks), form), 422
    flash(_("Corrected. What it said before stands below, for the two of you."), "success")
    return page.go("referrals.thank_you", thanks=thanks)


def unthank(page: GroupPage, thanks: str) -> Answer:
    """Take one's own thank-you back."""
    form = VersionedForm(prefix="take-back")
    found = _found(page, thanks)
    if not form.validate_on_submit():
        return _shown(page, found, CorrectThanksForm(None, **_as_typed(page, found))), 422
    try:
        seen = answered_before(page, form, location=page.url("referrals.thank_you", thanks=thanks))
        if seen:
            return redirect(seen, 303)
        take_back_thanks(page.work, _on(page, thanks, form))
    except Refused as refused:
        page.work.rollback()
        found = _found(page, thanks)
        shown = CorrectThanksForm(None, **_as_typed(page, found))
        shown.take(refused)
        return _shown(page, found, shown), 422
    flash(_("Taken back. It counts no more."), "success")
    return page.go("referrals.thanks")


def _found(page: GroupPage, thanks: str) -> ThankYou:
    found = thank_you_for(page.work.session, page.group.id, thanks, page.viewer.member_id)
    if found is None:
        raise NotFound
    return found


def _as_typed(page: GroupPage, found: ThankYou) -> dict[str, str]:
    return {
        "amount": written(found.amount_minor, found.currency, page.group.locale),
        "currency": found.currency,
        "thanked_on": found.thanked_on.isoformat(),
        "note": found.note,
    }


def _on(page: GroupPage, thanks: str, form: VersionedForm) -> OnThanks:
    return OnThanks(
        group=page.group,
        today=page.today,
        thanker=page.viewer.member_id,
        thanker_name=page.viewer.name,
        thanks=thanks,
        seen_version=form.seen_version,
        addresses=addresses.of_thank_you(page, thanks),
    )


def _shown(page: GroupPage, found: ThankYou, form: CorrectThanksForm) -> str:
    """Return the page over what stands now; a form that came back keeps what was typed."""
    take_back = VersionedForm(None, prefix="take-back")
    form.version.data = take_back.version.data = str(found.version)
    form.currency.choices = currency_choices(page.group.currency)
    return page.render(
        "referrals/thank_you.html",
        found=found,
        is_given=found.thanker == page.viewer.member_id,
        before=before_of(page.work.session, page.group.id, found.id),
        form=form,
        take_back=take_back,
        tabs=tabs_of(page, "referrals.thanks"),
    )
