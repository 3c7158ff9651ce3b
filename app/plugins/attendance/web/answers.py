"""Do you come? The public page behind each link of the reminder, and the same question for members who are signed in."""

from dataclasses import replace

from flask import flash
from flask_babel import gettext as _

from app.core.errors import NotFound, Refusal, Refused
from app.http.page import Answer, GroupPage, PublicPage
from app.http.sentences import sentence
from app.plugins.attendance.domain.answers import Intent, Said, Via, refusals_for_answer
from app.plugins.attendance.queries.answers import AnswerLine, answer_of
from app.plugins.attendance.queries.roster import Roster, RosterLine, roster_in_address
from app.plugins.attendance.services.answering import AnswerMeeting, ahead_of, answer_meeting
from app.plugins.attendance.web.answer_forms import AnswerForm, LinkedAnswerForm
from app.plugins.attendance.web.answer_links import LinkedAnswer, read_token, token_of
from app.plugins.attendance.web.answers_wording import intent_words
from app.plugins.attendance.web.found import roster_of


def answer(page: PublicPage, token: str) -> Answer:
    """Show the one button that gives the answer of this link: whatever merely opens links gives none."""
    linked = read_token(page.group, token)
    found = _found(page, linked)
    if linked is None or found is None:
        return _shut(page, [Refusal(code="attendance.answer_link_unknown")]), 404
    roster, line = found
    reasons = _reasons(page, roster, line)
    if reasons:
        return _shut(page, reasons, roster, _own(page, roster, line)), 410
    form = LinkedAnswerForm()
    own = _own(page, roster, line)
    if own and own.is_current:
        form.substitute_name.data = own.substitute_name
    return _question(page, form, linked, roster, line)


def give_answer(page: PublicPage, token: str) -> Answer:
    """Keep the answer of this link; it can be given again, and changed by another link, until the meeting begins."""
    linked = read_token(page.group, token)
    found = _found(page, linked)
    if linked is None or found is None:
        return _shut(page, [Refusal(code="attendance.answer_link_unknown")]), 404
    roster, line = found
    if reasons := _reasons(page, roster, line):
        return _shut(page, reasons, roster, _own(page, roster, line)), 410
    form = LinkedAnswerForm()
    if not form.validate_on_submit():
        return _question(page, form, linked, roster, line), 422
    try:
        _keep(page, line, linked.meeting_public_id, linked.intent, form, via=Via.MAIL)
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _question(page, form, linked, roster, line), 422
    return page.go("attendance.answer", token=token)


def own_answer(page: GroupPage, meeting: str) -> Answer:
    """Let the viewer say whether they come, and change it until the meeting begins."""
    roster = roster_of(page, meeting)
    line = roster.line_of(page.viewer.member_public_id)
    if line is None:
        raise NotFound
    own = answer_of(page.work.session, page.group.id, roster.meeting.id, line.member_id)
    stands = own if own and own.is_current else None
    form = AnswerForm(
        intent=stands.intent.value if stands else None,
        substitute_name=stands.substitute_name if stands else "",
    )
    if not form.validate_on_submit():
        code = 422 if form.is_submitted() else 200
        return page.render("attendance/answer_own.html", form=form, meeting=roster.meeting), code
    try:
        _keep(page, line, meeting, Intent(form.intent.data), form, via=Via.PAGE)
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return page.render("attendance/answer_own.html", form=form, meeting=roster.meeting), 422
    flash(_("Noted: %(answer)s.", answer=intent_words()[Intent(form.intent.data)]), "success")
    return page.go("meeting", meeting=meeting)


def _keep(
    page: PublicPage | GroupPage,
    line: RosterLine,
    meeting: str,
    intent: Intent,
    form: LinkedAnswerForm | AnswerForm,
    *,
    via: Via,
) -> None:
    name = (form.substitute_name.data or "").strip() if intent is Intent.SUBSTITUTE else ""
    said = Said(
        member_id=line.member_id, intent=intent, via=via, substitute_name=name, said_by=line.member_id
    )
    answer_meeting(page.work, AnswerMeeting(group_id=page.group.id, meeting_public_id=meeting, said=said))


def _found(page: PublicPage, linked: LinkedAnswer | None) -> tuple[Roster, RosterLine] | None:
    """Return the meeting and the member that a link is of, where both are of this group."""
    if linked is None:
        return None
    roster = roster_in_address(page.work.session, page.group.id, linked.meeting_public_id)
    line = roster.line_of(linked.member_public_id) if roster else None
    return (roster, line) if roster and line else None


def _reasons(page: PublicPage, roster: Roster, line: RosterLine) -> list[Refusal]:
    """Return why nothing can be said of the meeting any more, whatever the answer is."""
    meeting = ahead_of(roster.meeting)
    if page.work.now >= meeting.ends_at_utc:
        return [Refusal(code="attendance.meeting_over_for_answers")]
    return refusals_for_answer(meeting, Intent.COMING, "", was_member=line.was_member, now=page.work.now)


def _own(page: PublicPage, roster: Roster, line: RosterLine) -> AnswerLine | None:
    return answer_of(page.work.session, page.group.id, roster.meeting.id, line.member_id)


def _question(
    page: PublicPage, form: LinkedAnswerForm, linked: LinkedAnswer, roster: Roster, line: RosterLine
) -> str:
    own = _own(page, roster, line)
    others = [
        (words, page.url("attendance.answer", token=token_of(page.group, replace(linked, intent=intent))))
        for intent, words in intent_words().items()
        if intent is not linked.intent
    ]
    return page.render(
        "attendance/answer.html",
        form=form,
        meeting=roster.meeting,
        first_name=line.first_name,
        wanted=intent_words()[linked.intent],
        asks_name=linked.intent is Intent.SUBSTITUTE,
        own=own,
        own_words=intent_words()[own.intent] if own else "",
        is_said=own is not None and own.is_current and own.intent is linked.intent,
        is_moved=linked.asked_for != roster.meeting.starts_at_utc,
        others=others,
    )


def _shut(
    page: PublicPage, refusals: list[Refusal], roster: Roster | None = None, own: AnswerLine | None = None
) -> str:
    return page.render(
        "attendance/answer_shut.html",
        reasons=[sentence(refusal) for refusal in refusals],
        meeting=roster.meeting if roster else None,
        own_words=intent_words()[own.intent] if own and own.is_current else "",
    )
