"""The tabs above the pages of joining."""

from typing import Any

from flask_babel import gettext as _

from app.http.page import GroupPage
from app.plugins.joining import permissions as may


def tabs_of(page: GroupPage, current: str) -> list[dict[str, Any]]:
    """Return the tabs that the viewer may open, as the macro `tabs` takes them."""
    titles = [
        ("joining.seats", _("Seats"), may.SEATS_VIEW),
        ("joining.applications", _("Applications"), may.APPLICATIONS_VIEW),
        ("joining.settings", _("How people join"), may.SETTINGS_EDIT),
    ]
    return [
        {"title": title, "url": page.url(endpoint), "is_current": endpoint == current}
        for endpoint, title, permission in titles
        if page.may(permission)
    ]
