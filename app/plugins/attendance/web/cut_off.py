"""The page on which leaders set until when one is on time."""

from flask import flash
from flask_babel import gettext as _

from app.core.errors import Refused
from app.http.once import answered_before
from app.http.page import Answer, GroupPage
from app.plugins.attendance.queries.rule_sets import BEGINNING, rule_book_of
from app.plugins.attendance.services.rule_sets import change_cut_off
from app.plugins.attendance.web.forms import CutOffForm
from app.plugins.attendance.web.tabs import tabs_of


def cut_off(page: GroupPage) -> Answer:
    """Show the cut-offs with the day from which each counts, and take a new one."""
    form = CutOffForm()
    if not form.is_submitted():
        form.effective_on.data = page.today
    if not form.validate_on_submit():
        return _page(page, form), 422 if form.is_submitted() else 200
    try:
        if answered_before(page, form, location=page.url("attendance.cut_off")):
            return page.go("attendance.cut_off")
        change_cut_off(
            page.work,
            page.group.id,
            cut_off_minutes=form.cut_off_minutes.data,
            effective_on=form.effective_on.data,
            today=page.today,
        )
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _page(page, form), 422
    flash(
        _("The new cut-off counts from the day you chose. What was judged before stays as it is."), "success"
    )
    return page.go("attendance.cut_off")


def _page(page: GroupPage, form: CutOffForm) -> str:
    return page.render(
        "attendance/cut_off.html",
        form=form,
        versions=rule_book_of(page.work.session, page.group.id).versions[::-1],
        beginning=BEGINNING,
        tabs=tabs_of(page, "attendance.cut_off"),
    )
