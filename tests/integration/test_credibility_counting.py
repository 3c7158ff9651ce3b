"""The weekly counting on both engines: frozen weights, one voice each, shown after two, and a rebuild that finds nothing to do."""

from collections.abc import Sequence

import pytest

from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.plugin_runtime.jobs import plugin_jobs, run_all
from app.plugins.credibility.domain.reports import Facet
from app.plugins.credibility.domain.standing import Standing
from app.plugins.credibility.queries import secret
from app.plugins.credibility.queries.secret import Evidence, Known
from app.plugins.credibility.services.counting import count_week
from app.plugins.credibility.services.rebuilding import rebuild
from app.plugins.credibility.store import put_part
from tests.support.records import Recorded
from tests.support.slips import acting, reading
from tests.support.world import World

PLUGINS = ("attendance", "referrals", "credibility")


@pytest.fixture
def recorded(world: World) -> Recorded:
    return Recorded(world=world, group=world.group(plugins=PLUGINS))


@pytest.fixture
def members(world: World, recorded: Recorded) -> list[MemberLine]:
    return [world.member(recorded.group) for _ in range(5)]


def evidence(recorded: Recorded, facet: Facet = Facet.HANDLING) -> list[Evidence]:
    with reading(recorded.world) as session:
        found = secret.all_evidence(session, recorded.group.id)
    return [row for row in found if row.facet is facet]


def known(recorded: Recorded, member: MemberLine, facet: Facet = Facet.HANDLING) -> Known:
    with reading(recorded.world) as session:
        return secret.known_of(session, recorded.group.id, member.id).get(facet, secret.NOTHING_KNOWN)


def differing(recorded: Recorded) -> list[object]:
    with acting(recorded.world) as work:
        return [one.whose for one in rebuild(work, recorded.group) if one.differed]


def says(recorded: Recorded, member: MemberLine, word: str) -> None:
    with acting(recorded.world) as work:
        put_part(work.session, recorded.group.id, member.id, word, work.now)
        work.commit()


def test_report_counts_on_the_next_weekly_day_and_once(
    recorded: Recorded, members: Sequence[MemberLine]
) -> None:
    recorded.handled(members[0], members[1], "yes")
    assert evidence(recorded) == []
    assert recorded.count() == 2, "the handling report and the lead report"
    assert [(row.worth, row.weight, row.voice) for row in evidence(recorded)] == [(1.0, 0.5, "new")]
    assert recorded.count() == 0


@pytest.mark.parametrize(
    ("answer", "days", "worth"),
    [("yes", 2, 1.0), ("not-sure", 2, 0.5), ("no", 2, 0.0), ("yes", 8, 0.0)],
)
def test_worth_is_contact_within_seven_days_and_the_answer(
    recorded: Recorded, members: Sequence[MemberLine], answer: str, days: float, worth: float
) -> None:
    recorded.handled(members[0], members[1], answer, days=days)
    recorded.count()
    assert [row.worth for row in evidence(recorded)] == [worth]


def test_nothing_new_is_shown_after_one_report_and_both_after_the_second(
    recorded: Recorded, members: Sequence[MemberLine]
) -> None:
    recorded.handled(members[0], members[1], "yes")
    recorded.count()
    assert known(recorded, members[1]).shown == Standing()
    assert known(recorded, members[1]).counted.outcomes == 1
    recorded.handled(members[2], members[1], "no")
    recorded.count()
    after = known(recorded, members[1])
    assert (after.shown, after.shown.outcomes) == (after.counted, 2)
    assert {row.published_on for row in evidence(recorded)} == {after.shown_on}


def test_favour_returned_counts_a_third_and_is_not_independent(
    recorded: Recorded, members: Sequence[MemberLine]
) -> None:
    one, other = members[:2]
    recorded.handled(one, other, "yes")
    recorded.handled(other, one, "yes")
    recorded.count()
    weights = {row.about_member_id: (row.weight, row.is_independent) for row in evidence(recorded)}
    assert weights == {other.id: (0.5, True), one.id: (pytest.approx(0.5 / 3), False)}


def test_corrected_report_leaves_nothing_of_the_first(
    recorded: Recorded, members: Sequence[MemberLine]
) -> None:
    slip = recorded.handled(members[0], members[1], "no")
    recorded.count()
    assert known(recorded, members[1]).counted.bad > 0
    recorded.says(members[0], slip, "yes")
    recorded.count()
    after = known(recorded, members[1]).counted
    assert (after.bad, after.good, after.outcomes) == (0.0, 0.5, 1)
    assert differing(recorded) == []


def test_who_objects_has_no_record_from_the_next_counting_on(
    recorded: Recorded, members: Sequence[MemberLine]
) -> None:
    recorded.handled(members[0], members[1], "yes")
    recorded.count()
    says(recorded, members[1], "object")
    recorded.handled(members[2], members[1], "yes")
    recorded.count()
    assert [row.about_member_id for row in evidence(recorded)] == []
    assert known(recorded, members[1]).counted == Standing()


def test_rebuild_finds_the_same_bits_after_weeks_of_reports_and_corrections(
    recorded: Recorded, members: Sequence[MemberLine]
) -> None:
    slips = []
    for number in range(12):
        giver, receiver = members[number % 5], members[(number * 2 + 1) % 5]
        if giver is receiver:
            continue
        slips.append((giver, recorded.handled(giver, receiver, ("yes", "no", "not-sure")[number % 3])))
        if number % 4 == 3:
            recorded.count()
            first_giver, first = slips[0]
            recorded.says(first_giver, first, ("no", "yes")[number % 2])
    recorded.count()
    assert len(evidence(recorded)) > 8
    assert differing(recorded) == []


def test_evidence_is_deleted_after_five_half_lives(recorded: Recorded, members: Sequence[MemberLine]) -> None:
    recorded.handled(members[0], members[1], "yes")
    recorded.count()
    recorded.world.pass_time(days=5 * 365 + 1)
    recorded.count()
    assert evidence(recorded) == []
    assert known(recorded, members[1]).counted == Standing()


def test_group_that_switched_it_off_is_not_counted(world: World, members: Sequence[MemberLine]) -> None:
    other = Recorded(world=world, group=world.group("mill"))
    giver, receiver = (world.member(other.group) for _ in range(2))
    other.handled(giver, receiver, "yes")
    run_all([job for job in plugin_jobs(world.held) if job.name == "credibility.count-week"])
    assert evidence(other) == []


def test_two_workers_count_a_week_once(recorded: Recorded, members: Sequence[MemberLine]) -> None:
    recorded.handled(members[0], members[1], "yes")
    recorded.count()
    with acting(recorded.world) as work:
        assert count_week(work, recorded.group) == 0
    assert len(evidence(recorded)) == 1


def test_others_groups_records_are_left_alone(
    world: World, recorded: Recorded, members: Sequence[MemberLine]
) -> None:
    mill: Group = world.group("mill", plugins=PLUGINS)
    recorded.handled(members[0], members[1], "yes")
    recorded.count()
    with reading(world) as session:
        assert secret.all_evidence(session, mill.id) == []
