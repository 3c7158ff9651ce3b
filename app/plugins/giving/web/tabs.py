"""The tabs above the pages of giving."""

from typing import Any

from flask_babel import gettext as _

from app.http.page import GroupPage


def tabs_of(page: GroupPage, current: str) -> list[dict[str, Any]]:
    """Return the tabs as the macro `tabs` takes them; `current` is the endpoint of the page at hand."""
    titles = [
        ("giving.asks", _("Help and ask")),
        ("giving.introductions", _("Introductions")),
        ("giving.given", _("What you put in")),
        ("giving.words", _("Kind words")),
    ]
    return [
        {"title": title, "url": page.url(endpoint), "is_current": endpoint == current}
        for endpoint, title in titles
    ]
