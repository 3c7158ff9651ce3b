"""A group that meets weekly and whose records are submitted one after the other: for tests of care."""

from datetime import date, timedelta

from app.core.groups.domain.office import Office
from app.core.groups.queries import MemberLine
from app.core.meetings.domain.meeting import Meeting
from app.core.notices.queries import latest_notices
from app.core.work import UnitOfWork
from app.plugins.attendance.domain.care_trail import Step, WantedStep
from app.plugins.attendance.domain.evidence import Recorder
from app.plugins.attendance.domain.rules import WantedMark
from app.plugins.attendance.domain.status import Status
from app.plugins.attendance.queries.care import CareLine, cares_in
from app.plugins.attendance.queries.meetings import meeting_in_address
from app.plugins.attendance.services.care_noticing import look_after, see_own
from app.plugins.attendance.services.caring import (
    Carer,
    TakeStep,
    cares_for,
    take_step,
)
from app.plugins.attendance.services.marking import MarkByRecorder, mark_by_recorder
from app.plugins.attendance.services.recording import SubmitRecord, submit_record
from tests.support.world import World

LAST_DAY = date(2026, 11, 24)


class Chapter:
    """Weekly meetings up to the last day, whose records somebody submits one after the other."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.group = world.group()
        self.leader = world.member(self.group, "Ines Carvalho", offices=[Office.PRESIDENT])
        self.committee = world.member(self.group, "Mia Committee", offices=[Office.MEMBERSHIP_COMMITTEE])
        self.ana = world.member(self.group, "Ana Sousa")
        self.meetings: list[Meeting] = [
            world.meeting(self.group, LAST_DAY - timedelta(weeks=weeks)) for weeks in (3, 2, 1, -1)
        ]

    def submit(self, meeting: Meeting, *, came: tuple[MemberLine, ...] = ()) -> None:
        self.world.clock.move_to(max(self.world.now, meeting.ends_at_utc))
        for member in came:
            self.mark(meeting, member, Status.PRESENT)
        everybody = (self.leader, self.committee, self.ana)
        with self.opened() as work:
            found = meeting_in_address(work.session, self.group.id, meeting.public_id)
            assert found is not None
            submit_record(
                work,
                SubmitRecord(
                    group_id=self.group.id,
                    meeting_public_id=meeting.public_id,
                    recorder=Recorder(member_id=self.leader.id),
                    seen_version=found.record.version,
                    shown_blank=frozenset(one.public_id for one in everybody),
                ),
            )

    def mark(
        self, meeting: Meeting, member: MemberLine, letter: Status, *, seen: int = 0, reason: str = ""
    ) -> None:
        command = MarkByRecorder(
            group_id=self.group.id,
            meeting_public_id=meeting.public_id,
            member_public_id=member.public_id,
            recorder=Recorder(member_id=self.leader.id),
            wanted=WantedMark(status=letter, reason=reason),
            seen_version=seen,
        )
        with self.opened() as work:
            mark_by_recorder(work, command)

    def miss_three(self) -> None:
        for meeting in self.meetings[:3]:
            self.submit(meeting, came=(self.leader, self.committee))

    def look(self) -> int:
        with self.opened() as work:
            moved = look_after(work, self.group)
            work.commit()
            return moved

    def cares(self) -> list[CareLine]:
        with self.opened() as work:
            return cares_in(work.session, self.group.id)

    def care(self) -> CareLine:
        (found,) = self.cares()
        return found

    def carer(self, member: MemberLine, *offices: Office) -> Carer:
        return Carer(member_id=member.id, name=member.name, offices=frozenset(offices))

    @property
    def mia(self) -> Carer:
        return self.carer(self.committee, Office.MEMBERSHIP_COMMITTEE)

    def of(self, carer: Carer) -> list[CareLine]:
        with self.opened() as work:
            return cares_for(work, self.group, carer)

    def step(
        self,
        kind: Step,
        carer: Carer | None = None,
        *,
        seen: int | None = None,
        body: str = "Hello {first_name}",
    ) -> None:
        wanted = WantedStep(
            step=kind, done_on=self.world.now.date(), note="private word", subject="About {group}", body=body
        )
        care = self.care()
        command = TakeStep(
            carer=carer or self.mia,
            public_id=care.public_id,
            wanted=wanted,
            seen_version=care.version if seen is None else seen,
        )
        with self.opened() as work:
            take_step(work, self.group, command)

    def see(self, member: MemberLine) -> int:
        with self.opened() as work:
            return see_own(work, self.group, member.id)

    def notices(self, member: MemberLine) -> list[str]:
        with self.opened() as work:
            return [
                one.text for one in latest_notices(work.session, self.group.id, member.id, 20, now=work.now)
            ]

    def opened(self) -> "Opened":
        return Opened(self.world.work(self.leader))


class Opened:
    """A unit of work that gives its locks back at the end of a block."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def __enter__(self) -> UnitOfWork:
        return self._work

    def __exit__(self, *_fault: object) -> None:
        self._work.rollback()
