"""What you did this week: a one-to-one is one line, a learning unit is one line, and below stands one's own list."""

from datetime import timedelta

from flask import flash, redirect, request
from flask_babel import gettext as _

from app.core.errors import Refused
from app.core.local_time import local_day
from app.http.once import answered_before
from app.http.page import Answer, GroupPage
from app.http.periods import asked_period, last_days
from app.plugins.activities.queries.learning import learning_of
from app.plugins.activities.queries.talks import talks_of
from app.plugins.activities.queries.totals import own_counts
from app.plugins.activities.services.learning import RecordLearning, record_learning
from app.plugins.activities.services.recording import RecordTalk, record_talk
from app.plugins.activities.web.forms import ANOTHER, SAME, LearningForm, NewTalkForm
from app.plugins.activities.web.lines import lines_of, member_choices
from app.plugins.activities.web.people import arranged_lines
from app.plugins.activities.web.tabs import tabs_of

SHOWN = timedelta(weeks=12)
THIS_WEEK = timedelta(days=7)


def week(page: GroupPage) -> Answer:
    """Show both forms and one's own list. `?with=` names the other of the one-to-one."""
    talk, learning = _blank_forms(page)
    talk.partner.data = request.args.get("with", "")
    return _filled(page, talk, learning)


def record(page: GroupPage) -> Answer:
    """Take a one-to-one; where one of the two stands already, ask whether it is the same."""
    form, (_talk, learning) = NewTalkForm(prefix="talk"), _blank_forms(page)
    if not form.validate_on_submit():
        return _filled(page, form, learning), 422
    if form.same.data == SAME:
        flash(_("It stands once, for both of you. Nothing was doubled."), "success")
        return page.go("activities.week")
    public_id = page.work.ids.public_id()
    try:
        seen = answered_before(page, form, location=page.url("activities.week"))
        if seen:
            return redirect(seen, 303)
        record_talk(page.work, _command(page, form, public_id))
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _filled(page, form, learning), 422
    flash(_("Recorded once, for both of you. The other has been told."), "success")
    return page.go("activities.week")


def learn(page: GroupPage) -> Answer:
    """Take a learning unit of the viewer."""
    form, (talk, _learning) = LearningForm(prefix="learning"), _blank_forms(page)
    if not form.validate_on_submit():
        return _filled(page, talk, form), 422
    try:
        seen = answered_before(page, form, location=page.url("activities.week"))
        if seen:
            return redirect(seen, 303)
        record_learning(
            page.work,
            RecordLearning(
                group=page.group,
                today=page.today,
                by=page.viewer.member_id,
                by_name=page.viewer.name,
                facts=form.facts(),
                public_id=page.work.ids.public_id(),
            ),
        )
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _filled(page, talk, form), 422
    flash(_("Your learning is recorded."), "success")
    return page.go("activities.week")


def _blank_forms(page: GroupPage) -> tuple[NewTalkForm, LearningForm]:
    """Return both forms as they are before anything is typed, whatever was sent."""
    talk, learning = NewTalkForm(None, prefix="talk"), LearningForm(None, prefix="learning")
    talk.held_on.data = learning.learned_on.data = page.today.isoformat()
    return talk, learning


def _filled(page: GroupPage, talk: NewTalkForm, learning: LearningForm) -> str:
    session, group_id, member_id = page.work.session, page.group.id, page.viewer.member_id
    talk.partner.choices = member_choices(page, _("Choose a member"), without_viewer=True)
    asked = asked_period(page, SHOWN)
    return page.render(
        "activities/week.html",
        tabs=tabs_of(page, "activities.week"),
        arranged=arranged_lines(page),
        day_of=lambda instant: local_day(instant, page.group.zone),
        talk=talk,
        learning=learning,
        asks_same=bool(talk.same.errors) or talk.same.data == ANOTHER,
        asked=asked,
        counts=own_counts(session, group_id, member_id, last_days(page.today, THIS_WEEK)),
        lines=lines_of(
            page,
            talks_of(session, group_id, member_id, asked.period),
            learning_of(session, group_id, member_id, asked.period),
        ),
    )


def _command(page: GroupPage, form: NewTalkForm, public_id: str) -> RecordTalk:
    return RecordTalk(
        group=page.group,
        today=page.today,
        member=page.viewer.member_id,
        member_name=page.viewer.name,
        partner=form.partner.data or "",
        facts=form.facts(),
        is_another=form.same.data == ANOTHER,
        public_id=public_id,
        path=page.url("activities.talk", talk=public_id),
    )
