"""Who is expected at the next meeting, and one tap when they are here; the call afterwards, with notes for the offices."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, redirect
from flask_babel import gettext as _

from app.core.errors import NotFound, Refused
from app.core.groups.queries import members_on
from app.core.meetings.domain.meeting import Meeting
from app.http.once import answered_before, tapped_before
from app.http.page import Answer, GroupPage
from app.plugins.attendance.interface import GuestsAtTheDoor
from app.plugins.welcome import permissions as may
from app.plugins.welcome.domain.visit import are_alike, neighbouring
from app.plugins.welcome.queries.calls import CallLine, call_of, notes_of, open_calls
from app.plugins.welcome.queries.public_page import page_of
from app.plugins.welcome.queries.visits import (
    Visit,
    answer_of,
    co_inviters,
    earlier_visits,
    visit_by_public_id,
    visits_of_meeting,
)
from app.plugins.welcome.services.arriving import note_arrival, take_arrival_back
from app.plugins.welcome.services.calls import note_visitor_call
from app.plugins.welcome.services.joining_form import has_come, may_have_form, send_form_to
from app.plugins.welcome.web.at_the_door import near_meetings
from app.plugins.welcome.web.front import apply_url, held_trades
from app.plugins.welcome.web.tabs import tabs_of
from app.plugins.welcome.web.visit_addresses import addresses_of
from app.plugins.welcome.web.visit_forms import CallForm


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedLine:
    """An expected visitor as the hosts see them."""

    visit: Visit
    inviter: str
    held: Sequence[str]
    came_before: int
    is_at_tablet: bool


def expected(page: GroupPage) -> Answer:
    """List who is expected at the meeting at hand, and the calls that are to be made."""
    meeting = meeting_in_view(page)
    return page.render(
        "welcome/expected.html",
        meeting=meeting,
        is_today=meeting is not None and meeting.local_date == page.today,
        lines=_lines(page, meeting) if meeting is not None else [],
        limit=page_of(page.work.session, page.group.id).words.visits_limit,
        calls=calls_asked(page),
        now=page.work.now,
        tabs=tabs_of(page, "welcome.expected"),
    )


def arrived(page: GroupPage, visitor: str) -> Answer:
    """Note that an expected visitor is here."""
    seen = tapped_before(page, location=page.url("welcome.expected"))
    if seen:
        return redirect(seen, 303)
    visit = note_arrival(page.work, page.group, visitor)
    flash(_("%(name)s is here.", name=visit.name), "success")
    return page.go("welcome.expected")


def not_arrived(page: GroupPage, visitor: str) -> Answer:
    """Take back a tap that was a mistake."""
    visit = take_arrival_back(page.work, page.group, visitor)
    flash(_("%(name)s is expected again.", name=visit.name), "success")
    return page.go("welcome.expected")


def visitor_called(page: GroupPage, visitor: str) -> Answer:
    """Note that the call was made, or a note alone."""
    visit = visit_by_public_id(page.work.session, page.group.id, visitor)
    call = call_of(page.work.session, page.group.id, visit.id) if visit else None
    if visit is None or not (page.may(may.VISITORS_EDIT) or is_owner(page, call)):
        raise NotFound
    form = CallForm()
    there = page.url("welcome.visitor", visitor=visitor)
    if not form.validate_on_submit():
        return redirect(there, 303)
    try:
        seen = answered_before(page, form, location=there)
        if seen:
            return redirect(seen, 303)
        note_visitor_call(
            page.work,
            page.group,
            visitor,
            by=page.viewer.member_id,
            note=form.note.data,
            done=form.done.data == "yes",
        )
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return page.render("welcome/call_refused.html", form=form, visitor=visit), 422
    flash(_("Thank you. It is noted."), "success")
    return redirect(there, 303)


def form_sent(page: GroupPage, visitor: str) -> Answer:
    """Send a visitor who would like to join the form."""
    path = apply_url(page, visitor)
    sent = send_form_to(page.work, page.group, visitor, form_path=path, addresses=addresses_of(page.group))
    said = _("The form is on its way to them.") if sent else _("They have been sent the form already.")
    flash(said, "success")
    return page.go("welcome.visitor", visitor=visitor)


def is_owner(page: GroupPage, call: CallLine | None) -> bool:
    """Return whether the call after a visit is the viewer's."""
    return call is not None and call.owner == page.viewer.member_id


def after_visit(page: GroupPage, public_id: str) -> dict[str, object]:
    """Return what the page of a visitor shows of wishes, call, notes and answer; all but the call for the offices alone."""
    visit = visit_by_public_id(page.work.session, page.group.id, public_id)
    if visit is None:
        raise NotFound
    call = call_of(page.work.session, page.group.id, visit.id)
    for_office = page.may(may.VISITORS_EDIT)
    session, group_id = page.work.session, page.group.id
    return {
        "visit": visit,
        "call": call,
        "may_call": for_office or is_owner(page, call),
        "for_office": for_office,
        "may_send_form": for_office and may_have_form(visit) and bool(apply_url(page)),
        "link_to_give": _link_to_give(page, visit) if for_office else "",
        "call_form": CallForm(formdata=None),
        "notes": notes_of(session, group_id, visit.id) if for_office else [],
        "answer": answer_of(session, group_id, visit.id) if for_office else None,
        "others": co_inviters(session, group_id, visit.id) if for_office else [],
        "held": neighbouring(visit.trade, held_trades(page)) if for_office and visit.is_expected else [],
        "now": page.work.now,
    }


def _link_to_give(page: GroupPage, visit: Visit) -> str:
    """Return the address of the form for a host to pass on, where the house may not write to who came; else nothing.

    It knows nobody: what a host noted of somebody is not filled in behind a link that may go astray.
    """
    if not has_come(visit) or visit.may_be_written_to:
        return ""
    path = apply_url(page)
    return f"{addresses_of(page.group).house}{path}" if path else ""


def meeting_in_view(page: GroupPage) -> Meeting | None:
    """Return the meeting that is on or comes next; on the day of a meeting that one, until the day is over."""
    week = page.meetings_near.within_a_week
    today = [one for one in week if one.takes_place and one.local_date == page.today]
    return today[0] if today else near_meetings(page).at_hand


def calls_asked(page: GroupPage) -> Sequence[CallLine]:
    """Return the calls still to be made; one statement a page."""
    return page.asked_once("welcome.open_calls", lambda: open_calls(page.work.session, page.group.id))


def _lines(page: GroupPage, meeting: Meeting) -> list[ExpectedLine]:
    session, group_id = page.work.session, page.group.id
    names = {one.id: one.name for one in members_on(session, group_id, page.today)}
    guests = page.reader(GuestsAtTheDoor)  # type: ignore[type-abstract]  # a protocol is asked for, never made
    at_tablet = [one.name for one in guests.of_meeting(group_id, meeting.id)] if guests is not None else []
    held = held_trades(page)
    return [
        ExpectedLine(
            visit=visit,
            inviter=names.get(visit.invited_by, "") if visit.invited_by else visit.inviter_words,
            held=neighbouring(visit.trade, held) if visit.registered_at_utc else [],
            came_before=earlier_visits(
                session, group_id, name=visit.name, mail_key=visit.mail_key, before=visit.came_on
            ),
            is_at_tablet=any(are_alike(visit.name, name) for name in at_tablet),
        )
        for visit in visits_of_meeting(session, group_id, meeting.id)
    ]
