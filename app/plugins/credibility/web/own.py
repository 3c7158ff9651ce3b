"""One's own record: everything in it, what is still missing, the sum to check by hand, and whether one takes part."""

from collections.abc import Sequence

from flask import flash
from flask_babel import gettext as _

from app.core.errors import Refused
from app.http.page import Answer, GroupPage
from app.plugins.credibility.queries.appeals import Appeal, appeals_of, appeared
from app.plugins.credibility.queries.choices import choice_of
from app.plugins.credibility.queries.looks import looks_at
from app.plugins.credibility.queries.secret import Evidence
from app.plugins.credibility.queries.shown import TAKES_PART, WITHHELD, Own, Surfaced, own_of, shown_of
from app.plugins.credibility.services.appealing import FirstDays, appeal_against, is_appealable
from app.plugins.credibility.services.taking_part import say_part
from app.plugins.credibility.web.advice import unknown_of, what_would_change, while_off
from app.plugins.credibility.web.forms import PartForm
from app.plugins.credibility.web.house import beside_estimate
from app.plugins.credibility.web.lead_words import own_lead_sentences, said_of_lead, why_of_lead
from app.plugins.credibility.web.scheme_words import scheme_called
from app.plugins.credibility.web.words import (
    STATE_WORDS,
    again,
    condition,
    day_in,
    interval,
    met_words,
    month_name,
    month_of,
    number,
    reasons,
    said,
    seen_by,
    sentences_of,
    share_of,
    worth_of,
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
    appeals = appeals_of(page.work.session, page.group.id, page.viewer.member_id)
    unknown = unknown_of(found)
    if not form.is_submitted():
        form.says.data = found.says or None
    return page.render(
        "credibility/own.html",
        day_of=day_in(page.group.zone),
        form=form,
        own=found,
        scheme=scheme_called(page.work.session, choice_of(page.work.session, page.group.id)).title,
        checklist=[(measure, condition(measure)) for measure in found.gate],
        met=met_words(sum(measure.is_met for measure in found.gate)),
        advice=what_would_change(found, page.today),
        seen_by=seen_by(),
        **_seen_by_group(page, found),
        lead_rows=_lead_rows(page, found, appeals),
        lead_sentences=own_lead_sentences(found.leads, unknown, is_shown=_is_shown(found)),
        while_off=while_off(found.off, found.constants),
        unknown=unknown,
        number=number,
        worth=worth_of,
        month=month_name,
        share=share_of,
        third=share_of(found.constants.mutual_factor),
        rows=_rows(page, found, appeals),
        appeals=[(appeal, STATE_WORDS[appeal.state]) for appeal in appeals],
        interval=interval(found.estimate),
        again=again(found.estimate),
        looks=looks_at(page.work.session, page.group, page.viewer.member_id),
    )


def _is_shown(found: Own) -> bool:
    return found.is_open and found.says == TAKES_PART


def _seen_by_group(page: GroupPage, found: Own) -> dict[str, object]:
    """Return what colleagues read, word for word, or nothing while there is nothing to read."""
    member_id = page.viewer.member_id
    shown = shown_of(page.work, page.group, member_id) if _is_shown(found) else WITHHELD
    if not isinstance(shown, Surfaced):
        return {"sentences": [], "facets": [], "leads": ""}
    return {"sentences": sentences_of(shown), **beside_estimate(page, member_id, shown)}


def _rows(page: GroupPage, found: Own, appeals: Sequence[Appeal]) -> list[tuple[object, ...]]:
    """Return each report with its month, its words, its weight and why, and the disagreement with it."""
    return [
        (month_of(row), said(row), number(row.weight, 2), row, reasons(row, found.constants), appealed)
        for row, appealed in _with_appeals(page, found.rows, appeals)
    ]


def _lead_rows(page: GroupPage, found: Own, appeals: Sequence[Appeal]) -> list[tuple[object, ...]]:
    """Return the same of each report on leads."""
    return [
        (
            month_of(row),
            said_of_lead(row),
            number(row.weight, 2),
            row,
            why_of_lead(row, found.constants),
            appealed,
        )
        for row, appealed in _with_appeals(page, found.leads.rows, appeals)
    ]


def _with_appeals(
    page: GroupPage, rows: Sequence[Evidence], appeals: Sequence[Appeal]
) -> list[tuple[Evidence, tuple[Appeal | None, bool]]]:
    first_days = appeared(page.work.session, page.group.id) if rows else {}
    return [(row, _appealed(page, row, appeals, first_days)) for row in rows]


def _appealed(
    page: GroupPage, row: Evidence, appeals: Sequence[Appeal], first_days: FirstDays
) -> tuple[Appeal | None, bool]:
    """Return the disagreement with a report, if there is one, and whether there can be one."""
    found = appeal_against(row, appeals)
    return found, found is None and is_appealable(row, page.group, page.work, first_days)
