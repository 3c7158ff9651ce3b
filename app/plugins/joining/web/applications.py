"""Applications: all of them for the offices, and one with references and votes for those who decide it."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import flash, redirect
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest

from app.core.errors import Refused
from app.core.groups.queries import all_members
from app.http.once import answered_before, tapped_before
from app.http.page import Answer, GroupPage
from app.http.sentences import sentence
from app.plugins.joining.domain.application import State, may_become
from app.plugins.joining.domain.deciding import is_stuck, may_approve, may_decline
from app.plugins.joining.domain.seats import free_from, holders_of, neighbours_of
from app.plugins.joining.queries.applications import applications_of, memberships_of, names_of
from app.plugins.joining.queries.references import references_of
from app.plugins.joining.queries.seats import held_seats, is_kept_for_another, neighbours, pairs_of
from app.plugins.joining.queries.settings import settings_of
from app.plugins.joining.services.answering import ask_once_more
from app.plugins.joining.services.deciding import (
    CastVote,
    Decide,
    Matter,
    cast_vote,
    confirm_same_member,
    decide,
    matter_of,
    owned,
    reopen,
)
from app.plugins.joining.web.forms import DecideForm, SameMemberForm, VoteForm
from app.plugins.joining.web.links import links_of
from app.plugins.joining.web.tabs import tabs_of
from app.plugins.joining.web.words import answer_words, ballot_words, reference_words, state_words, tie_words


def applications(page: GroupPage) -> Answer:
    """Show who has applied and where it stands."""
    lines = applications_of(page.work.session, page.group.id)
    return page.render(
        "joining/applications.html",
        lines=lines,
        states=state_words(),
        tabs=tabs_of(page, "joining.applications"),
    )


def application(page: GroupPage, application: str) -> Answer:
    """Show one application: with references and votes to those who decide it, else where it stands."""
    matter = matter_of(page.work, page.group, application)
    if page.viewer.member_id not in matter.owners:
        return page.render(
            "joining/application_brief.html", application=matter.application, states=state_words()
        )
    return _shown(page, matter)


def vote(page: GroupPage, application: str) -> Answer:
    """Keep the viewer's vote."""
    form = VoteForm()
    try:
        seen = _seen(page, form, application)
        if seen:
            return redirect(seen, 303)
        cast_vote(
            page.work,
            CastVote(
                group=page.group,
                application=application,
                member=page.viewer.member_id,
                ballot=form.ballot.data or "",
                reason=form.reason.data,
            ),
        )
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _shown(page, matter_of(page.work, page.group, application), vote_form=form), 422
    flash(_("Your vote is kept. You can change it until it is decided."), "success")
    return page.go("joining.application", application=application)


def decided(page: GroupPage, application: str) -> Answer:
    """Keep what the committee decided."""
    form = DecideForm()
    try:
        seen = _seen(page, form, application)
        if seen:
            return redirect(seen, 303)
        decide(
            page.work,
            Decide(
                group=page.group,
                application=application,
                member=page.viewer.member_id,
                outcome=form.outcome.data or "",
                starts_on=form.day,
                seen_version=form.seen_version,
                links=links_of(page.group),
            ),
        )
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        matter = matter_of(page.work, page.group, application)
        form.version.data = str(matter.application.version)
        return _shown(page, matter, decide_form=form), 422
    flash(_("Decided, and the applicant has been written to."), "success")
    return page.go("joining.application", application=application)


def take_up(page: GroupPage, application: str) -> Answer:
    """Take an application up again."""
    return _tap(
        page,
        application,
        lambda: reopen(page.work, page.group, application, page.viewer.member_id, links_of(page.group)),
        _("It is open again, and everybody votes anew."),
    )


def ask_referee_again(page: GroupPage, application: str, reference: str) -> Answer:
    """Ask a referee once more."""
    return _tap(
        page,
        application,
        lambda: ask_once_more(
            page.work,
            owned(page.work, page.group, application, page.viewer.member_id),
            page.group,
            reference,
            links_of(page.group),
        ),
        _("The referee has been asked again."),
    )


def same_member(page: GroupPage, application: str) -> Answer:
    """Note who the applicant was before."""
    form = SameMemberForm()
    try:
        seen = _seen(page, form, application)
        if seen:
            return redirect(seen, 303)
        confirm_same_member(page.work, page.group, application, page.viewer.member_id, form.former.data or "")
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        matter = matter_of(page.work, page.group, application)
        return _shown(page, matter, same_form=form), 422
    flash(_("Saved."), "success")
    return page.go("joining.application", application=application)


def _seen(page: GroupPage, form: VoteForm | DecideForm | SameMemberForm, application: str) -> str | None:
    """Return where the first, equal form led; a form without its token is none."""
    if not form.validate():
        raise BadRequest
    return answered_before(page, form, location=page.url("joining.application", application=application))


def _tap(page: GroupPage, application: str, act: Callable[[], None], done: str) -> Answer:
    """Do what a button asks for, once, and say what came of it."""
    location = page.url("joining.application", application=application)
    try:
        if tapped_before(page, location=location):
            return redirect(location, 303)
        act()
        flash(done, "success")
    except Refused as refused:
        page.work.rollback()
        for refusal in refused.refusals:
            flash(sentence(refusal), "error")
    return redirect(location, 303)


def _shown(
    page: GroupPage,
    matter: Matter,
    *,
    vote_form: VoteForm | None = None,
    decide_form: DecideForm | None = None,
    same_form: SameMemberForm | None = None,
) -> str:
    found, session, group_id = matter.application, page.work.session, page.group.id
    free = free_from(found.trade, held_seats(session, group_id, page.today), page.today)
    return page.render(
        "joining/application.html",
        application=found,
        matter=matter,
        is_open=found.state is State.OPEN,
        may_take_up=may_become(found.state, State.OPEN),
        own_ties=matter.ties.get(page.viewer.member_id, ()),
        references=references_of(session, group_id, found.id),
        earlier=memberships_of(session, group_id, found.rejoins_id) if found.rejoins_id else [],
        vote_form=vote_form or _vote_form(page, matter),
        decide_form=decide_form or _decide_form(page, matter, free),
        same_form=_with_former_members(page, same_form, matter),
        words={
            "state": state_words(),
            "ballot": ballot_words(),
            "tie": tie_words(),
            "answer": answer_words(),
            "reference": reference_words(),
        },
        **_votes_and_names(page, matter),
        **_seat(page, matter),
    )


def _votes_and_names(page: GroupPage, matter: Matter) -> dict[str, Any]:
    """Return what the votes allow, and the names of whoever stands on the page."""
    found, rule = matter.application, settings_of(page.work.session, page.group.id).rule
    people = [*matter.owners, *(one for one in (found.inviter_id, found.rejoins_id, found.member_id) if one)]
    return {
        "may_approve": may_approve(matter.tally, rule),
        "may_decline": may_decline(matter.tally, rule),
        "is_stuck": is_stuck(matter.tally),
        "names": names_of(page.work.session, page.group.id, people),
    }


def _seat(page: GroupPage, matter: Matter) -> dict[str, Any]:
    """Return who holds the seat, whose trade lies near, and whether it is kept for somebody else."""
    found, session, group_id = matter.application, page.work.session, page.group.id
    held = held_seats(session, group_id, page.today)
    return {
        "holders": holders_of(found.trade, held, page.today),
        "near": neighbours_of(found.trade, held, pairs_of(neighbours(session, group_id))),
        "is_reserved": is_kept_for_another(session, group_id, found.seat, found.id),
    }


def _vote_form(page: GroupPage, matter: Matter) -> VoteForm:
    mine = next((one for one in matter.votes if one.member_id == page.viewer.member_id), None)
    said = {"ballot": mine.ballot.value if mine else None, "reason": mine.reason if mine else ""}
    return VoteForm(formdata=None, data=said)


def _decide_form(page: GroupPage, matter: Matter, free: date | None) -> DecideForm:
    first = max(page.today, free or page.today)
    return DecideForm(
        formdata=None,
        data={"version": str(matter.application.version), "starts_on": first.isoformat()},
    )


def _with_former_members(page: GroupPage, form: SameMemberForm | None, matter: Matter) -> SameMemberForm:
    """Return the form with everybody who was a member once and has left, as likely the same person."""
    lines = all_members(page.work.session, page.group.id)
    former = [one for one in lines if one.ended_on is not None]
    chosen = next((one.public_id for one in lines if one.id == matter.application.rejoins_id), "")
    form = form or SameMemberForm(formdata=None, data={"former": chosen})
    form.former.choices = [
        ("", _("nobody who was here before")),
        *((one.public_id, one.name) for one in former),
    ]
    if chosen and chosen not in {one.public_id for one in former}:
        form.former.choices.append((chosen, next(one.name for one in lines if one.public_id == chosen)))
    return form
