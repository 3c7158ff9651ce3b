"""Visitors: noted in one line, listed, completed, taken back."""

from datetime import timedelta

from flask import flash, redirect, request
from flask_babel import gettext as _

from app.core.errors import NotFound, Refused
from app.core.groups.queries import members_on
from app.http.once import answered_before
from app.http.page import Answer, GroupPage
from app.plugins.welcome import permissions as may
from app.plugins.welcome.domain.visitor import KIND_WORDS, VisitorKind
from app.plugins.welcome.queries.calls import call_of
from app.plugins.welcome.queries.visitors import VisitorLine, visitor_by_public_id, visitors_between
from app.plugins.welcome.services.visitors import (
    CompleteVisitor,
    NoteVisitor,
    complete_visitor,
    note_visitor,
    take_back_visitor,
)
from app.plugins.welcome.web.at_the_door import NearMeetings, near_meetings, not_noted_yet
from app.plugins.welcome.web.expected import after_visit, is_owner
from app.plugins.welcome.web.forms import VisitorForm
from app.plugins.welcome.web.tabs import tabs_of
from app.plugins.welcome.web.visit_addresses import addresses_of

SHOWN_BACK = timedelta(days=182)
SHOWN_AHEAD = timedelta(days=60)


def visitors(page: GroupPage) -> Answer:
    """Show the visitors of the last half year with the line in which the next one is noted; take it."""
    form = VisitorForm()
    if not form.validate_on_submit():
        near = near_meetings(page)
        if not form.is_submitted():
            _prefill(page, form, near)
        return _list_page(page, form, near), 422 if form.is_submitted() else 200
    public_id = page.work.ids.public_id()
    try:
        seen = answered_before(page, form, location=page.url("welcome.visitors"))
        if seen:
            return redirect(seen, 303)
        note_visitor(
            page.work,
            NoteVisitor(
                group=page.group,
                about=form.about(),
                came_on=form.day,
                invited_by=form.invited_by.data or "",
                noted_by=page.viewer.member_id,
                public_id=public_id,
            ),
        )
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _list_page(page, form, near_meetings(page)), 422
    flash(_("%(name)s is noted. The rest can be completed later.", name=form.name.data), "success")
    return page.go("welcome.visitors")


def visitor(page: GroupPage, visitor: str) -> Answer:
    """Show what is known of one visitor, and complete it."""
    found = _found(page, visitor)
    form = VisitorForm(data=_as_form(found))
    if not form.validate_on_submit():
        return _one_page(page, form, found), 422 if form.is_submitted() else 200
    try:
        complete_visitor(
            page.work,
            CompleteVisitor(
                group=page.group,
                visitor=visitor,
                about=form.about(),
                came_on=form.day,
                invited_by=form.invited_by.data or "",
                seen_version=form.seen_version,
            ),
        )
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        stands = _found(page, visitor)
        form.version.data = str(stands.version)
        return _one_page(page, form, stands, is_conflict=refused.has("welcome.changed_meanwhile")), 422
    flash(_("Saved."), "success")
    return page.go("welcome.visitors")


def take_back(page: GroupPage, visitor: str) -> Answer:
    """Take a visitor off the list who was noted by mistake."""
    _found(page, visitor)
    gone = take_back_visitor(page.work, page.group, visitor, addresses_of(page.group))
    flash(_("%(name)s is off the list.", name=gone.about.name), "success")
    return page.go("welcome.visitors")


def _found(page: GroupPage, public_id: str) -> VisitorLine:
    """Return the visitor, for the offices and for whoever invited them; for everybody else there is none."""
    found = visitor_by_public_id(page.work.session, page.group.id, public_id)
    if found is None or not (
        sees_all(page, found) or is_owner(page, call_of(page.work.session, page.group.id, found.id))
    ):
        raise NotFound
    return found


def sees_all(page: GroupPage, line: VisitorLine) -> bool:
    """Return whether the viewer may see how the visitor can be reached."""
    return page.may(may.VISITORS_EDIT) or line.invited_by == page.viewer.member_id


def _list_page(page: GroupPage, form: VisitorForm, near: NearMeetings) -> str:
    _offer_members(page, form)
    lines = visitors_between(
        page.work.session, page.group.id, page.today - SHOWN_BACK, page.today + SHOWN_AHEAD
    )
    return page.render(
        "welcome/visitors.html",
        form=form,
        lines=[(line, sees_all(page, line)) for line in lines],
        kinds=kind_words(),
        at_the_door=not_noted_yet(page, near),
        tabs=tabs_of(page, "welcome.visitors"),
    )


def _one_page(page: GroupPage, form: VisitorForm, found: VisitorLine, *, is_conflict: bool = False) -> str:
    _offer_members(page, form)
    return page.render(
        "welcome/visitor.html",
        form=form,
        visitor=found,
        kinds=kind_words(),
        is_conflict=is_conflict,
        **after_visit(page, found.public_id),
    )


def _prefill(page: GroupPage, form: VisitorForm, near: NearMeetings) -> None:
    """Fill in the meeting at hand, today's above all, and whoever is typing as the one who invited."""
    day = near.at_hand.local_date if near.at_hand else page.today
    form.came_on.data = request.args.get("day", "") or day.isoformat()
    form.kind.data = VisitorKind.FIRST.value
    form.invited_by.data = "" if page.is_console else page.viewer.member_public_id


def _offer_members(page: GroupPage, form: VisitorForm) -> None:
    lines = members_on(page.work.session, page.group.id, page.today)
    form.invited_by.choices = [("", _("nobody, or not known")), *((one.public_id, one.name) for one in lines)]


def _as_form(found: VisitorLine) -> dict[str, str]:
    about = found.about
    return {
        "version": str(found.version),
        "name": about.name,
        "kind": about.kind,
        "invited_by": found.invited_by_public_id,
        "came_on": found.came_on.isoformat(),
        "firm": about.firm,
        "trade": about.trade,
        "phone": about.phone,
        "email": about.email,
        "note": about.note,
    }


def kind_words() -> dict[str, str]:
    """Return the words for each kind of visitor, by its code."""
    return {kind.value: _(words) for kind, words in KIND_WORDS.items()}
