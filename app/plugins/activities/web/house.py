"""What activities bring to the pages of the house: one's own counts and promises at home, the talks together on a member's page."""

from collections.abc import Sequence
from datetime import timedelta

from flask_babel import gettext as _

from app.http.page import GroupPage
from app.http.periods import in_address, last_days
from app.plugin_api import MemberBrief, Panel
from app.plugins.activities.queries.talks import talks_between
from app.plugins.activities.queries.totals import own_counts
from app.plugins.activities.web.arranging_house import promise_panel
from app.plugins.activities.web.lines import talk_lines
from app.plugins.activities.web.people import own_arrangements

_FOUR_WEEKS = timedelta(weeks=4)
_MOST_LINES = 5


def home_panels(page: GroupPage) -> Sequence[Panel]:
    """Return the viewer's own counts of the last four weeks."""
    period = last_days(page.today, _FOUR_WEEKS)
    rows_url = page.url("activities.week", **in_address(period))
    counts = own_counts(page.work.session, page.group.id, page.viewer.member_id, period)
    return (
        Panel(
            key="own",
            title=_("Your one-to-ones and learning"),
            template="activities/panel_own.html",
            context={"counts": counts, "rows_url": f"{rows_url}#own-list"},
            url=page.url("activities.week"),
            order=45,
        ),
        promise_panel(page),
    )


def member_panels(page: GroupPage, member: MemberBrief) -> Sequence[Panel]:
    """Return the viewer's one-to-ones with that member, for the viewer alone; nothing on one's own page."""
    session, group_id, viewer = page.work.session, page.group.id, page.viewer.member_id
    if member.id == viewer:
        return ()
    together = talks_between(session, group_id, viewer, member.id, _MOST_LINES)
    opened = [
        one
        for one in own_arrangements(page)
        if one.standing.is_open and one.other_than(viewer).id == member.id
    ]
    return (
        Panel(
            key="together",
            title=_("Your one-to-ones with %(name)s", name=member.first_name),
            template="activities/panel_together.html",
            context={
                "member": member,
                "count": together.count,
                "lines": talk_lines(page, together.lines),
                "arrangement": opened[0].public_id if opened else "",
                "may_record": member.is_member_on(page.today),
            },
            order=25,
        ),
    )
