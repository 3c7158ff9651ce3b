"""What waits for the offices in confidence: excuses and leave to decide. No name stands in a task, for people look over shoulders."""

from collections.abc import Sequence

from flask_babel import ngettext

from app.core.groups.domain.office import LEADERS, Office
from app.http.page import GroupPage
from app.plugin_api import Task
from app.plugins.attendance import permissions as may
from app.plugins.attendance.queries.asking import waiting_decisions

_DECIDERS = LEADERS | {Office.MEMBERSHIP_COMMITTEE}


def tasks(page: GroupPage) -> Sequence[Task]:
    """Return what waits for the viewer."""
    return _to_decide(page) if page.may(may.ASKED_DECIDE) else []


def open_matters(page: GroupPage, office: Office) -> Sequence[Task]:
    """Return what the next holder of the office takes over."""
    return _to_decide(page) if office in _DECIDERS else []


def _to_decide(page: GroupPage) -> list[Task]:
    excuses, leaves = waiting_decisions(page.work.session, page.group.id)
    url = page.url("attendance.deciding")
    waiting = [
        (
            excuses,
            ngettext("%(num)d excuse waits for a decision", "%(num)d excuses wait for a decision", excuses),
        ),
        (
            leaves,
            ngettext("%(num)d leave waits for a decision", "%(num)d leaves wait for a decision", leaves),
        ),
    ]
    return [Task(text=text, url=url, order=6) for number, text in waiting if number]
