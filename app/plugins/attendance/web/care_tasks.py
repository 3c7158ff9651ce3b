"""What waits for the offices in confidence: excuses and leave to decide. No name stands in a task, for people look over shoulders."""

from collections.abc import Sequence
from dataclasses import replace

from flask_babel import ngettext

from app.core.groups.domain.office import LEADERS, Office
from app.http.page import GroupPage
from app.plugin_api import Task
from app.plugins.attendance import permissions as may
from app.plugins.attendance.domain.care_trail import ASKED_OFFICES, CareState
from app.plugins.attendance.services.caring import Carer, cares_for
from app.plugins.attendance.web.care import carer_of
from app.plugins.attendance.web.waiting import waiting_of

_DECIDERS = LEADERS | {Office.MEMBERSHIP_COMMITTEE}


def tasks(page: GroupPage) -> Sequence[Task]:
    """Return what waits for the viewer."""
    decide = _to_decide(page) if page.may(may.ASKED_DECIDE) else []
    care = _to_care_for(page, carer_of(page)) if page.may(may.CARE_LEAD) else []
    return [*decide, *care]


def open_matters(page: GroupPage, office: Office) -> Sequence[Task]:
    """Return what the next holder of the office takes over."""
    decide = _to_decide(page) if office in _DECIDERS else []
    next_holder = replace(carer_of(page), offices=frozenset({office}))
    care = _to_care_for(page, next_holder) if office in ASKED_OFFICES and page.may(may.CARE_LEAD) else []
    return [*decide, *care]


def _to_care_for(page: GroupPage, carer: Carer) -> list[Task]:
    if not waiting_of(page).cares:
        return []
    waiting = [care for care in cares_for(page.work, page.group, carer) if care.state is CareState.OPEN]
    if not waiting:
        return []
    text = ngettext(
        "%(num)d member may need a friendly word (in confidence)",
        "%(num)d members may need a friendly word (in confidence)",
        len(waiting),
    )
    return [Task(text=text, url=page.url("attendance.cares"), order=7)]


def _to_decide(page: GroupPage) -> list[Task]:
    asked = waiting_of(page)
    excuses, leaves = asked.excuses, asked.leaves
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
