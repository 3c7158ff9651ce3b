"""One's own notes of talks: kept beside the talk, listed for their writer, deleted on their writer's wish."""

from flask import flash, redirect
from flask_babel import gettext as _

from app.core.errors import NotFound
from app.http.once import tapped_before
from app.http.page import Answer, GroupPage
from app.plugins.activities.queries.own_notes import notes_of
from app.plugins.activities.services.noting import delete_note
from app.plugins.activities.web.tabs import tabs_of


def notes(page: GroupPage) -> Answer:
    """Show the viewer's notes, also those of talks that were taken back."""
    found = notes_of(page.work.session, page.group.id, page.viewer.member_id)
    return page.render("activities/notes.html", tabs=tabs_of(page, "activities.notes"), notes=found)


def unnote(page: GroupPage, note: str) -> Answer:
    """Delete one of the viewer's notes."""
    own = notes_of(page.work.session, page.group.id, page.viewer.member_id)
    seen = tapped_before(page, location=page.url("activities.notes"))
    if seen:
        return redirect(seen, 303)
    if note not in {one.public_id for one in own}:
        raise NotFound
    delete_note(page.work, group_id=page.group.id, member=page.viewer.member_id, note=note)
    flash(_("Deleted. Nobody has read it."), "success")
    return page.go("activities.notes")
