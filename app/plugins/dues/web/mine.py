"""A member's own dues: what is to be paid, and what was paid. Nobody sees anybody else's here."""

from app.http.page import Answer, GroupPage
from app.plugins.dues import permissions as may
from app.plugins.dues.queries.entries import entries_of_member
from app.plugins.dues.web.entries import words


def mine(page: GroupPage) -> Answer:
    """Show the viewer's own dues."""
    lines = entries_of_member(page.work.session, page.group.id, page.viewer.member_id)
    return page.render(
        "dues/mine.html",
        lines=[(line, line.standing(page.today)) for line in lines],
        may_edit=page.may(may.ENTRIES_EDIT),
        **words(),
    )
