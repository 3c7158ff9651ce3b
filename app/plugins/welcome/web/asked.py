"""What several parts of one page want to know, asked once."""

from collections.abc import Sequence
from datetime import timedelta

from app.http.page import GroupPage
from app.plugins.welcome.queries.newcomers import NewcomerLine, newcomers_read


def recent_newcomers(page: GroupPage) -> Sequence[NewcomerLine]:
    """Return the members in the group's settling-in time, latest first; one statement a page."""

    def ask() -> Sequence[NewcomerLine]:
        since = page.today - timedelta(days=page.group.settling_in_days)
        return newcomers_read(page.work, page.group.id, since, page.today)

    return page.asked_once("welcome.newcomers", ask)
