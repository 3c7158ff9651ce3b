"""A visitor's own page, opened by the link of a mail: change, call off, another day, one question, see and delete what is kept."""

from dataclasses import dataclass

from flask import flash
from flask_babel import gettext as _

from app.core.access.domain.secret import hash_of
from app.core.errors import NotFound, Refused
from app.core.meetings.domain.meeting import Meeting
from app.core.meetings.queries import meeting_by_key
from app.http.forms import HouseForm
from app.http.limits import posts_limited_by_network
from app.http.page import Answer, PublicPage
from app.http.sentences import sentence
from app.plugins.welcome.domain.visitor import VisitState
from app.plugins.welcome.queries.public_page import page_of
from app.plugins.welcome.queries.visits import Visit, answer_of, visit_by_key, visit_by_link
from app.plugins.welcome.services import own_visit as acts
from app.plugins.welcome.services.after_visits import answer_question
from app.plugins.welcome.web.for_visitor import parts_for_visitor
from app.plugins.welcome.web.front import apply_url, dates_of, held_trades, meeting_choices
from app.plugins.welcome.web.visit_addresses import addresses_of
from app.plugins.welcome.web.visit_forms import AnswerForm, MeetingForm, OwnWordsForm


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPageForms:
    """The forms of the page; one of them may hold what was refused."""

    words: OwnWordsForm
    move: MeetingForm
    answer: AnswerForm


def visit_of_secret(page: PublicPage, secret: str) -> Visit:
    """Return the visit whose own page this secret opens; there is no other way to it. A dead link is the one 404.

    It opens as long as something is kept, also where the group has closed its public page since: whoever is kept may see
    and delete it.
    """
    found = visit_by_link(page.work.session, page.group.id, hash_of(secret))
    if found is None:
        raise NotFound
    return found


def own(page: PublicPage, secret: str) -> Answer:
    """Show the visitor how their visit stands, and what is kept of them."""
    return _shown(page, secret, visit_of_secret(page, secret))


@posts_limited_by_network("60 per hour")
def own_change(page: PublicPage, secret: str) -> Answer:
    """Keep what the visitor changed."""
    visit = visit_of_secret(page, secret)
    form = OwnWordsForm()
    if not form.validate_on_submit():
        return _shown(page, secret, visit, words=form), 422
    try:
        wanted = form.registration(email=visit.email)
        acts.change_visit(page.work, page.group, visit, wanted, addresses_of(page.group))
    except Refused as refused:
        return _refused(page, secret, refused, words=form)
    flash(_("Saved. Whoever expects you sees it."), "success")
    return page.go("welcome.own", secret=secret)


@posts_limited_by_network("60 per hour")
def own_call_off(page: PublicPage, secret: str) -> Answer:
    """Call the visit off."""
    visit = visit_of_secret(page, secret)
    try:
        acts.call_off_visit(page.work, page.group, visit, addresses_of(page.group))
    except Refused as refused:
        return _refused(page, secret, refused)
    flash(_("Your visit is called off. Whoever expected you knows. Thank you for saying so."), "success")
    return page.go("welcome.own", secret=secret)


@posts_limited_by_network("60 per hour")
def own_move(page: PublicPage, secret: str) -> Answer:
    """Come to another meeting instead, or once more."""
    visit = visit_of_secret(page, secret)
    form = MeetingForm()
    form.meeting.choices = meeting_choices(page, dates_of(page))
    if not form.validate_on_submit():
        return _shown(page, secret, visit, move=form), 422
    addresses, wanted = addresses_of(page.group), form.meeting.data or ""
    try:
        if visit.state in {VisitState.CAME, VisitState.MISSED}:
            held = held_trades(page)
            acts.come_again(page.work, page.group, visit, wanted, held_trades=held, addresses=addresses)
            flash(_("You are expected. A mail with the details is on its way."), "success")
        else:
            acts.move_visit(page.work, page.group, visit, wanted, addresses)
            flash(_("Done. A mail with the new day is on its way."), "success")
    except Refused as refused:
        return _refused(page, secret, refused, move=form)
    return page.go("welcome.own", secret=secret)


@posts_limited_by_network("60 per hour")
def own_answer(page: PublicPage, secret: str) -> Answer:
    """Keep the answer to the one question."""
    visit = visit_of_secret(page, secret)
    form = AnswerForm()
    if visit.state != VisitState.CAME:
        raise NotFound
    if not form.validate_on_submit():
        return _shown(page, secret, visit, answer=form), 422
    try:
        answer_question(
            page.work,
            page.group,
            visit,
            answer=form.answer.data or "",
            said=form.words.data,
            addresses=addresses_of(page.group),
        )
    except Refused as refused:
        return _refused(page, secret, refused, answer=form)
    flash(_("Thank you. Your answer is with those who look after visitors."), "success")
    return page.go("welcome.own", secret=secret)


@posts_limited_by_network("60 per hour")
def own_settle(page: PublicPage, secret: str, which: str) -> Answer:
    """Say which of two registrations counts: the newer, the first, or both since they are two people."""
    waiting = visit_of_secret(page, secret)
    if not waiting.is_waiting or which not in {"newer", "first", "both"}:
        raise NotFound
    if not HouseForm().validate_on_submit():
        return _shown(page, secret, waiting), 422
    addresses = addresses_of(page.group)
    try:
        if which == "newer" and not acts.use_newer(page.work, page.group, waiting, addresses):
            raise NotFound
        if which == "first":
            acts.leave_as_it_was(page.work, page.group, waiting)
        if which == "both":
            held = held_trades(page)
            acts.stand_beside(page.work, page.group, waiting, held_trades=held, addresses=addresses)
    except Refused as refused:
        return _refused(page, secret, refused)
    if visit_by_link(page.work.session, page.group.id, hash_of(secret)) is None:
        return page.render("welcome/own_gone.html", what="newer")
    flash(_("Thank you, it is settled."), "success")
    return page.go("welcome.own", secret=secret)


@posts_limited_by_network("60 per hour")
def own_forget(page: PublicPage, secret: str) -> Answer:
    """Delete what is kept of the visitor, now."""
    visit = visit_of_secret(page, secret)
    if not HouseForm().validate_on_submit():
        return _shown(page, secret, visit), 422
    acts.forget_own_visit(page.work, page.group, visit, addresses_of(page.group))
    return page.render("welcome/own_gone.html", what="all")


def _refused(
    page: PublicPage,
    secret: str,
    refused: Refused,
    *,
    words: OwnWordsForm | None = None,
    move: MeetingForm | None = None,
    answer: AnswerForm | None = None,
) -> Answer:
    page.work.rollback()
    form = words or move or answer
    visit = visit_of_secret(page, secret)
    if form is None:
        for refusal in refused.refusals:
            flash(sentence(refusal), "warning")
        return page.go("welcome.own", secret=secret)
    form.take(refused)
    return _shown(page, secret, visit, words=words, move=move, answer=answer), 422


def _shown(
    page: PublicPage,
    secret: str,
    visit: Visit,
    *,
    words: OwnWordsForm | None = None,
    move: MeetingForm | None = None,
    answer: AnswerForm | None = None,
) -> str:
    meeting = _meeting(page, visit)
    first = (
        visit_by_key(page.work.session, page.group.id, visit.same_as_id or 0) if visit.is_waiting else None
    )
    said = answer_of(page.work.session, page.group.id, visit.id) if visit.state == VisitState.CAME else None
    return page.render(
        "welcome/own.html",
        secret=secret,
        visit=visit,
        meeting=meeting,
        may_change=visit.is_expected and meeting is not None and meeting.starts_at_utc > page.work.now,
        may_replace=first is not None and acts.may_replace(first, visit),
        forms=_forms(page, visit, words, move, answer),
        said=said,
        page_words=page_of(page.work.session, page.group.id).words,
        apply_url=apply_url(page, visit.public_id) if visit.state == VisitState.CAME else "",
        **parts_for_visitor(page, visit, secret),
    )


def _forms(
    page: PublicPage,
    visit: Visit,
    words: OwnWordsForm | None,
    move: MeetingForm | None,
    answer: AnswerForm | None,
) -> OwnPageForms:
    columns = (
        "name",
        "trade",
        "firm",
        "phone",
        "wants_greeter",
        "listens_only",
        "introduction",
        "access_needs",
    )
    kept = {column: getattr(visit, column) for column in columns}
    moving = move or MeetingForm(formdata=None, prefix="")
    moving.meeting.choices = meeting_choices(
        page, [one for one in dates_of(page) if one.id != visit.meeting_id or not visit.is_expected]
    )
    return OwnPageForms(
        words=words or OwnWordsForm(formdata=None, data=kept),
        move=moving,
        answer=answer or AnswerForm(formdata=None),
    )


def _meeting(page: PublicPage, visit: Visit) -> Meeting | None:
    if visit.meeting_id is None:
        return None
    return meeting_by_key(page.work.session, page.group.id, visit.meeting_id)
