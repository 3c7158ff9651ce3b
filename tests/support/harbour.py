"""A small harbour for browser tests: a leader, a giver and a receiver, four minutes before their meeting begins."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.meetings.domain.meeting import Meeting
from tests.support.browsing import ServedHouse, served_house

BEFORE_THE_MEETING = datetime(2026, 11, 24, 6, 56, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Harbour:
    """The group, its three people, of whom the giver knows a password, and its meeting of today."""

    house: ServedHouse
    group: Group
    leader: MemberLine
    giver: MemberLine
    receiver: MemberLine
    meeting: Meeting

    @property
    def code(self) -> str:
        """The code on the room's screen."""
        return self.house.room_code(self.group, self.meeting)

    def scan_url(self, code: str) -> str:
        """Return the address in the picture of `code`."""
        return f"/visit/harbour/attendance/scan/{self.meeting.public_id}/{code}"

    @property
    def record_url(self) -> str:
        """Where the leader keeps the record of the meeting."""
        return f"/g/harbour/attendance/meetings/{self.meeting.public_id}"


@contextmanager
def served_harbour(folder: Path, template: Path) -> Iterator[Harbour]:
    """Lend the harbour on a copy of the migrated `template`."""
    with served_house(folder, template, BEFORE_THE_MEETING) as house:
        group = house.world.group()
        yield Harbour(
            house=house,
            group=group,
            leader=house.world.member(group, "Inês Carvalho", offices=(Office.PRESIDENT,)),
            giver=house.give_password(house.world.member(group, "Ana Sousa", trade="Interior designer")),
            receiver=house.world.member(group, "Rui Almeida", trade="Electrician"),
            meeting=house.world.meeting(group),
        )
