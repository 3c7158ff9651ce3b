"""After an import: one screen of the last 26 weeks of slips for each giver, once, dated when answered; undone without a trace."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.local_time import instant_of
from app.plugin_runtime.jobs import plugin_jobs
from app.plugin_runtime.runtime import runtime
from app.plugins.referrals.domain.keys import SlipId
from app.plugins.referrals.interface import SlipHistory
from app.plugins.referrals.plugin import ReferralsPlugin
from app.plugins.referrals.services.slips_import import SlipsAuditImporter
from app.plugins.referrals.store_historic import FromFile, HistoricSlip, add_historic_slips
from tests.support.reading import column, words
from tests.support.world import World

SCREEN = "/g/harbour/referrals/reports/last-26-weeks"
TASK = "Your last 26 weeks of slips: what came of them?"
BATCH, LATER_BATCH = 41, 42


@pytest.fixture
def group(world: World) -> Group:
    return world.group()


@pytest.fixture
def ana(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ana Sousa")


@pytest.fixture
def rui(world: World, group: Group) -> MemberLine:
    return world.member(group, "Rui Almeida")


def brought(
    world: World, group: Group, giver: MemberLine, receiver: MemberLine, day: date, batch: int = BATCH
) -> str:
    """Keep a slip as a file brings it, and return its public id."""
    work = world.work()
    slip = HistoricSlip(
        id=SlipId(work.ids.key()),
        public_id=work.ids.public_id(),
        giver=giver.id,
        giver_outside="",
        receiver=receiver.id,
        receiver_outside="",
        tier="outside",
    )
    on_the_day = instant_of(day, world.now.time(), group.zone)
    file = FromFile(batch_id=batch, day=day, on_the_day=on_the_day, now=world.now)
    add_historic_slips(work.session, group.id, [slip], file)
    work.commit()
    return slip.public_id


def days_ago(world: World, days: int) -> date:
    return world.now.date() - timedelta(days=days)


def test_the_giver_is_asked_once_about_the_last_26_weeks(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    recent = brought(world, group, ana, rui, days_ago(world, 30))
    edge = brought(world, group, ana, rui, days_ago(world, 182))
    older = brought(world, group, ana, rui, days_ago(world, 183))
    client = world.client(ana)
    assert TASK in words(client.get("/g/harbour/"))
    assert TASK not in words(world.client(rui).get("/g/harbour/")), "the giver alone can tell"
    page = client.get(SCREEN).text
    assert [slip in page for slip in (recent, edge, older)] == [True, True, False]
    answer = client.post(SCREEN, data={recent: "yes", older: "no"})
    assert answer.status_code == 303
    assert column(world, "referrals_report", "answer") == ["yes"]
    assert TASK not in words(client.get("/g/harbour/"))
    assert "There is nothing to look back on." in words(client.get(SCREEN))


def test_leaving_all_blank_is_an_answer_too_and_a_later_file_asks_again(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    brought(world, group, ana, rui, days_ago(world, 30))
    client = world.client(ana)
    assert client.post(SCREEN, data={}).status_code == 303
    assert TASK not in words(client.get("/g/harbour/"))
    brought(world, group, ana, rui, days_ago(world, 20), LATER_BATCH)
    assert TASK in words(client.get("/g/harbour/"))


def test_the_answer_is_dated_when_given_and_opens_two_weeks_later(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    slip = brought(world, group, ana, rui, days_ago(world, 100))
    world.client(ana).post(SCREEN, data={slip: "no"})
    given_at = world.now
    asked: type[Any] = SlipHistory
    found = []
    for _look in range(2):
        work = world.work()
        found.append(ReferralsPlugin().reads(work)[asked].opened_reports(group.id, world.now))
        work.rollback()
        world.pass_time(days=14)
    assert found[0] == []
    assert [one.opened_at_utc for one in found[1]] == [given_at + timedelta(days=14)]


def test_slips_of_files_stay_silent(world: World, group: Group, ana: MemberLine, rui: MemberLine) -> None:
    slip = brought(world, group, ana, rui, days_ago(world, 15))
    world.pass_time(hours=5)
    with world.app.app_context():
        for job in plugin_jobs(runtime()):
            job.run()
    assert world.rows("outgoing_mail") == world.rows("notice") == 0
    assert world.rows("referrals_quality_check") == 0
    answer = world.client(rui).post(f"/g/harbour/referrals/slips/{slip}/report", data={"answer": "yes"})
    assert answer.status_code == 404, "the receiver is not asked about history"


def test_a_nonsense_answer_leaves_everything_as_it_was(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    slip = brought(world, group, ana, rui, days_ago(world, 30))
    assert world.client(ana).post(SCREEN, data={slip: "perhaps"}).status_code == 422
    assert world.rows("referrals_report") == world.rows("referrals_look_back") == 0


def test_undoing_the_file_takes_the_answers_along_and_tells_nobody_that_there_were_any(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    slip = brought(world, group, ana, rui, days_ago(world, 30))
    importer = SlipsAuditImporter()

    def shown() -> object:
        work = world.work()
        with world.app.test_request_context():
            preview = importer.undo_preview(work, group, BATCH)
        work.rollback()
        return [str(line) for line in preview.summary], list(preview.touched)

    before = shown()
    world.client(ana).post(SCREEN, data={slip: "no"})
    assert shown() == before
    work = world.work()
    with world.app.test_request_context():
        importer.undo(work, group, BATCH, also_touched=frozenset())
    work.commit()
    assert world.rows("referrals_slip") == world.rows("referrals_report") == 0
