"""Writing about a member: a thank-you for an answer or an introduction, and a testimonial. One page each, one field."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import flash, redirect
from flask_babel import gettext as _

from app.core.errors import NotFound, Refused
from app.core.groups.queries import member_by_public_id
from app.core.work import UnitOfWork
from app.http.once import answered_before
from app.http.page import Answer, GroupPage
from app.plugins.giving.domain.introduction import contacts_are_shown
from app.plugins.giving.queries.asks import reply_to
from app.plugins.giving.queries.introductions import introduction_for
from app.plugins.giving.services.telling import Place
from app.plugins.giving.services.words import (
    WriteWords,
    thank_for_introduction,
    thank_for_reply,
    write_testimonial,
)
from app.plugins.giving.web.forms import WordsForm


@dataclass(frozen=True, slots=True, kw_only=True)
class _Paper:
    """What is written on: about whom, what for, and the service that keeps it."""

    title: str
    name: str
    member: str
    about: str
    said: str
    is_thanks: bool
    keep: Callable[[UnitOfWork, WriteWords], None]


def thank_helper(page: GroupPage, reply: str) -> Answer:
    """Publish the asker's thank-you for an answer."""
    answered = reply_to(page.work.session, page.group.id, reply, page.viewer.member_id)
    if answered is None:
        raise NotFound
    paper = _Paper(
        title=_("Thank %(name)s", name=answered.helper_name),
        name=answered.helper_name,
        member=answered.helper_public_id,
        about=reply,
        said=answered.words,
        is_thanks=True,
        keep=thank_for_reply,
    )
    return _written(page, paper)


def thank_introducer(page: GroupPage, introduction: str) -> Answer:
    """Publish the thank-you of one of the two for an introduction that was made."""
    found = introduction_for(page.work.session, page.group.id, introduction, page.viewer.member_id)
    if found is None or not found.side_of(page.viewer.member_id) or not contacts_are_shown(found.state):
        raise NotFound
    paper = _Paper(
        title=_("Thank %(name)s", name=found.introducer.name),
        name=found.introducer.name,
        member=found.introducer.public_id,
        about=introduction,
        said=found.why,
        is_thanks=True,
        keep=thank_for_introduction,
    )
    return _written(page, paper)


def recommend(page: GroupPage, member: str) -> Answer:
    """Write a testimonial for another member of today."""
    found = member_by_public_id(page.work.session, page.group.id, member)
    is_over = found is not None and found.ended_on is not None and found.ended_on < page.today
    if found is None or is_over or found.id == page.viewer.member_id:
        raise NotFound
    paper = _Paper(
        title=_("A testimonial for %(name)s", name=found.name),
        name=found.name,
        member=found.public_id,
        about=found.public_id,
        said="",
        is_thanks=False,
        keep=write_testimonial,
    )
    return _written(page, paper)


def _written(page: GroupPage, paper: _Paper) -> Answer:
    form = WordsForm()
    if not form.is_submitted():
        return _filled(page, paper, form)
    if not form.validate():
        return _filled(page, paper, form), 422
    back = page.url("member", member=paper.member)
    try:
        seen = answered_before(page, form, location=back)
        if seen:
            return redirect(seen, 303)
        paper.keep(page.work, _command(page, paper, form))
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _filled(page, paper, form), 422
    flash(_("Your words stand on the page of %(name)s.", name=paper.name), "success")
    return redirect(back, 303)


def _command(page: GroupPage, paper: _Paper, form: WordsForm) -> WriteWords:
    return WriteWords(
        group=page.group,
        today=page.today,
        member=page.viewer.member_id,
        member_name=page.viewer.name,
        about=paper.about,
        text=form.words.data,
        place=Place(path=page.url("giving.words"), url=page.url("giving.words", absolute=True)),
    )


def _filled(page: GroupPage, paper: _Paper, form: WordsForm) -> str:
    return page.render(
        "giving/write.html",
        form=form,
        title=paper.title,
        name=paper.name,
        member=paper.member,
        said=paper.said,
        is_thanks=paper.is_thanks,
    )
