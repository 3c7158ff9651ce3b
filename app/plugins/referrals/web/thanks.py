"""Thank-you business: giving it, and one's own given and received."""

from flask import flash, redirect, request
from flask_babel import gettext as _

from app.core.errors import Refused
from app.core.groups.queries import all_members
from app.http.once import answered_before
from app.http.page import Answer, GroupPage
from app.plugins.referrals.domain.rules import OUTSIDE
from app.plugins.referrals.queries.one_slip import slip_for
from app.plugins.referrals.queries.thanks import thanks_of
from app.plugins.referrals.services.thanking import GiveThanks, give_thanks
from app.plugins.referrals.web import addresses
from app.plugins.referrals.web.boxes import tabs_of
from app.plugins.referrals.web.currencies import currency_choices
from app.plugins.referrals.web.forms import ThanksForm
from app.plugins.referrals.web.lines import thank_you_lines

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
    flash(_("Your thank-you is kept. If they are a member, they have been told."), "success")
    return page.go("referrals.thanks")


def _blank(page: GroupPage, form: ThanksForm) -> Answer:
    if form.is_submitted():
        return _filled(page, form), 422
    form.slip.data = request.args.get("slip", "")
    form.thanked.data = request.args.get("to", "")
    form.thanked_on.data = page.today.isoformat()
    form.currency.data = page.group.currency
    return _filled(page, form)


def _filled(page: GroupPage, form: ThanksForm) -> str:
    session, group_id, member_id = page.work.session, page.group.id, page.viewer.member_id
    slip = (
        slip_for(session, group_id, form.slip.data, member_id, now=page.work.now) if form.slip.data else None
    )
    form.thanked.choices = [] if slip else thanked_choices(page)
    form.currency.choices = currency_choices(page.group.currency)
    return page.render(
        "referrals/thanks.html",
        form=form,
        slip=slip,
        lines=thank_you_lines(page, thanks_of(session, group_id, member_id, _MOST)),
        tabs=tabs_of(page, "referrals.thanks"),
    )


def _command(page: GroupPage, form: ThanksForm) -> GiveThanks:
    public_id = page.work.ids.public_id()
    return GiveThanks(
        group=page.group,
        today=page.today,
        thanker=page.viewer.member_id,
        thanker_name=page.viewer.name,
        thanked=form.thanked.data or "",
        thanked_outside=form.thanked_outside.data,
        currency=form.currency.data or "",
        slip=form.slip.data or "",
        amount=form.amount.data,
        thanked_on=form.day,
        note=form.note.data,
        public_id=public_id,
        addresses=addresses.of_thank_you(page, public_id),
    )


def thanked_choices(page: GroupPage) -> list[tuple[str, str]]:
    """Return everybody whom the viewer may thank: members, those who left, and somebody outside the group."""
    lines = [
        line for line in all_members(page.work.session, page.group.id) if line.id != page.viewer.member_id
    ]
    present = [line for line in lines if line.ended_on is None or page.today <= line.ended_on]
    former = [line for line in lines if line not in present]
    return [
        ("", _("Choose a person")),
        *((line.public_id, f"{line.name} · {line.trade}" if line.trade else line.name) for line in present),
        *((line.public_id, _("%(name)s, no longer a member", name=line.name)) for line in former),
        (OUTSIDE, _("Somebody outside the group")),
    ]
