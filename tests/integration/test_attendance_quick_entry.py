"""The sheet typed in: one transaction, all problems at once, typed twice changes nothing, what differs is asked about."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from app.core.errors import Refused
from app.core.groups.queries import MemberLine
from app.plugins.attendance.domain.status import Status
from app.plugins.attendance.services.quick_entry import EnterSheet, SheetAnswer, enter_sheet
from tests.support.meeting_room import Room
from tests.support.world import World

AFTER = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
AT_652 = datetime(2026, 11, 24, 6, 52, tzinfo=UTC)


@pytest.fixture
def room(world: World) -> Room:
    found = Room(world)
    world.clock.move_to(AFTER)
    return found


def enter(
    room: Room,
    typed: Mapping[str, str],
    *,
    rest_absent: bool = False,
    seen: Mapping[str, int] | None = None,
    over: tuple[MemberLine, ...] = (),
    planned: Mapping[str, str] | None = None,
) -> SheetAnswer:
    work = room.world.work(room.leader)
    try:
        return enter_sheet(
            work,
            EnterSheet(
                group_id=room.group.id,
                meeting_public_id=room.meeting.public_id,
                recorder=room.by_leader,
                typed=typed,
                rest_absent=rest_absent,
                seen=seen or {},
                over=frozenset(one.public_id for one in over),
                planned_substitutes=planned or {},
            ),
        )
    finally:
        work.rollback()


def letters(room: Room) -> dict[str, str]:
    return {line.name: line.mark.status.value if line.mark.status else "" for line in room.roster.lines}


def test_times_and_letters_are_written_and_blank_stays_blank(room: Room) -> None:
    answer = enter(room, {room.ana.public_id: "6.52", room.leader.public_id: "7:01"})
    assert (answer.written, answer.problems, answer.differing) == (2, (), ())
    assert letters(room) == {"Ines Carvalho": "L", "Ben Okoro": "", "Ana Sousa": "P"}
    mark = room.line(room.ana).mark
    assert (mark.arrived_at_utc, mark.grade, mark.origin) == (AT_652, "L", "leader")
    room.world.assert_ledger_whole(room.group)


def test_substitute_is_named_by_hand_or_by_what_was_planned(room: Room) -> None:
    enter(
        room,
        {room.ana.public_id: "s Rita Lopes", room.ben.public_id: "S"},
        planned={room.ben.public_id: "Olu Ade"},
    )
    assert room.line(room.ana).mark.substitute_name == "Rita Lopes"
    assert room.line(room.ben).mark.substitute_name == "Olu Ade"


def test_the_rest_is_absent_on_request_and_never_who_has_a_mark(room: Room) -> None:
    room.mark(room.leader, Status.MEDICAL)
    answer = enter(room, {room.ana.public_id: "p"}, rest_absent=True)
    assert answer.written == 2
    assert letters(room) == {"Ines Carvalho": "M", "Ben Okoro": "A", "Ana Sousa": "P"}


def test_every_problem_is_told_at_once_and_nothing_is_written(room: Room) -> None:
    typed = {room.leader.public_id: "652", room.ben.public_id: "soon", room.ana.public_id: "23:10"}
    answer = enter(room, typed)
    assert [(one.number, one.name, [r.code for r in one.refusals]) for one in answer.problems] == [
        (2, "Ben Okoro", ["attendance.entry_unclear"]),
        (3, "Ana Sousa", ["attendance.time_ahead"]),
    ]
    assert (answer.written, room.world.rows("attendance_mark")) == (0, 0)


def test_a_substitute_without_a_name_is_a_problem(room: Room) -> None:
    (problem,) = enter(room, {room.ana.public_id: "s"}).problems
    assert [one.code for one in problem.refusals] == ["attendance.substitute_needs_name"]


def test_typed_twice_it_changes_nothing(room: Room) -> None:
    typed = {room.ana.public_id: "652", room.ben.public_id: "a", room.leader.public_id: "s Rita Lopes"}
    assert enter(room, typed).written == 3
    before = room.events()
    again = enter(room, typed)
    assert (again.written, again.unchanged, again.differing) == (0, 3, ())
    assert room.events() == before


def test_a_sheet_knows_minutes_where_the_record_knows_seconds(room: Room) -> None:
    room.world.clock.move_to(AT_652.replace(second=40))
    room.claim(room.ana)
    room.world.clock.move_to(AFTER)
    assert enter(room, {room.ana.public_id: "652"}).unchanged == 1
    line = room.line(room.ana)
    assert (line.waits, line.mark.arrived_at_utc) == (False, AT_652.replace(second=40))


def test_what_differs_is_asked_and_the_lines_beside_it_wait(room: Room) -> None:
    enter(room, {room.ana.public_id: "652"})
    answer = enter(room, {room.ana.public_id: "7:10", room.ben.public_id: "p"})
    (differs,) = answer.differing
    assert (differs.line.name, differs.wanted.status, differs.line.mark.status) == ("Ana Sousa", "L", "P")
    assert letters(room) == {"Ines Carvalho": "", "Ben Okoro": "", "Ana Sousa": "P"}


@pytest.mark.parametrize(("is_over", "letter"), [(True, "L"), (False, "P")])
def test_what_differs_is_written_only_when_confirmed(room: Room, is_over: bool, letter: str) -> None:
    enter(room, {room.ana.public_id: "652"})
    enter(
        room,
        {room.ana.public_id: "7:10", room.ben.public_id: "p"},
        seen={room.ana.public_id: 1},
        over=(room.ana,) if is_over else (),
    )
    assert letters(room) == {"Ines Carvalho": "", "Ben Okoro": "P", "Ana Sousa": letter}


def test_confirmed_against_a_mark_that_changed_since_it_is_asked_again(room: Room) -> None:
    enter(room, {room.ana.public_id: "652"})
    room.mark(room.ana, Status.MEDICAL, seen=1)
    answer = enter(room, {room.ana.public_id: "7:10"}, seen={room.ana.public_id: 1}, over=(room.ana,))
    assert [one.line.mark.status for one in answer.differing] == [Status.MEDICAL]
    assert room.letter(room.ana) is Status.MEDICAL


def test_a_submitted_record_takes_no_sheet(room: Room) -> None:
    room.submit(room.leader, room.ana, room.ben)
    with pytest.raises(Refused) as refused:
        enter(room, {room.ana.public_id: "652"})
    assert [one.code for one in refused.value.refusals] == ["attendance.already_submitted"]


def test_twenty_six_lines_take_few_statements(room: Room) -> None:
    for _number in range(23):
        room.world.member(room.group)
    typed = {line.public_id: "655" for line in room.roster.lines}
    with room.world.statements() as seen:
        assert enter(room, typed).written == 26
    assert len(seen) <= 26 + 8
