"""One ask: what is asked for, an answer to it, and for the asker the answers and the way to close it."""

from flask import flash, redirect, request
from flask_babel import gettext as _

from app.core.errors import NotFound, Refused
from app.http.once import answered_before, tapped_before
from app.http.page import Answer, GroupPage
from app.plugins.giving.queries.asks import AskLine, ask_by_public_id, replies_for
from app.plugins.giving.services.asks import OnAsk, answer_ask, close_own_ask
from app.plugins.giving.services.telling import Place
from app.plugins.giving.web.forms import WordsForm
from app.plugins.giving.web.wording import ask_title, days_of, state_of_ask


def ask(page: GroupPage, ask: str) -> Answer:
    """Show an ask and take an answer to it."""
    found = _found(page, ask)
    form = WordsForm()
    if not form.is_submitted():
        return _filled(page, found, form)
    if not form.validate():
        return _filled(page, found, form), 422
    try:
        seen = answered_before(page, form, location=page.url("giving.ask", ask=ask))
        if seen:
            return redirect(seen, 303)
        answer_ask(page.work, _command(page, ask), form.words.data)
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _filled(page, found, form), 422
    flash(_("Thank you. %(name)s alone reads your answer.", name=found.asker_first_name), "success")
    return page.go("giving.ask", ask=ask)


def close_ask(page: GroupPage, ask: str) -> Answer:
    """Close the viewer's own ask: somebody has helped, or it is needed no more."""
    found = _found(page, ask)
    if found.asker_id != page.viewer.member_id:
        raise NotFound
    seen = tapped_before(page, location=page.url("giving.asks"))
    if seen:
        return redirect(seen, 303)
    close_own_ask(page.work, _command(page, ask), has_helped=request.form.get("state") == "helped")
    flash(_("Closed. Nobody is asked any more."), "success")
    return page.go("giving.asks")


def _found(page: GroupPage, ask: str) -> AskLine:
    found = ask_by_public_id(page.work.session, page.group.id, ask, page.viewer.member_id)
    if found is None:
        raise NotFound
    return found


def _filled(page: GroupPage, found: AskLine, form: WordsForm) -> str:
    is_open = found.is_open_on(page.today)
    return page.render(
        "giving/ask.html",
        day_of=days_of(page),
        ask=found,
        title=ask_title(found),
        state=state_of_ask(found, is_open=is_open),
        is_open=is_open,
        is_own=found.asker_id == page.viewer.member_id,
        replies=replies_for(page.work.session, page.group.id, found, page.viewer.member_id),
        form=form,
    )


def _command(page: GroupPage, ask: str) -> OnAsk:
    return OnAsk(
        group=page.group,
        today=page.today,
        member=page.viewer.member_id,
        member_name=page.viewer.name,
        ask=ask,
        place=Place(path=page.url("giving.ask", ask=ask), url=page.url("giving.ask", absolute=True, ask=ask)),
    )
