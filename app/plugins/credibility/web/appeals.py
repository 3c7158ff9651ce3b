"""Disagreeing with a report on one's own page, and the page on which those who were asked decide. For everybody else there is none."""

from flask import flash, redirect
from flask_babel import gettext as _

from app.core.errors import NotFound, Refused
from app.core.groups.queries import member_by_key
from app.core.ids import MemberId
from app.core.local_time import local_day
from app.http.once import answered_before
from app.http.page import Answer, GroupPage
from app.http.rendering import local_date
from app.plugins.credibility.domain.appeals import LONGEST_REASON, Outcome, outcome_of
from app.plugins.credibility.domain.reports import Facet, Handed, answer_told
from app.plugins.credibility.queries import secret
from app.plugins.credibility.queries.appeals import Appeal, appeal_by_public_id
from app.plugins.credibility.queries.facts import facts_of
from app.plugins.credibility.queries.secret import Evidence
from app.plugins.credibility.services.appealing import FileAppeal, file_appeal, own_report
from app.plugins.credibility.services.deciding import Decide, decide
from app.plugins.credibility.web.forms import DisagreeForm, WordForm
from app.plugins.credibility.web.lead_words import said_of_lead
from app.plugins.credibility.web.words import (
    AGAIN_WORDS,
    STATE_WORDS,
    WORTH_WORDS,
    day_in,
    month_of,
    said,
)


def disagree(page: GroupPage, evidence: str) -> Answer:
    """Show one of the viewer's reports with a form to disagree; take the reason."""
    row = own_report(page.work, page.group, page.viewer.member_id, evidence)
    form = DisagreeForm()
    if not form.is_submitted():
        return _disagree_page(page, row, form)
    if not form.validate():
        return _disagree_page(page, row, form), 422
    try:
        seen = answered_before(page, form, location=page.url("credibility.own"))
        if seen:
            return redirect(seen, 303)
        command = FileAppeal(
            group=page.group, member=page.viewer.member_id, report=evidence, reason=form.reason.data or ""
        )
        appeal = file_appeal(page.work, command)
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _disagree_page(page, row, form), 422
    flash(_("Kept. Two members who are neither you nor the colleague decide within three weeks."), "success")
    return page.go("credibility.appeal", appeal=appeal)


def appeal(page: GroupPage, appeal: str) -> Answer:
    """Show a disagreement to its member and to those who were asked; take the word of one who decides."""
    found = _found(page, appeal)
    form = WordForm()
    if not form.is_submitted():
        return _appeal_page(page, found, form)
    if found.decider(page.viewer.member_id) is None:
        raise NotFound
    if not form.validate() and found.waits_for(page.viewer.member_id):
        return _appeal_page(page, found, form), 422
    try:
        here = page.url("credibility.appeal", appeal=appeal)
        seen = answered_before(page, form, location=here)
        if seen:
            return redirect(seen, 303)
        decide(page.work, _command(page, appeal, form))
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _appeal_page(page, _found(page, appeal), form), 422
    flash(_("Thank you. Your word is kept."), "success")
    return redirect(here, 303)


def _command(page: GroupPage, appeal: str, form: WordForm) -> Decide:
    return Decide(
        group=page.group,
        member=page.viewer.member_id,
        appeal=appeal,
        says=form.says.data or "",
        reason=form.reason.data or "",
    )


def _found(page: GroupPage, public_id: str) -> Appeal:
    found = appeal_by_public_id(page.work.session, page.group.id, public_id)
    viewer = page.viewer.member_id
    if found is None or not (viewer == found.about_member_id or found.decider(viewer)):
        raise NotFound
    return found


def _disagree_page(page: GroupPage, row: Evidence, form: DisagreeForm) -> str:
    return page.render(
        "credibility/disagree.html",
        form=form,
        month=month_of(row),
        words=_said(row),
        evidence=row.public_id,
        most=LONGEST_REASON,
    )


def _appeal_page(page: GroupPage, found: Appeal, form: WordForm) -> str:
    own = found.decider(page.viewer.member_id)
    is_asked = found.waits_for(page.viewer.member_id)
    return page.render(
        "credibility/appeal.html",
        day_of=day_in(page.group.zone),
        form=form,
        appeal=found,
        state=STATE_WORDS[found.state],
        is_own=own is None,
        is_asked=is_asked,
        is_third=outcome_of(found.says) is Outcome.THIRD,
        own=own,
        slip=_slip(page, found) if own is not None and found.is_open else None,
        member_name=_name(page, found.about_member_id),
        # one who decides reads the words of the others only once their own stands, and the member at the end
        words=[]
        if is_asked or (own is None and found.is_open)
        else [one for one in found.deciders if one.says],
    )


def _slip(page: GroupPage, found: Appeal) -> dict[str, object] | None:
    """Return what those who decide see of the slip: the two sides, the dates, and how the report counts. Not its words."""
    row = secret.evidence_by_key(page.work.session, page.group.id, found.evidence_id)
    handed = None if row is None else facts_of(page.work, page.group).handed(row.slip_id)
    if row is None or handed is None:
        return None
    reporter, member = _name(page, row.by_member_id), _name(page, row.about_member_id)
    is_lead = row.facet is Facet.LEAD
    return {
        "reporter": reporter,
        "giver": member if is_lead else reporter,
        "receiver": reporter if is_lead else member,
        "given_at": handed.given_at,
        "contact": _contact(page, handed),
        "again": "" if is_lead else AGAIN_WORDS[answer_told(row.worth, handed)],
        "lead": said_of_lead(row) if is_lead else "",
        "counts": WORTH_WORDS[row.worth],
    }


def _said(row: Evidence) -> str:
    return said_of_lead(row) if row.facet is Facet.LEAD else said(row)


def _contact(page: GroupPage, handed: Handed) -> str:
    """Return when contact was first made, as far as anybody knows."""
    if handed.is_historic:
        return str(_("not known: the slip came from a file"))
    if handed.contacted_at is None:
        return str(_("none yet"))
    return str(local_date(local_day(handed.contacted_at, page.group.zone)))


def _name(page: GroupPage, member_id: MemberId) -> str:
    return member_by_key(page.work.session, page.group.id, member_id).name
