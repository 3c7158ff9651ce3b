"""The tabs above a member's pages of activities."""

from typing import Any

from flask_babel import gettext as _

from app.http.page import GroupPage


def tabs_of(page: GroupPage, current: str) -> list[dict[str, Any]]:
    """Return the tabs as the macro `tabs` takes them; `current` is the endpoint of the page at hand."""
    titles = [
        ("activities.week", _("What you did")),
        ("activities.people", _("Whom to meet")),
        ("activities.commitments", _("Promises")),
        ("activities.notes", _("Notes")),
    ]
    return [
        {"title": title, "url": page.url(endpoint), "is_current": endpoint == current}
        for endpoint, title in titles
    ]
