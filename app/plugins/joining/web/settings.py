"""How people apply and how it is decided, set by the leaders."""

from flask import flash, redirect
from flask_babel import gettext as _

from app.core.errors import Refused
from app.http.forms import number_typed
from app.http.once import answered_before
from app.http.page import Answer, GroupPage
from app.plugins.joining.domain.settings import FEWEST_DAYS, FEWEST_MONTHS, MOST_DAYS, MOST_MONTHS
from app.plugins.joining.queries.settings import settings_of
from app.plugins.joining.services.settings import SetJoining, set_joining
from app.plugins.joining.web.forms import SettingsForm
from app.plugins.joining.web.tabs import tabs_of
from app.plugins.welcome.interface import VisitsOpen


def settings(page: GroupPage) -> Answer:
    """Show what is set, and take a change of it."""
    now = settings_of(page.work.session, page.group.id)
    form = SettingsForm(
        data={
            "is_open": now.is_open,
            "rule": now.rule.value,
            "approval_days": str(now.approval_days),
            "keep_months": str(now.keep_months),
            "version": str(now.version),
        }
    )
    if not form.validate_on_submit():
        return _shown(page, form), 422 if form.is_submitted() else 200
    try:
        seen = answered_before(page, form, location=page.url("joining.settings"))
        if seen:
            return redirect(seen, 303)
        set_joining(page.work, _command(page, form))
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        form.version.data = str(settings_of(page.work.session, page.group.id).version)
        return _shown(page, form), 422
    flash(_("Saved."), "success")
    return page.go("joining.settings")


def _command(page: GroupPage, form: SettingsForm) -> SetJoining:
    return SetJoining(
        group=page.group,
        is_open=bool(form.is_open.data),
        rule=form.rule.data or "",
        approval_days=number_typed(form.approval_days.data),
        keep_months=number_typed(form.keep_months.data),
        seen_version=form.seen_version,
    )


def _shown(page: GroupPage, form: SettingsForm) -> str:
    visits = page.reader(VisitsOpen)  # type: ignore[type-abstract]  # a protocol is asked for, never made
    return page.render(
        "joining/settings.html",
        form=form,
        days=(FEWEST_DAYS, MOST_DAYS),
        months=(FEWEST_MONTHS, MOST_MONTHS),
        public_url=page.url_in("visit", "joining.apply", absolute=True),
        is_public_shut=visits is not None and not visits.is_open(page.group.id),
        tabs=tabs_of(page, "joining.settings"),
    )
