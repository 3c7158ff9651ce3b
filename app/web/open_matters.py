"""What is open in core for whoever holds an office: sentences with where each is done."""

from collections.abc import Sequence
from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.groups.domain.office import LEADERS, Office
from app.core.groups.queries import OfficeTermLine
from app.core.groups.queries.open_matters import open_in_core
from app.http.page import GroupPage
from app.http.rendering import office_title
from app.plugin_api import Task

FOLLOWED_WITHIN = timedelta(days=60)
"""A term that ends within these days, with nobody who follows, is an open matter."""

_TAKE_MEMBERS_IN = LEADERS | {Office.MEMBERSHIP_COMMITTEE}


def matters_of_core(page: GroupPage, office: Office, terms: Sequence[OfficeTermLine]) -> list[Task]:
    """Return what the holder of `office` would take over; `terms` are those of the group that run or are to come."""
    if office not in _TAKE_MEMBERS_IN:
        return []
    found = open_in_core(page.work.session, page.group.id, page.work.now)
    matters = []
    if found.unopened_invitations:
        text = ngettext(
            "%(num)d invited member has not opened the invitation yet.",
            "%(num)d invited members have not opened their invitation yet.",
            found.unopened_invitations,
        )
        matters.append(Task(text=text, url=page.url("invitations"), order=20))
    if office in LEADERS and found.meetings_without_place:
        text = ngettext(
            "%(num)d meeting of the next four weeks has no place.",
            "%(num)d meetings of the next four weeks have no place.",
            found.meetings_without_place,
        )
        matters.append(Task(text=text, url=page.url("meetings"), order=30))
    return [*matters, *(_unfollowed(page, terms) if office in LEADERS else [])]


def _unfollowed(page: GroupPage, terms: Sequence[OfficeTermLine]) -> list[Task]:
    """Return the terms that end soon while nobody holds the office beyond them."""
    latest = page.today + FOLLOWED_WITHIN
    return [
        Task(
            text=_(
                "Nobody follows %(name)s yet: %(office)s.",
                name=line.member_name,
                office=office_title(line.office),
            ),
            url=page.url("hand_over_office", member=line.member_public_id, office=line.office.value),
            order=40,
            due_on=line.ends_on,
        )
        for line in terms
        if line.ends_on is not None
        and line.term.covers(page.today)
        and line.ends_on <= latest
        and not any(_reaches_beyond(other, line) for other in terms)
    ]


def _reaches_beyond(other: OfficeTermLine, line: OfficeTermLine) -> bool:
    if other.office is not line.office or line.ends_on is None:
        return False
    return other.ends_on is None or other.ends_on > line.ends_on
