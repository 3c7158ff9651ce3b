"""A leader changes a meeting: each change is written down, checked with everything it does, and only then told to everyone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from email.utils import parseaddr
from typing import Any

from flask import current_app, flash, redirect, request
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.errors import NotFound, Refused
from app.core.meetings.domain.changes import When, Where, seen_mark
from app.core.meetings.domain.meeting import Meeting, MeetingState
from app.core.meetings.queries import from_here_on, meeting_by_public_id
from app.core.meetings.services.changing import (
    Change,
    Changed,
    bring_meeting_back,
    call_meeting_off,
    change_place,
    change_topic,
    move_meeting,
)
from app.core.meetings.services.telling import MeetingAddresses
from app.core.work import UnitOfWork
from app.http.once import answered_before
from app.http.page import Answer, GroupPage
from app.web.meeting_forms import CallOffForm, ChangeForm, MoveForm, PlaceForm, TopicForm, stripped
from config import Config

_CHECKED, _TO_EDIT = "confirm", "edit"
_NOT_CARRIED = frozenset({"csrf_token", "step"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One kind of change: the page of its form, its name, what makes it, and what it is about as it stands.

    `freshen` puts into the form what stands now, after somebody else changed it.
    """

    template: str
    title: str
    make: Callable[[UnitOfWork, Change], Changed]
    freshen: Callable[[], None]
    back_url: str
    context: Mapping[str, Any] = field(default_factory=dict)


def move(page: GroupPage, meeting: str) -> Answer:
    """Move a meeting to another time."""
    found = _meeting(page, meeting)
    form = MoveForm(day=found.local_date, wall_time=found.wall_time, minutes=found.minutes)

    def make(work: UnitOfWork, change: Change) -> Changed:
        when = When(day=form.day.data, wall_time=form.wall_time.data, minutes=form.minutes.data or 0)
        return move_meeting(work, change, found.public_id, when)

    return carried_out(
        page,
        form,
        _of_meeting(
            page, form, found, template="group/meeting_move.html", title=_("Move the meeting"), make=make
        ),
    )


def call_off(page: GroupPage, meeting: str) -> Answer:
    """Cancel a meeting, or declare a holiday."""
    found = _meeting(page, meeting)
    form = CallOffForm()

    def make(work: UnitOfWork, change: Change) -> Changed:
        return call_meeting_off(work, change, found.public_id, MeetingState(form.state.data))

    return carried_out(
        page,
        form,
        _of_meeting(
            page, form, found, template="group/meeting_off.html", title=_("Cancel the meeting"), make=make
        ),
    )


def bring_back(page: GroupPage, meeting: str) -> Answer:
    """Let a cancelled meeting take place after all."""
    found = _meeting(page, meeting)
    form = ChangeForm()

    def make(work: UnitOfWork, change: Change) -> Changed:
        return bring_meeting_back(work, change, found.public_id)

    return carried_out(
        page,
        form,
        _of_meeting(
            page,
            form,
            found,
            template="group/meeting_back.html",
            title=_("Bring the meeting back"),
            make=make,
        ),
    )


def place(page: GroupPage, meeting: str) -> Answer:
    """Change the room or the call link of one meeting or of all to come."""
    found = _meeting(page, meeting)
    form = PlaceForm(place=found.place, call_link=found.call_link)

    def freshen() -> None:
        session, group_id = page.work.session, page.group.id
        form.seen.data = seen_mark([found])
        form.seen_all.data = seen_mark(from_here_on(session, group_id, found, page.work.now))

    def make(work: UnitOfWork, change: Change) -> Changed:
        is_all = form.reach.data == "all"
        seen = replace(change, seen=str(form.seen_all.data)) if is_all else change
        where = Where(place=stripped(form.place), call_link=stripped(form.call_link))
        return change_place(work, seen, found.public_id, where, of_all_to_come=is_all)

    act = _of_meeting(
        page,
        form,
        found,
        template="group/meeting_place.html",
        title=_("Change the place or the call"),
        make=make,
    )
    return carried_out(page, form, replace(act, freshen=freshen))


def topic(page: GroupPage, meeting: str) -> Answer:
    """Give a meeting another topic."""
    found = _meeting(page, meeting)
    form = TopicForm(topic=found.topic)

    def make(work: UnitOfWork, change: Change) -> Changed:
        return change_topic(work, change, found.public_id, stripped(form.topic))

    return carried_out(
        page,
        form,
        _of_meeting(
            page, form, found, template="group/meeting_topic.html", title=_("Change the topic"), make=make
        ),
    )


def carried_out(page: GroupPage, form: ChangeForm, act: Act) -> Answer:
    """Show the form, then what the change does and whom it reaches, and make it once that was confirmed."""
    step = request.form.get("step", "")
    if not form.is_submitted():
        act.freshen()
    if not form.validate_on_submit() or step == _TO_EDIT:
        wrong = form.is_submitted() and step != _TO_EDIT
        return _form_page(page, form, act), 422 if wrong else 200
    try:
        if step == _CHECKED:
            seen = answered_before(page, form, location=act.back_url)
            if seen:
                return redirect(seen, 303)
        changed = act.make(page.work, _change(page, form))
    except Refused as refused:
        page.work.rollback()
        return _refused(page, form, act, refused), 422
    if step != _CHECKED:
        page.work.rollback()
        return _check_page(page, act, changed)
    page.work.commit()
    told = changed.told.members
    flash(ngettext("Done. %(num)d member is told.", "Done. %(num)d members are told.", told), "success")
    return redirect(act.back_url, 303)


def addresses_of(page: GroupPage) -> MeetingAddresses:
    """Return where the pages of meetings are, for notices, mails and calendars."""
    settings: Config = current_app.extensions["givefirst.config"]
    return MeetingAddresses(
        path=lambda one: page.url("meeting", meeting=one) if one else page.url("meetings"),
        url=lambda one: (
            page.url("meeting", meeting=one, absolute=True) if one else page.url("meetings", absolute=True)
        ),
        organiser=parseaddr(settings.mail_sender)[1],
    )


def _change(page: GroupPage, form: ChangeForm) -> Change:
    return Change(group=page.group, seen=str(form.seen.data), note=form.said, addresses=addresses_of(page))


def _of_meeting(
    page: GroupPage,
    form: ChangeForm,
    found: Meeting,
    *,
    template: str,
    title: str,
    make: Callable[[UnitOfWork, Change], Changed],
) -> Act:
    def freshen() -> None:
        form.seen.data = seen_mark([found])

    return Act(
        template=template,
        title=title,
        make=make,
        freshen=freshen,
        back_url=page.url("meeting", meeting=found.public_id),
        context={"meeting": found, "has_begun": page.work.now >= found.starts_at_utc},
    )


def _form_page(page: GroupPage, form: ChangeForm, act: Act, *, is_stale: bool = False) -> str:
    return page.render(
        act.template, form=form, title=act.title, back_url=act.back_url, is_stale=is_stale, **act.context
    )


def _check_page(page: GroupPage, act: Act, changed: Changed) -> str:
    carried = [
        (name, value) for name, values in request.form.lists() if name not in _NOT_CARRIED for value in values
    ]
    return page.render(
        "group/meeting_check.html",
        title=act.title,
        back_url=act.back_url,
        changed=changed,
        pairs=list(zip(changed.before, changed.after, strict=True)),
        note_said=request.form.get("note", "").strip(),
        carried=carried,
    )


def _refused(page: GroupPage, form: ChangeForm, act: Act, refused: Refused) -> str:
    """Show the form with every reason; where somebody else was quicker, how it stands now beside what was wanted."""
    form.take(refused)
    is_stale = refused.has("meetings.changed_meanwhile")
    if is_stale:
        # Sent again, it is a decision made knowing both.
        act.freshen()
    return _form_page(page, form, act, is_stale=is_stale)


def _meeting(page: GroupPage, public_id: str) -> Meeting:
    found = meeting_by_public_id(page.work.session, page.group.id, public_id)
    if found is None:
        raise NotFound
    return found
