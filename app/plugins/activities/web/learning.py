"""One line of learning, for the member who learned: correcting it, taking it back."""

from flask import flash, redirect
from flask_babel import gettext as _

from app.core.errors import NotFound, Refused
from app.http.once import answered_before
from app.http.page import Answer, GroupPage
from app.plugins.activities.domain.rules import may_be_corrected
from app.plugins.activities.queries.learning import Learning, learning_for
from app.plugins.activities.services.learning import OnLearning, correct, take_back
from app.plugins.activities.web.forms import LearningForm, TakeBackForm


def learning(page: GroupPage, learning: str) -> Answer:
    """Show the line to its member; take a correction within a week."""
    found = _found(page, learning)
    form = LearningForm()
    if not form.is_submitted():
        return _filled(page, found, _as_it_stands(form, found))
    if not form.validate():
        return _filled(page, found, form), 422
    try:
        seen = answered_before(page, form, location=page.url("activities.learning", learning=learning))
        if seen:
            return redirect(seen, 303)
        correct(page.work, _command(page, learning, form.seen_version), form.facts())
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _filled(page, _found(page, learning), form, has_stood=True), 422
    flash(_("Your learning is corrected."), "success")
    return page.go("activities.learning", learning=learning)


def unlearn(page: GroupPage, learning: str) -> Answer:
    """Take the line back."""
    form = TakeBackForm(prefix="take-back")
    if not form.validate_on_submit():
        return page.go("activities.week")
    try:
        seen = answered_before(page, form, location=page.url("activities.week"))
        if seen:
            return redirect(seen, 303)
        take_back(page.work, _command(page, learning, form.seen_version))
    except Refused as refused:
        page.work.rollback()
        found = _found(page, learning)
        shown = _as_it_stands(LearningForm(None), found)
        shown.take(refused)
        return _filled(page, found, shown, has_stood=True), 422
    flash(_("Taken back. It counts no more."), "success")
    return page.go("activities.week")


def _found(page: GroupPage, learning: str) -> Learning:
    found = learning_for(page.work.session, page.group.id, learning, page.viewer.member_id)
    if found is None:
        raise NotFound
    return found


def _as_it_stands(form: LearningForm, found: Learning) -> LearningForm:
    form.what.data, form.learned_on.data = found.what, found.learned_on.isoformat()
    form.units.data = str(found.units)
    return form


def _filled(page: GroupPage, found: Learning, form: LearningForm, *, has_stood: bool = False) -> str:
    form.version.data = str(found.version)
    take_back_form = TakeBackForm(None, prefix="take-back")
    take_back_form.version.data = str(found.version)
    return page.render(
        "activities/learning.html",
        learning=found,
        form=form,
        take_back=take_back_form,
        has_stood=has_stood,
        may_correct=may_be_corrected(found.recorded_at, page.work.now),
    )


def _command(page: GroupPage, learning: str, seen_version: int) -> OnLearning:
    return OnLearning(
        group=page.group,
        today=page.today,
        member=page.viewer.member_id,
        learning=learning,
        seen_version=seen_version,
    )
