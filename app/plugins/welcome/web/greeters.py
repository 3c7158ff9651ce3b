"""Who is expected at a meeting and who receives them: for the hosts, on a page and on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask import flash, redirect
from flask_babel import gettext as _

from app.core.errors import NotFound, Refused
from app.core.ids import MemberId
from app.core.meetings.domain.meeting import Meeting
from app.core.meetings.queries import meeting_by_public_id, meetings_to_come
from app.http.once import answered_before
from app.http.page import Answer, GroupPage
from app.plugins.welcome.domain.greeting import shows_needs
from app.plugins.welcome.domain.suggesting import LOOKED_BACK, Candidate, Suggested, suggested_greeters
from app.plugins.welcome.queries.greetings import (
    GreetingLine,
    greeted_since,
    greetings_in_view,
    greetings_of_meeting,
    said_no_at_meeting,
)
from app.plugins.welcome.queries.guests import (
    FIRST_MEETINGS,
    Guest,
    Visitors,
    as_guests,
    put_aside_by,
    visitors_of,
)
from app.plugins.welcome.queries.newcomers import newcomers_read
from app.plugins.welcome.services.greeting import OfGuest, ask_greeter
from app.plugins.welcome.web.greeting_forms import AskForm
from app.plugins.welcome.web.in_the_room import is_left_alone, with_arrival
from app.plugins.welcome.web.known import (
    KnownGroup,
    PersonToMeet,
    known_group,
    named_to_newcomer,
    named_to_visitor,
    newly_of_guest,
    viewer_line,
)
from app.plugins.welcome.web.reasons import reason_lines
from app.plugins.welcome.web.tabs import tabs_of

_MEETINGS_SHOWN = 4
_MOST_SUGGESTED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """A guest of a meeting with the greeting, if there is one."""

    guest: Guest
    line: GreetingLine | None

    @property
    def has_greeter(self) -> bool:
        """Whether somebody has promised to receive them."""
        return self.line is not None and self.line.is_accepted


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTheList:
    """A guest as the page of the hosts shows them."""

    expected: Expected
    form: AskForm
    suggested: Sequence[Suggested]
    meets: Sequence[tuple[PersonToMeet, Sequence[str]]]
    ask_url: str
    waits: bool


def expected_guests(page: GroupPage, meeting: Meeting) -> list[Expected]:
    """Return the guests of a meeting, each with the greeting; three statements at most, once a page."""

    def ask() -> list[Expected]:
        day = meeting.local_date
        lines = [with_arrival(page, one) for one in _lines_of(page, meeting)]
        by_guest = {(one.visitor_id, one.newcomer_id): one for one in lines}
        guests = [
            *visitors_at(page, meeting).guests,
            *as_guests(newcomers_read(page.work, page.group.id, day - FIRST_MEETINGS, day)),
        ]
        return [Expected(guest=one, line=by_guest.get(one.key)) for one in guests]

    return page.asked_once(f"welcome.expected.{meeting.id}", ask)


def visitors_at(page: GroupPage, meeting: Meeting) -> Visitors:
    """Return the visitors of a meeting; those of today's and of the one at hand are read at once, once a page."""
    near = page.meetings_near
    today = [one.id for one in near.within_a_week if one.local_date == page.today]
    in_view = {*today, *([near.at_hand.id] if near.at_hand else [])}
    asked = {meeting.id} if meeting.id not in in_view else in_view
    return page.asked_once(
        f"welcome.visitors.{sorted(asked)}", lambda: visitors_of(page.work.session, page.group.id, asked)
    )[meeting.id]


def lines_in_view(page: GroupPage) -> list[GreetingLine]:
    """Return the greetings of the meeting at hand, and the viewer's own of others; one statement a page."""
    at_hand = next_meeting(page)
    return page.asked_once(
        "welcome.greetings",
        lambda: greetings_in_view(
            page.work.session,
            page.group.id,
            page.viewer.member_id,
            at_hand.id if at_hand else None,
            page.work.now,
        ),
    )


def _lines_of(page: GroupPage, meeting: Meeting) -> list[GreetingLine]:
    at_hand = next_meeting(page)
    if at_hand is None or meeting.id != at_hand.id:
        return greetings_of_meeting(page.work.session, page.group.id, meeting.id)
    return [one for one in lines_in_view(page) if one.meeting_id == meeting.id]


def next_meeting(page: GroupPage) -> Meeting | None:
    """Return the meeting that is on or comes next."""
    return page.meetings_near.at_hand


def greeters(page: GroupPage) -> Answer:
    """Show who is expected at the meeting at hand."""
    meeting = next_meeting(page)
    if meeting is None:
        return page.render("welcome/greeters_none.html", tabs=tabs_of(page, "welcome.greeters"))
    return greeters_of(page, str(meeting.public_id))


def greeters_of(page: GroupPage, meeting: str) -> Answer:
    """Show who is expected at one meeting, who receives them, and whom to ask."""
    return _list_page(page, _meeting(page, meeting))


def sheet(page: GroupPage, meeting: str) -> Answer:
    """Show the same on one sheet of paper, to have in the hand at the door."""
    found = _meeting(page, meeting)
    known = known_group(page, found.local_date)
    return page.render(
        "welcome/greeters_sheet.html",
        meeting=found,
        guests=[(one, _meets(page, known, one)) for one in expected_guests(page, found)],
        shows_needs=shows_needs(found.local_date, page.today),
    )


def ask_for_visitor(page: GroupPage, meeting: str, visitor: str) -> Answer:
    """Ask a member to receive a visitor."""
    return _ask(page, OfGuest(group=page.group, meeting=_meeting(page, meeting), public_id=visitor))


def ask_for_newcomer(page: GroupPage, meeting: str, member: str) -> Answer:
    """Ask a member to receive a newcomer."""
    command = OfGuest(group=page.group, meeting=_meeting(page, meeting), public_id=member, is_newcomer=True)
    return _ask(page, command)


def _ask(page: GroupPage, command: OfGuest) -> Answer:
    form = AskForm()
    if not form.validate_on_submit():
        return _list_page(page, command.meeting, command.public_id, form), 422
    here = page.url("welcome.greeters_of", meeting=command.meeting.public_id)
    try:
        seen = answered_before(page, form, location=here)
        if seen:
            return redirect(seen, 303)
        ask_greeter(page.work, command, greeter=form.greeter.data or "", asker=viewer_line(page))
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _list_page(page, command.meeting, command.public_id, form), 422
    flash(_("Asked. You are told as soon as there is an answer."), "success")
    return redirect(here, 303)


def _list_page(page: GroupPage, meeting: Meeting, asked: str = "", form: AskForm | None = None) -> str:
    expected = expected_guests(page, meeting)
    known = known_group(page, meeting.local_date)
    candidates = _candidates(page, meeting, known, expected)
    noes = said_no_at_meeting(page.work.session, page.group.id, meeting.id)
    guests = []
    for one in expected:
        never = noes.get(one.line.id, frozenset()) if one.line else frozenset()
        own_form = form if form is not None and one.guest.public_id == asked else AskForm(formdata=None)
        guests.append(_on_the_list(page, meeting, known, one, candidates, never, own_form))
    return page.render(
        "welcome/greeters.html",
        meeting=meeting,
        guests=guests,
        meetings=_further(page, meeting),
        tabs=tabs_of(page, "welcome.greeters"),
        shows_needs=shows_needs(meeting.local_date, page.today),
        is_over=page.work.now > meeting.ends_at_utc,
    )


def _on_the_list(  # noqa: PLR0917 - what one line of the page is made of
    page: GroupPage,
    meeting: Meeting,
    known: KnownGroup,
    one: Expected,
    candidates: Sequence[Candidate],
    never: frozenset[MemberId],
    form: AskForm,
) -> OnTheList:
    guest = one.guest
    out = never | ({guest.newcomer_id} if guest.newcomer_id is not None else set())
    suggested = suggested_greeters(newly_of_guest(guest, known), candidates, never=out)
    best, rest = suggested[:_MOST_SUGGESTED], suggested[_MOST_SUGGESTED:]
    rest.sort(key=lambda two: (known.lines[two.member_id].sort_name, two.member_id))
    form.greeter.choices = [
        ("", _("Choose a member")),
        *((str(known.lines[two.member_id].public_id), _said(known, two)) for two in [*best, *rest]),
    ]
    ask_url = (
        page.url("welcome.ask_for_visitor", meeting=meeting.public_id, visitor=guest.public_id)
        if guest.visitor_id is not None
        else page.url("welcome.ask_for_newcomer", meeting=meeting.public_id, member=guest.public_id)
    )
    return OnTheList(
        expected=one,
        form=form,
        suggested=best,
        meets=_meets(page, known, one),
        ask_url=ask_url,
        waits=one.line is not None and is_left_alone(page, one.line),
    )


def _said(known: KnownGroup, one: Suggested) -> str:
    name = known.lines[one.member_id].name
    if one.is_busy:
        return str(_("%(name)s (receives somebody else)", name=name))
    if one.common:
        return str(_("%(name)s (in common: %(common)s)", name=name, common=one.common))
    return name


def _candidates(
    page: GroupPage, meeting: Meeting, known: KnownGroup, expected: Sequence[Expected]
) -> list[Candidate]:
    greeted = greeted_since(page.work.session, page.group.id, meeting.local_date - LOOKED_BACK)
    busy = {one.line.greeter for one in expected if one.line is not None and one.line.greeter is not None}
    found = []
    for member_id, one in known.known.items():
        times, last_on = greeted.get(member_id, (0, None))
        found.append(
            Candidate(
                known=one,
                greeted_lately=times,
                last_on=last_on,
                is_busy=member_id in busy,
                is_new=member_id in known.settling_in,
            )
        )
    return found


def _meets(page: GroupPage, known: KnownGroup, one: Expected) -> list[tuple[PersonToMeet, Sequence[str]]]:
    return [
        (person, reason_lines(person.to_meet)) for person in named_to_guest(page, known, one.guest, one.line)
    ]


def named_to_guest(
    page: GroupPage, known: KnownGroup, guest: Guest, line: GreetingLine | None
) -> list[PersonToMeet]:
    """Return whom the guest is told to meet, as they see it themselves."""
    session, group_id = page.work.session, page.group.id
    greeter = frozenset({line.greeter}) if line is not None and line.greeter is not None else frozenset()
    if guest.newcomer_id is not None:
        aside = put_aside_by(session, group_id, newcomer=guest.newcomer_id)
        return named_to_newcomer(known, guest.newcomer_id, put_aside=aside, but=greeter)
    aside = put_aside_by(session, group_id, visitor_id=guest.visitor_id)
    return named_to_visitor(known, guest, put_aside=aside, but=greeter)


def _meeting(page: GroupPage, public_id: str) -> Meeting:
    found = meeting_by_public_id(page.work.session, page.group.id, public_id)
    if found is None or not found.takes_place or found.local_date < page.today - timedelta(days=1):
        raise NotFound
    return found


def _further(page: GroupPage, shown: Meeting) -> list[Meeting]:
    to_come = meetings_to_come(page.work.session, page.group.id, page.work.now)
    return [one for one in to_come[:_MEETINGS_SHOWN] if one.id != shown.id]
