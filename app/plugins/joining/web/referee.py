"""A referee's page, by the link in their mail: a word in two minutes, or everything about them deleted. No account."""

from app.core.errors import Refused
from app.http.limits import posts_limited_by_network
from app.http.page import Answer, PublicPage
from app.plugins.joining.queries.references import ReferenceLine
from app.plugins.joining.services.answering import answer_reference, delete_reference, own_reference
from app.plugins.joining.web.forms import ReferenceForm
from app.plugins.joining.web.links import links_of
from app.plugins.joining.web.words import answer_words

_RATE = "60 per hour"


@posts_limited_by_network(_RATE)
def refer(page: PublicPage, secret: str) -> Answer:
    """Show what is asked and take the answer; afterwards show what is kept."""
    found = own_reference(page.work, page.group, secret)
    form = ReferenceForm()
    if not form.validate_on_submit():
        return _shown(page, form, found, secret), 422 if form.is_submitted() else 200
    try:
        answer_reference(
            page.work,
            page.group,
            secret,
            answer=form.answer.data or "",
            words=form.words.data,
            links=links_of(page.group),
        )
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _shown(page, form, own_reference(page.work, page.group, secret), secret), 422
    return page.go("joining.refer", secret=secret)


@posts_limited_by_network(_RATE)
def refer_delete(page: PublicPage, secret: str) -> Answer:
    """Delete what is kept about the referee."""
    delete_reference(page.work, page.group, secret)
    return page.render("joining/deleted.html")


def _shown(page: PublicPage, form: ReferenceForm, found: ReferenceLine, secret: str) -> str:
    return page.render(
        "joining/refer.html",
        form=form,
        reference=found,
        secret=secret,
        may_answer=found.may_answer(page.work.now),
        said=answer_words().get(found.answer, ""),
    )
