"""The tabs above the pages of the welcome."""

from typing import Any

from flask_babel import gettext as _

from app.http.page import GroupPage
from app.plugins.welcome import permissions as may


def tabs_of(page: GroupPage, current: str) -> list[dict[str, Any]]:
    """Return the tabs that the viewer may open, as the macro `tabs` takes them."""
    titles = [
        ("welcome.visitors", _("Visitors"), may.VISITOR_NOTE),
        ("welcome.expected", _("Expected and calls"), may.VISITORS_EDIT),
        ("welcome.own_greetings", _("Receiving guests"), may.VISITOR_NOTE),
        ("welcome.greeters", _("Greeters"), may.VISITORS_EDIT),
        ("welcome.newcomers", _("First calls"), may.NEWCOMERS_VIEW),
        ("welcome.public_page", _("Public page"), may.PAGE_EDIT),
    ]
    return [
        {"title": title, "url": page.url(endpoint), "is_current": endpoint == current}
        for endpoint, title, permission in titles
        if page.may(permission)
    ]
