"""The one question to whoever left, by the link of the mail: no account is needed."""

from app.core.errors import NotFound, Refused
from app.http.page import Answer, PublicPage
from app.plugins.firstyear.domain.leaving import ExitState
from app.plugins.firstyear.queries.exits import ExitLine
from app.plugins.firstyear.services.leaving import answer, leaver_of
from app.plugins.firstyear.web.forms import AnswerForm


def question(page: PublicPage, token: str) -> Answer:
    """Show the question, with what was answered so far."""
    leaver = _leaver(page, token)
    if leaver is None:
        return _over(page), 410
    return _asked(page, AnswerForm(data={"words": leaver.answer}), leaver)


def give_answer(page: PublicPage, token: str) -> Answer:
    """Keep the answer; it may be changed until it is forgotten."""
    leaver = _leaver(page, token)
    if leaver is None:
        return _over(page), 410
    form = AnswerForm()
    if not form.validate_on_submit():
        return _asked(page, form, leaver), 422
    try:
        answer(page.work, page.group, leaver, form.words.data)
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _asked(page, form, leaver), 422
    return page.go("firstyear.question", token=token)


def _leaver(page: PublicPage, token: str) -> ExitLine | None:
    """Return whom the link is of while it is open; a link that this house did not write leads nowhere."""
    found = leaver_of(page.work, page.group, token)
    if found is None:
        raise NotFound
    is_open = found.state in {ExitState.ASKED, ExitState.ANSWERED} and not found.is_forgotten
    return found if is_open else None


def _asked(page: PublicPage, form: AnswerForm, leaver: ExitLine) -> str:
    return page.render(
        "firstyear/question.html",
        form=form,
        leaver=leaver,
        is_answered=leaver.state is ExitState.ANSWERED and not form.is_submitted(),
    )


def _over(page: PublicPage) -> str:
    return page.render("firstyear/question_over.html")
