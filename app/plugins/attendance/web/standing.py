"""Where members stand under the rules: one's own page, a member's for the offices, and the list of all."""

from flask_babel import gettext as _

from app.core.errors import NotFound
from app.core.groups.queries import MemberLine, member_by_key, member_by_public_id
from app.http.page import Answer, GroupPage
from app.plugins.attendance.domain.rule_standing import State
from app.plugins.attendance.queries.rule_sets import rule_book_of
from app.plugins.attendance.queries.standings import standing_of_member, standings_of
from app.plugins.attendance.web import rule_wording, standing_wording
from app.plugins.attendance.web.tabs import tabs_of
from app.plugins.attendance.web.typed_words import gettext
from app.plugins.attendance.web.wording import month_names


def standing(page: GroupPage) -> Answer:
    """Show the viewer where they stand, what counts, and what would change it."""
    member = member_by_key(page.work.session, page.group.id, page.viewer.member_id)
    return _page(page, member, title=_("Where you stand"), here="attendance.standing")


def standing_of(page: GroupPage, member: str) -> Answer:
    """Show an office where a member stands, as the member sees it."""
    found = member_by_public_id(page.work.session, page.group.id, member)
    if found is None:
        raise NotFound
    return _page(page, found, title=_("Where %(name)s stands", name=found.name), here="")


def standings(page: GroupPage) -> Answer:
    """Show the offices whom somebody should talk with, and who is close to it."""
    book = rule_book_of(page.work.session, page.group.id)
    lines = standings_of(page.work.session, page.group, book, page.today)
    in_force = book.in_force(page.today)
    return page.render(
        "attendance/standings.html",
        rules=in_force.rules if in_force else None,
        lines=sorted(lines, key=lambda line: (line.is_settling, -line.stands.state)),
        reached=sum(line.stands.state is State.REACHED and not line.is_settling for line in lines),
        near=sum(line.stands.state is State.NEAR and not line.is_settling for line in lines),
        words=standing_wording,
        said=gettext,
        state_words=rule_wording.state_words,
        member_url=page.urls("attendance.standing_of", "member"),
        tabs=tabs_of(page, "attendance.standings"),
    )


def _page(page: GroupPage, member: MemberLine, *, title: str, here: str) -> Answer:
    book = rule_book_of(page.work.session, page.group.id)
    line = standing_of_member(page.work.session, page.group, book, member, page.today)
    rules = line.stands.rules
    return page.render(
        "attendance/standing.html",
        title=title,
        is_own=bool(here),
        line=line,
        rules=rules,
        sentences=rule_wording.rule_sentences(rules) if rules else [],
        words=standing_wording,
        said=gettext,
        state_words=rule_wording.state_words,
        number=rule_wording.number,
        months=month_names(),
        tabs=tabs_of(page, here),
    )
