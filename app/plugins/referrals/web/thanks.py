"""Thank-you business: giving it, and one's own given and received."""

from flask import flash, redirect, request
from flask_babel import gettext as _

from app.core.errors import Refused
from app.http.once import answered_before
from app.http.page import Answer, GroupPage
from app.plugins.referrals.queries.one_slip import slip_for
from app.plugins.referrals.queries.thanks import thanks_of
from app.plugins.referrals.services.thanking import GiveThanks, give_thanks
from app.plugins.referrals.web import addresses
from app.plugins.referrals.web.boxes import tabs_of
from app.plugins.referrals.web.forms import ThanksForm
from app.plugins.referrals.web.lines import thank_you_lines
from app.plugins.referrals.web.passing import receiver_choices

_MOST = 100


def thanks(page: GroupPage) -> Answer:
    """Show the form and one's own thank-yous; take a new one. `?slip=` names the slip it is for, `?to=` the person."""
    form = ThanksForm()
    if not form.validate_on_submit():
        return _blank(page, form)
    try:
        seen = answered_before(page, form, location=page.url("referrals.thanks"))
        if seen:
            return redirect(seen, 303)
        give_thanks(page.work, _command(page, form))
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _filled(page, form), 422
    flash(_("Thank you kept. The person you thanked has been told."), "success")
    return page.go("referrals.thanks")


def _blank(page: GroupPage, form: ThanksForm) -> Answer:
    if form.is_submitted():
        return _filled(page, form), 422
    form.slip.data = request.args.get("slip", "")
    form.thanked.data = request.args.get("to", "")
    form.thanked_on.data = page.today.isoformat()
    return _filled(page, form)


def _filled(page: GroupPage, form: ThanksForm) -> str:
    session, group_id, member_id = page.work.session, page.group.id, page.viewer.member_id
    slip = slip_for(session, group_id, form.slip.data, member_id) if form.slip.data else None
    form.thanked.choices = [] if slip else receiver_choices(page)
    return page.render(
        "referrals/thanks.html",
        form=form,
        slip=slip,
        lines=thank_you_lines(page, thanks_of(session, group_id, member_id, _MOST)),
        tabs=tabs_of(page, "referrals.thanks"),
    )


def _command(page: GroupPage, form: ThanksForm) -> GiveThanks:
    return GiveThanks(
        group=page.group,
        today=page.today,
        thanker=page.viewer.member_id,
        thanker_name=page.viewer.name,
        thanked=form.thanked.data or "",
        slip=form.slip.data or "",
        amount=form.amount.data,
        thanked_on=form.day,
        note=form.note.data,
        public_id=page.work.ids.public_id(),
        addresses=addresses.of_thanks(page),
    )
