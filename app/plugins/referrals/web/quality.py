"""The quality check on pages: three private questions to a receiver, and shares by quarter for offices."""

from datetime import timedelta

from flask import flash
from flask_babel import gettext as _

from app.core.errors import NotFound, Refused
from app.http.page import Answer, GroupPage
from app.plugins.referrals.domain.quality import (
    ASKED_FOR,
    FEWEST_ANSWERS,
    FEWEST_PEOPLE,
    QUESTIONS,
    Quarter,
    is_settled,
    quarter_of,
)
from app.plugins.referrals.queries.quality import CheckLine, check_of, quarters
from app.plugins.referrals.services.checking import answer_check
from app.plugins.referrals.web.looking import group_tabs
from app.plugins.referrals.web.report_forms import QualityForm

_SHOWN = timedelta(days=2 * 366)


def shares(page: GroupPage) -> Answer:
    """Show for each settled quarter how many of ten answered yes to each question, from ten answers on."""
    since = quarter_of(page.today - _SHOWN)
    settled = [
        one
        for one in quarters(page.work.session, page.group.id, since=since)
        if is_settled(one.first, page.today)
    ]
    return page.render(
        "referrals/quality.html",
        rows=[_row(one) for one in settled if one.says_something],
        fewest=FEWEST_ANSWERS,
        fewest_people=FEWEST_PEOPLE,
        tabs=group_tabs(page, "referrals.shares"),
    )


def check(page: GroupPage, slip: str) -> Answer:
    """Ask the receiver of a drawn slip the three questions; to everyone else there is no such page."""
    line = _line(page, slip)
    form = QualityForm()
    if not form.is_submitted():
        form.fill(line.answers)
        return _page(page, form, line)
    if not form.validate():
        return _page(page, form, line), 422
    try:
        answer_check(
            page.work,
            group_id=page.group.id,
            slip=slip,
            member=page.viewer.member_id,
            answers=form.answers(),
            today=page.today,
        )
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _page(page, form, line), 422
    flash(_("Thank you. Your answers stay private."), "success")
    return page.go("home")


def _line(page: GroupPage, slip: str) -> CheckLine:
    found = check_of(page.work.session, page.group.id, page.viewer.member_id, slip)
    if found is None:
        raise NotFound
    return found


def _page(page: GroupPage, form: QualityForm, line: CheckLine) -> str:
    return page.render("referrals/quality_check.html", form=form, check=line, until=line.week + ASKED_FOR)


def _row(quarter: Quarter) -> dict[str, object]:
    """Return a quarter as its page shows it."""
    number = (quarter.first.month + 2) // 3
    return {
        "title": _("%(year)s, quarter %(number)s", year=quarter.first.year, number=number),
        "answers": quarter.answers,
        "shares": [_("%(tenths)s in 10", tenths=quarter.tenths(question)) for question in QUESTIONS],
    }
