"""A group with a leader and two members at a meeting that is on: for tests of attendance."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.local_time import Period
from app.core.meetings.domain.meeting import Meeting
from app.plugins.attendance.domain.evidence import Recorder
from app.plugins.attendance.domain.rules import WantedMark
from app.plugins.attendance.domain.status import Status
from app.plugins.attendance.domain.ticket import ScanTicket
from app.plugins.attendance.queries.roster import Roster, RosterLine, roster_in_address
from app.plugins.attendance.services.claims import (
    ClaimOwnName,
    DecideClaims,
    VouchForNeighbour,
    claim_own_name,
    decide_claims,
    vouch_for_neighbour,
)
from app.plugins.attendance.services.marking import MarkByRecorder, mark_by_recorder
from app.plugins.attendance.services.recording import ReopenRecord, SubmitRecord, reopen_record, submit_record
from app.plugins.attendance.services.signing_in import SignIn, sign_in_by_room_code
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
        command = MarkByRecorder(
            group_id=self.group.id,
            meeting_public_id=self.meeting.public_id,
            member_public_id=member.public_id,
            recorder=Recorder(member_id=self.leader.id),
            wanted=WantedMark(status=letter, **wanted),  # type: ignore[arg-type]  # the test names the fields
            seen_version=seen,
        )
        work = self.world.work(self.leader)
        try:
            mark_by_recorder(work, command)
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
                    recorder=Recorder(member_id=self.leader.id),
                    seen_version=seen,
                    shown_blank=frozenset(one.public_id for one in shown),
                ),
            ).became_absent
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

    @property
    def by_leader(self) -> Recorder:
        """The leader as who keeps the record."""
        return Recorder(member_id=self.leader.id)

    def scan_and_tap(self, member: MemberLine) -> None:
        """Let the member sign in with their own phone, by the code that the room's screen shows now."""
        ticket = ScanTicket(
            group_slug=self.group.slug, meeting_public_id=self.meeting.public_id, scanned_at=self.world.now
        )
        tap = SignIn(group_id=self.group.id, group_slug=self.group.slug, member_id=member.id, ticket=ticket)
        sign_in_by_room_code(self.world.work(member), tap)

    def claim(self, member: MemberLine, device: str = "phone-1", *, scanned: datetime | None = None) -> None:
        """Let a phone without a session choose a name."""
        work = self.world.work()
        ticket = ScanTicket(
            group_slug=self.group.slug,
            meeting_public_id=self.meeting.public_id,
            scanned_at=scanned or self.world.now,
        )
        command = ClaimOwnName(
            group_id=self.group.id,
            group_slug=self.group.slug,
            member_public_id=member.public_id,
            ticket=ticket,
            device_key=device,
        )
        try:
            claim_own_name(work, command)
        finally:
            work.rollback()

    def vouch(self, voucher: MemberLine, member: MemberLine, device: str = "phone-v") -> None:
        """Let a signed-in member choose the person beside them."""
        work = self.world.work(voucher)
        command = VouchForNeighbour(
            group_id=self.group.id,
            meeting_public_id=self.meeting.public_id,
            member_public_id=member.public_id,
            voucher_id=voucher.id,
            device_key=device,
        )
        try:
            vouch_for_neighbour(work, command)
        finally:
            work.rollback()

    def decide(self, shown: Sequence[MemberLine], here: Sequence[MemberLine]) -> int:
        """Let the leader say who of those that wait is here."""
        work = self.world.work(self.leader)
        command = DecideClaims(
            group_id=self.group.id,
            meeting_public_id=self.meeting.public_id,
            recorder=self.by_leader,
            shown=frozenset(one.public_id for one in shown),
            here=frozenset(one.public_id for one in here),
        )
        try:
            return decide_claims(work, command)
        finally:
            work.rollback()

    def line(self, member: MemberLine) -> RosterLine:
        """Return how a member stands on the roster."""
        found = self.roster.line_of(member.public_id)
        assert found is not None
        return found
