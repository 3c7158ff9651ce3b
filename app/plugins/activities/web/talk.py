"""One one-to-one, for the two who talked: what it says, correcting it, taking it back, and one's own note."""

from flask import flash, redirect
from flask_babel import gettext as _

from app.core.errors import NotFound, Refused
from app.core.groups.queries import member_by_key
from app.http.once import answered_before
from app.http.page import Answer, GroupPage
from app.plugins.activities.domain.rules import may_be_corrected
from app.plugins.activities.queries.own_notes import note_of_talk
from app.plugins.activities.queries.talks import Talk, talk_for
from app.plugins.activities.services.correcting import OnTalk, correct, take_back
from app.plugins.activities.services.noting import note_talk
from app.plugins.activities.web.arranged import note_command
from app.plugins.activities.web.arranging_forms import OwnNoteForm, QuickPromiseForm, blank_note
from app.plugins.activities.web.forms import TakeBackForm, TalkForm


def talk(page: GroupPage, talk: str) -> Answer:
    """Show the one-to-one to its two; take a correction of either, within a week."""
    found = _found(page, talk)
    form = TalkForm()
    if not form.is_submitted():
        return _filled(page, found, _as_it_stands(form, found))
    if not form.validate():
        return _filled(page, found, form), 422
    try:
        seen = answered_before(page, form, location=page.url("activities.talk", talk=talk))
        if seen:
            return redirect(seen, 303)
        command = _command(page, talk, form.seen_version, page.url("activities.talk", talk=talk))
        correct(page.work, command, form.facts())
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _filled(page, _found(page, talk), form, has_stood=True), 422
    flash(_("Corrected for both of you. The other has been told."), "success")
    return page.go("activities.talk", talk=talk)


def untalk(page: GroupPage, talk: str) -> Answer:
    """Take the one-to-one back; both lose it, and the other is told."""
    form = TakeBackForm(prefix="take-back")
    if not form.validate_on_submit():
        return page.go("activities.week")
    try:
        seen = answered_before(page, form, location=page.url("activities.week"))
        if seen:
            return redirect(seen, 303)
        take_back(page.work, _command(page, talk, form.seen_version, page.url("activities.week")))
    except Refused as refused:
        page.work.rollback()
        shown = TalkForm(None)
        shown.take(refused)
        found = _found(page, talk)
        return _filled(page, found, _as_it_stands(shown, found), has_stood=True), 422
    flash(_("Taken back. It counts for neither of you."), "success")
    return page.go("activities.week")


def note_talked(page: GroupPage, talk: str) -> Answer:
    """Keep the viewer's own note of the talk, which the other never sees; empty words delete it."""
    found, form = _found(page, talk), OwnNoteForm(prefix="note")
    shown = _as_it_stands(TalkForm(None), found)
    if not form.validate_on_submit():
        return _filled(page, found, shown, note=form), 422
    try:
        seen = answered_before(page, form, location=page.url("activities.talk", talk=talk))
        if seen:
            return redirect(seen, 303)
        note_talk(page.work, note_command(page, talk, form))
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _filled(page, found, shown, note=form), 422
    flash(_("Kept, for you alone."), "success")
    return page.go("activities.talk", talk=talk)


def _as_it_stands(form: TalkForm, found: Talk) -> TalkForm:
    form.held_on.data, form.place.data, form.note.data = found.held_on.isoformat(), found.place, found.note
    return form


def _found(page: GroupPage, talk: str) -> Talk:
    found = talk_for(page.work.session, page.group.id, talk, page.viewer.member_id)
    if found is None:
        raise NotFound
    return found


def _filled(
    page: GroupPage,
    found: Talk,
    form: TalkForm,
    *,
    has_stood: bool = False,
    note: OwnNoteForm | None = None,
) -> str:
    """Return the page; `has_stood` shows what stands above what was typed, `note` is one's own that was refused."""
    viewer = page.viewer.member_id
    own = note_of_talk(page.work.session, page.group.id, found.id, viewer)
    if note is not None:
        note.version.data = str(own.version)
    other = found.other_than(viewer)
    promise = QuickPromiseForm(None, prefix="promise")
    if other is not None:
        promise.about.data = member_by_key(page.work.session, page.group.id, other).public_id
    form.version.data = str(found.version)
    take_back_form = TakeBackForm(None, prefix="take-back")
    take_back_form.version.data = str(found.version)
    return page.render(
        "activities/talk.html",
        talk=found,
        other_name=found.name_of_other(page.viewer.member_id),
        form=form,
        take_back=take_back_form,
        note=note or blank_note(own),
        own_stands=own.note if note is not None else "",
        promise=promise,
        has_stood=has_stood,
        may_correct=may_be_corrected(found.recorded_at, page.work.now),
        recorded_by_viewer=found.recorded_by_id == page.viewer.member_id,
    )


def _command(page: GroupPage, talk: str, seen_version: int, path: str) -> OnTalk:
    return OnTalk(
        group=page.group,
        today=page.today,
        member=page.viewer.member_id,
        member_name=page.viewer.name,
        talk=talk,
        seen_version=seen_version,
        path=path,
    )
