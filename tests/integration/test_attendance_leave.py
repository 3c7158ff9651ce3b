"""Approved leave makes a blank M at submission; overlaps are refused with both shown; nothing submitted is rewritten."""

from datetime import date, timedelta

import pytest

from app.core.errors import NotFound, Refused
from app.core.groups.domain.office import Office
from app.core.groups.queries import MemberLine
from app.plugins.attendance.domain.asking import Asked, Days
from app.plugins.attendance.domain.status import Status
from app.plugins.attendance.queries.answers import expected_at
from app.plugins.attendance.queries.asking import LeaveLine, leaves_of
from app.plugins.attendance.queries.counted_absences import counted_absences
from app.plugins.attendance.services.leave import (
    AskLeave,
    DecideLeave,
    EndLeave,
    ask_leave,
    decide_leave,
    end_leave_early,
    withdraw_leave,
)
from app.plugins.attendance.services.quick_entry import EnterSheet, enter_sheet
from tests.support.meeting_room import THE_DAY, Room
from tests.support.parallel import at_once
from tests.support.world import World

BEFORE, AFTER = THE_DAY - timedelta(days=7), THE_DAY + timedelta(days=7)


class Leaves(Room):
    """A room in which people ask for leave."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.committee: MemberLine = world.member(
            self.group, "Mia Committee", offices=[Office.MEMBERSHIP_COMMITTEE]
        )

    def ask(
        self,
        member: MemberLine,
        first: date | None = BEFORE,
        last: date | None = AFTER,
        *,
        by: MemberLine | None = None,
        kind: str = "medical",
    ) -> None:
        work = self.world.work(by or member)
        command = AskLeave(
            group_id=self.group.id,
            member_id=member.id,
            asked_by=(by or member).id,
            kind=kind,
            first_day=first,
            last_day=last,
            note="",
        )
        try:
            ask_leave(work, command)
        finally:
            work.rollback()

    def of(self, member: MemberLine) -> list[LeaveLine]:
        work = self.world.work()
        found = leaves_of(work.session, self.group.id, member.id)
        work.rollback()
        return found

    def say(self, member: MemberLine, *, yes: bool, word: str = "", by: MemberLine | None = None) -> None:
        work = self.world.work(by or self.committee)
        command = DecideLeave(
            group_id=self.group.id,
            public_id=self.of(member)[0].public_id,
            decider=(by or self.committee).id,
            is_approved=yes,
            word=word,
        )
        try:
            decide_leave(work, command)
        finally:
            work.rollback()

    def end(self, member: MemberLine, day: date | None, *, seen: int | None = None) -> None:
        work = self.world.work(member)
        found = self.of(member)[0]
        command = EndLeave(
            group_id=self.group.id,
            public_id=found.public_id,
            by=member.id,
            last_day=day,
            seen_version=found.version if seen is None else seen,
        )
        try:
            end_leave_early(work, command)
        finally:
            work.rollback()

    def close(self) -> int:
        return self.submit(self.leader, self.ana, self.ben, self.committee)


@pytest.fixture
def room(world: World) -> Leaves:
    return Leaves(world)


def _codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [refusal.code.removeprefix("attendance.") for refusal in refused.value.refusals]


def test_blank_on_approved_leave_becomes_m_at_submission(room: Leaves) -> None:
    room.ask(room.ana)
    room.say(room.ana, yes=True)
    assert [line.name for line in room.roster.to_be_on_leave] == ["Ana Sousa"]
    assert [line.name for line in room.roster.on_leave] == ["Ana Sousa"]
    assert room.close() == 3
    assert (room.letter(room.ana), room.letter(room.ben)) == (Status.MEDICAL, Status.ABSENT)
    room.world.assert_ledger_whole(room.group)


def test_leave_that_nobody_approved_makes_no_m(room: Leaves) -> None:
    room.ask(room.ana)
    room.close()
    assert room.letter(room.ana) is Status.ABSENT


def test_declined_leave_makes_no_m(room: Leaves) -> None:
    room.ask(room.ana)
    room.say(room.ana, yes=False, word="Let us speak first.")
    room.close()
    assert room.letter(room.ana) is Status.ABSENT


@pytest.mark.parametrize(
    ("first", "last", "letter"),
    [
        (THE_DAY, THE_DAY, Status.MEDICAL),
        (BEFORE, THE_DAY, Status.MEDICAL),
        (THE_DAY, AFTER, Status.MEDICAL),
        (BEFORE, THE_DAY - timedelta(days=1), Status.ABSENT),
        (THE_DAY + timedelta(days=1), AFTER, Status.ABSENT),
    ],
)
def test_first_and_last_day_belong_to_the_leave(
    room: Leaves, first: date, last: date, letter: Status
) -> None:
    room.ask(room.ana, first, last)
    room.say(room.ana, yes=True)
    room.close()
    assert room.letter(room.ana) is letter


def test_who_comes_in_spite_of_leave_keeps_the_letter(room: Leaves) -> None:
    room.ask(room.ana)
    room.say(room.ana, yes=True)
    room.mark(room.ana, Status.PRESENT)
    room.close()
    assert room.letter(room.ana) is Status.PRESENT


def test_leave_entered_by_an_office_is_approved_with_that(room: Leaves) -> None:
    room.ask(room.ana, by=room.leader, kind="family")
    found = room.of(room.ana)[0]
    assert (found.state, found.is_entered, found.decided_by) == (Asked.APPROVED, True, "Ines Carvalho")


def test_overlap_is_refused_and_both_are_shown(room: Leaves) -> None:
    room.ask(room.ana)
    with pytest.raises(Refused) as refused:
        room.ask(room.ana, AFTER, AFTER + timedelta(days=3))
    assert _codes(refused) == ["leave_overlaps"]
    assert refused.value.refusals[0].facts == {
        "first": AFTER,
        "last": AFTER + timedelta(days=3),
        "other_first": BEFORE,
        "other_last": AFTER,
    }
    room.ask(room.ana, AFTER + timedelta(days=1), AFTER + timedelta(days=3))
    assert room.world.rows("attendance_leave") == 2


def test_overlapping_leaves_asked_at_once_are_one(room: Leaves) -> None:
    answers = at_once(8, lambda number: room.ask(room.ana, BEFORE + timedelta(days=number), AFTER))
    kept = [one for one in answers if one is None]
    assert len(kept) == 1
    assert all(isinstance(one, Refused) for one in answers if one is not None)
    assert room.world.rows("attendance_leave") == 1


@pytest.mark.parametrize(
    ("first", "last", "codes"),
    [
        (AFTER, BEFORE, ["leave_days"]),
        (None, AFTER, ["leave_days"]),
        (BEFORE, BEFORE + timedelta(weeks=60), ["leave_far_too_long"]),
        (date(2020, 1, 1), date(2020, 1, 9), ["leave_not_a_member"]),
    ],
)
def test_days_that_make_no_sense_are_refused(
    room: Leaves, first: date | None, last: date | None, codes: list[str]
) -> None:
    with pytest.raises(Refused) as refused:
        room.ask(room.ana, first, last)
    assert _codes(refused) == codes


def test_longer_than_the_groups_weeks_is_asked_all_the_same(room: Leaves) -> None:
    room.ask(room.ana, BEFORE, BEFORE + timedelta(weeks=9))
    assert room.of(room.ana)[0].days.is_longer_than(8)
    assert not Days(first=BEFORE, last=BEFORE + timedelta(days=55)).is_longer_than(8)
    assert Days(first=BEFORE, last=BEFORE + timedelta(days=56)).is_longer_than(8)


def test_leave_ended_early_covers_no_later_meeting(room: Leaves) -> None:
    room.ask(room.ana)
    room.say(room.ana, yes=True)
    room.end(room.ana, THE_DAY - timedelta(days=1))
    room.close()
    assert room.letter(room.ana) is Status.ABSENT
    assert room.of(room.ana)[0].is_ended_early


def test_leave_is_never_made_longer_and_a_stale_end_is_refused(room: Leaves) -> None:
    room.ask(room.ana)
    room.say(room.ana, yes=True)
    with pytest.raises(Refused) as refused:
        room.end(room.ana, AFTER + timedelta(days=1))
    assert _codes(refused) == ["leave_ends_outside"]
    with pytest.raises(Refused) as refused:
        room.end(room.ana, THE_DAY, seen=1)
    assert _codes(refused) == ["changed_meanwhile"]


def test_leave_taken_back_before_it_began_lets_another_be_asked(room: Leaves) -> None:
    room.ask(room.ana)
    room.say(room.ana, yes=True)
    room.end(room.ana, BEFORE - timedelta(days=1))
    room.ask(room.ana)
    assert room.world.rows("attendance_leave") == 2


def test_nobody_decides_on_their_own_leave(room: Leaves) -> None:
    room.ask(room.committee)
    with pytest.raises(Refused) as refused:
        room.say(room.committee, yes=True, by=room.committee)
    assert _codes(refused) == ["not_ones_own"]


def test_own_leave_is_withdrawn_while_nobody_has_decided(room: Leaves) -> None:
    room.ask(room.ana)
    found = room.of(room.ana)[0]
    other = room.world.work(room.ben)
    with pytest.raises(NotFound):
        withdraw_leave(other, room.group.id, found.public_id, room.ben.id)
    other.rollback()
    withdraw_leave(room.world.work(room.ana), room.group.id, found.public_id, room.ana.id)
    assert room.of(room.ana)[0].state is Asked.WITHDRAWN


def test_approval_after_a_submission_rewrites_nothing_and_says_so(room: Leaves) -> None:
    room.close()
    room.ask(room.ana)
    room.say(room.ana, yes=True)
    assert room.letter(room.ana) is Status.ABSENT
    work = room.world.work()
    found = counted_absences(work.session, room.group.id, room.ana.id, Days(first=BEFORE, last=AFTER))
    work.rollback()
    assert [one.local_date for one in found] == [THE_DAY]


def test_nobody_waits_for_the_word_of_who_is_on_leave(room: Leaves) -> None:
    room.ask(room.ana)
    room.say(room.ana, yes=True)
    work = room.world.work()
    expected = expected_at(work.session, room.group.id, room.roster)
    work.rollback()
    assert [line.name for line in expected.on_leave] == ["Ana Sousa"]
    assert "Ana Sousa" not in [line.name for line in expected.no_word]


def test_rest_of_the_sheet_is_on_leave_where_a_leave_stands(room: Leaves) -> None:
    room.ask(room.ana)
    room.say(room.ana, yes=True)
    work = room.world.work(room.leader)
    command = EnterSheet(
        group_id=room.group.id,
        meeting_public_id=room.meeting.public_id,
        recorder=room.by_leader,
        typed={},
        rest_absent=True,
        seen={},
        over=frozenset(),
        planned_substitutes={},
    )
    enter_sheet(work, command)
    assert (room.letter(room.ana), room.letter(room.ben)) == (Status.MEDICAL, Status.ABSENT)
