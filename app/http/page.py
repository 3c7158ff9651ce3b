"""The page in hand: who looks at which group, with the unit of work. Every gated view gets one as its first argument."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Protocol, TypeVar

from flask import current_app, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.core.access.domain.permission import Permission
from app.core.access.domain.viewer import Device, SignedIn, Viewer
from app.core.groups.domain.standing import Group, GroupChoice
from app.core.groups.queries import MemberLine
from app.core.ids import MemberId
from app.core.local_time import Period, local_day
from app.core.meetings.near import MeetingsNear, meetings_near
from app.core.work import UnitOfWork
from app.http.navigation import NavItem
from app.http.palms import PalmsColumn
from app.http.parts import Part

ReadProtocol = TypeVar("ReadProtocol")
Fact = TypeVar("Fact")

_PLACE_OF_ID = "place-of-the-id"


class House(Protocol):
    """What the page asks of the running application; answered by the plugin runtime."""

    def permission(self, name: str) -> Permission:
        """Return the declared permission; an unknown name is a programmer's error."""
        ...

    def nav_items(self, page: "GroupPage") -> Sequence[NavItem]:
        """Return the navigation of the group for this viewer, in order."""
        ...

    def palms_columns(
        self, work: UnitOfWork, group: Group, switched_on: frozenset[str], period: Period
    ) -> Sequence[PalmsColumn]:
        """Return every plugin's columns of PALMS for the group's days of `period`, in their usual order."""
        ...

    def receiver_parts(self, page: "GroupPage", member: MemberLine) -> Sequence[Part]:
        """Return what plugins bring beside the choice of that receiver, drawn and in order."""
        ...

    def slip_parts(
        self, page: "GroupPage", slip: str, *, giver: MemberId | None, receiver: MemberId | None
    ) -> Sequence[Part]:
        """Return what plugins bring to the page of that slip (public id), drawn and in order."""
        ...

    def reader(
        self, work: UnitOfWork, switched_on: frozenset[str], protocol: type[ReadProtocol]
    ) -> ReadProtocol | None:
        """Return who answers `protocol` among the plugins that are on, or None."""
        ...


@dataclass(kw_only=True)
class Page:
    """What every page has: a unit of work, and the group it stands in."""

    group: Group
    work: UnitOfWork
    house: House
    switched_on: frozenset[str]
    _asked: dict[str, Any] = field(default_factory=dict, init=False, repr=False)
    realm: str

    @cached_property
    def today(self) -> date:
        """The group's calendar day."""
        return local_day(self.work.now, self.group.zone)

    @cached_property
    def meetings_near(self) -> MeetingsNear:
        """The meetings around now: the one at hand, the last that began, those of the week before and after; read once."""
        return meetings_near(self.work.session, self.group.id, self.work.now, self.today)

    def url(self, endpoint: str, *, absolute: bool = False, **values: Any) -> str:
        """Return the address of a page in this group and realm: `page.url("referrals.slip", slip=…)`.

        An `absolute` one begins with the base URL of the settings, for mails and QR codes.
        """
        return self.url_in(self.realm, endpoint, absolute=absolute, **values)

    def url_in(self, realm: str, endpoint: str, *, absolute: bool = False, **values: Any) -> str:
        """Return the address of a page of this group in another realm: `group`, `door` or `visit`."""
        path = url_for(f"{realm}.{endpoint}", group=self.group.slug, **values)
        return f"{current_app.config['GIVEFIRST_BASE_URL']}{path}" if absolute else path

    def urls(self, endpoint: str, name: str, **values: Any) -> Callable[[str], str]:
        """Return a maker of addresses that differ in the public id `name` alone: for lists, where each row has a link."""
        addressed: dict[str, Any] = {**values, name: _PLACE_OF_ID}
        before, _mark, after = self.url(endpoint, **addressed).partition(_PLACE_OF_ID)
        return lambda public_id: f"{before}{public_id}{after}"

    def go(self, endpoint: str, **values: Any) -> Response:
        """Send the browser on to a page of this group, after a form was accepted (303)."""
        return redirect(self.url(endpoint, **values), 303)

    def render(self, template: str, **context: Any) -> str:
        """Return `template` filled in, with this page as `page`."""
        return render_template(template, page=self, **context)

    def asked_once(self, name: str, ask: Callable[[], Fact]) -> Fact:
        """Return `ask()`, asked the first time alone: for what several parts of one page want to know.

        `name` begins with the plugin's name, so that no two plugins mean different things by it.
        """
        if name not in self._asked:
            self._asked[name] = ask()
        return self._asked[name]  # type: ignore[no-any-return]  # what `ask` of this name returned

    def reader(self, protocol: type[ReadProtocol]) -> ReadProtocol | None:
        """Return who answers a plugin's read protocol in this group, or None where that plugin is off."""
        return self.house.reader(self.work, self.switched_on, protocol)

    def palms_columns(self, period: Period) -> Sequence[PalmsColumn]:
        """Return the columns of PALMS beyond attendance, for the group's days of `period`."""
        return self.house.palms_columns(self.work, self.group, self.switched_on, period)


@dataclass(kw_only=True)
class GroupPage(Page):
    """A page under `/g/<group>`, for a member of the group."""

    viewer: Viewer
    signed_in: SignedIn
    unread_notices: int = 0
    group_choices: Sequence[GroupChoice] = ()
    realm: str = "group"

    def may(self, permission: str) -> bool:
        """Return whether the viewer holds the permission today."""
        return self.house.permission(permission).held_with(self.viewer.offices)

    @cached_property
    def nav(self) -> Sequence[NavItem]:
        """The navigation of the group for this viewer."""
        return self.house.nav_items(self)

    def receiver_parts(self, member: MemberLine) -> Sequence[Part]:
        """Return what plugins bring beside the choice of that member as the receiver of a referral."""
        return self.house.receiver_parts(self, member)

    def slip_parts(self, slip: str, *, giver: MemberId | None, receiver: MemberId | None) -> Sequence[Part]:
        """Return what plugins bring to the page of a slip (public id) that the viewer is a side of."""
        return self.house.slip_parts(self, slip, giver=giver, receiver=receiver)

    @property
    def other_groups(self) -> list[tuple[str, str]]:
        """Name and address of the viewer's other groups."""
        return [(choice.name, url_for("group.home", group=choice.slug)) for choice in self.group_choices]

    @property
    def notices_url(self) -> str:
        """Where the viewer's notices are."""
        return self.url("notices")

    @property
    def home_url(self) -> str:
        """The group's home page."""
        return self.url("home")

    @property
    def account_url(self) -> str:
        """The viewer's own account: sessions, password, other groups."""
        return url_for("account.account")

    @property
    def sign_out_url(self) -> str:
        """Where the sign-out button posts to."""
        return url_for("account.sign_out")

    @property
    def is_console(self) -> bool:
        """Whether the viewer holds an office, and so works in the denser shell."""
        return bool(self.viewer.offices)


@dataclass(kw_only=True)
class DoorPage(Page):
    """A page under `/door/<group>`, for a registered device of the group."""

    device: Device
    realm: str = "door"


@dataclass(kw_only=True)
class PublicPage(Page):
    """A page under `/visit/<group>`, for anybody."""

    realm: str = "visit"


Answer = str | Response | tuple[str, int] | tuple[str, int, Mapping[str, str]]
View = Callable[..., Answer]
