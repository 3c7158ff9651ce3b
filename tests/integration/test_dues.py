"""Dues on both engines: noted, paid, taken back, and counted by how they stand; one group never sees another's."""

from datetime import date

import pytest

from app.core.errors import NotFound, Refused
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.plugins.dues.domain.entry import DueState, Standing
from app.plugins.dues.queries.entries import (
    Counts,
    EntryLine,
    counts_of,
    entries_of_member,
    entries_standing,
    overdue_count,
)
from app.plugins.dues.services.entries import (
    OnEntry,
    Written,
    correct_due,
    note_due,
    note_paid,
    take_payment_back,
)
from tests.support.world import World

TODAY = date(2026, 11, 24)


@pytest.fixture
def group(world: World) -> Group:
    return world.group(plugins=("attendance", "dues"))


@pytest.fixture
def ana(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ana Silva")


def a_line(*, amount: str = "450", due_on: date | None = TODAY, **change: str) -> Written:
    said = {"kind": "membership", "state": "owed", "note": "", **change}
    return Written(
        amount=amount, due_on=due_on, paid_on=None, kind=said["kind"], state=said["state"], note=said["note"]
    )


def noted(world: World, group: Group, member: MemberLine, written: Written | None = None) -> EntryLine:
    work = world.work()
    public_id = work.ids.public_id()
    note_due(work, group, TODAY, member=member.public_id, written=written or a_line(), public_id=public_id)
    return next(line for line in own(world, group, member) if line.public_id == public_id)


def own(world: World, group: Group, member: MemberLine) -> list[EntryLine]:
    work = world.work()
    lines = entries_of_member(work.session, group.id, member.id)
    work.rollback()
    return lines


def on(group: Group, entry: EntryLine, version: int = 1) -> OnEntry:
    return OnEntry(group=group, today=TODAY, entry=entry.public_id, seen_version=version)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [refusal.code for refusal in refused.value.refusals]


def test_a_line_is_noted_in_the_groups_currency(world: World, group: Group, ana: MemberLine) -> None:
    line = noted(world, group, ana, a_line(amount="1,250.50"))
    assert (line.name, line.amount_minor, line.currency, line.state) == (
        "Ana Silva",
        125_050,
        "EUR",
        DueState.OWED,
    )
    world.assert_ledger_whole(group)


def test_everything_that_is_wrong_is_said_at_once(world: World, group: Group) -> None:
    with pytest.raises(Refused) as refused:
        note_due(
            world.work(),
            group,
            TODAY,
            member="",
            written=a_line(amount="x", due_on=None, kind=""),
            public_id="a",
        )
    assert codes(refused) == [
        "dues.nobody_owes",
        "money.unreadable",
        "dues.kind_missing",
        "dues.day_missing",
    ]


def test_paid_today_and_taken_back(world: World, group: Group, ana: MemberLine) -> None:
    line = noted(world, group, ana)
    note_paid(world.work(), on(group, line))
    (paid,) = own(world, group, ana)
    assert (paid.state, paid.paid_on) == (DueState.PAID, TODAY)
    take_payment_back(world.work(), on(group, paid, paid.version))
    (back,) = own(world, group, ana)
    assert (back.state, back.paid_on) == (DueState.OWED, None)


def test_a_second_tap_changes_nothing(world: World, group: Group, ana: MemberLine) -> None:
    line = noted(world, group, ana)
    note_paid(world.work(), on(group, line))
    again = world.work()
    note_paid(again, on(group, line))
    again.rollback()
    assert [one.version for one in own(world, group, ana)] == [2]


def test_a_payment_over_a_line_that_changed_is_refused(world: World, group: Group, ana: MemberLine) -> None:
    line = noted(world, group, ana)
    correct_due(world.work(), on(group, line), a_line(amount="500"))
    with pytest.raises(Refused) as refused:
        note_paid(world.work(), on(group, line))
    assert codes(refused) == ["dues.look_again"]


def test_a_correction_over_another_is_refused(world: World, group: Group, ana: MemberLine) -> None:
    line = noted(world, group, ana)
    correct_due(world.work(), on(group, line), a_line(amount="500"))
    late = world.work()
    with pytest.raises(Refused) as refused:
        correct_due(late, on(group, line), a_line(amount="600"))
    late.rollback()
    assert codes(refused) == ["dues.changed_meanwhile"]
    assert [one.amount_minor for one in own(world, group, ana)] == [50_000]


def test_what_is_no_longer_owed_cannot_be_paid(world: World, group: Group, ana: MemberLine) -> None:
    line = noted(world, group, ana)
    correct_due(world.work(), on(group, line), a_line(state="dropped"))
    with pytest.raises(Refused) as refused:
        note_paid(world.work(), on(group, line, 2))
    assert codes(refused) == ["dues.not_owed"]


def test_dues_are_listed_by_how_they_stand(world: World, group: Group, ana: MemberLine) -> None:
    overdue = noted(world, group, ana, a_line(due_on=date(2026, 11, 23)))
    today = noted(world, group, ana)
    note_paid(world.work(), on(group, noted(world, group, ana, a_line(due_on=date(2026, 10, 1)))))
    session = world.work().session
    assert counts_of(session, group.id, TODAY) == Counts(open=1, overdue=1, paid=1, dropped=0)
    assert overdue_count(session, group.id, TODAY) == 1
    for standing, line in ((Standing.OVERDUE, overdue), (Standing.OPEN, today)):
        found = entries_standing(session, group.id, standing, TODAY)
        assert [one.public_id for one in found] == [line.public_id]
    session.rollback()


def test_a_line_of_another_group_is_not_there(world: World, group: Group, ana: MemberLine) -> None:
    line = noted(world, group, ana)
    mill = world.group("mill", plugins=("dues",))
    with pytest.raises(NotFound):
        note_paid(world.work(), on(mill, line))
