"""One-to-ones on both engines: one record for both, nothing doubled, corrected by either, counted for both."""

from datetime import date, timedelta

import pytest

from app.core.errors import NotFound, Refused
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.local_time import Period
from app.plugins.activities.domain.rules import TalkFacts
from app.plugins.activities.plugin import ActivitiesPlugin
from app.plugins.activities.queries.talks import talk_for
from app.plugins.activities.services.correcting import OnTalk, correct, take_back
from tests.support.parallel import at_once
from tests.support.slips import acting, reading
from tests.support.talks import recorded_learning, recorded_talk, talks
from tests.support.world import World

TODAY = date(2026, 11, 24)


@pytest.fixture
def group(world: World) -> Group:
    return world.group(plugins=("attendance", "referrals", "activities"))


@pytest.fixture
def ana(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ana Sousa")


@pytest.fixture
def ben(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ben Ito")


def on_talk(group: Group, member: MemberLine, talk: str, version: int = 1) -> OnTalk:
    return OnTalk(
        group=group,
        today=TODAY,
        member=member.id,
        member_name=member.name,
        talk=talk,
        seen_version=version,
        path="/g/harbour/activities/",
    )


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [refusal.code for refusal in refused.value.refusals]


def test_one_record_stands_in_both_lists(
    world: World, group: Group, ana: MemberLine, ben: MemberLine
) -> None:
    recorded_talk(world, group, ana, ben, note="Prices")
    assert [(line.other_name, line.note) for line in talks(world, group, ana)] == [("Ben Ito", "Prices")]
    assert [(line.other_name, line.note) for line in talks(world, group, ben)] == [("Ana Sousa", "Prices")]
    assert world.rows("activities_one_to_one") == 1
    assert world.rows("notice") == 1
    world.assert_ledger_whole(group)


@pytest.mark.parametrize("days_apart", [-1, 0, 1])
def test_whoever_records_it_second_is_told_who_was_first(
    world: World, group: Group, ana: MemberLine, ben: MemberLine, days_apart: int
) -> None:
    recorded_talk(world, group, ben, ana, on=TODAY - timedelta(days=2))
    with pytest.raises(Refused) as refused:
        recorded_talk(world, group, ana, ben, on=TODAY - timedelta(days=2 - days_apart))
    assert codes(refused) == ["activities.recorded_already"]
    assert refused.value.refusals[0].facts["name"] == "Ben Ito"
    assert world.rows("activities_one_to_one") == 1


def test_two_days_apart_are_two_talks(world: World, group: Group, ana: MemberLine, ben: MemberLine) -> None:
    recorded_talk(world, group, ben, ana, on=TODAY - timedelta(days=2))
    recorded_talk(world, group, ana, ben, on=TODAY)
    assert world.rows("activities_one_to_one") == 2


def test_another_talk_of_the_same_day_is_kept_when_said_so(
    world: World, group: Group, ana: MemberLine, ben: MemberLine
) -> None:
    recorded_talk(world, group, ben, ana)
    recorded_talk(world, group, ana, ben, is_another=True)
    assert world.rows("activities_one_to_one") == 2


def test_ones_own_earlier_record_is_named_as_such(
    world: World, group: Group, ana: MemberLine, ben: MemberLine
) -> None:
    recorded_talk(world, group, ana, ben)
    with pytest.raises(Refused) as refused:
        recorded_talk(world, group, ana, ben)
    assert codes(refused) == ["activities.recorded_already_by_you"]


def test_both_recording_at_once_leave_one_record(
    world: World, group: Group, ana: MemberLine, ben: MemberLine
) -> None:
    pairs = [(ana, ben), (ben, ana)]
    answers = at_once(2, lambda number: recorded_talk(world, group, *pairs[number]))
    refused = [answer for answer in answers if isinstance(answer, Refused)]
    assert [one.refusals[0].code for one in refused] == ["activities.recorded_already"]
    assert world.rows("activities_one_to_one") == 1


def test_either_of_the_two_corrects_it_for_both(
    world: World, group: Group, ana: MemberLine, ben: MemberLine
) -> None:
    talk = recorded_talk(world, group, ana, ben)
    with acting(world, ben) as work:
        correct(
            work, on_talk(group, ben, talk), TalkFacts(held_on=TODAY - timedelta(days=3), place="Harbour")
        )
    (line,) = talks(world, group, ana)
    assert (line.held_on, line.place) == (TODAY - timedelta(days=3), "Harbour")
    assert world.rows("notice") == 2


def test_a_correction_of_an_older_version_is_refused_and_changes_nothing(
    world: World, group: Group, ana: MemberLine, ben: MemberLine
) -> None:
    talk = recorded_talk(world, group, ana, ben)
    with acting(world, ben) as work:
        correct(work, on_talk(group, ben, talk), TalkFacts(held_on=TODAY, note="Ben's"))
    with acting(world, ana) as work, pytest.raises(Refused) as refused:
        correct(work, on_talk(group, ana, talk), TalkFacts(held_on=TODAY, note="Ana's"))
    assert codes(refused) == ["activities.changed_meanwhile"]
    assert talks(world, group, ana)[0].note == "Ben's"


def test_taken_back_it_is_gone_for_both_and_the_other_is_told(
    world: World, group: Group, ana: MemberLine, ben: MemberLine
) -> None:
    talk = recorded_talk(world, group, ana, ben)
    with acting(world, ben) as work:
        take_back(work, on_talk(group, ben, talk))
    assert talks(world, group, ana) == []
    assert world.rows("notice") == 2


def test_after_a_week_it_stands(world: World, group: Group, ana: MemberLine, ben: MemberLine) -> None:
    talk = recorded_talk(world, group, ana, ben)
    world.pass_time(days=7, minutes=1)
    for act in (take_back, lambda work, on: correct(work, on, TalkFacts(held_on=TODAY))):
        with acting(world, ana) as work, pytest.raises(Refused) as refused:
            act(work, on_talk(group, ana, talk))
        assert codes(refused) == ["activities.week_over"]


def test_to_a_third_member_there_is_no_such_talk(
    world: World, group: Group, ana: MemberLine, ben: MemberLine
) -> None:
    talk = recorded_talk(world, group, ana, ben)
    third = world.member(group, "Cara Lund")
    with acting(world, third) as work, pytest.raises(NotFound):
        take_back(work, on_talk(group, third, talk))
    with reading(world) as session:
        assert talk_for(session, group.id, talk, third.id) is None


def test_palms_counts_each_talk_for_both_and_sums_units(
    world: World, group: Group, ana: MemberLine, ben: MemberLine
) -> None:
    cara = world.member(group, "Cara Lund")
    recorded_talk(world, group, ana, ben)
    recorded_talk(world, group, cara, ana)
    recorded_learning(world, group, ben, units=2)
    recorded_learning(world, group, ben, units=3, on=TODAY - timedelta(days=30))
    work = world.work()
    with world.app.test_request_context():
        talk_column, learning_column = ActivitiesPlugin().palms_columns(
            work, group, Period(first=TODAY - timedelta(days=6), last=TODAY)
        )
    work.rollback()
    assert (talk_column.code, talk_column.order) == ("1-2-1", 60)
    assert talk_column.values == {ana.id: 2, ben.id: 1, cara.id: 1}
    assert (learning_column.code, learning_column.order) == ("CEU", 80)
    assert learning_column.values == {ben.id: 2}


def test_the_columns_of_one_group_hold_nothing_of_another(
    world: World, group: Group, ana: MemberLine, ben: MemberLine
) -> None:
    recorded_talk(world, group, ana, ben)
    other = world.group("mill", plugins=("activities",))
    work = world.work()
    with world.app.test_request_context():
        columns = ActivitiesPlugin().palms_columns(work, other, Period(first=TODAY, last=TODAY))
    work.rollback()
    assert [dict(column.values) for column in columns] == [{}, {}]
