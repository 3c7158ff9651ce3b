"""Words and tabs of the pages of the first year."""

from typing import Any

from flask_babel import gettext as _

from app.http.page import GroupPage
from app.plugins.firstyear import permissions as may
from app.plugins.firstyear.domain.talks import KIND_WORDS, OUTCOME_WORDS, SEEN_BY_WORDS


def kind_words() -> dict[str, str]:
    """Return the words for each kind of talk, by its code."""
    return {kind.value: _(words) for kind, words in KIND_WORDS.items()}


def outcome_words() -> dict[str, str]:
    """Return the words for each outcome, by its code."""
    return {outcome.value: _(words) for outcome, words in OUTCOME_WORDS.items()}


def reader_words() -> dict[str, str]:
    """Return the words for who reads what was written, by its code."""
    return {one.value: _(words) for one, words in SEEN_BY_WORDS.items()}


def tabs_of(page: GroupPage, current: str) -> list[dict[str, Any]]:
    """Return the tabs that the viewer may open, as the macro `tabs` takes them."""
    titles = [
        ("firstyear.mine", _("My own"), may.OWN_VIEW),
        ("firstyear.newcomers", _("Newcomers"), may.STAYS_KEEP),
        ("firstyear.steps", _("Steps of the induction"), may.STAYS_KEEP),
        ("firstyear.written", _("For the committee"), may.WORDS_READ),
        ("firstyear.leavers", _("Leavers"), may.EXITS_READ),
    ]
    return [
        {"title": title, "url": page.url(endpoint), "is_current": endpoint == current}
        for endpoint, title, permission in titles
        if page.may(permission)
    ]
