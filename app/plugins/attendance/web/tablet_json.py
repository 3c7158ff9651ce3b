"""What a tablet asks and sends: the day, that it is there, and its queue of sign-ins. All of it JSON, none of it kept."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import jsonify, make_response, request

from app.core.errors import Refusal
from app.http.door import answer_script
from app.http.limits import limited_by_device
from app.http.page import Answer, DoorPage
from app.http.rendering import local_time
from app.http.sentences import sentence
from app.plugins.attendance.domain.interval_rule import Anchor
from app.plugins.attendance.domain.tablet_events import (
    TabletEvent,
    UnreadableError,
    anchor_read,
    boot_read,
    event_read,
    instant_written,
    number_read,
    signature_of,
)
from app.plugins.attendance.domain.tablet_outcome import TO_PUT_RIGHT_NOW, State
from app.plugins.attendance.queries.door import TABLET_KIND
from app.plugins.attendance.queries.tablet_events import greatest_sequence
from app.plugins.attendance.services.tablet_sign_ins import Taken, Upload, take_sign_ins
from app.plugins.attendance.store_door import note_contact
from app.plugins.attendance.web.tablet_day import day_for
from app.plugins.attendance.web.tablet_keys import anchor_key, secret_key

MOST_EVENTS = 500
MOST_ANCHORS = 400
_MOST_WAITING = 100_000
_ASKS = "60 per minute"
_SENDS = "300 per minute"
"""A tap a second, an upload each, with two tabs open: more than one door can do."""


@limited_by_device(_ASKS, TABLET_KIND)
def tablet_day(page: DoorPage) -> Answer:
    """Tell the day; 304 while it is the one that the tablet has."""
    day = day_for(page)
    response = make_response("", 304) if day["version"] in request.if_none_match else jsonify(day)
    response.set_etag(day["version"])
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@limited_by_device(_ASKS, TABLET_KIND)
def tablet_contact(page: DoorPage) -> Answer:
    """Note that the tablet is there, and sign at what instant the house heard of it."""
    try:
        said = _said()
        boot, reading = boot_read(said.get("boot")), number_read(said.get("m"))
        waiting = min(number_read(said.get("waiting", 0)), _MOST_WAITING)
    except UnreadableError:
        return answer_script(400, code="unreadable")
    work = page.work
    version = day_for(page)["version"]
    note_contact(work.session, page.group.id, page.device.id, now=work.now, waiting=waiting)
    work.commit()
    return answer_script(200, anchor=_signed(page, boot, reading), day_version=version)


@limited_by_device(_SENDS, TABLET_KIND)
def tablet_sign_ins(page: DoorPage) -> Answer:
    """Take the tablet's queue in and tell what became of each event, in their order."""
    try:
        said = _said()
        upload = _upload(page, said)
    except UnreadableError:
        return answer_script(400, code="unreadable")
    sent = said["events"]
    taken = {one.event.hash: one for one in take_sign_ins(page.work, upload)}
    results = [_result(page, data, _readable(data), taken) for data in sent]
    last = greatest_sequence(page.work.session, page.group.id, page.device.id, upload.boot)
    return answer_script(
        200, anchor=_signed(page, upload.boot, upload.reading_ms), results=results, last_seq=last
    )


def _said() -> dict[str, Any]:
    """Return the posted object; raises UnreadableError."""
    try:
        said = request.get_json(silent=True)
    except RecursionError as deep:
        raise UnreadableError("It is nested deeper than anything meant.") from deep
    if not isinstance(said, dict):
        raise UnreadableError("An object was expected.")
    return said


def _upload(page: DoorPage, said: dict[str, Any]) -> Upload:
    sent = _listed(said.get("events"), MOST_EVENTS)
    return Upload(
        group=page.group,
        device_id=page.device.id,
        boot=boot_read(said.get("boot")),
        reading_ms=number_read(said.get("m")),
        anchors=_anchors(page, _listed(said.get("anchors", []), MOST_ANCHORS)),
        began_after=_runs(page, _listed(said.get("runs", []), MOST_ANCHORS)),
        events=[event for data in sent if (event := _readable(data)) is not None],
        secret_key=secret_key(),
        waiting=min(number_read(said.get("waiting", 0)), _MOST_WAITING),
    )


def _listed(value: Any, most: int) -> list[Any]:
    if not isinstance(value, list) or len(value) > most:
        raise UnreadableError(f"A list of at most {most} was expected.")
    return value


def _readable(data: Any) -> TabletEvent | None:
    """Return the event, or None where it is none: one that cannot be read holds up no other."""
    try:
        return event_read(data)
    except (UnreadableError, RecursionError):
        return None


def _anchors(page: DoorPage, sent: Sequence[Any]) -> list[Anchor]:
    """Return the contacts that the house signed for this tablet; others are left out, they prove nothing."""
    read = [anchor_read(data, anchor_key(), page.group.id, page.device.id) for data in sent]
    return [one for one in read if one is not None]


def _runs(page: DoorPage, sent: Sequence[Any]) -> dict[str, datetime]:
    """Return after which contact each page run began, by signed contacts alone."""
    found: dict[str, datetime] = {}
    for data in sent:
        if not isinstance(data, dict):
            raise UnreadableError("A page run is an object.")
        boot = boot_read(data.get("boot"))
        after = anchor_read(data.get("after"), anchor_key(), page.group.id, page.device.id)
        if after is not None and after.boot != boot:
            found[boot] = max(after.server_at, found.get(boot, after.server_at))
    return found


def _result(
    page: DoorPage, data: Any, event: TabletEvent | None, taken: dict[str, Taken]
) -> dict[str, object]:
    claimed = data.get("hash") if isinstance(data, dict) else None
    if event is None:
        reason = sentence(Refusal(code="attendance.tap_unreadable"))
        return {"id": claimed, "outcome": "not-taken", "greeting": None, "reason": reason}
    one = taken[event.hash]
    may_try_again = one.state is State.WAITS and one.why in TO_PUT_RIGHT_NOW
    return {
        "id": claimed,
        "outcome": _outcome(one),
        "greeting": None if may_try_again or not one.given else _greeting(page, one),
        "reason": sentence(Refusal(code="attendance.tap_not_proven")) if may_try_again else None,
    }


def _outcome(one: Taken) -> str:
    if one.state is State.WAITS:
        return "waits"
    return "done" if one.is_news else "again"


def _greeting(page: DoorPage, one: Taken) -> dict[str, str]:
    return {"given": one.given, "time": local_time(one.at, page.group.zone)}


def _signed(page: DoorPage, boot: str, reading_ms: int) -> dict[str, object]:
    """Return the anchor of this very request."""
    signature = signature_of(
        anchor_key(), page.group.id, page.device.id, boot=boot, server_at=page.work.now, sent_ms=reading_ms
    )
    return {"boot": boot, "s": instant_written(page.work.now), "m": reading_ms, "sig": signature}
