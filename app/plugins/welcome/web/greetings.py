"""A greeter's own pages: whom they receive, yes or no, the checklist on the phone; and guests whom nobody receives yet."""

from flask import flash
from flask_babel import gettext as _

from app.core.errors import NotFound, Refused
from app.core.ids import MemberId
from app.core.meetings.queries import meeting_by_public_id
from app.http.page import Answer, GroupPage
from app.plugins.welcome import permissions as may
from app.plugins.welcome.domain.greeting import INTRODUCTIONS, STEP_WORDS, Step, shows_needs
from app.plugins.welcome.queries.greetings import (
    GreetingLine,
    greeting_by_public_id,
    steps_done,
)
from app.plugins.welcome.queries.guests import Guest
from app.plugins.welcome.services.greeting import (
    OfGuest,
    answer_asked,
    free_greeter,
    offer_to_greet,
    say_with_guest,
    take_over,
)
from app.plugins.welcome.services.greeting_steps import do_step, take_step_back
from app.plugins.welcome.web.greeters import expected_guests, lines_in_view, named_to_guest, next_meeting
from app.plugins.welcome.web.greeting_forms import SaysForm, StepForm
from app.plugins.welcome.web.in_the_room import is_left_alone, with_arrival
from app.plugins.welcome.web.known import known_group, viewer_line
from app.plugins.welcome.web.reasons import reason_lines
from app.plugins.welcome.web.tabs import tabs_of


def own_greetings(page: GroupPage) -> Answer:
    """Show whom the viewer receives or is asked to, and the guests of the next meeting who have nobody yet."""
    meeting = next_meeting(page)
    expected = expected_guests(page, meeting) if meeting is not None else []
    own = page.viewer.member_id
    return page.render(
        "welcome/own_greetings.html",
        own=own_lines(page),
        open_guests=[
            one.guest
            for one in expected
            if one.guest.newcomer_id != own and (one.line is None or one.line.greeter is None)
        ],
        meeting=meeting,
        tabs=tabs_of(page, "welcome.own_greetings"),
    )


def own_lines(page: GroupPage) -> list[GreetingLine]:
    """Return whom the viewer receives or is asked to, from the meeting that just ended on."""
    return page.asked_once(
        "welcome.own_greetings",
        lambda: [
            with_arrival(page, one)
            for one in lines_in_view(page)
            if one.greeter == page.viewer.member_id and one.is_open_at(page.work.now)
        ],
    )


def greeting(page: GroupPage, greeting: str) -> Answer:
    """Show a guest to whoever receives them, or is asked to, and to the hosts: what helps, and what is done."""
    return _one_page(page, _found(page, greeting), StepForm(formdata=None))


def answer(page: GroupPage, greeting: str) -> Answer:
    """Take the yes or no of whoever is asked."""
    _found(page, greeting)
    form = SaysForm()
    if not form.validate_on_submit() or form.says.data not in {"yes", "no"}:
        raise NotFound
    says_yes = form.says.data == "yes"
    line = answer_asked(page.work, page.group, greeting, viewer_line(page), says_yes=says_yes)
    if says_yes:
        flash(_("Thank you. You are told when %(name)s arrives.", name=line.guest_name), "success")
        return page.go("welcome.greeting", greeting=greeting)
    flash(_("Thank you for saying so. Somebody else is asked."), "success")
    return page.go("welcome.own_greetings")


def with_guest(page: GroupPage, greeting: str) -> Answer:
    """Note that the greeter is with the guest."""
    _found(page, greeting)
    say_with_guest(page.work, page.group, greeting, page.viewer.member_id)
    return page.go("welcome.greeting", greeting=greeting)


def step(page: GroupPage, greeting: str) -> Answer:
    """Note what was done for the guest, or take it back."""
    line = _found(page, greeting)
    if not _may_tick(page, line):
        raise NotFound
    form = StepForm()
    if not form.validate_on_submit():
        return _one_page(page, line, form), 422
    try:
        if form.does.data == "undo":
            take_step_back(page.work, page.group, line, form.step.data or "")
        else:
            do_step(page.work, page.group, line, form.step.data or "", form.with_member.data or "")
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _one_page(page, line, form), 422
    return page.go("welcome.greeting", greeting=greeting)


def take(page: GroupPage, greeting: str) -> Answer:
    """Let a host receive the guest in place of whoever should."""
    line = take_over(page.work, page.group, greeting, viewer_line(page))
    flash(_("You receive %(name)s.", name=line.guest_name), "success")
    return page.go("welcome.greeting", greeting=greeting)


def let_go(page: GroupPage, greeting: str) -> Answer:
    """Free whoever is asked or ready, at the wish of a host."""
    line = _found(page, greeting)
    free_greeter(page.work, page.group, greeting)
    flash(_("Nobody receives %(name)s now. Please ask somebody.", name=line.guest_name), "success")
    return page.go("welcome.greeters_of", meeting=line.meeting_public_id)


def offer_for_visitor(page: GroupPage, meeting: str, visitor: str) -> Answer:
    """Let the viewer receive a visitor of their own accord."""
    return _offer(page, meeting, visitor, is_newcomer=False)


def offer_for_newcomer(page: GroupPage, meeting: str, member: str) -> Answer:
    """Let the viewer receive a newcomer of their own accord."""
    return _offer(page, meeting, member, is_newcomer=True)


def _offer(page: GroupPage, meeting: str, guest: str, *, is_newcomer: bool) -> Answer:
    found = meeting_by_public_id(page.work.session, page.group.id, meeting)
    if found is None:
        raise NotFound
    command = OfGuest(group=page.group, meeting=found, public_id=guest, is_newcomer=is_newcomer)
    try:
        offer_to_greet(page.work, command, viewer_line(page))
    except Refused:
        page.work.rollback()
        if any(_is_of(one, guest) for one in own_lines(page)):  # a double tap: it is theirs already
            return page.go("welcome.own_greetings")
        raise
    flash(_("Thank you. The visitor hosts know that you are there."), "success")
    return page.go("welcome.own_greetings")


def _is_of(line: GreetingLine, guest: str) -> bool:
    return line.is_accepted and line.guest_public_id == guest


def _found(page: GroupPage, public_id: str) -> GreetingLine:
    """Return the greeting, for whoever is asked or ready, and for the hosts; for everybody else there is none."""
    found = greeting_by_public_id(page.work.session, page.group.id, public_id)
    if found is None or not (found.greeter == page.viewer.member_id or page.may(may.VISITORS_EDIT)):
        raise NotFound
    return with_arrival(page, found)


def _may_tick(page: GroupPage, line: GreetingLine) -> bool:
    return line.is_accepted and line.greeter == page.viewer.member_id


def _one_page(page: GroupPage, line: GreetingLine, form: StepForm) -> str:
    known = known_group(page, line.meeting_day)
    meets = named_to_guest(page, known, _guest_of(line), line)
    form.with_member.choices = [
        ("", _("somebody else")),
        *((str(one.line.public_id), one.line.name) for one in meets),
    ]
    done = steps_done(page.work.session, page.group.id, line.id)
    names = {member_id: one.name for member_id, one in known.lines.items()}
    return page.render(
        "welcome/greeting.html",
        line=line,
        form=form,
        is_own=line.greeter == page.viewer.member_id,
        is_host=page.may(may.VISITORS_EDIT),
        may_tick=_may_tick(page, line),
        is_open=line.is_open_at(page.work.now),
        waits=is_left_alone(page, line),
        shows_needs=shows_needs(line.meeting_day, page.today),
        meets=[(one, reason_lines(one.to_meet)) for one in meets],
        inviter=names.get(line.invited_by or MemberId(0), ""),
        steps=[(one, _(STEP_WORDS[one]), done.get(one), one in INTRODUCTIONS) for one in Step],
        names=names,
    )


def _guest_of(line: GreetingLine) -> Guest:
    return Guest(
        visitor_id=line.visitor_id,
        newcomer_id=line.newcomer_id,
        public_id=line.guest_public_id,
        name=line.guest_name,
        trade=line.trade,
        introduction=line.introduction,
        invited_by=line.invited_by,
    )
