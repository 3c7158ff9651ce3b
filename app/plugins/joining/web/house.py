"""What joining brings to the pages of the house: applications to decide, references that are late, approvals about to lapse."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask_babel import gettext as _

from app.core.groups.domain.office import LEADERS, Office
from app.core.ids import MemberId
from app.http.page import GroupPage
from app.plugin_api import Panel, Step, Task
from app.plugins.joining import permissions as may
from app.plugins.joining.domain.application import State
from app.plugins.joining.domain.deciding import (
    Tally,
    in_charge,
    is_stuck,
    may_approve,
    may_decline,
    tally_of,
)
from app.plugins.joining.interface import SeatsChanged
from app.plugins.joining.queries.applications import (
    ApplicationLine,
    applications_of,
    committee_and_leaders,
)
from app.plugins.joining.queries.references import references_asked
from app.plugins.joining.queries.settings import settings_of
from app.plugins.joining.queries.votes import open_ballots
from app.plugins.joining.web.words import state_words

_LAPSES_SOON = timedelta(days=7)
_WAITING = frozenset({State.OPEN, State.APPROVED, State.LATER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An application that is not at its end, with who owns it today and what their votes say."""

    application: ApplicationLine
    owners: frozenset[MemberId]
    tally: Tally
    voted: frozenset[MemberId]


def waiting(page: GroupPage) -> Sequence[Waiting]:
    """Return the applications that wait for somebody, for whoever may see that there are any; asked once a page."""
    return page.asked_once("joining.waiting", lambda: _ask(page)) if page.may(may.APPLICATIONS_VIEW) else ()


def _ask(page: GroupPage) -> Sequence[Waiting]:
    session, group_id = page.work.session, page.group.id
    lines = [one for one in applications_of(session, group_id) if one.state in _WAITING]
    if not lines:
        return ()
    committee, leaders = committee_and_leaders(session, group_id, page.today)
    ballots = open_ballots(session, group_id) if any(one.state is State.OPEN for one in lines) else {}
    found = []
    for one in lines:
        said = ballots.get(one.id, {})
        found.append(
            Waiting(
                application=one,
                owners=in_charge(committee, leaders, said, one.concerned),
                tally=tally_of(committee, leaders, said, one.concerned),
                voted=frozenset(said),
            )
        )
    return found


def tasks(page: GroupPage) -> Sequence[Task]:
    """Return what waits for the viewer among the applications that they are in charge of."""
    own = [one for one in waiting(page) if page.viewer.member_id in one.owners]
    return [*_votes(page, own), *_decisions(page, own), *_lapsing(page, own), *_late_references(page, own)]


def home_panels(page: GroupPage) -> Sequence[Panel]:
    """Return who has applied and where it stands, for the offices."""
    lines = waiting(page)
    if not lines:
        return ()
    return (
        Panel(
            key="applications",
            title=_("Applications"),
            template="joining/panel_applications.html",
            context={"lines": [one.application for one in lines], "states": state_words()},
            url=page.url("joining.applications"),
            order=36,
        ),
    )


def first_steps(page: GroupPage) -> Sequence[Step]:
    """Return the one first step: which seats the group looks for."""
    return (
        Step(
            key="wanted",
            text=_("Write down which seats you look for"),
            url=page.url("joining.seats"),
            done_by=SeatsChanged,
            order=75,
        ),
    )


def open_matters(page: GroupPage, office: Office) -> Sequence[Task]:
    """Return the applications that the next holder of the office takes over."""
    if office is not Office.MEMBERSHIP_COMMITTEE and office not in LEADERS:
        return ()
    words = state_words()
    return [
        Task(
            text=_(
                "%(name)s (%(trade)s): %(state)s.",
                name=one.application.name,
                trade=one.application.trade,
                state=words[one.application.state.value],
            ),
            url=_page_of(page, one),
            order=30,
        )
        for one in waiting(page)
    ]


def _votes(page: GroupPage, own: Sequence[Waiting]) -> list[Task]:
    return [
        Task(
            text=_("Vote on the application of %(name)s.", name=one.application.name),
            url=_page_of(page, one),
            order=20,
        )
        for one in own
        if one.application.state is State.OPEN and page.viewer.member_id not in one.voted
    ]


def _decisions(page: GroupPage, own: Sequence[Waiting]) -> list[Task]:
    open_ones = [one for one in own if one.application.state is State.OPEN and one.voted]
    if not open_ones:
        return []
    rule = settings_of(page.work.session, page.group.id).rule
    found = []
    for one in open_ones:
        if is_stuck(one.tally):
            text = _(
                "Nobody is left to decide on %(name)s: name somebody to the membership committee.",
                name=one.application.name,
            )
        elif may_approve(one.tally, rule) or may_decline(one.tally, rule):
            text = _("The votes on %(name)s are there: decide.", name=one.application.name)
        else:
            continue
        found.append(Task(text=text, url=_page_of(page, one), order=19))
    return found


def _lapsing(page: GroupPage, own: Sequence[Waiting]) -> list[Task]:
    return [
        Task(
            text=_("%(name)s has not taken the seat yet: a call may help.", name=one.application.name),
            url=_page_of(page, one),
            order=30,
            due_on=one.application.approved_until,
        )
        for one in own
        if one.application.state is State.APPROVED
        and one.application.approved_until is not None
        and one.application.approved_until <= page.today + _LAPSES_SOON
    ]


def _late_references(page: GroupPage, own: Sequence[Waiting]) -> list[Task]:
    open_ones = {one.application.id: one for one in own if one.application.state is State.OPEN}
    if not open_ones:
        return []
    late = {
        one.application_id
        for one in references_asked(page.work.session, page.group.id)
        if one.is_overdue(page.work.now) and one.application_id in open_ones
    }
    return [
        Task(
            text=_(
                "A referee of %(name)s has not answered: ask again, or decide without.",
                name=open_ones[key].application.name,
            ),
            url=_page_of(page, open_ones[key]),
            order=40,
        )
        for key in sorted(late)
    ]


def _page_of(page: GroupPage, one: Waiting) -> str:
    return page.url("joining.application", application=one.application.public_id)
