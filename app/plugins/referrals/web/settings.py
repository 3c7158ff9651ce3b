"""The settings of referrals in a group: for how long a prospect is kept after the slip has ended."""

from flask import flash, redirect
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import StringField

from app.core.errors import Refused
from app.http.forms import Needed, VersionedForm, number_typed, plain
from app.http.once import answered_before
from app.http.page import Answer, GroupPage
from app.plugins.referrals.domain.expiry import FEWEST_MONTHS, MOST_MONTHS
from app.plugins.referrals.queries.settings import Settings, settings_of
from app.plugins.referrals.services.keeping import SetProspectTime, set_prospect_time


class SettingsForm(VersionedForm):
    """What may be set."""

    months = StringField(_l("How many months prospects are kept"), validators=[Needed()], filters=[plain])


def settings(page: GroupPage) -> Answer:
    """Show what is set, and take a change of it."""
    now = settings_of(page.work.session, page.group.id)
    form = SettingsForm(data={"months": str(now.prospect_months), "version": str(now.version)})
    if not form.validate_on_submit():
        return _shown(page, form, now), 422 if form.is_submitted() else 200
    try:
        seen = answered_before(page, form, location=page.url("referrals.settings"))
        if seen:
            return redirect(seen, 303)
        earlier = set_prospect_time(page.work, _command(page, form))
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        stands = settings_of(page.work.session, page.group.id)
        form.version.data = str(stands.version)
        return _shown(page, form, stands), 422
    flash(_said(earlier), "success")
    return page.go("referrals.settings")


def _command(page: GroupPage, form: SettingsForm) -> SetProspectTime:
    return SetProspectTime(
        group=page.group, months=number_typed(form.months.data), seen_version=form.seen_version
    )


def _shown(page: GroupPage, form: SettingsForm, now: Settings) -> str:
    return page.render("referrals/settings.html", form=form, now=now, fewest=FEWEST_MONTHS, most=MOST_MONTHS)


def _said(earlier: int) -> str:
    if not earlier:
        return str(_("Saved."))
    said: str = ngettext(
        "Saved. %(num)d prospect who is kept now is forgotten earlier.",
        "Saved. %(num)d prospects who are kept now are forgotten earlier.",
        earlier,
    )
    return said
