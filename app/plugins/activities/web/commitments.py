"""Promises to oneself: one line to make one, and what is open; the owner's alone."""

from collections.abc import Sequence

from flask import flash, redirect, request
from flask_babel import gettext as _

from app.core.errors import NotFound, Refused
from app.http.forms import day_typed
from app.http.once import answered_before, tapped_before
from app.http.page import Answer, GroupPage
from app.plugins.activities.domain.commitments import PromiseState, day_meant
from app.plugins.activities.queries.own_notes import Promise, promise_of, promises_of
from app.plugins.activities.services.commitments import (
    MakePromise,
    OnPromise,
    make_promise,
    move_promise,
    settle_promise,
)
from app.plugins.activities.web.arranging_forms import MoveForm, PromiseForm, QuickPromiseForm
from app.plugins.activities.web.lines import member_choices
from app.plugins.activities.web.tabs import tabs_of


def commitments(page: GroupPage) -> Answer:
    """Show what the viewer promised themself; take a new promise. `?about=` names a colleague."""
    form = PromiseForm()
    if not form.is_submitted():
        form.about.data = request.args.get("about", "")
        return _filled(page, form)
    if not form.validate():
        return _filled(page, form), 422
    return _made(page, form, form.due_on.data)


def promise_quickly(page: GroupPage) -> Answer:
    """Take the one line from home or from beside a talk; what is wrong is said on the page of all promises."""
    quick = QuickPromiseForm(prefix="promise")
    form = PromiseForm(None)
    form.words.data, form.until.data, form.about.data = quick.words.data, quick.until.data, quick.about.data
    if not quick.validate_on_submit():
        return _filled(page, form), 422
    form.form_token.data = quick.form_token.data
    return _made(page, form, "")


def commitment(page: GroupPage, commitment: str) -> Answer:
    """Show one promise to its owner; posted, move it to another day."""
    found, form = _found(page, commitment), MoveForm()
    if not form.is_submitted():
        return page.render("activities/commitment.html", promise=found, form=form)
    if not form.validate():
        return page.render("activities/commitment.html", promise=found, form=form), 422
    try:
        seen = answered_before(page, form, location=page.url("activities.commitments"))
        if seen:
            return redirect(seen, 303)
        move_promise(page.work, _on(page, commitment), day_typed(form.due_on.data))
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return page.render("activities/commitment.html", promise=_found(page, commitment), form=form), 422
    flash(_("Moved."), "success")
    return page.go("activities.commitments")


def promise_kept(page: GroupPage, commitment: str) -> Answer:
    """Note that it is done."""
    return _settled(page, commitment, PromiseState.DONE, _("Done. Good."))


def promise_let_go(page: GroupPage, commitment: str) -> Answer:
    """Let it go; nobody asks why."""
    return _settled(page, commitment, PromiseState.LET_GO, _("Let go. Nobody asks why."))


def own_promises(page: GroupPage) -> Sequence[Promise]:
    """Return the viewer's promises, the open ones first by their day; asked once a page."""
    return page.asked_once(
        "activities.promises",
        lambda: promises_of(page.work.session, page.group.id, page.viewer.member_id),
    )


def _made(page: GroupPage, form: PromiseForm, typed_day: str) -> Answer:
    until = form.until.data or ""
    command = MakePromise(
        group_id=page.group.id,
        today=page.today,
        member=page.viewer.member_id,
        words=form.words.data,
        due_on=day_meant(until, day_typed(typed_day), page.today),
        about=form.about.data or "",
    )
    try:
        seen = answered_before(page, form, location=page.url("activities.commitments"))
        if seen:
            return redirect(seen, 303)
        make_promise(page.work, command)
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _filled(page, form), 422
    flash(_("Kept, for you alone. You are reminded once, on its day."), "success")
    return page.go("activities.commitments")


def _settled(page: GroupPage, commitment: str, state: PromiseState, said: str) -> Answer:
    _found(page, commitment)
    seen = tapped_before(page, location=page.url("activities.commitments"))
    if seen:
        return redirect(seen, 303)
    settle_promise(page.work, _on(page, commitment), state)
    flash(said, "success")
    return page.go("activities.commitments")


def _found(page: GroupPage, commitment: str) -> Promise:
    found = promise_of(page.work.session, page.group.id, page.viewer.member_id, commitment)
    if found is None:
        raise NotFound
    return found


def _on(page: GroupPage, commitment: str) -> OnPromise:
    return OnPromise(
        group_id=page.group.id, today=page.today, member=page.viewer.member_id, promise=commitment
    )


def _filled(page: GroupPage, form: PromiseForm) -> str:
    form.about.choices = member_choices(page, _("Nobody in particular"), without_viewer=True)
    promises = own_promises(page)
    return page.render(
        "activities/commitments.html",
        tabs=tabs_of(page, "activities.commitments"),
        form=form,
        opened=[one for one in promises if one.is_open],
        settled=[one for one in promises if not one.is_open],
        kept=PromiseState.DONE,
    )
