"""Names and faces, as a table of contents: profiles in one's own words, how names are said, cards, badges."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, ClassVar

from flask_babel import gettext as _

from app.core.sentences import N_
from app.core.work import UnitOfWork
from app.http.page import GroupPage
from app.plugin_api import (
    DemoGroup,
    Job,
    Manifest,
    MeetingBrief,
    MemberBrief,
    NavItem,
    Page,
    Panel,
    Plugin,
)
from app.plugins.activities.interface import ProfilesTold
from app.plugins.profiles import interface as happened
from app.plugins.profiles import permissions as may
from app.plugins.profiles.demo.story import fill
from app.plugins.profiles.domain.refusals import SENTENCES
from app.plugins.profiles.queries.profiles import StoredProfiles
from app.plugins.profiles.services.looking_after import forget_faces
from app.plugins.profiles.web import house
from app.plugins.profiles.web.pages import PAGES


class ProfilesPlugin(Plugin):
    """What members tell of themselves, and how their names are learned; no score of anything."""

    manifest: ClassVar[Manifest] = Manifest(
        name="profiles",
        title=N_("Names and faces"),
        version="0.1.0",
        summary=N_("A profile in one’s own words, how a name is said, cards to practise names, and badges."),
        uses=("activities", "attendance", "welcome"),
        permissions=may.ALL,
        publishes=(happened.ProfileKept, happened.FaceRemoved),
        sentences=SENTENCES,
        on_in_new_groups=True,
    )

    def group_routes(self) -> Sequence[Page]:
        return PAGES

    def jobs(self) -> Sequence[Job]:
        return (Job(name="forget-faces", every=timedelta(hours=1), run=forget_faces, also_when_off=True),)

    def reads(self, work: UnitOfWork) -> Mapping[type[Any], Any]:
        return {ProfilesTold: StoredProfiles(work.session)}

    def nav_items(self, page: GroupPage) -> Sequence[NavItem]:
        return (
            NavItem(
                title=_("Names and faces"),
                url=page.url("profiles.names"),
                also=(page.url("profiles.own"),),
                order=32,
                permission=may.NAMES_VIEW,
            ),
        )

    def member_panels(self, page: GroupPage, member: MemberBrief) -> Sequence[Panel]:
        return house.member_panels(page, member)

    def meeting_panels(self, page: GroupPage, meeting: MeetingBrief) -> Sequence[Panel]:
        return house.meeting_panels(page, meeting)

    def demo_data(self, work: UnitOfWork, group: DemoGroup) -> None:
        fill(work, group)


plugin = ProfilesPlugin
