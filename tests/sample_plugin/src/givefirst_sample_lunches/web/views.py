"""The pages of lunches: one's own answer with who comes, and the list for whoever books the table."""

from flask import flash, redirect
from flask_babel import gettext as _

from app.core.errors import NotFound, Refused
from app.core.meetings.domain.meeting import Meeting
from app.core.meetings.queries import meeting_at_hand, meeting_by_public_id
from app.http.once import answered_before
from app.http.page import Answer, GroupPage
from givefirst_sample_lunches import permissions as may
from givefirst_sample_lunches.queries import answers_to
from givefirst_sample_lunches.services import GiveAnswer, give_answer
from givefirst_sample_lunches.web.forms import AnswerForm


def lunches(page: GroupPage) -> Answer:
    """Show the next meeting: who comes to lunch, and the form for one's own answer."""
    meeting = meeting_at_hand(page.work.session, page.group.id, page.work.now)
    return _filled(page, AnswerForm(), meeting)


def answer(page: GroupPage, meeting: str) -> Answer:
    """Keep the viewer's answer for one meeting."""
    found = meeting_by_public_id(page.work.session, page.group.id, meeting)
    if found is None:
        raise NotFound
    form = AnswerForm()
    if not form.validate_on_submit():
        return _filled(page, form, found), 422
    try:
        seen = answered_before(page, form, location=page.url("lunches.lunches"))
        if seen:
            return redirect(seen, 303)
        give_answer(page.work, _command(page, form, found))
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _filled(page, form, found), 422
    flash(_("Your answer is kept."), "success")
    return page.go("lunches.lunches")


def table(page: GroupPage) -> Answer:
    """Show how many come and what they eat, for whoever books the table."""
    meeting = meeting_at_hand(page.work.session, page.group.id, page.work.now)
    lines = answers_to(page.work.session, page.group.id, meeting.id) if meeting else []
    return page.render(
        "lunches/table.html", meeting=meeting, coming=[line for line in lines if line.is_coming]
    )


def _filled(page: GroupPage, form: AnswerForm, meeting: Meeting | None) -> str:
    lines = answers_to(page.work.session, page.group.id, meeting.id) if meeting else []
    return page.render(
        "lunches/lunches.html",
        form=form,
        meeting=meeting,
        coming=[line.name for line in lines if line.is_coming],
        own=next((line for line in lines if line.member_id == page.viewer.member_id), None),
        may_book=page.may(may.TABLE_BOOK),
    )


def _command(page: GroupPage, form: AnswerForm, meeting: Meeting) -> GiveAnswer:
    return GiveAnswer(
        group_id=page.group.id, member_id=page.viewer.member_id, meeting=meeting, answer=form.answer()
    )
