"""Taps on the tablet that wait for a word: shown with their bounds at every desk, and decided there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from babel.dates import format_time
from flask import flash, request
from flask_babel import get_locale
from flask_babel import gettext as _

from app.core.errors import Refusal, Refused
from app.core.local_time import local_datetime
from app.http.forms import version_typed
from app.http.page import Answer, GroupPage, Page
from app.plugins.attendance.domain.tablet_events import Kind
from app.plugins.attendance.domain.tablet_outcome import Why
from app.plugins.attendance.queries.meetings import MeetingLine
from app.plugins.attendance.queries.tablet_events import WaitingEvent, unplaced_events, waiting_events
from app.plugins.attendance.services.tap_decisions import (
    DecideTap,
    Said,
    decide_tap,
    is_same_person,
    sayable_of,
)
from app.plugins.attendance.web.desk import Desk

_LONGEST_ID = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class TapShown:
    """One person whose tap waits: why, from when to when, and what can be said of it."""

    public_id: str
    name: str
    why: str
    between: str
    seen_version: int
    buttons: Sequence[tuple[str, str]]


def taps_waiting(page: Page, meeting: MeetingLine) -> list[TapShown]:
    """Return the taps of the meeting that wait, one for each person."""
    found: list[WaitingEvent] = []
    for one in waiting_events(page.work.session, page.group.id, meeting.id):
        if not any(is_same_person(one, other) for other in found):
            found.append(one)
    return [_shown(one, meeting) for one in found]


def unplaced_taps(page: GroupPage) -> list[tuple[str, datetime, str]]:
    """Return who tapped for no meeting of the group: name, day and between when, for a leader to enter by hand."""
    return [
        (_name(one), one.latest_utc, _between(one, page.group.zone))
        for one in unplaced_events(page.work.session, page.group.id)
    ]


def decide_tap_at(desk: Desk) -> Answer:
    """Write down what was said of one tap."""
    said = request.form.get("said", "")
    if said not in set(Said):
        raise Refused([Refusal(code="attendance.changed_meanwhile")])
    tap = decide_tap(
        desk.page.work,
        DecideTap(
            group_id=desk.page.group.id,
            meeting_public_id=desk.meeting,
            tap=request.form.get("tap", "")[:_LONGEST_ID],
            said=Said(said),
            recorder=desk.recorder,
            seen_version=version_typed(request.form.get("seen_version")),
        ),
    )
    flash(_("%(name)s: %(said)s", name=_name(tap), said=_said_words()[Said(said)]), "success")
    return desk.go("meeting", "#taps")


def _shown(tap: WaitingEvent, meeting: MeetingLine) -> TapShown:
    words = _said_words()
    return TapShown(
        public_id=tap.public_id,
        name=_name(tap),
        why=_why_words()[tap.why],
        between=_between(tap, meeting.zone),
        seen_version=tap.mark_version,
        buttons=[(said.value, words[said]) for said in sayable_of(tap.kind)],
    )


def _name(tap: WaitingEvent) -> str:
    if tap.kind is Kind.SUBSTITUTE:
        return str(_("%(name)s for %(member)s", name=tap.name, member=tap.member_name or _("somebody")))
    return tap.member_name or tap.name or str(_("Somebody whose code is not known"))


def _between(tap: WaitingEvent, zone: str) -> str:
    """Return both bounds to the second, on the clock of `zone`."""
    latest = _clock(tap.latest_utc, zone)
    if tap.earliest_utc is None:
        return str(_("before %(latest)s", latest=latest))
    return str(
        _(
            "between %(earliest)s and %(latest)s",
            earliest=_clock(tap.earliest_utc, zone),
            latest=latest,
        )
    )


def _clock(instant: datetime, zone: str) -> str:
    return str(format_time(local_datetime(instant, zone), "medium", locale=get_locale() or "en"))


def _said_words() -> Mapping[Said, str]:
    return {
        Said.ON_TIME: _("On time"),
        Said.LATE: _("Late"),
        Said.HERE: _("Was here"),
        Said.NOT_HERE: _("Was not here"),
    }


def _why_words() -> Mapping[Why, str]:
    return {
        Why.UNDECIDED: _("The cut-off lies between the bounds."),
        Why.PROOF_WRONG: _("The PIN or code did not fit."),
        Why.PROOF_MISSING: _("No PIN was typed and no code shown."),
        Why.UNKNOWN_CODE: _("Nobody of the group has this code or name."),
        Why.NOT_A_MEMBER: _("Not a member on the day of the meeting."),
        Why.RECORD_SAYS_OTHER: _("The record says something else of them."),
        Why.RECORD_CLOSED: _("It came after the record was submitted."),
        Why.TOO_EARLY: _("Tapped long before this meeting; it may have been moved since."),
        Why.TOO_LATE: _("Tapped long after this meeting; it may have been moved since."),
        Why.CANCELLED: _("The meeting was cancelled meanwhile."),
        Why.NO_MEETING: _("It names no meeting of the group."),
        Why.NO_GUESTS: _("Guests were not to sign in at the tablet."),
        Why.CHANGED: _("The tablet’s list was changed at this place."),
        Why.TWICE: _("The tablet’s list has two entries at this place."),
        Why.LINK_MISSING: _("The entry before it on the tablet has not come yet."),
        Why.CLOCK: _("The tablet’s times contradict each other."),
    }
