"""How you are coming: a member sees their own trend before anybody else, and later what was written to them about it."""

from flask import flash, has_app_context
from flask_babel import gettext as _

from app.core.groups.domain.office import LEADERS
from app.core.groups.domain.standing import Group
from app.core.groups.queries import all_groups
from app.core.work import UnitOfWork
from app.http.outside import path_of
from app.http.page import Answer, GroupPage
from app.plugin_api import Panel
from app.plugins.attendance.domain.care_trail import CareState, opens_at
from app.plugins.attendance.interface import ArrivalCorrected, RecordReopened, RecordSubmitted
from app.plugins.attendance.queries.care import cares_of, steps_of
from app.plugins.attendance.services.care_noticing import look_after, see_own
from app.plugins.attendance.web.care_words import own_words_for
from app.plugins.attendance.web.days import days_of
from app.plugins.attendance.web.tabs import tabs_of
from app.plugins.attendance.web.waiting import waiting_of

_SHOWN = (CareState.NOTICED, CareState.OPEN)


def coming(page: GroupPage) -> Answer:
    """Show the viewer what was noticed of them, who may know of it from when on, and what was written to them."""
    session, me = page.work.session, page.viewer.member_id
    own = [care for care in cares_of(session, page.group.id, me) if care.state is not CareState.GONE]
    return page.render(
        "attendance/coming.html",
        day_of=days_of(page),
        trends=[(care, own_words_for(care), opens_at(care.noticed_at_utc)) for care in own],
        steps=steps_of(session, page.group.id, [care.id for care in own]),
        is_new=any(care.state is CareState.NOTICED for care in own),
        tabs=tabs_of(page, "attendance.mine"),
    )


def coming_seen(page: GroupPage) -> Answer:
    """Note that the viewer looked, and show them."""
    if see_own(page.work, page.group, page.viewer.member_id):
        flash(_("Thank you for looking. If something would help you to come, say it."), "success")
    return page.go("attendance.coming")


def home_panels(page: GroupPage) -> list[Panel]:
    """Return one kind, private line while a trend holds that nobody has closed."""
    if page.viewer.offices & LEADERS and not waiting_of(page).cares:
        return []  # what the console asks anyway has told it
    own = cares_of(page.work.session, page.group.id, page.viewer.member_id)
    shown = [care for care in own if care.state in _SHOWN and care.gone_at_utc is None]
    if not shown:
        return []
    return [
        Panel(
            key="coming",
            title=_("Your trend"),
            template="attendance/panel_coming.html",
            context={
                "lines": [own_words_for(care) for care in shown],
                "is_new": any(care.state is CareState.NOTICED for care in shown),
                "coming_url": page.url("attendance.coming"),
            },
            url=page.url("attendance.coming"),
            order=5,
        )
    ]


def look_after_group(work: UnitOfWork, group: Group) -> int:
    """Look after everybody in the group. A job: must not commit."""
    return look_after(work, group, path=_path(group))


def look_after_submission(work: UnitOfWork, event: RecordSubmitted) -> None:
    """Look after everybody once a record was submitted."""
    _look_after(work, event.group_id)


def look_after_reopening(work: UnitOfWork, event: RecordReopened) -> None:
    """Look after everybody once a record was opened again: what no longer holds is let go."""
    _look_after(work, event.group_id)


def look_after_correction(work: UnitOfWork, event: ArrivalCorrected) -> None:
    """Look after everybody once a submitted mark was corrected."""
    _look_after(work, event.group_id)


def by_hand(event: RecordSubmitted) -> bool:
    """Return whether somebody submitted it, and it was not brought from a file."""
    return event.is_by_hand


def _look_after(work: UnitOfWork, group_id: int) -> None:
    group = next((one for one in all_groups(work.session) if one.id == group_id), None)
    if group is not None:
        look_after_group(work, group)


def _path(group: Group) -> str:
    """Return where a notice leads; outside any application, as in a command that builds one, nowhere."""
    if not has_app_context():
        return ""
    return path_of("group.attendance.coming", group)
