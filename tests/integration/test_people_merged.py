"""Two records of one human, plugins that are off, and what is forgotten in time, on both engines."""

from collections.abc import Sequence
from datetime import date, time, timedelta

import pytest
from sqlalchemy import select, update

from app.core.errors import Refused
from app.core.groups.domain.standing import Group
from app.core.groups.models import MemberRow, MembershipRow
from app.core.groups.queries import MemberLine
from app.core.groups.services import switch_plugin
from app.core.ids import MemberId
from app.core.notices.models import ToldWhenRow
from app.core.notices.services import Letter, write_to_member
from app.core.people.models import PersonRow
from app.core.person_data.exported import Exported
from app.core.sentences import N_
from app.core.work import UnitOfWork
from app.plugin_api import Plugin
from app.plugin_runtime.person_data import erase_person, export_person, merge_people
from app.plugin_runtime.registry import Registry
from app.plugins.activities.models import OneToOneRow
from app.plugins.attendance.domain.status import Status
from app.plugins.attendance.models import MarkRow, SubstituteRow
from app.plugins.attendance.models_door import MemberKeyRow
from app.plugins.attendance.queries.rebuilding import faults_of
from app.plugins.attendance.services.forgetting import forget_substitutes
from app.plugins.referrals.models import SlipRow
from tests.support.meeting_room import Room
from tests.support.people_data import PLUGINS, codes, erased, exported, leaves, merged
from tests.support.plugins import manifest
from tests.support.slips import acting, passed_slip, reading
from tests.support.talks import recorded_talk
from tests.support.world import LONG_AGO, World


@pytest.fixture
def group(world: World) -> Group:
    return world.group(plugins=PLUGINS)


@pytest.fixture
def ana(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ana Sousa", email="ana@sousa.example")


@pytest.fixture
def bo(world: World, group: Group) -> MemberLine:
    return world.member(group, "Bo Lindqvist")


def test_two_records_of_one_human_become_one(world: World, group: Group, bo: MemberLine) -> None:
    first = world.member(group, "Ana Sousa", joined=LONG_AGO, ended=date(2026, 3, 1))
    again = world.member(group, "Ana de Sousa", joined=date(2026, 5, 1))
    passed_slip(world, group, again, bo)
    recorded_talk(world, group, bo, again, note="About kitchens")
    merged(world, first, again)
    with reading(world) as session:
        slip = session.scalars(select(SlipRow).where(SlipRow.group_id == group.id)).one()
        talk = session.scalars(select(OneToOneRow).where(OneToOneRow.group_id == group.id)).one()
        assert (slip.giver_member_id, talk.with_member_id) == (first.id, first.id)
        assert session.get(MemberRow, (group.id, again.id)) is None
        assert session.get(PersonRow, again.person_id) is None
        assert faults_of(session, group.id) == []
    world.assert_ledger_whole(group)


@pytest.mark.parametrize(
    ("last", "trade"), [(date(2026, 5, 1), "Sailmaker"), (date(2025, 5, 1), "Beekeeper")]
)
def test_the_seat_is_that_of_whoever_was_a_member_last(
    world: World, group: Group, last: date, trade: str
) -> None:
    kept = world.member(
        group, "Ana Sousa", joined=date(2025, 9, 1), ended=date(2026, 3, 1), trade="Beekeeper"
    )
    gone = world.member(
        group, "Ana de Sousa", joined=last, ended=last + timedelta(days=60), trade="Sailmaker"
    )
    merged(world, kept, gone)
    with reading(world) as session:
        assert session.get_one(MemberRow, (group.id, kept.id)).trade == trade


def test_records_in_two_groups_become_those_of_one_person(world: World, ana: MemberLine) -> None:
    there = world.group("hilltop", plugins=PLUGINS)
    second = world.member(there, "Ana Sousa", email="ana@elsewhere.example")
    merged(world, ana, second)
    assert set(exported(world, ana)) == {"", "harbour", "hilltop"}


def test_two_who_talked_with_each_other_are_two(
    world: World, group: Group, ana: MemberLine, bo: MemberLine
) -> None:
    recorded_talk(world, group, ana, bo)
    with pytest.raises(Refused) as refused:
        merged(world, ana, bo)
    assert codes(refused) == {"people.members_at_once", "people.between_the_two"}
    with reading(world) as session:
        assert session.get(PersonRow, bo.person_id) is not None


def test_two_who_passed_a_slip_are_two(world: World, group: Group, bo: MemberLine) -> None:
    """Also where a slip to oneself breaks no rule of the table."""
    first = world.member(group, "Ana Sousa")
    passed_slip(world, group, first, bo)
    leaves(world, group, first, date(2026, 3, 1))
    again = world.member(group, "Ana de Sousa", joined=date(2026, 5, 1))
    with acting(world) as work:
        work.session.execute(update(SlipRow).values(receiver_member_id=again.id))
        work.commit()
    with pytest.raises(Refused) as refused:
        merged(world, first, again)
    assert codes(refused) == {"people.between_the_two"}


def test_one_record_is_not_merged_with_itself_nor_with_an_erased_one(
    world: World, group: Group, ana: MemberLine, bo: MemberLine
) -> None:
    with pytest.raises(Refused) as refused:
        merged(world, ana, ana)
    assert codes(refused) == {"people.one_already"}
    leaves(world, group, ana)
    erased(world, ana)
    with pytest.raises(Refused) as refused:
        merged(world, bo, ana)
    assert codes(refused) == {"people.erased_already"}


def test_a_plugin_that_is_off_is_erased_too(
    world: World, group: Group, ana: MemberLine, bo: MemberLine
) -> None:
    recorded_talk(world, group, ana, bo, note="About kitchens")
    with acting(world) as work:
        switch_plugin(work, group_id=group.id, plugin="activities", is_on=False)
        work.commit()
    leaves(world, group, ana)
    erased(world, ana)
    with reading(world) as session:
        assert session.scalars(select(OneToOneRow.note).where(OneToOneRow.group_id == group.id)).one() == ""


class Noting(Plugin):
    """A plugin that is on nowhere and notes what it is asked."""

    manifest = manifest("noting")

    def __init__(self) -> None:
        self.asked: list[tuple[str, tuple[int, ...]]] = []

    def export_person(self, work: UnitOfWork, group: Group, member_id: MemberId) -> Sequence[Exported]:
        self.asked.append(("export", (group.id, member_id)))
        return (Exported(name="noted", rows=[{"line": "one"}]),)

    def erase_person(self, work: UnitOfWork, group: Group, member_id: MemberId) -> int:
        self.asked.append(("erase", (group.id, member_id)))
        return 3

    def merge_people(self, work: UnitOfWork, group: Group, kept: MemberId, gone: MemberId) -> None:
        self.asked.append(("merge", (group.id, kept, gone)))


def test_a_plugin_is_asked_whether_on_or_off(world: World, group: Group, ana: MemberLine) -> None:
    again = world.member(group, "Ana de Sousa", joined=LONG_AGO, ended=date(2025, 2, 1))
    noting = Noting()
    registry = Registry([noting])
    with acting(world) as work:
        parts = export_person(work, registry, again.person_id)
        assert [one.name for one in parts[1].stores][-1] == "noted"
        assert erase_person(work, registry, again.person_id).by_table["noting"] == 3
        work.rollback()
        with pytest.raises(Refused):
            merge_people(work, registry, ana.person_id, again.person_id)
    assert noting.asked == [
        ("export", (group.id, again.id)),
        ("erase", (group.id, again.id)),
        ("merge", (group.id, ana.id, again.id)),
    ]


def test_of_two_pins_for_the_door_the_kept_one_stays(world: World, group: Group) -> None:
    first = world.member(group, "Ana Sousa", joined=LONG_AGO, ended=date(2026, 3, 1))
    again = world.member(group, "Ana de Sousa", joined=date(2026, 5, 1))
    with acting(world) as work:
        for member in (first, again):
            work.session.add(
                MemberKeyRow(
                    group_id=group.id, member_id=member.id, pin_hash=f"of-{member.name}", code_serial=0
                )
            )
        work.commit()
    merged(world, first, again)
    with reading(world) as session:
        assert session.scalars(select(MemberKeyRow.pin_hash)).all() == ["of-Ana Sousa"]
    leaves(world, group, first)
    erased(world, first)
    with reading(world) as session:
        assert session.scalars(select(MemberKeyRow.pin_hash)).all() == []


def test_of_what_a_member_has_one_of_the_kept_one_stays(world: World, group: Group) -> None:
    first = world.member(group, "Ana Sousa", joined=LONG_AGO, ended=date(2026, 3, 1))
    again = world.member(group, "Ana de Sousa", joined=date(2026, 5, 1))
    with acting(world) as work:
        for member, until in ((first, 6), (again, 9)):
            work.session.add(
                ToldWhenRow(
                    group_id=group.id,
                    member_id=member.id,
                    waiting_by="page",
                    news_by="page",
                    quiet_from=time(20),
                    quiet_until=time(until),
                )
            )
        work.commit()
    merged(world, first, again)
    with reading(world) as session:
        rows = session.scalars(select(ToldWhenRow)).all()
        assert [(row.member_id, row.quiet_until) for row in rows] == [(first.id, time(6))]


def test_two_marks_of_one_meeting_are_not_made_one(world: World, group: Group) -> None:
    first = world.member(group, "Ana Sousa", joined=LONG_AGO, ended=date(2026, 3, 1))
    again = world.member(group, "Ana de Sousa", joined=date(2026, 5, 1))
    meeting = world.meeting(group)
    with acting(world) as work:
        for member in (first, again):
            work.session.add(
                MarkRow(
                    group_id=group.id,
                    meeting_id=meeting.id,
                    member_id=member.id,
                    status="P",
                    origin="leader",
                    version=1,
                    updated_at_utc=work.now,
                )
            )
        work.commit()
    with pytest.raises(Refused) as refused:
        merged(world, first, again)
    assert codes(refused) == {"people.both_have_one"}
    assert refused.value.refusals[0].facts == {
        "group": "Harbour Referrals",
        "count": 1,
        "what": "attendance_mark",
    }
    assert world.rows("attendance_mark") == 2


def test_who_stood_in_is_forgotten_when_the_day_has_come(world: World, group: Group, ana: MemberLine) -> None:
    meeting = world.meeting(group)
    with acting(world) as work:
        work.session.add(
            SubstituteRow(
                group_id=group.id,
                id=work.ids.key(),
                meeting_id=meeting.id,
                member_id=ana.id,
                name="Carla Dias",
                firm="Dias Ltd",
                created_at_utc=work.now,
                expires_on=date(2027, 11, 24),
            )
        )
        work.commit()
    world.pass_time(days=365)
    with acting(world) as work:
        assert forget_substitutes(work, group) == 0
    world.pass_time(days=1)
    with acting(world) as work:
        assert forget_substitutes(work, group) == 1
        work.commit()
        assert forget_substitutes(work, group) == 0
    with reading(world) as session:
        assert session.scalars(select(SubstituteRow.name)).all() == [""]


def test_the_ledger_of_before_a_merge_agrees_with_the_record_after_it(world: World) -> None:
    room = Room(world)
    first = world.member(room.group, "Anna Sousa", joined=LONG_AGO, ended=date(2026, 3, 1))
    room.mark(room.ana, Status.PRESENT)
    with acting(world) as work:
        work.session.execute(
            update(MembershipRow)
            .where(MembershipRow.group_id == room.group.id, MembershipRow.member_id == room.ana.id)
            .values(started_on=date(2026, 5, 1))
        )
        work.commit()
    merged(world, first, room.ana)
    with reading(world) as session:
        assert session.scalars(select(MarkRow.member_id)).all() == [first.id]
        assert faults_of(session, room.group.id) == []
    world.assert_ledger_whole(room.group)


def test_nothing_is_mailed_to_the_erased(world: World, group: Group, ana: MemberLine) -> None:
    leaves(world, group, ana)
    erased(world, ana)
    letter = Letter(kind="tests.word", subject=N_("A word"), body=N_("Hello.\n"), subject_key="late")
    with acting(world) as work:
        write_to_member(work, group_id=group.id, member_id=ana.id, letter=letter)
        work.commit()
    assert world.rows("outgoing_mail") == 0
