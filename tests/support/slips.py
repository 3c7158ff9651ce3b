"""Passes slips in tests, through the services of referrals; the test states only what it is about."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from app.core.database import transaction_mode
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.local_time import local_day
from app.core.work import UnitOfWork
from app.plugins.referrals.domain.rules import Offer
from app.plugins.referrals.domain.slip import Act, SlipState
from app.plugins.referrals.queries.one_slip import SlipView, slip_for
from app.plugins.referrals.services.passing import PassSlip, pass_slip
from app.plugins.referrals.services.steps import TARGETS, TakeStep, take_step
from app.plugins.referrals.services.sums import TypedSum
from app.plugins.referrals.services.telling import Addresses
from tests.support.world import World

OFFER = Offer(
    prospect_name="Café Miramar",
    prospect_contact="+351 210 000 555",
    agreed=True,
    tier="outside",
    how_well=3,
    basis="worked-with",
    about="A new kitchen before the summer",
    urgency="",
)

SLIP_FORM = {
    "prospect_name": "Café Miramar",
    "prospect_contact": "+351 210 000 555",
    "agreed": "y",
    "tier": "outside",
    "how_well": "3",
    "basis": "worked-with",
    "about": "A new kitchen before the summer",
    "urgency": "",
}
"""A slip as a browser sends it, but for the receiver and the form's token."""


def addresses(slip: str) -> Addresses:
    """Return where a page would say the slip is found."""
    path = f"/g/harbour/referrals/slips/{slip}"
    return Addresses(path=path, link=f"http://localhost{path}")


@contextmanager
def reading(world: World) -> Iterator[Session]:
    """Lend a session that only reads, and let go of it afterwards."""
    with transaction_mode("read"):
        session = world.work().session
        try:
            yield session
        finally:
            session.rollback()


@contextmanager
def acting(world: World, member: MemberLine | None = None) -> Iterator[UnitOfWork]:
    """Lend a unit of work; what it did not commit is forgotten, as at the end of a request."""
    work = world.work(member)
    try:
        yield work
    finally:
        work.rollback()


def passed_slip(
    world: World, group: Group, giver: MemberLine, receiver: MemberLine, *, tier: str = "outside"
) -> str:
    """Pass a slip and return its public id."""
    work = world.work(giver)
    public_id = work.ids.public_id()
    pass_slip(
        work,
        PassSlip(
            group=group,
            today=local_day(work.now, group.zone),
            giver=giver.id,
            giver_name=giver.name,
            receiver=receiver.public_id,
            offer=replace(OFFER, tier=tier),
            public_id=public_id,
            addresses=addresses(public_id),
        ),
    )
    return public_id


def take(
    world: World,
    group: Group,
    slip: str,
    member: MemberLine,
    act: Act,
    *,
    result: SlipState | None = None,
    amount: str = "",
    note: str = "",
    version: int | None = None,
) -> SlipState:
    """Let the member take a step of the slip, as it stands or as they saw it at `version`."""
    seen = version if version is not None else slip_of(world, group, slip, member).slip.version
    command = TakeStep(
        group=group,
        today=local_day(world.now, group.zone),
        slip=slip,
        member=member.id,
        member_name=member.name,
        act=act,
        target=result if act is Act.CLOSE else TARGETS[act],
        seen_version=seen,
        note=note,
        sums=[TypedSum(amount=amount)] if amount else [],
        addresses=addresses(slip),
    )
    with acting(world, member) as work:
        return take_step(work, command)


def slip_of(world: World, group: Group, slip: str, member: MemberLine) -> SlipView:
    """Return the slip as its giver or receiver sees it."""
    with reading(world) as session:
        view = slip_for(session, group.id, slip, member.id, now=world.now)
    if view is None:
        raise LookupError(f"{member.name} is on neither side of the slip {slip}.")
    return view


TODAY = date(2026, 11, 24)
"""The group's day on which every test begins."""
