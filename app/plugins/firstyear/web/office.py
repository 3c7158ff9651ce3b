"""The office's pages: newcomers with their keepers, mentors and induction; the group's own steps; leavers."""

from datetime import timedelta

from flask import flash
from flask_babel import gettext as _

from app.core.errors import NotFound, Refused
from app.core.groups.queries import members_on
from app.http.forms import HouseForm, number_typed
from app.http.page import Answer, GroupPage
from app.plugins.firstyear import permissions as may
from app.plugins.firstyear.domain.leaving import ExitState
from app.plugins.firstyear.domain.mentoring import ANSWER_WITHIN, suggested
from app.plugins.firstyear.domain.steps import USUAL
from app.plugins.firstyear.queries.exits import exits_kept
from app.plugins.firstyear.queries.mentors import candidates
from app.plugins.firstyear.queries.stays import (
    StayLine,
    earlier_stays,
    own_steps,
    running_stays,
    stay_in_address,
    steps_left,
    steps_of,
)
from app.plugins.firstyear.queries.talks import talks_due, talks_of_stay
from app.plugins.firstyear.services.induction import keep_own_steps, tick
from app.plugins.firstyear.services.leaving import ask_nothing
from app.plugins.firstyear.services.mentors import ask_mentor, change_keeper
from app.plugins.firstyear.web.asked import first_years
from app.plugins.firstyear.web.forms import KeeperForm, MentorForm, StepsForm
from app.plugins.firstyear.web.wording import kind_words, tabs_of

_SUGGESTED = 3
_SOON = timedelta(days=60)
"""Talks of the next two months stand on the page; those that come later are one tap away."""


def newcomers(page: GroupPage) -> Answer:
    """List the members in their first year, and the talks of everybody that come next."""
    recent = {stay.id for stay in first_years(page)}
    stays = running_stays(page.work.session, page.group.id)
    talks = [
        talk
        for talk in talks_due(page.work.session, page.group.id)
        if talk.member_id != page.viewer.member_id
    ]
    soon = page.today + _SOON
    return page.render(
        "firstyear/newcomers.html",
        stays=[stay for stay in stays if stay.id in recent],
        left=steps_left(page.work.session, page.group.id),
        talks=[talk for talk in talks if talk.due_on <= soon],
        later=[talk for talk in talks if talk.due_on > soon],
        kinds=kind_words(),
        calls_url=page.url("welcome.newcomers") if "welcome" in page.switched_on else "",
        tabs=tabs_of(page, "firstyear.newcomers"),
    )


def newcomer(page: GroupPage, stay: str) -> Answer:
    """Show how somebody's first year stands: keeper, mentor, induction and the days of the talks."""
    return _stay_page(page, _stay(page, stay), MentorForm(), KeeperForm())


def ask(page: GroupPage, stay: str) -> Answer:
    """Ask a member to be the mentor."""
    found = _stay(page, stay)
    form = MentorForm()
    if not form.validate_on_submit():
        return _stay_page(page, found, form, KeeperForm(formdata=None)), 422
    try:
        ask_mentor(page.work, page.group, stay, mentor=form.mentor.data or "", by=page.viewer.member_id)
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _stay_page(page, _stay(page, stay), form, KeeperForm(formdata=None)), 422
    flash(_("Asked. You see the answer here; nobody else learns of a no."), "success")
    return page.go("firstyear.newcomer", stay=stay)


def keep(page: GroupPage, stay: str) -> Answer:
    """Let another member look after the newcomer."""
    found = _stay(page, stay)
    form = KeeperForm()
    if not form.validate_on_submit():
        return _stay_page(page, found, MentorForm(formdata=None), form), 422
    try:
        change_keeper(page.work, page.group, stay, keeper=form.keeper.data or "")
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _stay_page(page, _stay(page, stay), MentorForm(formdata=None), form), 422
    flash(_("Saved."), "success")
    return page.go("firstyear.newcomer", stay=stay)


def done(page: GroupPage, stay: str, number: str) -> Answer:
    """Note that a step of the induction was gone through."""
    return _ticked(page, stay, number, is_done=True)


def undone(page: GroupPage, stay: str, number: str) -> Answer:
    """Take that back."""
    return _ticked(page, stay, number, is_done=False)


def steps(page: GroupPage) -> Answer:
    """Show and keep the group's own steps of an induction."""
    own = own_steps(page.work.session, page.group.id)
    usual = "\n".join(_(one) for one in USUAL)
    form = StepsForm(data={"steps": own.steps or usual, "version": str(own.version)})
    if not form.validate_on_submit():
        return _steps_page(page, form), 422 if form.is_submitted() else 200
    try:
        keep_own_steps(page.work, page.group, form.steps.data, form.seen_version)
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        stands = own_steps(page.work.session, page.group.id)
        form.version.data = str(stands.version)
        shown = stands.steps if refused.has("firstyear.changed_meanwhile") else ""
        return _steps_page(page, form, shown), 422
    flash(_("Saved. Whoever joins from now on gets these steps."), "success")
    return page.go("firstyear.steps")


def leavers(page: GroupPage) -> Answer:
    """List who left lately, whether they are asked, and what they answered."""
    return _leavers_page(page, [])


def nothing(page: GroupPage, leaver: str) -> Answer:
    """Ask nothing of somebody who leaves."""
    form = HouseForm()
    try:
        found = ask_nothing(page.work, page.group, leaver)
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _leavers_page(page, form.problems), 422
    flash(_("Noted. %(name)s is asked nothing.", name=found.name), "success")
    return page.go("firstyear.leavers")


def _ticked(page: GroupPage, stay: str, number: str, *, is_done: bool) -> Answer:
    found = _stay(page, stay)
    step = number_typed(number)
    if step is None:
        raise NotFound
    tick(page.work, page.group, found.public_id, step, is_done=is_done, by=page.viewer.member_id)
    return page.go("firstyear.newcomer", stay=stay)


def _stay(page: GroupPage, stay: str) -> StayLine:
    """Return the stay, for the office and for whoever looks after it; for everybody else there is none."""
    found = stay_in_address(page.work.session, page.group.id, stay)
    if found is None or not (page.may(may.STAYS_KEEP) or found.keeper_id == page.viewer.member_id):
        raise NotFound
    return found


def _stay_page(page: GroupPage, stay: StayLine, mentor: MentorForm, keeper: KeeperForm) -> str:
    session, group = page.work.session, page.group
    members = members_on(session, group.id, page.today)
    others = [(one.public_id, one.name) for one in members if one.id != stay.member_id]
    mentor.mentor.choices = keeper.keeper.choices = [("", _("Choose a member")), *others]
    willing = suggested(stay.member_id, candidates(session, group, stay.id, members, page.today), page.today)
    by_id = {one.id: one for one in members}
    talks = talks_of_stay(session, group.id, stay.id) if stay.member_id != page.viewer.member_id else []
    return page.render(
        "firstyear/newcomer.html",
        stay=stay,
        mentor_form=mentor,
        keeper_form=keeper,
        suggested=[(one, by_id[one.member_id]) for one in willing[:_SUGGESTED]],
        is_slow=stay.asked_at_utc is not None and page.work.now - stay.asked_at_utc > ANSWER_WITHIN,
        steps=steps_of(session, group.id, stay.id),
        talks=talks,
        earlier=earlier_stays(session, group.id, stay.member_id, stay.started_on),
        kinds=kind_words(),
        tabs=tabs_of(page, "firstyear.newcomers"),
    )


def _steps_page(page: GroupPage, form: StepsForm, stands: str = "") -> str:
    return page.render(
        "firstyear/steps.html", form=form, stands=stands, tabs=tabs_of(page, "firstyear.steps")
    )


def _leavers_page(page: GroupPage, lines: list[str]) -> str:
    return page.render(
        "firstyear/leavers.html",
        leavers=[
            one
            for one in exits_kept(page.work.session, page.group.id)
            if one.member_id != page.viewer.member_id
        ],
        states=ExitState,
        lines=lines,
        tabs=tabs_of(page, "firstyear.leavers"),
    )
