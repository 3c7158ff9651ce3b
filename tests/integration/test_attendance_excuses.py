"""Excuses stand beside the letter: asked, decided once by somebody else, withdrawn, asked once more; on both engines."""

from datetime import UTC, datetime

import pytest

from app.core.errors import NotFound, Refused
from app.core.groups.domain.office import Office
from app.core.groups.queries import MemberLine
from app.plugins.attendance.domain.asking import Asked
from app.plugins.attendance.domain.status import Status
from app.plugins.attendance.queries.asking import ExcuseLine, excuses_of
from app.plugins.attendance.services.excusing import (
    AskExcuse,
    DecideExcuse,
    ask_excuse,
    decide_excuse,
    withdraw_excuse,
)
from tests.support.meeting_room import Room
from tests.support.parallel import at_once
from tests.support.world import World


class Excuses(Room):
    """A room in which people ask to be excused."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.committee: MemberLine = world.member(
            self.group, "Mia Committee", offices=[Office.MEMBERSHIP_COMMITTEE]
        )

    def ask(
        self, member: MemberLine, kind: str = "illness", note: str = "", by: MemberLine | None = None
    ) -> None:
        work = self.world.work(by or member)
        command = AskExcuse(
            group_id=self.group.id,
            meeting_public_id=self.meeting.public_id,
            member_id=member.id,
            asked_by=(by or member).id,
            kind=kind,
            note=note,
        )
        try:
            ask_excuse(work, command)
        finally:
            work.rollback()

    def of(self, member: MemberLine) -> list[ExcuseLine]:
        work = self.world.work()
        found = excuses_of(work.session, self.group.id, member.id)
        work.rollback()
        return found

    def decide(  # type: ignore[override]  # of an excuse, not of who waits at the door
        self, member: MemberLine, *, yes: bool, word: str = "", by: MemberLine | None = None
    ) -> None:
        work = self.world.work(by or self.committee)
        command = DecideExcuse(
            group_id=self.group.id,
            public_id=self.of(member)[0].public_id,
            decider=(by or self.committee).id,
            is_approved=yes,
            word=word,
        )
        try:
            decide_excuse(work, command)
        finally:
            work.rollback()

    def mark_of(self, member: MemberLine) -> tuple[object, ...]:
        session = self.world.work().session
        row = (
            session.connection()
            .exec_driver_sql(
                "SELECT status, excuse, excused_by_member_id FROM attendance_mark "
                f"WHERE member_id = {member.id}"
            )
            .one()
        )
        session.rollback()
        return tuple(row)

    def everybody(self) -> tuple[MemberLine, ...]:
        return (self.leader, self.ana, self.ben, self.committee)


@pytest.fixture
def room(world: World) -> Excuses:
    return Excuses(world)


def _codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [refusal.code.removeprefix("attendance.") for refusal in refused.value.refusals]


def test_approved_excuse_stands_beside_the_letter_and_changes_it_not(room: Excuses) -> None:
    room.mark(room.ana, Status.ABSENT)
    room.ask(room.ana, "weather", "The ferry did not sail.")
    room.decide(room.ana, yes=True)
    assert room.mark_of(room.ana) == ("A", "weather", room.committee.id)
    assert [one.state for one in room.of(room.ana)] == [Asked.APPROVED]
    room.world.assert_ledger_whole(room.group)


def test_declined_excuse_leaves_the_mark_alone(room: Excuses) -> None:
    room.mark(room.ana, Status.ABSENT)
    room.ask(room.ana)
    room.decide(room.ana, yes=False, word="We spoke about it.")
    assert room.mark_of(room.ana) == ("A", None, None)


def test_excuse_approved_before_the_meeting_reaches_the_letter_of_the_submission(room: Excuses) -> None:
    room.ask(room.ana)
    room.decide(room.ana, yes=True)
    assert room.world.rows("attendance_mark") == 0
    room.submit(*room.everybody())
    assert room.mark_of(room.ana) == ("A", "illness", room.committee.id)


def test_excuse_approved_before_reaches_a_letter_that_is_written_later(room: Excuses) -> None:
    room.ask(room.ana)
    room.decide(room.ana, yes=True)
    room.mark(room.ana, Status.LATE)
    assert room.mark_of(room.ana) == ("L", "illness", room.committee.id)


def test_a_later_letter_keeps_the_excuse(room: Excuses) -> None:
    room.mark(room.ana, Status.ABSENT)
    room.ask(room.ana)
    room.decide(room.ana, yes=True)
    room.mark(room.ana, Status.LATE, seen=1)
    assert room.mark_of(room.ana) == ("L", "illness", room.committee.id)


def test_what_waits_is_not_asked_a_second_time(room: Excuses) -> None:
    room.ask(room.ana)
    with pytest.raises(Refused) as refused:
        room.ask(room.ana)
    assert _codes(refused) == ["excuse_asked_already"]


def test_after_a_decision_one_new_ask_with_a_reason_is_heard(room: Excuses) -> None:
    room.ask(room.ana)
    room.decide(room.ana, yes=False, word="No.")
    with pytest.raises(Refused) as refused:
        room.ask(room.ana)
    assert _codes(refused) == ["excuse_again_needs_note"]
    room.ask(room.ana, note="The doctor's letter came.")
    room.decide(room.ana, yes=True)
    with pytest.raises(Refused) as refused:
        room.ask(room.ana, note="Once more.")
    assert _codes(refused) == ["excuse_asked_twice"]
    assert [(one.number, one.state) for one in room.of(room.ana)] == [
        (2, Asked.APPROVED),
        (1, Asked.DECLINED),
    ]


def test_member_withdraws_while_nobody_has_decided(room: Excuses) -> None:
    room.ask(room.ana)
    found = room.of(room.ana)[0]
    withdraw_excuse(room.world.work(room.ana), room.group.id, found.public_id, room.ana.id)
    withdraw_excuse(room.world.work(room.ana), room.group.id, found.public_id, room.ana.id)
    with pytest.raises(Refused) as refused:
        room.decide(room.ana, yes=True)
    assert _codes(refused) == ["decided_already"]
    room.ask(room.ana)
    assert [one.state for one in room.of(room.ana)] == [Asked.ASKED, Asked.WITHDRAWN]


def test_what_was_decided_is_not_withdrawn(room: Excuses) -> None:
    room.ask(room.ana)
    room.decide(room.ana, yes=True)
    with pytest.raises(Refused) as refused:
        withdraw_excuse(room.world.work(room.ana), room.group.id, room.of(room.ana)[0].public_id, room.ana.id)
    assert _codes(refused) == ["decided_already"]


def test_nobody_withdraws_what_another_asked(room: Excuses) -> None:
    room.ask(room.ana)
    with pytest.raises(NotFound):
        withdraw_excuse(room.world.work(room.ben), room.group.id, room.of(room.ana)[0].public_id, room.ben.id)


def test_nobody_decides_on_what_is_their_own_and_a_no_has_its_word(room: Excuses) -> None:
    room.ask(room.committee)
    with pytest.raises(Refused) as refused:
        room.decide(room.committee, yes=True, by=room.committee)
    assert _codes(refused) == ["not_ones_own"]
    with pytest.raises(Refused) as refused:
        room.decide(room.committee, yes=False, by=room.leader)
    assert _codes(refused) == ["word_needed"]


def test_what_an_office_enters_is_approved_with_that(room: Excuses) -> None:
    room.mark(room.ana, Status.ABSENT)
    room.ask(room.ana, "bereavement", by=room.leader)
    assert room.mark_of(room.ana) == ("A", "bereavement", room.leader.id)
    assert room.of(room.ana)[0].is_entered


@pytest.mark.parametrize(
    ("kind", "note", "code"), [("laziness", "", "excuse_kind"), ("work", "x" * 501, "note_too_long")]
)
def test_what_makes_no_sense_is_refused(room: Excuses, kind: str, note: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        room.ask(room.ana, kind, note)
    assert _codes(refused) == [code]


def test_neither_the_kind_nor_the_words_stand_in_the_ledger(room: Excuses) -> None:
    room.ask(room.ana, "bereavement", "My father.")
    room.decide(room.ana, yes=True, word="We are sorry.")
    session = room.world.work().session
    facts = " ".join(
        str(row[0]) for row in session.connection().exec_driver_sql("SELECT facts FROM ledger_entry")
    )
    session.rollback()
    assert "bereavement" not in facts
    assert "father" not in facts


def test_ten_equal_asks_at_once_are_one(room: Excuses) -> None:
    def ask(_number: int) -> str:
        try:
            room.ask(room.ana)
        except Refused as refused:
            return refused.refusals[0].code
        return "kept"

    answers = at_once(10, ask)
    assert {str(one) for one in answers} == {"attendance.excuse_asked_already", "kept"}
    assert room.world.rows("attendance_excuse") == 1


def test_an_excuse_for_a_meeting_before_joining_is_refused(world: World) -> None:
    room = Excuses(world)
    later = world.member(room.group, "Lena Later", joined=datetime(2026, 12, 1, tzinfo=UTC).date())
    with pytest.raises(Refused) as refused:
        room.ask(later)
    assert _codes(refused) == ["not_expected"]
