"""Introductions: the form for two members, one's own list, and one introduction with what each of the three may do."""

from flask import flash, redirect, request
from flask_babel import gettext as _

from app.core.errors import NotFound, Refused
from app.core.groups.queries import members_on
from app.http.once import answered_before, tapped_before
from app.http.page import Answer, GroupPage
from app.plugins.giving.domain.introduction import IntroductionState, asks_outcome, contacts_are_shown
from app.plugins.giving.queries.introductions import Introduction, introduction_for
from app.plugins.giving.services.introductions import (
    Introduce,
    OnIntroduction,
    introduce,
    say,
    take_back,
    tell_outcome,
)
from app.plugins.giving.services.telling import Place
from app.plugins.giving.web.forms import IntroduceForm, OutcomeForm
from app.plugins.giving.web.openings import own_introductions
from app.plugins.giving.web.tabs import tabs_of
from app.plugins.giving.web.wording import days_of, outcome_in_words, state_of_introduction


def introductions(page: GroupPage) -> Answer:
    """Show the form and the introductions that the viewer is part of. `?with=` names one of the two."""
    form = IntroduceForm()
    if not form.is_submitted():
        form.one.data = request.args.get("with", "")
        return _filled(page, form)
    if not form.validate():
        return _filled(page, form), 422
    public_id = page.work.ids.public_id()
    try:
        seen = answered_before(page, form, location=page.url("giving.introduction", introduction=public_id))
        if seen:
            return redirect(seen, 303)
        introduce(
            page.work,
            Introduce(
                group=page.group,
                today=page.today,
                member=page.viewer.member_id,
                member_name=page.viewer.name,
                one=form.one.data or "",
                other=form.other.data or "",
                why=form.why.data,
                is_another=form.again.data,
                public_id=public_id,
                place=_place(page, public_id),
            ),
        )
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _filled(page, form), 422
    flash(_("Both are asked. You are told when both have said yes."), "success")
    return page.go("giving.introduction", introduction=public_id)


def introduction(page: GroupPage, introduction: str) -> Answer:
    """Show one introduction to its three, each with what they may do."""
    found = _found(page, introduction)
    form = OutcomeForm(None)
    form.offer()
    return _shown(page, found, form)


def say_word(page: GroupPage, introduction: str) -> Answer:
    """Take the yes or the no of one of the two."""
    found = _found(page, introduction)
    if not found.side_of(page.viewer.member_id):
        raise NotFound
    here = page.url("giving.introduction", introduction=introduction)
    seen = tapped_before(page, location=here)
    if seen:
        return redirect(seen, 303)
    state = say(page.work, _command(page, introduction), request.form.get("word", ""))
    said = {
        IntroductionState.MADE: _("You have both said yes. Here is how to reach each other."),
        IntroductionState.OFFERED: _("Thank you. As soon as both have said yes, you are told."),
    }
    flash(said.get(state, _("Understood. Whoever says no is not named.")), "success")
    return redirect(here, 303)


def withdraw_introduction(page: GroupPage, introduction: str) -> Answer:
    """Take the viewer's own introduction back while it waits."""
    found = _found(page, introduction)
    if found.introducer.id != page.viewer.member_id:
        raise NotFound
    seen = tapped_before(page, location=page.url("giving.introductions"))
    if seen:
        return redirect(seen, 303)
    take_back(page.work, _command(page, introduction))
    flash(_("Taken back. Neither of the two is asked any more."), "success")
    return page.go("giving.introductions")


def outcome(page: GroupPage, introduction: str) -> Answer:
    """Take what one of the two says came of it."""
    found = _found(page, introduction)
    if not found.side_of(page.viewer.member_id):
        raise NotFound
    form = OutcomeForm()
    form.offer()
    if not form.validate():
        return _shown(page, found, form), 422
    here = page.url("giving.introduction", introduction=introduction)
    try:
        seen = answered_before(page, form, location=here)
        if seen:
            return redirect(seen, 303)
        tell_outcome(page.work, _command(page, introduction), form.outcome.data or "")
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _shown(page, found, form), 422
    flash(_("Thank you. %(name)s is told.", name=found.introducer.first_name), "success")
    return redirect(here, 303)


def _found(page: GroupPage, introduction: str) -> Introduction:
    found = introduction_for(page.work.session, page.group.id, introduction, page.viewer.member_id)
    if found is None:
        raise NotFound
    return found


def _filled(page: GroupPage, form: IntroduceForm) -> str:
    people = members_on(page.work.session, page.group.id, page.today)
    offered = [("", _("Choose a member"))] + [
        (one.public_id, " · ".join(part for part in (one.name, one.trade) if part))
        for one in people
        if one.id != page.viewer.member_id
    ]
    form.one.choices = form.other.choices = offered
    viewer = page.viewer.member_id
    return page.render(
        "giving/introductions.html",
        tabs=tabs_of(page, "giving.introductions"),
        form=form,
        is_possible=len(offered) > 2,
        asks_again=bool(form.again.errors) or form.again.data,
        lines=[
            (
                one,
                state_of_introduction(one.state),
                one.waits_for(viewer),
                one.introducer.id == viewer,
                one.counterpart(viewer),
            )
            for one in own_introductions(page)
        ],
    )


def _shown(page: GroupPage, found: Introduction, form: OutcomeForm) -> str:
    viewer = page.viewer.member_id
    side = found.side_of(viewer)
    own = found.party(side).outcome if side else ""
    return page.render(
        "giving/introduction.html",
        day_of=days_of(page),
        introduction=found,
        title=_("You and %(name)s", name=found.counterpart(viewer).name)
        if side
        else _("%(name)s and %(other)s", name=found.one.name, other=found.other.name),
        state=state_of_introduction(found.state),
        side=side,
        waits=found.waits_for(viewer),
        is_offered=found.state == IntroductionState.OFFERED,
        is_made=contacts_are_shown(found.state),
        counterpart=found.counterpart(viewer),
        asks_now=bool(side) and asks_outcome(found.state, found.made_at_utc, own, page.work.now),
        outcomes=[
            (party.name, outcome_in_words(party.outcome))
            for party in (found.one, found.other)
            if party.outcome
        ],
        own_outcome=outcome_in_words(own),
        form=form,
    )


def _command(page: GroupPage, introduction: str) -> OnIntroduction:
    return OnIntroduction(
        group=page.group,
        today=page.today,
        member=page.viewer.member_id,
        member_name=page.viewer.name,
        introduction=introduction,
        place=_place(page, introduction),
    )


def _place(page: GroupPage, introduction: str) -> Place:
    return Place(
        path=page.url("giving.introduction", introduction=introduction),
        url=page.url("giving.introduction", introduction=introduction, absolute=True),
    )
