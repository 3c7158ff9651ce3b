"""A visitor signs in at the tablet: under the name that is expected they are here, and the greeter is alerted."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core.groups.services import switch_plugin
from app.core.ledger.queries import entries_of
from app.core.notices.models import NoticeRow
from app.plugins.welcome.models import VisitorRow
from app.plugins.welcome.services.arriving import take_arrival_back
from tests.support.greetings import answers, asks, expects
from tests.support.slips import acting
from tests.support.tablets import DoorRoom
from tests.support.world import World


@pytest.fixture
def room(world: World) -> DoorRoom:
    made = DoorRoom(world)
    with acting(world) as work:
        switch_plugin(work, group_id=made.group.id, plugin="welcome", is_on=True)
        work.commit()
    return made


def state_of(room: DoorRoom, key: int) -> tuple[str, bool]:
    """Return how it stands with a visitor, and whether the hour of their arrival is known."""
    with acting(room.world) as work:
        row = work.session.execute(
            select(VisitorRow.state, VisitorRow.arrived_at_utc).where(VisitorRow.id == key)
        ).one()
    return row.state, row.arrived_at_utc is not None


def taps(room: DoorRoom, name: str) -> None:
    """Let somebody write that name at the tablet, as a visitor."""
    room.tap(None, kind="visitor", name=name)
    room.tablet.send()


def test_who_signs_in_under_the_expected_name_is_here_and_the_greeter_is_alerted(room: DoorRoom) -> None:
    key, visitor = expects(room.world, room.group, room.meeting, "Clara Moreau")
    answers(
        room.world,
        room.group,
        asks(room.world, room.group, room.meeting, visitor, room.leader, room.ana),
        room.ana,
    )
    taps(room, "clara MOREAU")
    assert state_of(room, key) == ("came", True)
    with acting(room.world) as work:
        kinds = set(work.session.scalars(select(NoticeRow.kind).where(NoticeRow.member_id == room.ana.id)))
        arrived = list(entries_of(work.session, room.group.id, ("welcome.visitor_arrived",)))
    assert "welcome.guest_arrived" in kinds
    assert len(arrived) == 1
    page = room.world.client(room.leader).get(f"/g/{room.group.slug}/welcome/").text
    assert "clara MOREAU" not in page, "who is on the list is not offered to be noted again"


@pytest.mark.parametrize("name", ["Clara", "Clara Morel", "Nobody Known"])
def test_what_is_not_clearly_the_name_is_left_to_the_hosts(room: DoorRoom, name: str) -> None:
    key, _visitor = expects(room.world, room.group, room.meeting, "Clara Moreau")
    taps(room, name)
    assert state_of(room, key) == ("expected", False)


def test_a_name_that_two_have_is_left_to_the_hosts(room: DoorRoom) -> None:
    first, _visitor = expects(room.world, room.group, room.meeting, "Li Wei")
    second, _visitor = expects(room.world, room.group, room.meeting, "Wei Li", email="other@visitor.example")
    taps(room, "Li Wei")
    assert {state_of(room, first), state_of(room, second)} == {("expected", False)}


def test_an_arrival_taken_back_is_not_brought_again_by_the_next_guest(room: DoorRoom) -> None:
    key, visitor = expects(room.world, room.group, room.meeting, "Clara Moreau")
    taps(room, "Clara Moreau")
    with acting(room.world, room.leader) as work:
        take_arrival_back(work, room.group, visitor)
    room.world.clock.advance(timedelta(minutes=1))
    taps(room, "Omar Haddad")
    assert state_of(room, key) == ("expected", False)


def test_what_a_tablet_brings_the_day_after_keeps_its_hour_and_alerts_nobody(room: DoorRoom) -> None:
    key, _visitor = expects(room.world, room.group, room.meeting, "Clara Moreau", state="missed")
    room.tap(None, kind="visitor", name="Clara Moreau")
    room.world.clock.advance(timedelta(days=1))
    room.tablet.send()
    assert state_of(room, key) == ("came", True)
    with acting(room.world) as work:
        assert list(entries_of(work.session, room.group.id, ("welcome.visitor_arrived",))) == []
