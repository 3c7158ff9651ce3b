"""Everybody who may stand before a page: strangers, members, offices, those who left, devices; and who they truly are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from flask.testing import FlaskClient

from app.core.access.services.devices import open_device, revoke_device, trade_pass
from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.groups.services import take_office
from app.core.meetings.domain.meeting import Meeting
from app.http.door import DEVICE_KINDS, device_cookie
from tests.support.world import World

HERE: Final = "harbour"
THERE: Final = "mill"
NOWHERE: Final = "no-such-group"
TODAY: Final = date(2026, 11, 24)
DEVICE_COOKIES: Final = tuple(device_cookie(kind) for kind in DEVICE_KINDS)


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """Somebody with a browser, and what is true of them: signed in, a member where, in which office, or which device."""

    name: str
    client: FlaskClient
    is_signed_in: bool = False
    offices: Mapping[str, frozenset[Office]] = field(default_factory=dict)
    """The groups they are a member of today, each with the offices they hold there today."""
    device: tuple[str, str] | None = None
    """The group and the kind of the device, while it is good."""
    was_device: tuple[str, str] | None = None
    """The group and the kind of a device that was revoked."""

    @property
    def cookies(self) -> str:
        """The header that this browser sends."""
        kept = [self.client.get_cookie(name) for name in ("givefirst", *DEVICE_COOKIES)]
        return "; ".join(f"{one.key}={one.value}" for one in kept if one is not None)


@dataclass(frozen=True, kw_only=True)
class Town:
    """Two groups with a meeting each, and everybody who may come to their pages."""

    here: Group
    there: Group
    meeting: Meeting
    visitors: Sequence[Visitor]

    def visitor(self, name: str) -> Visitor:
        """Return the visitor called `name`."""
        return next(one for one in self.visitors if one.name == name)


def town(world: World) -> Town:
    """Found the two groups and bring everybody there."""
    here, there = world.group(HERE), world.group(THERE, zone="America/New_York", currency="USD")
    meeting = world.meeting(here)
    visitors = [
        Visitor(name="stranger", client=world.client()),
        _in(world, "member", {HERE: frozenset()}, world.member(here)),
        *(
            _in(world, str(office), {HERE: frozenset({office})}, world.member(here, offices=(office,)))
            for office in Office
        ),
        _in(world, "former president", {}, _former(world, here)),
        _in(world, "member from tomorrow", {}, world.member(here, joined=TODAY + timedelta(days=1))),
        _in(world, "president until yesterday", {HERE: frozenset()}, _leader(world, here, -9, -1)),
        _in(world, "president from tomorrow", {HERE: frozenset()}, _leader(world, here, 1, 9)),
        _in(
            world, "president of the other", {THERE: _LEADS}, world.member(there, offices=(Office.PRESIDENT,))
        ),
        _both(world, here, there),
        Visitor(name="signed out", client=_signed_out(world, here)),
        *_devices(world, here, there, meeting),
    ]
    return Town(here=here, there=there, meeting=meeting, visitors=visitors)


_LEADS = frozenset({Office.PRESIDENT})


def _in(world: World, name: str, offices: Mapping[str, frozenset[Office]], member: MemberLine) -> Visitor:
    return Visitor(name=name, client=world.client(member), is_signed_in=True, offices=offices)


def _former(world: World, group: Group) -> MemberLine:
    return world.member(group, offices=_LEADS_ONCE, ended=TODAY - timedelta(days=1))


_LEADS_ONCE = (Office.PRESIDENT,)


def _leader(world: World, group: Group, first: int, last: int) -> MemberLine:
    """Return a member who is president from `first` to `last` days from today."""
    member = world.member(group)
    work = world.work()
    take_office(
        work,
        group_id=group.id,
        member_id=member.id,
        office=Office.PRESIDENT,
        starts_on=TODAY + timedelta(days=first),
        ends_on=TODAY + timedelta(days=last),
    )
    work.commit()
    return member


def _both(world: World, here: Group, there: Group) -> Visitor:
    """Return a plain member here who leads there: what is theirs there is nothing here."""
    world.member(here, "Priya Raman", email="priya@raman.example")
    leader = world.member(there, "Priya Raman", email="priya@raman.example", offices=(Office.PRESIDENT,))
    return _in(world, "member of both", {HERE: frozenset(), THERE: _LEADS}, leader)


def _signed_out(world: World, group: Group) -> FlaskClient:
    """Return a browser that kept a copy of its cookie after it was signed out."""
    client = world.client(world.member(group, offices=(Office.PRESIDENT,)))
    kept = client.get_cookie("givefirst")
    client.post("/account/sign-out")
    if kept is None:
        raise LookupError("The signed-in browser had no cookie.")
    client.set_cookie("givefirst", kept.value)
    return client


def _devices(world: World, here: Group, there: Group, meeting: Meeting) -> list[Visitor]:
    return [
        Visitor(name="screen", client=_device(world, here, meeting), device=(HERE, "screen")),
        Visitor(name="screen of the other", client=_device(world, there, None), device=(THERE, "screen")),
        Visitor(
            name="steward",
            client=_device(world, here, meeting, kind="steward"),
            device=(HERE, "steward"),
        ),
        Visitor(name="tablet", client=_device(world, here, None, kind="tablet"), device=(HERE, "tablet")),
        Visitor(
            name="tablet of the other",
            client=_device(world, there, None, kind="tablet"),
            device=(THERE, "tablet"),
        ),
        Visitor(
            name="revoked tablet",
            client=_device(world, here, None, kind="tablet", is_revoked=True),
            was_device=(HERE, "tablet"),
        ),
        Visitor(name="revoked screen", client=_device(world, here, meeting, is_revoked=True)),
        Visitor(name="expired screen", client=_device(world, here, meeting, lives=timedelta(seconds=0))),
        Visitor(name="screen with a wrong token", client=_with_token(world, "x" * 43)),
    ]


def _device(
    world: World,
    group: Group,
    meeting: Meeting | None,
    *,
    kind: str = "screen",
    is_revoked: bool = False,
    lives: timedelta = timedelta(days=2),
) -> FlaskClient:
    leader = world.member(group)
    work = world.work()
    opened = open_device(
        work,
        group_id=group.id,
        kind=kind,
        label="",
        opened_by=leader.id,
        expires_at_utc=world.now + timedelta(days=2),
        meeting_id=meeting.id if meeting else None,
    )
    token, _until = trade_pass(work, group_id=group.id, one_time_pass=opened.one_time_pass)
    if is_revoked:
        revoke_device(work, group_id=group.id, device_id=opened.id)
    work.session.connection().exec_driver_sql(
        f"UPDATE device SET expires_at_utc = '{_written(world, lives)}' WHERE id = {opened.id}"
    )
    work.commit()
    return _with_token(world, token)


def _written(world: World, lives: timedelta) -> str:
    return (world.now + lives).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _with_token(world: World, token: str) -> FlaskClient:
    """Return a browser that sends the token everywhere and as every kind; a real one sends it to one group, as one."""
    client = world.client()
    for name in DEVICE_COOKIES:
        client.set_cookie(name, token, path="/")
    return client
