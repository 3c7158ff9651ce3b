"""What giving brings to the pages of the house: ways to help and new thank-yous at home, words on a member's page."""

from collections.abc import Sequence
from datetime import timedelta

from flask_babel import gettext as _

from app.core.groups.domain.standing import Group
from app.core.work import UnitOfWork
from app.http.outside import absolute, path_of
from app.http.page import GroupPage
from app.plugin_api import MemberBrief, Panel, Task
from app.plugins.giving.domain.introduction import asks_outcome
from app.plugins.giving.queries.words import latest_thanks, words_about
from app.plugins.giving.services.looking_after import ask_what_came
from app.plugins.giving.services.telling import Place
from app.plugins.giving.web.openings import asks_open, further_openings, own_introductions, viewer_settles_in
from app.plugins.giving.web.wording import ask_title, days_of

_NEW_FOR = timedelta(days=14)
_MOST_AT_HOME = 4
_MOST_WORDS = 5


def home_panels(page: GroupPage) -> Sequence[Panel]:
    """Return ways to help this week, and the thank-yous of the last two weeks where there are any."""
    panels = [
        Panel(
            key="ways",
            title=_("Ways you can help this week"),
            template="giving/panel_ways.html",
            context={
                "openings": further_openings(page)[:_MOST_AT_HOME],
                "settling_in": viewer_settles_in(page),
            },
            url=page.url("giving.asks"),
            order=30,
        )
    ]
    since = page.work.now - _NEW_FOR
    if thanks := latest_thanks(page.work.session, page.group.id, since, _MOST_AT_HOME):
        context = {"thanks": thanks}
        template = "giving/panel_thanks.html"
        panels.append(
            Panel(key="thanks", title=_("Thank-yous"), template=template, context=context, order=55)
        )
    return panels


def tasks(page: GroupPage) -> Sequence[Task]:
    """Return the introductions that wait for the viewer's word, and those of which to say what came of them."""
    viewer = page.viewer.member_id
    found = []
    for one in own_introductions(page):
        side = one.side_of(viewer)
        url = page.url("giving.introduction", introduction=one.public_id)
        name = one.counterpart(viewer).name
        if one.waits_for(viewer):
            text = _("Say whether you would like to be introduced to %(name)s.", name=name)
            found.append(Task(text=text, url=url, order=30))
        elif side and asks_outcome(one.state, one.made_at_utc, one.party(side).outcome, page.work.now):
            text = _("Say what came of your introduction to %(name)s.", name=name)
            found.append(Task(text=text, url=url, order=40))
    return found


def member_panels(page: GroupPage, member: MemberBrief) -> Sequence[Panel]:
    """Return what colleagues say of the member and what they ask for, with the ways to add to it."""
    said = words_about(page.work.session, page.group.id, member.id, _MOST_WORDS)
    return (
        Panel(
            key="words",
            title=_("Asks and kind words"),
            template="giving/panel_words.html",
            context={
                "said": said,
                "day_of": days_of(page),
                "asks": [(one, ask_title(one)) for one in asks_open(page) if one.asker_id == member.id],
                "member": member,
                "is_member": member.is_member_on(page.today),
                "is_own": member.id == page.viewer.member_id,
            },
            order=35,
        ),
    )


def ask_in_time(work: UnitOfWork, group: Group) -> int:
    """Ask what came of the introductions of two weeks ago; the house commits."""
    return ask_what_came(work, group, place_of)


def place_of(group: Group, introduction: str) -> Place:
    """Return where an introduction is found; a job has no request."""
    path = path_of("group.giving.introduction", group, introduction=introduction)
    return Place(path=path, url=absolute(path))
