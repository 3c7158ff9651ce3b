"""A member's own first year, the newcomers in their care as a mentor, and what they are asked."""

from flask import flash, redirect
from flask_babel import gettext as _

from app.core.errors import NotFound, Refused
from app.http.page import Answer, GroupPage
from app.http.sentences import sentence
from app.plugins.firstyear.domain.dates import anniversary
from app.plugins.firstyear.domain.mentoring import AskState
from app.plugins.firstyear.queries.mentors import AskLine, ask_in_address, has_offered, open_asks_of
from app.plugins.firstyear.queries.stays import StayLine, stay_in_address, stay_of_member, steps_of
from app.plugins.firstyear.queries.talks import talks_due, talks_of_stay
from app.plugins.firstyear.services.induction import meet, put_aside
from app.plugins.firstyear.services.mentors import answer_asked, offer_to_mentor, step_back
from app.plugins.firstyear.web.planning import plan_of
from app.plugins.firstyear.web.wording import kind_words, tabs_of


def mine(page: GroupPage) -> Answer:
    """Show a newcomer their first year, a mentor their newcomers, an owner their talks."""
    session, viewer = page.work.session, page.viewer.member_id
    stay = stay_of_member(session, page.group.id, viewer)
    asks = open_asks_of(session, page.group.id, viewer)
    return page.render(
        "firstyear/mine.html",
        stay=stay,
        is_first_year=stay is not None and anniversary(stay.started_on, 1) >= page.today,
        steps=steps_of(session, page.group.id, stay.id) if stay else [],
        talks=talks_of_stay(session, page.group.id, stay.id) if stay else [],
        own_talks=[talk for talk in talks_due(session, page.group.id) if talk.owner_id == viewer],
        asked=[ask for ask in asks if ask.state is AskState.ASKED],
        newcomers=[ask for ask in asks if ask.state is AskState.ACCEPTED],
        has_offered=has_offered(session, page.group.id, viewer),
        leave_url=page.url("attendance.away_leave") if "attendance" in page.switched_on else "",
        kinds=kind_words(),
        tabs=tabs_of(page, "firstyear.mine"),
    )


def offer(page: GroupPage) -> Answer:
    """Keep that the viewer would gladly be a mentor."""
    offer_to_mentor(page.work, page.group, page.viewer.member_id, is_offered=True)
    flash(_("Thank you. The office sees that you would gladly be a mentor."), "success")
    return page.go("firstyear.mine")


def take_back_offer(page: GroupPage) -> Answer:
    """Keep that the viewer would rather not be a mentor now."""
    offer_to_mentor(page.work, page.group, page.viewer.member_id, is_offered=False)
    flash(_("Noted. Newcomers you look after already stay in your care."), "success")
    return page.go("firstyear.mine")


def plan(page: GroupPage, stay: str) -> Answer:
    """Show the plan of the first weeks to the newcomer and the mentor; to everybody else there is none."""
    found = _plan_of_viewer(page, stay)
    return page.render(
        "firstyear/plan.html",
        stay=found,
        plan=plan_of(page, found),
        is_own=found.member_id == page.viewer.member_id,
        tabs=tabs_of(page, "firstyear.mine"),
    )


def met(page: GroupPage, stay: str, member: str) -> Answer:
    """Note that the newcomer spoke with somebody of the plan."""
    person = meet(page.work, page.group, _own_plan(page, stay), member)
    flash(_("Noted: you spoke with %(name)s.", name=person.name), "success")
    return page.go("firstyear.plan", stay=stay)


def aside(page: GroupPage, stay: str, member: str) -> Answer:
    """Take somebody off the plan."""
    person = put_aside(page.work, page.group, _own_plan(page, stay), member)
    flash(_("%(name)s is off your plan. Nobody is told.", name=person.name), "success")
    return page.go("firstyear.plan", stay=stay)


def mentoring(page: GroupPage, mentoring: str) -> Answer:
    """Ask the viewer whether they would be a mentor; name and trade are all they learn before."""
    return _asked_page(page, _ask(page, mentoring), [])


def accept(page: GroupPage, mentoring: str) -> Answer:
    """Be the mentor."""
    return _answered(page, mentoring, accepts=True)


def decline(page: GroupPage, mentoring: str) -> Answer:
    """Not now; nobody asks why."""
    return _answered(page, mentoring, accepts=False)


def back(page: GroupPage, mentoring: str) -> Answer:
    """Step back as a mentor."""
    found = step_back(page.work, page.group, mentoring, viewer=page.viewer.member_id)
    flash(
        _("Noted. %(name)s is told kindly, and the office looks for somebody else.", name=found.first_name),
        "success",
    )
    return page.go("firstyear.mine")


def _answered(page: GroupPage, ask: str, *, accepts: bool) -> Answer:
    try:
        found = answer_asked(page.work, page.group, ask, viewer=page.viewer.member_id, accepts=accepts)
    except Refused as refused:
        page.work.rollback()
        return _asked_page(page, _ask(page, ask), [sentence(one) for one in refused.refusals]), 422
    if not accepts:
        flash(_("Noted. Thank you for saying so."), "success")
        return page.go("firstyear.mine")
    flash(_("Thank you. You are the mentor of %(name)s.", name=found.name), "success")
    return redirect(page.url("firstyear.plan", stay=found.stay_public_id), 303)


def _ask(page: GroupPage, ask: str) -> AskLine:
    found = ask_in_address(page.work.session, page.group.id, ask, page.viewer.member_id)
    if found is None:
        raise NotFound
    return found


def _asked_page(page: GroupPage, ask: AskLine, lines: list[str]) -> str:
    return page.render(
        "firstyear/mentoring.html",
        ask=ask,
        is_mentor=ask.state is AskState.ACCEPTED,
        lines=lines,
        tabs=tabs_of(page, "firstyear.mine"),
    )


def _plan_of_viewer(page: GroupPage, stay: str) -> StayLine:
    found = stay_in_address(page.work.session, page.group.id, stay)
    if found is None or page.viewer.member_id not in {found.member_id, found.mentor_id}:
        raise NotFound
    return found


def _own_plan(page: GroupPage, stay: str) -> StayLine:
    found = stay_in_address(page.work.session, page.group.id, stay)
    if found is None or found.member_id != page.viewer.member_id:
        raise NotFound
    return found
