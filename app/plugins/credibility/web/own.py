"""One's own record: everything in it, what is still missing, the sum to check by hand, and whether one takes part."""

from flask import flash
from flask_babel import gettext as _

from app.core.errors import Refused
from app.http.page import Answer, GroupPage
from app.plugins.credibility.queries.choices import scheme_of
from app.plugins.credibility.queries.shown import own_of
from app.plugins.credibility.services.taking_part import say_part
from app.plugins.credibility.web.forms import PartForm
from app.plugins.credibility.web.words import (
    SCHEME_WORDS,
    again,
    condition,
    interval,
    month_of,
    reasons,
    said,
)


def own(page: GroupPage) -> Answer:
    """Show the viewer's own record; take whether they take part."""
    form = PartForm()
    if form.validate_on_submit():
        try:
            say_part(page.work, page.group, page.viewer.member_id, form.says.data or "")
        except Refused as refused:
            page.work.rollback()
            form.take(refused)
            return _own_page(page, form), 422
        flash(_("Kept. You can change it at any time."), "success")
        return page.go("credibility.own")
    return _own_page(page, form), 422 if form.is_submitted() else 200


def _own_page(page: GroupPage, form: PartForm) -> str:
    found = own_of(page.work, page.group, page.viewer.member_id)
    if not form.is_submitted():
        form.says.data = found.says or None
    return page.render(
        "credibility/own.html",
        form=form,
        own=found,
        scheme=SCHEME_WORDS[scheme_of(page.work.session, page.group.id)],
        checklist=[(measure, condition(measure)) for measure in found.gate],
        rows=[(month_of(row), said(row), row.weight, reasons(row)) for row in found.rows],
        interval=interval(found.estimate),
        again=again(found.estimate),
        leads=None if found.leads is None else interval(found.leads),
    )
