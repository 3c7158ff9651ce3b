"""The day as a tablet is told it: the meeting at hand with everybody expected, what the door asks, and nothing else."""

import hashlib
import json
from typing import Any

from babel import Locale, UnknownLocaleError

from app.http.page import DoorPage
from app.http.rendering import local_date
from app.plugins.attendance.domain.door import FETCHED_AHEAD, SHOWN_AFTER, SHOWN_BEFORE
from app.plugins.attendance.domain.initials import initial_of
from app.plugins.attendance.domain.status import CAME, Status
from app.plugins.attendance.domain.tablet_events import instant_written
from app.plugins.attendance.queries.door import door_of
from app.plugins.attendance.queries.meetings import MeetingLine, meetings_ahead
from app.plugins.attendance.queries.roster import RosterLine, roster_of_key
from app.plugins.attendance.services.door_proofs import key_of_door
from app.plugins.attendance.web.tablet_keys import secret_key

_IN = CAME | {Status.SUBSTITUTE}


def day_for(page: DoorPage) -> dict[str, Any]:
    """Return the day with its `version`, which changes when anything of it does."""
    work = page.work
    meetings = meetings_ahead(work.session, page.group.id, work.now, ahead=FETCHED_AHEAD, after=SHOWN_AFTER)
    at_hand = next((one for one in meetings if one.takes_place), None)
    roster = roster_of_key(work.session, page.group.id, at_hand.id) if at_hand else None
    door = door_of(work.session, page.group.id)
    key = key_of_door(secret_key())
    day: dict[str, Any] = {
        "group": {
            "slug": page.group.slug,
            "name": page.group.name,
            "locale": page.group.locale,
            "dir": _direction(page.group.locale),
        },
        "asks": door.asks.value,
        "guests_allowed": door.guests_allowed,
        "meeting": _meeting(at_hand) if at_hand else None,
        "next_meetings": [_meeting(one) for one in meetings if one is not at_hand],
        "people": [_person(line) for line in roster.lines if line.was_member] if roster else [],
        "public_key": {"kty": "EC", "crv": "P-256", "x": key.x, "y": key.y},
        "key_id": key.key_id,
        "shows_from": instant_written(at_hand.starts_at_utc - SHOWN_BEFORE) if at_hand else None,
        "shows_until": instant_written(at_hand.ends_at_utc + SHOWN_AFTER) if at_hand else None,
    }
    return day | {"version": hashlib.sha256(json.dumps(day, sort_keys=True).encode()).hexdigest()[:16]}


def _meeting(meeting: MeetingLine) -> dict[str, Any]:
    return {
        "id": meeting.public_id,
        "name": local_date(meeting.local_date),
        "place": meeting.place,
        "starts_at": instant_written(meeting.starts_at_utc),
        "ends_at": instant_written(meeting.ends_at_utc),
        "cut_off": instant_written(meeting.cut_off),
        "zone": meeting.zone,
        "takes_place": meeting.takes_place,
    }


def _person(line: RosterLine) -> dict[str, Any]:
    return {
        "id": line.public_id,
        "given": line.first_name,
        "name": line.name,
        "initial": initial_of(line.first_name),
        "here": line.mark.status in _IN,
    }


def _direction(locale: str) -> str:
    try:
        return Locale.parse(locale, sep="-").text_direction
    except (ValueError, UnknownLocaleError):
        return "ltr"
