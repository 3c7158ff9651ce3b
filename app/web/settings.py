"""A group's settings: its own (name, words, zone, ways of writing), and what is switched on in it."""

from dataclasses import asdict, replace

from flask import flash, redirect, request
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest

from app.core.errors import NotFound, Refused
from app.core.groups.domain.founding import KIND_TITLES
from app.core.groups.domain.settings import GroupSettings, changed_fields
from app.core.groups.queries.settings import settings_of
from app.core.groups.settings import change_settings
from app.core.meetings.services.rezoning import tell_of_zone
from app.core.texts import translated
from app.core.vocabulary import pack_called
from app.http.once import answered_before
from app.http.page import Answer, GroupPage
from app.plugin_runtime.runtime import runtime
from app.plugin_runtime.switching import switch_off, switch_on
from app.web.group_settings_form import GroupSettingsForm, way_of_writing
from app.web.meeting_changes import addresses_of

_ACTS = {"on": switch_on, "off": switch_off}


def settings(page: GroupPage) -> Answer:
    """Show the group's settings and every plugin with its switch; take in a change of the settings."""
    now = settings_of(page.work.session, page.group.id)
    form = GroupSettingsForm(data={**asdict(now), "version": str(now.version)})
    form.offer(now)
    if not form.validate_on_submit():
        return _shown(page, form), 422 if form.is_submitted() else 200
    try:
        seen = answered_before(page, form, location=page.url("settings"))
        if seen:
            return redirect(seen, 303)
        wanted = form.wanted()
        changed = change_settings(page.work, page.group.id, wanted)
        told = _tell(page, wanted) if "zone" in changed else 0
        page.work.commit()
    except Refused as refused:
        return _refused(page, form, refused), 422
    flash(_said(changed, told), "success")
    return page.go("settings")


def switch(page: GroupPage, plugin: str) -> Answer:
    """Switch one plugin on or off; what it keeps stays."""
    registry = runtime().registry
    if plugin not in registry.by_name:
        raise NotFound
    act = _ACTS.get(request.form.get("to", ""))
    if act is None:
        raise BadRequest
    act(page.work, registry, group_id=page.group.id, name=plugin)
    page.work.commit()
    flash(_("Saved."), "success")
    return page.go("settings")


def _tell(page: GroupPage, now: GroupSettings) -> int:
    """Tell everyone of the meetings in their new zone; return how many members that are."""
    group = replace(page.group, name=now.name.strip(), zone=now.zone, locale=now.locale)
    return tell_of_zone(page.work, group, addresses_of(page), version=now.version + 1).members


def _said(changed: tuple[str, ...], told: int) -> str:
    if not changed:
        return str(_("Nothing was changed."))
    if not told:
        return str(_("Saved."))
    return str(ngettext("Saved. %(num)d member is told.", "Saved. %(num)d members are told.", told))


def _refused(page: GroupPage, form: GroupSettingsForm, refused: Refused) -> str:
    """Show the form again with every reason; where somebody else was faster, with what is kept now beside it."""
    page.work.rollback()
    form.take(refused)
    now = settings_of(page.work.session, page.group.id)
    is_overtaken = any(one.code == "groups.changed_meanwhile" for one in refused.refusals)
    if not is_overtaken:
        return _shown(page, form)
    form.version.data = str(now.version)
    return _shown(page, form, kept=_differing(now, form.wanted()))


def _shown(page: GroupPage, form: GroupSettingsForm, kept: dict[str, str] | None = None) -> str:
    manifests = [plugin.manifest for plugin in runtime().registry.plugins]
    kind = KIND_TITLES.get(page.group.kind)
    return page.render(
        "group/settings.html",
        form=form,
        kept=kept or {},
        manifests=manifests,
        kind=_(kind) if kind else page.group.kind,
    )


def _differing(now: GroupSettings, wanted: GroupSettings) -> dict[str, str]:
    """Return what is kept now, in words, by the name of each field in which it is not what is wanted."""
    language = str(get_locale() or "en")
    words = {
        "name": now.name,
        "vocabulary": translated(language, pack_called(now.vocabulary).title),
        "zone": now.zone,
        "locale": way_of_writing(now.locale, language),
        "settling_in_days": str(now.settling_in_days),
        "is_found_by_others": _("yes") if now.is_found_by_others else _("no"),
    }
    return {name: words[name] for name in changed_fields(now, wanted)}
