"""What dues bring to the pages of the house: one's own open dues, a kind task, and what the next treasurer takes over."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.groups.domain.office import Office
from app.http.page import GroupPage
from app.http.rendering import money, short_date
from app.plugin_api import NavItem, Panel, Task
from app.plugins.dues import permissions as may
from app.plugins.dues.domain.entry import Standing
from app.plugins.dues.queries.entries import EntryLine, overdue_count, owed_by_member
from app.plugins.dues.web.entries import words


def nav_items(page: GroupPage) -> Sequence[NavItem]:
    """Return the way to the dues: the group's for who looks after them, one's own for everybody else."""
    if page.may(may.ENTRIES_EDIT):
        title, url = _("Dues"), page.url("dues.entries")
        return (NavItem(title=title, url=url, order=66, permission=may.ENTRIES_EDIT),)
    title, url = _("Your dues"), page.url("dues.mine")
    return (NavItem(title=title, url=url, order=45, permission=may.OWN_VIEW),)


def home_panels(page: GroupPage) -> Sequence[Panel]:
    """Return what the viewer has still to pay, where there is something."""
    lines = _own(page)
    if not lines:
        return ()
    return (
        Panel(
            key="own",
            title=_("Your dues"),
            template="dues/panel_own.html",
            context={"lines": lines, **words()},
            url=page.url("dues.mine"),
            order=70,
        ),
    )


def tasks(page: GroupPage) -> Sequence[Task]:
    """Return a kind word where something of the viewer's own is overdue."""
    overdue = [line for line in _own(page) if line.standing(page.today) is Standing.OVERDUE]
    if not overdue:
        return ()
    first = overdue[0]
    text = ngettext(
        "%(amount)s was due on %(day)s: pay it when you can, or have a word with the treasurer.",
        "%(num)d amounts are due, the first of %(amount)s on %(day)s: pay them when you can, or have a word with the "
        "treasurer.",
        len(overdue),
        amount=money(first.amount_minor, first.currency),
        day=short_date(first.due_on),
    )
    return (Task(text=text, url=page.url("dues.mine"), order=60),)


def open_matters(page: GroupPage, office: Office) -> Sequence[Task]:
    """Return how many dues are overdue, for the treasurer."""
    if office is not Office.SECRETARY_TREASURER:
        return ()
    count = overdue_count(page.work.session, page.group.id, page.today)
    if not count:
        return ()
    text = ngettext("%(num)d amount of dues is overdue.", "%(num)d amounts of dues are overdue.", count)
    return (Task(text=text, url=page.url("dues.entries", show=Standing.OVERDUE.value), order=60),)


def _own(page: GroupPage) -> list[EntryLine]:
    return page.asked_once(
        "dues.own", lambda: owed_by_member(page.work.session, page.group.id, page.viewer.member_id)
    )
