"""Asking a member for a one-to-one, and proposing other times: one form, up to three times."""

from flask import flash, redirect, request
from flask_babel import gettext as _

from app.core.errors import NotFound, Refused
from app.core.groups.queries import member_by_public_id
from app.http.once import answered_before
from app.http.page import Answer, GroupPage
from app.plugins.activities.domain.times import FURTHEST_AHEAD
from app.plugins.activities.queries.arrangements import Arrangement, arrangement_for, open_between
from app.plugins.activities.services.arranging import AskForTalk, OnArrangement, ask_for_talk, propose
from app.plugins.activities.web.arranging_forms import IN_A_ROOM, ONLINE, AskForm, ProposalForm
from app.plugins.activities.web.lines import member_choices
from app.plugins.activities.web.places import places_in


def ask(page: GroupPage) -> Answer:
    """Show the form for an ask; `?with=` names whom. Where the two arrange a talk already, lead there."""
    form = AskForm()
    if not form.is_submitted():
        form.partner.data = request.args.get("with", "")
        standing = _standing_with(page, form.partner.data)
        if standing is not None:
            return page.go("activities.arranged", arrangement=standing.public_id)
        return _ask_filled(page, form)
    if not form.validate():
        return _ask_filled(page, form), 422
    public_id = page.work.ids.public_id()
    here = page.url("activities.arranged", arrangement=public_id)
    try:
        seen = answered_before(page, form, location=here)
        if seen:
            return redirect(seen, 303)
        stands = ask_for_talk(page.work, _command(page, form, public_id))
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _ask_filled(page, form), 422
    if stands != public_id:
        page.work.rollback()
        flash(_("You two are arranging a one-to-one already. Here it is; nothing was doubled."), "info")
        return page.go("activities.arranged", arrangement=stands)
    flash(_("Asked. You are told as soon as there is an answer."), "success")
    return redirect(here, 303)


def other_times(page: GroupPage, arrangement: str) -> Answer:
    """Propose other times: in answer to an ask, instead of one's own, or to move what is agreed."""
    found = arrangement_for(page.work.session, page.group.id, arrangement, page.viewer.member_id)
    if found is None:
        raise NotFound
    form = ProposalForm()
    if not form.is_submitted():
        if not found.standing.is_open:
            return page.go("activities.arranged", arrangement=arrangement)
        form.version.data = str(found.version)
        form.place.data = found.place or next((one.place for one in found.times), "")
        form.where.data = ONLINE if found.is_online else IN_A_ROOM
        form.minutes.data = str(found.minutes)
        return _times_filled(page, found, form)
    if not form.validate():
        return _times_filled(page, found, form), 422
    here = page.url("activities.arranged", arrangement=arrangement)
    try:
        seen = answered_before(page, form, location=here)
        if seen:
            return redirect(seen, 303)
        propose(page.work, on_arrangement(page, arrangement, form.seen_version), form.proposal())
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _times_filled(page, found, form), 422
    flash(_("Proposed. You are told as soon as there is an answer."), "success")
    return redirect(here, 303)


def on_arrangement(page: GroupPage, arrangement: str, seen_version: int) -> OnArrangement:
    """Return who acts here on which arrangement."""
    return OnArrangement(
        group=page.group,
        today=page.today,
        member=page.viewer.member_id,
        arrangement=arrangement,
        seen_version=seen_version,
        places=places_in(page.group),
    )


def _standing_with(page: GroupPage, public_id: str) -> Arrangement | None:
    other = member_by_public_id(page.work.session, page.group.id, public_id) if public_id else None
    if other is None or other.id == page.viewer.member_id:
        return None
    return open_between(page.work.session, page.group.id, page.viewer.member_id, other.id)


def _command(page: GroupPage, form: AskForm, public_id: str) -> AskForTalk:
    return AskForTalk(
        group=page.group,
        today=page.today,
        member=page.viewer.member_id,
        partner=form.partner.data or "",
        proposal=form.proposal(),
        public_id=public_id,
        places=places_in(page.group),
    )


def _ask_filled(page: GroupPage, form: AskForm) -> str:
    form.partner.choices = member_choices(page, _("Choose a member"), without_viewer=True)
    return page.render("activities/ask.html", form=form, **_bounds(page))


def _times_filled(page: GroupPage, found: Arrangement, form: ProposalForm) -> str:
    if form.problems and found.standing.is_open:
        form.version.data = str(found.version)
    return page.render(
        "activities/other_times.html",
        form=form,
        arrangement=found,
        other=found.other_than(page.viewer.member_id),
        **_bounds(page),
    )


def _bounds(page: GroupPage) -> dict[str, str]:
    return {"first": page.today.isoformat(), "last": (page.today + FURTHEST_AHEAD).isoformat()}
