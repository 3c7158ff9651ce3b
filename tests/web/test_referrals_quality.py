"""The weekly quality check: drawn once by a job, answered in private, shown to offices as a share of a settled quarter."""

from datetime import date, timedelta

import pytest
from sqlalchemy import insert

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.plugin_runtime.jobs import plugin_jobs
from app.plugin_runtime.runtime import runtime
from app.plugins.referrals.domain.slip import Act
from app.plugins.referrals.models_reports import QualityCheckRow
from app.plugins.referrals.queries.one_slip import slip_for
from tests.support.reading import column, words
from tests.support.slips import passed_slip, reading, take
from tests.support.world import World

QUALITY = "/g/harbour/referrals/quality"
YES = {"called": "yes", "welcome": "yes", "real": "no"}


@pytest.fixture
def group(world: World) -> Group:
    return world.group()


@pytest.fixture
def ana(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ana Sousa")


@pytest.fixture
def rui(world: World, group: Group) -> MemberLine:
    return world.member(group, "Rui Almeida")


def run_jobs(world: World) -> None:
    with world.app.app_context():
        for job in plugin_jobs(runtime()):
            job.run()


def keys(world: World, group: Group, slips: list[str], member: MemberLine) -> dict[int, str]:
    with reading(world) as session:
        views = [slip_for(session, group.id, slip, member.id, now=world.now) for slip in slips]
    return {view.id: view.public_id for view in views if view is not None}


def drawn_slips(world: World, group: Group, slips: list[str], member: MemberLine) -> list[str]:
    known = keys(world, group, slips, member)
    return [known[int(str(key))] for key in column(world, "referrals_quality_check", "slip_id")]


def passed_two_weeks_ago(world: World, group: Group, ana: MemberLine, rui: MemberLine) -> list[str]:
    """Return five slips of the week two weeks before the present one."""
    slips = [passed_slip(world, group, ana, rui) for _each in range(5)]
    world.pass_time(days=13)
    return slips


def test_two_slips_are_drawn_once_a_week_and_their_receiver_is_asked(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    slips = passed_two_weeks_ago(world, group, ana, rui)
    for _twice in range(2):
        run_jobs(world)
    chosen = drawn_slips(world, group, slips, rui)
    assert len(chosen) == 2
    assert column(world, "referrals_quality_check", "week") == [date(2026, 12, 7)] * 2
    assert "Three private questions about a slip from Ana Sousa." in words(
        world.client(rui).get("/g/harbour/")
    )
    assert "Three private questions" not in words(world.client(ana).get("/g/harbour/"))
    world.pass_time(days=7)
    run_jobs(world)
    assert world.rows("referrals_quality_check") == 2, "the slips of that week are drawn from once"


def test_slips_of_other_weeks_and_those_taken_back_are_not_drawn(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    back = passed_slip(world, group, ana, rui)
    take(world, group, back, ana, Act.WITHDRAW)
    declined = passed_slip(world, group, ana, rui)
    take(world, group, declined, rui, Act.DECLINE)
    world.pass_time(days=13)
    passed_slip(world, group, ana, rui)
    run_jobs(world)
    assert world.rows("referrals_quality_check") == 0


def test_the_three_answers_are_private_and_may_be_changed_for_four_weeks(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    slips = passed_two_weeks_ago(world, group, ana, rui)
    run_jobs(world)
    page = f"{QUALITY}/{drawn_slips(world, group, slips, rui)[0]}"
    client = world.client(rui)
    assert "Did you call?" in words(client.get(page))
    part = client.post(page, data={"called": "yes"})
    assert part.status_code == 422
    assert "Choose yes or no." in words(part)
    assert client.post(page, data=YES).status_code == 303
    assert client.get(page).text.count("checked") == 3
    assert client.post(page, data={**YES, "real": "yes"}).status_code == 303
    assert True in column(world, "referrals_quality_check", "real")
    world.pass_time(days=29)
    late = client.post(page, data=YES)
    assert late.status_code == 422
    assert "This check is closed" in words(late)
    others = (ana, world.member(group), world.member(group, offices=[Office.PRESIDENT]))
    for other in others:
        assert world.client(other).get(page).status_code == 404
        assert world.client(other).post(page, data=YES).status_code == 404


def test_a_slip_that_was_not_drawn_asks_nothing(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    slip = passed_slip(world, group, ana, rui)
    assert world.client(rui).get(f"{QUALITY}/{slip}").status_code == 404


def answered(world: World, group: Group, receivers: list[MemberLine], *, week: date, called: int) -> None:
    """Keep an answered check a receiver, the first `called` of which called."""
    giver = world.member(group)
    slips = [passed_slip(world, group, giver, receiver) for receiver in receivers]
    known = keys(world, group, slips, giver)
    work = world.work()
    for number, (key, receiver) in enumerate(zip(known, receivers, strict=True)):
        work.session.execute(
            insert(QualityCheckRow).values(
                group_id=group.id,
                slip_id=key,
                week=week,
                receiver_member_id=receiver.id,
                called=number < called,
                welcome=True,
                real=False,
                answered_at_utc=world.now,
            )
        )
    work.commit()


def test_offices_see_a_share_of_a_settled_quarter_from_ten_answers_on(world: World, group: Group) -> None:
    president = world.client(world.member(group, offices=[Office.PRESIDENT]))
    people = [world.member(group) for _each in range(5)]
    answered(world, group, [*people, *people[:4]], week=date(2026, 7, 6), called=7)
    assert "No quarter has enough answers yet." in words(president.get(QUALITY))
    answered(world, group, people[4:], week=date(2026, 7, 13), called=0)
    page = words(president.get(QUALITY))
    assert "2026, quarter 3" in page
    assert "7 in 10" in page
    assert "10 in 10" in page
    assert "0 in 10" in page


def test_the_running_quarter_shows_nothing_that_could_move(world: World, group: Group) -> None:
    president = world.client(world.member(group, offices=[Office.PRESIDENT]))
    people = [world.member(group) for _each in range(10)]
    answered(world, group, people, week=date(2026, 11, 2), called=7)
    assert "No quarter has enough answers yet." in words(president.get(QUALITY))
    world.pass_time(days=(date(2027, 1, 30) - date(2026, 11, 24)) / timedelta(days=1))
    assert "2026, quarter 4" in words(president.get(QUALITY))


def test_ten_answers_of_four_people_show_nothing(world: World, group: Group) -> None:
    president = world.client(world.member(group, offices=[Office.PRESIDENT]))
    people = [world.member(group) for _each in range(4)]
    answered(world, group, [*people, *people, *people], week=date(2026, 7, 6), called=7)
    assert "No quarter has enough answers yet." in words(president.get(QUALITY))


def test_members_without_an_office_see_no_shares(world: World, group: Group, ana: MemberLine) -> None:
    assert world.client(ana).get(QUALITY).status_code == 403
