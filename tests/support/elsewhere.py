"""Two groups of one network that may find each other, with a giver in one and a receiver in the other."""

from dataclasses import dataclass, field
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.core.database import Base
from app.core.groups.domain.standing import Group
from app.core.groups.models import GroupRow
from app.core.groups.queries import MemberLine
from tests.support.slips import SLIP_FORM
from tests.support.world import World

HARBOUR = "/g/harbour/referrals"
MILL = "/g/mill/referrals"


@dataclass(kw_only=True)
class TwoGroups:
    """Ana of the harbour gives, Otto of the mill receives."""

    world: World
    harbour: Group
    mill: Group
    ana: MemberLine
    otto: MemberLine
    sent: int = 0
    clients: dict[int, FlaskClient] = field(default_factory=dict)

    def client(self, member: MemberLine) -> FlaskClient:
        """Return the member's browser, always the same."""
        if member.id not in self.clients:
            self.clients[member.id] = self.world.client(member)
        return self.clients[member.id]

    def send(self, receiver: str = "", **change: str) -> TestResponse:
        """Send Ana's slip to the receiver, Otto unless another is named."""
        self.sent += 1
        form = {**SLIP_FORM, "receiver": receiver or named(self.mill, self.otto), **change}
        form.setdefault("form_token", f"slip{self.sent}")
        return self.client(self.ana).post(f"{HARBOUR}/pass", data=form)

    def passed(self, **change: str) -> tuple[str, str]:
        """Pass a slip and wait until it can no longer be undone; return where Ana and where Otto find it."""
        answer = self.send(**change)
        assert answer.status_code == 303, answer.text
        self.world.pass_time(minutes=2)
        theirs = self.slips(self.mill)[-1]["public_id"]
        return answer.headers["Location"], f"{MILL}/slips/{theirs}"

    def passed_anew(self) -> tuple[str, str]:
        """Pass a slip for another prospect each time; return where Ana and where Otto find it."""
        number = 100 + self.sent
        return self.passed(prospect_name=f"Café {number}", prospect_contact=f"+351 210 000 {number}")

    def step(self, member: MemberLine, slip: str, act: str, version: int, **fields: str) -> TestResponse:
        """Let the member take a step from the version they saw."""
        self.sent += 1
        values = {"version": str(version), "form_token": f"step{self.sent}", **fields}
        body = {f"{act}-{name}": value for name, value in values.items()}
        return self.client(member).post(f"{slip}/steps/{act}", data=body)

    def slips(self, group: Group) -> list[Any]:
        """Return the slips of a group as they stand in its table, the first first."""
        return self.rows("referrals_slip", group)

    def rows(self, table: str, group: Group) -> list[Any]:
        """Return the rows that a table has of a group."""
        found = Base.metadata.tables[table]
        query = select(found).where(found.c.group_id == group.id).order_by(*found.primary_key)
        with self.world.held.new_session() as session:
            return list(session.execute(query).mappings())


def two_groups(world: World) -> TwoGroups:
    """Return harbour and mill, both found by others."""
    harbour, mill = world.group("harbour"), world.group("mill", zone="Europe/Berlin")
    for group in (harbour, mill):
        found_by_others(world, group)
    return TwoGroups(
        world=world,
        harbour=harbour,
        mill=mill,
        ana=world.member(harbour, "Ana Sousa"),
        otto=world.member(mill, "Otto Müller", trade="Heizungsbauer"),
    )


def found_by_others(world: World, group: Group, *, is_found: bool = True) -> None:
    """Let the group be found by others, or no more."""
    work = world.work()
    row = work.session.get(GroupRow, group.id)
    assert row is not None
    row.is_found_by_others = is_found
    work.commit()


def named(group: Group, member: MemberLine) -> str:
    """Return what names a member of another group in the field of the receiver."""
    return f"{group.slug}~{member.public_id}"
