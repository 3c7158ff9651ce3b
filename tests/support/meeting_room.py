"""A group with a leader and two members at a meeting that is on: for tests of attendance."""

from datetime import UTC, date, datetime

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.local_time import Period
from app.core.meetings.domain.meeting import Meeting
from app.plugins.attendance.domain.rules import WantedMark
from app.plugins.attendance.domain.status import Status
from app.plugins.attendance.queries.roster import Roster, roster_in_address
from app.plugins.attendance.services.marking import MarkByLeader, mark_by_leader
from app.plugins.attendance.services.recording import ReopenRecord, SubmitRecord, reopen_record, submit_record
from tests.support.world import World

DURING = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
THE_DAY = date(2026, 11, 24)
WEEK = Period(first=date(2026, 11, 20), last=date(2026, 11, 26))


class Room:
    """A group with a leader and two members at a meeting that is on."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.group: Group = world.group()
        self.leader: MemberLine = world.member(self.group, "Ines Carvalho", offices=[Office.PRESIDENT])
        self.ana: MemberLine = world.member(self.group, "Ana Sousa")
        self.ben: MemberLine = world.member(self.group, "Ben Okoro")
        self.meeting: Meeting = world.meeting(self.group)
        world.clock.move_to(DURING)

    def mark(self, member: MemberLine, letter: Status | None, *, seen: int = 0, **wanted: object) -> None:
        command = MarkByLeader(
            group_id=self.group.id,
            meeting_public_id=self.meeting.public_id,
            member_public_id=member.public_id,
            leader_id=self.leader.id,
            wanted=WantedMark(status=letter, **wanted),  # type: ignore[arg-type]  # the test names the fields
            seen_version=seen,
        )
        work = self.world.work(self.leader)
        try:
            mark_by_leader(work, command)
        finally:
            work.rollback()

    def submit(self, *shown: MemberLine, seen: int = 0) -> int:
        work = self.world.work(self.leader)
        try:
            return submit_record(
                work,
                SubmitRecord(
                    group_id=self.group.id,
                    meeting_public_id=self.meeting.public_id,
                    leader_id=self.leader.id,
                    seen_version=seen,
                    shown_blank=frozenset(one.public_id for one in shown),
                ),
            )
        finally:
            work.rollback()

    def reopen(self, reason: str, *, seen: int = 1) -> None:
        work = self.world.work(self.leader)
        try:
            reopen_record(
                work,
                ReopenRecord(
                    group_id=self.group.id,
                    meeting_public_id=self.meeting.public_id,
                    leader_id=self.leader.id,
                    seen_version=seen,
                    reason=reason,
                ),
            )
        finally:
            work.rollback()

    @property
    def roster(self) -> Roster:
        work = self.world.work()
        found = roster_in_address(work.session, self.group.id, self.meeting.public_id)
        work.rollback()
        assert found is not None
        return found

    def letter(self, member: MemberLine) -> Status | None:
        line = self.roster.line_of(member.public_id)
        assert line is not None
        return line.mark.status

    def events(self) -> list[str]:
        return [kind for kind, _reason in self.ledger() if kind.startswith("attendance.")]

    def ledger(self) -> list[tuple[str, str | None]]:
        session = self.world.work().session
        rows = session.connection().exec_driver_sql(
            "SELECT e.kind, r.reason FROM ledger_entry e LEFT JOIN ledger_reason r "
            "ON r.group_id = e.group_id AND r.sequence = e.sequence ORDER BY e.sequence"
        )
        found = [(str(row[0]), row[1]) for row in rows]
        session.rollback()
        return found
