"""What is switched on in a group."""

from flask import flash, request
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest

from app.core.errors import NotFound
from app.http.page import Answer, GroupPage
from app.plugin_runtime.runtime import runtime
from app.plugin_runtime.switching import switch_off, switch_on

_ACTS = {"on": switch_on, "off": switch_off}


def settings(page: GroupPage) -> Answer:
    """Show every plugin with its switch."""
    manifests = [plugin.manifest for plugin in runtime().registry.plugins]
    return page.render("group/settings.html", manifests=manifests)


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
