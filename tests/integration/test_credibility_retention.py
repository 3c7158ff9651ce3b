"""What is kept for a time goes at its time on both engines, also where credibility or referrals is switched off."""

import pytest
from sqlalchemy import select

from app.core.groups.domain.office import Office
from app.core.groups.queries import MemberLine
from app.core.notices.models import NoticeRow, OutgoingMailRow
from app.plugin_runtime.jobs import plugin_jobs, run_all
from app.plugin_runtime.switching import switch_off
from app.plugins.credibility.domain.reports import Facet
from app.plugins.credibility.domain.standing import Standing
from app.plugins.credibility.queries import secret
from app.plugins.credibility.services.appealing import FileAppeal, file_appeal
from app.plugins.credibility.services.rebuilding import rebuild
from tests.support.records import Recorded
from tests.support.slips import acting, reading
from tests.support.world import World

PLUGINS = ("attendance", "referrals", "credibility")
FIVE_HALF_LIVES = 5 * 365


@pytest.fixture
def recorded(world: World) -> Recorded:
    return Recorded(world=world, group=world.group(plugins=PLUGINS))


@pytest.fixture
def ana(world: World, recorded: Recorded) -> MemberLine:
    """Ana has two published reports, one bad, in a group that can decide on it."""
    offices = (Office.PRESIDENT, Office.VICE_PRESIDENT, Office.SECRETARY_TREASURER)
    givers = [world.member(recorded.group, offices=[office]) for office in offices]
    ana = world.member(recorded.group, "Ana Sousa")
    world.member(recorded.group)
    for giver, answer in zip(givers, ("no", "yes"), strict=False):
        recorded.handled(giver, ana, answer)
    recorded.count()
    return ana


def run(world: World, name: str) -> None:
    run_all([job for job in plugin_jobs(world.held) if job.name == f"credibility.{name}"])


def off(recorded: Recorded, *names: str) -> None:
    with acting(recorded.world) as work:
        for name in names:
            switch_off(work, recorded.world.held.registry, group_id=recorded.group.id, name=name)
        work.commit()


@pytest.mark.parametrize("names", [("credibility",), ("referrals",), ("credibility", "referrals")])
def test_evidence_goes_after_five_half_lives_where_it_is_off(
    world: World, recorded: Recorded, ana: MemberLine, names: tuple[str, ...]
) -> None:
    off(recorded, *names)
    world.pass_time(days=FIVE_HALF_LIVES - 15)
    run(world, "forget-evidence")
    assert world.rows("credibility_evidence") == 4, "not before its time"
    world.pass_time(days=16)
    run(world, "forget-evidence")
    assert (world.rows("credibility_evidence"), world.rows("credibility_pair")) == (0, 0)
    with reading(world) as session:
        known = secret.known_of(session, recorded.group.id, ana.id)[Facet.HANDLING]
    assert (known.counted, known.shown) == (Standing(), Standing())


def test_only_what_is_too_old_goes_and_the_rest_is_folded_anew(
    world: World, recorded: Recorded, ana: MemberLine
) -> None:
    world.pass_time(days=900)
    giver = world.member(recorded.group)
    recorded.handled(giver, ana, "yes")
    recorded.count()
    world.pass_time(days=FIVE_HALF_LIVES - 900)
    run(world, "forget-evidence")
    with reading(world) as session:
        rows = secret.evidence_about(session, recorded.group.id, (Facet.HANDLING, ana.id))
    assert [row.by_member_id for row in rows] == [giver.id]
    with acting(world) as work:
        assert [one for one in rebuild(work, recorded.group) if one.differed] == []


def test_reasons_of_disagreements_go_a_year_after_the_end_where_it_is_off(
    world: World, recorded: Recorded, ana: MemberLine
) -> None:
    with world.app.app_context(), acting(world, ana) as work:
        row = secret.evidence_about(work.session, recorded.group.id, (Facet.HANDLING, ana.id))[0]
        command = FileAppeal(group=recorded.group, member=ana.id, report=row.public_id, reason="I called.")
        file_appeal(work, command)
    off(recorded, "credibility")
    for days, left in ((21 + 364, 1), (2, 0)):
        world.pass_time(days=days)
        run(world, "forget-appeals")
        assert (world.rows("credibility_appeal"), world.rows("credibility_decider")) == (left, 2 * left)
    with reading(world) as session:
        told = [*session.scalars(select(NoticeRow.text)), *session.scalars(select(OutgoingMailRow.body))]
    assert not [one for one in told if "disagree" in one], "nor what was told of it"
