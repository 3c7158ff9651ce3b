"""One one-to-one, for the two who talked: what it says, correcting it, taking it back."""

from flask import flash, redirect
from flask_babel import gettext as _

from app.core.errors import NotFound, Refused
from app.http.once import answered_before
from app.http.page import Answer, GroupPage
from app.plugins.activities.domain.rules import may_be_corrected
from app.plugins.activities.queries.talks import Talk, talk_for
from app.plugins.activities.services.correcting import OnTalk, correct, take_back
from app.plugins.activities.web.forms import TakeBackForm, TalkForm


def talk(page: GroupPage, talk: str) -> Answer:
    """Show the one-to-one to its two; take a correction of either, within a week."""
    found = _found(page, talk)
    form = TalkForm()
    if not form.is_submitted():
        form.held_on.data, form.place.data, form.note.data = (
            found.held_on.isoformat(),
            found.place,
            found.note,
        )
        return _filled(page, found, form)
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
        shown.held_on.data, shown.place.data, shown.note.data = (
            found.held_on.isoformat(),
            found.place,
            found.note,
        )
        return _filled(page, found, shown, has_stood=True), 422
    flash(_("Taken back. It counts for neither of you."), "success")
    return page.go("activities.week")


def _found(page: GroupPage, talk: str) -> Talk:
    found = talk_for(page.work.session, page.group.id, talk, page.viewer.member_id)
    if found is None:
        raise NotFound
    return found


def _filled(page: GroupPage, found: Talk, form: TalkForm, *, has_stood: bool = False) -> str:
    """Return the page; `has_stood` shows what stands above what was typed."""
    form.version.data = str(found.version)
    take_back_form = TakeBackForm(None, prefix="take-back")
    take_back_form.version.data = str(found.version)
    return page.render(
        "activities/talk.html",
        talk=found,
        other_name=found.name_of_other(page.viewer.member_id),
        form=form,
        take_back=take_back_form,
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
