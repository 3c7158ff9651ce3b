"""A week is what it was when its Monday began: whenever the job comes round, whatever the clock did, as long as all is on."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from click.testing import Result
from structlog.testing import capture_logs

from app.core.groups.domain.office import Office
from app.core.groups.queries import MemberLine
from app.extensions import db
from app.plugin_runtime.switching import switch_off, switch_on
from app.plugins.attendance.queries.history import StoredHistory
from app.plugins.credibility.domain.reports import Facet
from app.plugins.credibility.queries.facts import facts_of
from app.plugins.referrals.domain.slip import Act
from tests.support.attacked import PLUGINS, Attacked
from tests.support.slips import acting
from tests.support.world import World

MONDAY = datetime(2026, 11, 30, tzinfo=UTC)
"""The tests begin on the Tuesday before."""


@pytest.fixture
def house(world: World) -> Iterator[Attacked]:
    with world.app.app_context():  # as in a request or a job: mails hold addresses
        yield Attacked(world=world, group=world.group(plugins=PLUGINS))


def run(world: World, *arguments: str) -> Result:
    done = world.app.test_cli_runner().invoke(args=[*arguments])
    with world.app.app_context():
        db.engine.dispose()
    return done


def test_correction_of_after_the_monday_waits_for_the_next_one(house: Attacked) -> None:
    member, giver, other = house.members(3)
    slip = house.handled(giver, member, "yes")
    house.handled(other, member, "yes")
    house.world.clock.move_to(MONDAY + timedelta(days=2))
    house.says(giver, slip, "no")
    house.counted_now()
    assert [(row.worth, row.report_number) for row in house.rows(member)] == [(1.0, 1), (1.0, 1)]
    assert max(row.day for row in house.rows(member)) < MONDAY.timestamp() / 86400
    house.count()
    assert sorted(row.worth for row in house.rows(member)) == [0.0, 1.0]
    assert house.differing() == []


def test_who_came_and_gave_since_the_monday_began_is_not_counted_yet(
    house: Attacked, monkeypatch: pytest.MonkeyPatch
) -> None:
    member, other = house.members(2)
    house.passed(member, other)
    house.world.clock.move_to(MONDAY + timedelta(hours=3))
    house.passed(member, other)
    days = {member.id: [date(2026, 11, 23), date(2026, 11, 30)]}
    monkeypatch.setattr(StoredHistory, "attended_days", lambda _self, _group: days)
    with acting(house.world) as work:
        then, now = facts_of(work, house.group, MONDAY), facts_of(work, house.group)
    assert (then.given[member.id], now.given[member.id]) == (1, 2)
    assert then.attended == {member.id: 1}


@pytest.mark.parametrize(("called", "worth"), [(True, 1.0), (False, 0.0)])
def test_report_on_a_slip_from_paper_waits_until_its_seven_days_are_over(
    house: Attacked, *, called: bool, worth: float
) -> None:
    """It can be told of sooner, by its day on the paper; the receiver has had it since it was typed in."""
    world = house.world
    typist = world.member(house.group, offices=[Office.SECRETARY_TREASURER])
    giver, member = house.members(2)
    slip = house.typed_in(typist, giver, member, world.now.date() - timedelta(days=10))
    world.pass_time(days=5)
    house.says(giver, slip, "yes")
    house.says(member, slip, "yes")
    world.clock.move_to(MONDAY + timedelta(hours=1))
    assert house.counted_now() == 1, "the lead is known, and nothing else"
    assert (len(house.rows(giver, Facet.LEAD)), house.rows(member)) == (1, [])
    if called:
        house.takes(slip, member, Act.PROGRESS)
    assert house.count() == 1
    assert [row.worth for row in house.rows(member)] == [worth]
    assert house.count() == 0


@pytest.mark.parametrize("name", ["attendance", "referrals"])
def test_nothing_is_counted_while_what_weights_rest_on_is_off_and_later_it_is(
    house: Attacked, name: str
) -> None:
    member, giver, other = house.members(3)
    registry, group = house.world.held.registry, house.group.id
    for one in (giver, other):
        house.handled(one, member, "yes")
    with acting(house.world) as work:
        switch_off(work, registry, group_id=group, name=name)
        work.commit()
    assert (house.count(), house.rows(member)) == (0, [])
    with acting(house.world) as work:
        switch_on(work, registry, group_id=group, name=name)
        work.commit()
    assert house.counted_now() == 4
    assert len(house.rows(member)) == 2


def counted_ahead(house: Attacked) -> MemberLine:
    """Let a clock that is a year ahead count two reports on a member, then set it right; return the member."""
    member, giver, other = house.members(3)
    for one in (giver, other):
        house.handled(one, member, "no")
    now = house.world.now
    house.world.clock.move_to(MONDAY + timedelta(days=364))
    assert house.counted_now() == 4
    house.world.clock.move_to(now)
    return member


def test_clock_that_ran_ahead_is_told_in_the_log_by_the_doctor_and_by_the_rebuild(house: Attacked) -> None:
    counted_ahead(house)
    house.world.pass_time(days=7)
    with capture_logs() as logs:
        assert house.counted_now() == 0
    assert [(line["event"], line["counted_already"]) for line in logs] == [
        ("credibility.week_ahead", "2027-11-29")
    ]
    doctor = run(house.world, "doctor")
    assert doctor.exit_code == 1
    assert "credibility of harbour: nothing is counted before 2027-11-29" in doctor.stdout
    assert "Nothing is counted until then." in run(house.world, "credibility", "rebuild").stdout


def test_weeks_ahead_are_taken_back_and_counting_goes_on(house: Attacked) -> None:
    member = counted_ahead(house)
    done = run(house.world, "credibility", "rebuild", "--group", "harbour", "--drop-weeks-ahead")
    assert done.exit_code == 0, done.output
    assert "They are taken back; counting goes on within the hour." in done.stdout
    week = date(2026, 11, 23)
    assert {(row.counted_on, row.published_on) for row in house.rows(member)} == {(week, week)}
    assert house.known(member).shown_on == week
    assert "credibility of harbour" not in run(house.world, "doctor").stdout
    with capture_logs() as logs:
        house.counted_now()
        house.count()
    assert logs == []
    assert [(row.counted_on, row.worth) for row in house.rows(member)] == [(MONDAY.date(), 0.0)] * 2
    assert house.differing() == []
