"""Joining, as a table of contents."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, ClassVar

from flask_babel import gettext as _

from app.core.access.domain.permission import PUBLIC
from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.ids import MemberId
from app.core.sentences import N_
from app.core.work import UnitOfWork
from app.http.page import GroupPage
from app.plugin_api import DemoGroup, Job, Manifest, NavItem, Page, Panel, Plugin, Step, Task
from app.plugins.joining import interface as happened
from app.plugins.joining import permissions as may
from app.plugins.joining.demo import fill_demo
from app.plugins.joining.domain.refusals import SENTENCES
from app.plugins.joining.mails import MAILS
from app.plugins.joining.queries.seats import StoredSeats
from app.plugins.joining.services import clock
from app.plugins.joining.store import make_room
from app.plugins.joining.web import applications, apply, house, own, referee, seats, settings
from app.plugins.joining.web.links import links_of
from app.plugins.joining.web.ways import WaysIn
from app.plugins.welcome.interface import SeatsKnown, WaysToJoin

_BOTH = ("GET", "POST")
_POST = ("POST",)


def run_clock(work: UnitOfWork, group: Group) -> int:
    """Remind referees once, let references run out and approvals lapse."""
    return clock.run_clock(work, group, links_of(group))


class JoiningPlugin(Plugin):
    """The way into the group: seats, an application online, references, the committee's decision, the seat taken."""

    manifest: ClassVar[Manifest] = Manifest(
        name="joining",
        title=N_("Joining"),
        version="0.1.0",
        summary=N_(
            "Seats by trade, an application online, references by link, and the committee’s decision."
        ),
        uses=("welcome",),
        permissions=may.PERMISSIONS,
        publishes=(
            happened.JoiningSet,
            happened.SeatsChanged,
            happened.ApplicationOpened,
            happened.ReferenceAnswered,
            happened.VoteCast,
            happened.ApplicationDecided,
            happened.ApplicationWithdrawn,
            happened.ApprovalLapsed,
            happened.SameMemberConfirmed,
            happened.SeatTaken,
            happened.ApplicationForgotten,
        ),
        sentences=SENTENCES,
        mails=MAILS,
        settings="joining.settings",
        on_in_new_groups=True,
        suits=("referral-group",),
    )

    def group_routes(self) -> Sequence[Page]:
        one = "/applications/<application>"
        see, edit = may.APPLICATIONS_VIEW, may.SEATS_EDIT
        return (
            Page(rule="/", view=seats.seats, permission=may.SEATS_VIEW),
            Page(rule="/wanted", view=seats.add_wanted, permission=edit, methods=_POST),
            Page(rule="/wanted/<wanted>/remove", view=seats.remove_wanted, permission=edit, methods=_POST),
            Page(rule="/neighbours", view=seats.add_neighbours, permission=edit, methods=_POST),
            Page(
                rule="/neighbours/<neighbour>/remove",
                view=seats.remove_neighbours,
                permission=edit,
                methods=_POST,
            ),
            Page(rule="/applications", view=applications.applications, permission=see),
            Page(rule=one, view=applications.application, permission=see),
            Page(rule=f"{one}/vote", view=applications.vote, permission=see, methods=_POST),
            Page(rule=f"{one}/decide", view=applications.decided, permission=see, methods=_POST),
            Page(rule=f"{one}/again", view=applications.take_up, permission=see, methods=_POST),
            Page(rule=f"{one}/before", view=applications.same_member, permission=see, methods=_POST),
            Page(
                rule=f"{one}/references/<reference>/ask",
                view=applications.ask_referee_again,
                permission=see,
                methods=_POST,
            ),
            Page(rule="/settings", view=settings.settings, permission=may.SETTINGS_EDIT, methods=_BOTH),
        )

    def public_routes(self) -> Sequence[Page]:
        return (
            Page(rule="/", view=apply.way_in, permission=PUBLIC),
            Page(rule="/apply", view=apply.apply_online, permission=PUBLIC, methods=_BOTH, name="apply"),
            Page(rule="/applied", view=apply.applied, permission=PUBLIC),
            Page(rule="/a/<secret>", view=own.own, permission=PUBLIC),
            Page(rule="/a/<secret>/confirm", view=own.own_confirm, permission=PUBLIC, methods=_POST),
            Page(rule="/a/<secret>/yes", view=own.own_yes, permission=PUBLIC, methods=_POST),
            Page(rule="/a/<secret>/withdraw", view=own.own_withdraw, permission=PUBLIC, methods=_POST),
            Page(rule="/a/<secret>/delete", view=own.own_delete, permission=PUBLIC, methods=_POST),
            Page(rule="/r/<secret>", view=referee.refer, permission=PUBLIC, methods=_BOTH),
            Page(rule="/r/<secret>/delete", view=referee.refer_delete, permission=PUBLIC, methods=_POST),
        )

    def jobs(self) -> Sequence[Job]:
        return (
            Job(name="joining-clock", every=timedelta(hours=1), run=run_clock),
            Job(
                name="forget-applications",
                every=timedelta(hours=6),
                run=clock.forget_due,
                also_when_off=True,
            ),
        )

    def reads(self, work: UnitOfWork) -> Mapping[type[Any], Any]:
        return {SeatsKnown: StoredSeats(work.session, work.now), WaysToJoin: WaysIn(work.session)}

    def nav_items(self, page: GroupPage) -> Sequence[NavItem]:
        return (
            NavItem(title=_("Seats"), url=page.url("joining.seats"), order=36, permission=may.SEATS_VIEW),
        )

    def home_panels(self, page: GroupPage) -> Sequence[Panel]:
        return house.home_panels(page)

    def tasks(self, page: GroupPage) -> Sequence[Task]:
        return house.tasks(page)

    def first_steps(self, page: GroupPage) -> Sequence[Step]:
        return house.first_steps(page)

    def open_matters(self, page: GroupPage, office: Office) -> Sequence[Task]:
        return house.open_matters(page, office)

    def erase_person(self, work: UnitOfWork, group: Group, member_id: MemberId) -> int:
        return clock.forget_member(work, group, member_id)

    def merge_people(self, work: UnitOfWork, group: Group, kept: MemberId, gone: MemberId) -> None:
        make_room(work.session, group.id, kept, gone)

    def demo_data(self, work: UnitOfWork, group: DemoGroup) -> None:
        fill_demo(work, group)


plugin = JoiningPlugin
