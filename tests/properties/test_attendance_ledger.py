"""Whatever people do, in whatever order: the letters and PALMS rebuilt from the ledger are those that stand."""

import os
from datetime import UTC, datetime
from random import Random

import pytest

from app.core.errors import Refused
from app.core.groups.domain.office import Office
from app.core.groups.queries import MemberLine
from app.plugins.attendance.domain.evidence import Origin
from app.plugins.attendance.domain.status import Status
from app.plugins.attendance.interface import AttendanceMarked
from app.plugins.attendance.queries.palms import palms_sheet
from app.plugins.attendance.queries.rebuilding import (
    faults_of,
    palms_of_letters_of,
    rebuilt_letters,
    stored_letters,
)
from app.plugins.attendance.services.excusing import AskExcuse, ask_excuse
from app.plugins.attendance.services.leave import AskLeave, ask_leave
from app.plugins.attendance.services.leaving import NoteLeftEarly, note_left_early
from app.plugins.attendance.services.taking_back import TakeBackTap, take_back_tap
from app.plugins.attendance.store import NewMark, fill_blanks
from tests.support.meeting_room import WEEK, Room
from tests.support.parallel import at_once
from tests.support.world import World

ACTS = 60
PAIRS = int(os.environ.get("PAIRS_OF_EDITS", "100"))
"""So many in every run; a thousand by hand."""
LETTERS = (*Status, None)


class Restless(Room):
    """A room in which anything may happen in any order."""

    def __init__(self, world: World, seed: int) -> None:
        super().__init__(world)
        self.chance = Random(seed)
        self.committee = world.member(self.group, "Mia Committee", offices=[Office.MEMBERSHIP_COMMITTEE])
        self.people = (self.leader, self.ana, self.ben, self.committee)

    def act(self) -> None:
        acts = (
            self.some_mark,
            self.some_mark,
            self.some_mark,
            self.some_undo,
            self.some_claim,
            self.some_decision,
            self.close,
            self.open_again,
            self.some_leaving,
            self.some_excuse,
            self.some_leave,
            self.some_file,
        )
        try:
            self.chance.choice(acts)()
        except Refused:
            return

    def someone(self) -> MemberLine:
        return self.chance.choice(self.people)

    def seen(self, member: MemberLine) -> int:
        version = self.line(member).mark.version
        return version if self.chance.random() < 0.9 else max(0, version - 1)

    def some_mark(self) -> None:
        member, letter = self.someone(), self.chance.choice(LETTERS)
        name = "Rita Vaz" if letter is Status.SUBSTITUTE else ""
        self.mark(member, letter, seen=self.seen(member), substitute_name=name, reason="It was so.")

    def some_undo(self) -> None:
        member = self.someone()
        work = self.world.work(self.leader)
        command = TakeBackTap(
            group_id=self.group.id,
            meeting_public_id=self.meeting.public_id,
            member_public_id=member.public_id,
            recorder=self.by_leader,
            after_version=self.seen(member),
        )
        try:
            take_back_tap(work, command)
        finally:
            work.rollback()

    def some_claim(self) -> None:
        self.claim(self.someone(), f"phone-{self.chance.random()}")

    def some_decision(self) -> None:
        waiting = [one for one in self.people if self.line(one).waits]
        self.decide(waiting, [one for one in waiting if self.chance.random() < 0.5])

    def close(self) -> None:
        self.submit(*self.people, seen=self.roster.meeting.record.version)

    def open_again(self) -> None:
        self.reopen("Once more.", seen=self.roster.meeting.record.version)

    def some_leaving(self) -> None:
        member = self.someone()
        work = self.world.work(self.leader)
        command = NoteLeftEarly(
            group_id=self.group.id,
            meeting_public_id=self.meeting.public_id,
            member_public_id=member.public_id,
            left=self.chance.choice((self.world.now, None)),
            seen_version=self.seen(member),
            reason="A train.",
        )
        try:
            note_left_early(work, command)
        finally:
            work.rollback()

    def some_excuse(self) -> None:
        work = self.world.work(self.leader)
        command = AskExcuse(
            group_id=self.group.id,
            meeting_public_id=self.meeting.public_id,
            member_id=self.ana.id,
            asked_by=self.leader.id,
            kind="weather",
            note="The ferry.",
        )
        try:
            ask_excuse(work, command)
        finally:
            work.rollback()

    def some_leave(self) -> None:
        work = self.world.work(self.leader)
        command = AskLeave(
            group_id=self.group.id,
            member_id=self.ben.id,
            asked_by=self.leader.id,
            kind="medical",
            first_day=self.meeting.local_date,
            last_day=self.meeting.local_date,
            note="",
        )
        try:
            ask_leave(work, command)
        finally:
            work.rollback()

    def some_file(self) -> None:
        """Do what a file does: fill a blank, and tell the ledger."""
        member, letter = self.someone(), self.chance.choice(tuple(Status))
        work = self.world.work()
        mark = NewMark(
            group_id=self.group.id,
            meeting_id=self.meeting.id,
            member_id=member.id,
            status=letter,
            origin=Origin.IMPORT,
            updated_at_utc=work.now,
        )
        if fill_blanks(work.session, [mark]):
            work.record(
                AttendanceMarked(
                    group_id=self.group.id,
                    meeting_id=self.meeting.id,
                    member_id=member.id,
                    status=letter.value,
                    old_status=None,
                    arrived_at_utc=None,
                    origin=Origin.IMPORT.value,
                    grade=None,
                )
            )
        work.commit()

    def assert_ledger_tells_the_same(self) -> None:
        work = self.world.work()
        rebuilt, stored = (
            rebuilt_letters(work.session, self.group.id),
            stored_letters(work.session, self.group.id),
        )
        assert rebuilt == stored
        assert faults_of(work.session, self.group.id) == []
        sheet = palms_sheet(work.session, self.group.id, WEEK, self.world.now)
        counted = [self.meeting.id] if sheet.held else []
        palms = palms_of_letters_of(rebuilt, counted)
        assert {line.member_id: line.palms for line in sheet.lines if line.palms.recorded} == dict(palms)
        work.rollback()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_palms_rebuilt_from_the_ledger_equals_the_stored_one(world: World, seed: int) -> None:
    room = Restless(world, seed)
    for _number in range(ACTS):
        room.act()
        room.assert_ledger_tells_the_same()
    world.assert_ledger_whole(room.group)


def test_a_letter_changed_behind_the_ledger_is_found(world: World) -> None:
    room = Restless(world, 4)
    room.mark(room.ana, Status.PRESENT)
    session = world.work().session
    session.connection().exec_driver_sql("UPDATE attendance_mark SET status = 'L'")
    session.commit()
    work = world.work()
    (fault,) = faults_of(work.session, room.group.id)
    assert fault.endswith("the record says L, the ledger P")
    work.rollback()


def test_of_two_edits_at_once_none_is_overwritten_unseen(world: World) -> None:
    """Two leaders who saw the same version: both said the same, or exactly one wrote and the other was told."""
    room = Restless(world, 5)
    world.clock.move_to(datetime(2026, 11, 24, 7, 30, tzinfo=UTC))
    silent = list[str]()
    for number in range(PAIRS):
        member = room.chance.choice((room.ana, room.ben))
        before = room.line(member).mark
        wanted = [room.chance.choice(LETTERS), room.chance.choice(LETTERS)]

        def write(
            place: int,
            member: MemberLine = member,
            seen: int = before.version,
            wanted: list[Status | None] = wanted,
        ) -> bool:
            letter = wanted[place]
            room.mark(
                member, letter, seen=seen, substitute_name="Rita Vaz" if letter is Status.SUBSTITUTE else ""
            )
            return True

        answers = at_once(2, write)
        told = [isinstance(one, Refused) and one.has("attendance.changed_meanwhile") for one in answers]
        assert all(one is True or is_told for one, is_told in zip(answers, told, strict=True)), answers
        after = room.line(member).mark
        wrote = [wanted[place] for place in (0, 1) if not told[place]]
        stands = {letter for letter in wrote if letter is not after.status and letter is not before.status}
        if stands or after.status not in {*wrote, before.status}:
            silent.append(f"{number}: {before.status} {wanted} {told} {after.status}")
    assert silent == []
    room.assert_ledger_tells_the_same()
