"""One button at the door: the presentations have begun. Pressed by an officer or a steward, and taken back by either."""

from flask import flash
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.errors import Refused
from app.http.page import Answer, DoorPage, GroupPage
from app.http.sentences import sentence
from app.plugins.attendance.services.presentations import (
    JudgedAgain,
    begin_presentations,
    take_presentations_back,
)
from app.plugins.attendance.web.desk import Desk, door_desk, office_desk


def presentations_begun(page: GroupPage, meeting: str) -> Answer:
    """Keep that the presentations begin now."""
    return _begun(office_desk(page, meeting))


def presentations_back(page: GroupPage, meeting: str) -> Answer:
    """Take it back that the presentations began."""
    return _back(office_desk(page, meeting))


def steward_presentations_begun(page: DoorPage) -> Answer:
    """Keep from a steward's phone that the presentations begin now."""
    return _begun(door_desk(page))


def steward_presentations_back(page: DoorPage) -> Answer:
    """Take it back from a steward's phone."""
    return _back(door_desk(page))


def _begun(desk: Desk) -> Answer:
    page = desk.page
    try:
        judged = begin_presentations(page.work, page.group.id, desk.meeting)
    except Refused as refused:
        return _refused(desk, refused)
    flash(" ".join([_("The presentations have begun. Who comes now is late."), *_changed(judged)]), "success")
    return desk.go("meeting")


def _back(desk: Desk) -> Answer:
    page = desk.page
    try:
        judged = take_presentations_back(page.work, page.group.id, desk.meeting)
    except Refused as refused:
        return _refused(desk, refused)
    flash(
        " ".join([_("Taken back. Until you say so, the planned minute counts."), *_changed(judged)]),
        "success",
    )
    return desk.go("meeting")


def _changed(judged: JudgedAgain) -> list[str]:
    if not judged.changed:
        return []
    return [
        ngettext(
            "%(num)d arrival was judged again by it.",
            "%(num)d arrivals were judged again by it.",
            judged.changed,
        )
    ]


def _refused(desk: Desk, refused: Refused) -> Answer:
    desk.page.work.rollback()
    for refusal in refused.refusals:
        flash(sentence(refusal), "error")
    return desk.go("meeting")
