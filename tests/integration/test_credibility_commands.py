"""`flask credibility`: records made anew by steps, found and mended where they differ; and a look that is noted."""

import re
from collections.abc import Sequence
from typing import Any

import pytest
from click.testing import Result
from sqlalchemy import update

from app.core.groups.domain.office import Office
from app.core.groups.models import MemberRow
from app.core.groups.queries import MemberLine
from app.core.ledger.queries import entries_of, pulse_of
from app.core.local_time import local_day
from app.extensions import db
from app.plugins.credibility.domain.reports import Facet
from app.plugins.credibility.interface import RecordLookedAt
from app.plugins.credibility.models import PairRow, StandingRow
from app.plugins.credibility.queries import secret
from app.plugins.credibility.services import rebuilding
from app.plugins.credibility.services.rebuilding import rebuild_by_steps
from app.plugins.credibility.store import drop_pairs, put_part
from tests.support.owner import as_owner
from tests.support.records import Recorded
from tests.support.slips import acting, reading
from tests.support.world import World

PLUGINS = ("attendance", "referrals", "credibility")


@pytest.fixture
def recorded(world: World) -> Recorded:
    return Recorded(world=world, group=world.group(plugins=PLUGINS))


@pytest.fixture
def members(world: World, recorded: Recorded) -> list[MemberLine]:
    return [world.member(recorded.group, name) for name in ("Ana Sousa", "Rui Almeida", "Eva Costa")]


@pytest.fixture
def counted(recorded: Recorded, members: Sequence[MemberLine]) -> None:
    """Two colleagues reported on Ana, one on Rui, and it was counted: five records."""
    ana, rui, eva = members
    for giver, receiver, answer in ((rui, ana, "yes"), (eva, ana, "no"), (ana, rui, "not-sure")):
        recorded.handled(giver, receiver, answer)
    recorded.count()


def run(world: World, *arguments: str, answers: str = "") -> Result:
    done = world.app.test_cli_runner().invoke(args=["credibility", *arguments], input=answers)
    with world.app.app_context():
        db.engine.dispose()
    return done


def state(recorded: Recorded) -> Any:
    with reading(recorded.world) as session:
        known = secret.standings(session, recorded.group.id)
        members = {member for _facet, member in known}
        return dict(known), dict(secret.voices_about(session, recorded.group.id, members))


def spoil(recorded: Recorded, *members: MemberLine) -> None:
    """Alter a sum of each by the least that can be told apart."""
    table: Any = StandingRow.__table__
    with as_owner(recorded.world.app) as connection:
        for member in members:
            of_them = (
                table.c.group_id == recorded.group.id,
                table.c.facet == "handling",
                table.c.about_member_id == member.id,
            )
            connection.execute(update(table).where(*of_them).values(good=table.c.good + 2.0**-50))


@pytest.mark.usefixtures("counted")
def test_rebuild_finds_nothing_to_do_where_nothing_was_altered(world: World, recorded: Recorded) -> None:
    before = state(recorded)
    done = run(world, "rebuild", "--group", "harbour")
    assert (done.exit_code, done.stdout) == (0, "harbour: 5 records, all as their reports make them.\n")
    assert state(recorded) == before


@pytest.mark.usefixtures("counted")
def test_rebuild_names_the_record_that_differed_by_one_bit_and_mends_it(
    world: World, recorded: Recorded, members: Sequence[MemberLine]
) -> None:
    before = state(recorded)
    spoil(recorded, members[0])
    done = run(world, "rebuild", "--group", "harbour")
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines() == [
        f"harbour: the record of {members[0].public_id} (how referrals were handled) differed and was made anew.",
        "harbour: 5 records, 1 differed and were made anew.",
    ]
    assert state(recorded) == before


@pytest.mark.usefixtures("counted")
@pytest.mark.parametrize("which", ["lost voices", "a strange voice", "lost shown", "everything"])
def test_rebuild_mends_voices_and_what_is_shown_as_well(
    world: World, recorded: Recorded, members: Sequence[MemberLine], which: str
) -> None:
    ana, rui, eva = members
    before = state(recorded)
    pairs: Any = PairRow.__table__
    standings: Any = StandingRow.__table__
    of_group, of_pairs = standings.c.group_id == recorded.group.id, pairs.c.group_id == recorded.group.id
    with acting(recorded.world) as work:
        if which in {"lost voices", "everything"}:
            drop_pairs(work.session, recorded.group.id, (Facet.HANDLING, ana.id))
        work.commit()
    with as_owner(recorded.world.app) as connection:
        if which in {"a strange voice", "everything"}:
            told = (of_pairs, pairs.c.about_member_id == rui.id, pairs.c.facet == "handling")
            connection.execute(update(pairs).where(*told).values(by_member_id=eva.id))
        if which in {"lost shown", "everything"}:
            connection.execute(update(standings).where(of_group).values(shown_on=None, shown_good=0.0))
    assert state(recorded) != before
    assert run(world, "rebuild").exit_code == 0
    assert state(recorded) == before


@pytest.mark.usefixtures("counted")
def test_stopped_half_way_leaves_whole_records_and_goes_on_when_run_again(
    world: World, recorded: Recorded, members: Sequence[MemberLine], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rebuilding, "AT_ONCE", 1)
    before = state(recorded)
    spoil(recorded, *members[:2])
    with acting(world) as work:
        first = next(rebuild_by_steps(work, recorded.group))
        assert (first.done, first.of, first.mended) == (1, 3, ((Facet.HANDLING, members[0].id),))
    assert state(recorded) != before
    done = run(world, "rebuild")
    assert "1 differed" in done.stdout
    assert state(recorded) == before


@pytest.mark.usefixtures("counted")
def test_second_rebuild_at_the_same_time_leaves_the_first_nothing_to_do(
    world: World, recorded: Recorded, members: Sequence[MemberLine], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rebuilding, "AT_ONCE", 1)
    before = state(recorded)
    spoil(recorded, *members[:2])
    with acting(world) as work:
        steps = rebuild_by_steps(work, recorded.group)
        assert len(next(steps).mended) == 1
        assert "1 differed" in run(world, "rebuild").stdout, "the first holds nobody up between two steps"
        assert [step.mended for step in steps] == [(), ()]
    assert state(recorded) == before


def test_rebuild_of_an_unknown_group_is_refused_in_one_line_and_of_an_empty_one_says_so(
    world: World, recorded: Recorded
) -> None:
    done = run(world, "rebuild", "--group", "nowhere")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("Error: There is no group called 'nowhere'")
    assert run(world, "rebuild").stdout == f"{recorded.group.slug}: no records.\n"


@pytest.mark.usefixtures("counted")
def test_explain_shows_the_sum_to_check_by_hand_and_names_no_colleague(
    world: World, members: Sequence[MemberLine]
) -> None:
    done = run(world, "explain", "--group", "harbour", "--member", members[0].public_id, "--yes")
    assert done.exit_code == 0, done.output
    assert not re.search("Rui|Eva", done.stdout)
    assert "not yet  reports that are in: 2 of 5" in done.stdout
    reports = re.findall(r"(\d{4}-\d\d)  (good|bad) +weight ([\d.]+)  (.*)", done.stdout)
    assert sorted((one[1], one[2], one[3]) for one in reports) == [
        ("bad", "0.500000", "a colleague without a record of their own: 0.5"),
        ("good", "0.500000", "a colleague without a record of their own: 0.5"),
    ]
    voices = re.findall(r"^ +\d+  ([\d.]+)  ([\d.]+)  ([\d.]+)  × ([\d.]+)$", done.stdout, re.MULTILINE)
    good = sum(float(one[1]) * float(one[3]) for one in voices)
    bad = sum(float(one[2]) * float(one[3]) for one in voices)
    shown = re.search(r"= ([\d.]+) ± [\d.]+", done.stdout)
    assert shown is not None
    assert (good + 2.25) / (good + bad + 3) == pytest.approx(float(shown[1]), abs=1e-5)
    assert done.stdout.endswith("Not shown to the group.\n")


def test_explain_of_a_member_without_reports_and_of_one_who_takes_part(
    world: World, recorded: Recorded, members: Sequence[MemberLine]
) -> None:
    with acting(world) as work:
        put_part(work.session, recorded.group.id, members[1].id, "yes", work.now)
        work.commit()
    done = run(world, "explain", "--group", "harbour", "--member", members[1].email, "--yes")
    assert "takes part: the group sees the record once all is there" in done.stdout
    assert "Reports: none has been published." in done.stdout


def test_explain_finds_who_cannot_sign_in_by_the_address_in_the_list_of_members(
    world: World, recorded: Recorded, members: Sequence[MemberLine]
) -> None:
    ana, rui, eva = members
    with acting(world) as work:
        for member, address in (
            (ana, "Ana@firm.example"),
            (rui, "both@firm.example"),
            (eva, "both@firm.example"),
        ):
            of_member = (MemberRow.group_id == recorded.group.id, MemberRow.id == member.id)
            work.session.execute(update(MemberRow).where(*of_member).values(email=address))
        work.commit()
    done = run(world, "explain", "--group", "harbour", "--member", "ana@Firm.example", "--yes")
    assert (done.exit_code, "Ana Sousa" in done.stdout) == (0, True)
    for who in ("both@firm.example", " "):
        done = run(world, "explain", "--group", "harbour", "--member", who, "--yes")
        assert (done.exit_code, done.stdout) == (1, ""), "of two with one address, neither"


def test_a_look_is_noted_without_moving_the_group_and_its_member_alone_sees_it(
    world: World, recorded: Recorded, members: Sequence[MemberLine]
) -> None:
    ana, rui, _eva = members
    noted = "An administrator looked at your record on:"
    with reading(world) as session:
        pulse = pulse_of(session, recorded.group.id)
    assert noted not in world.client(ana).get("/g/harbour/credibility/").text
    for _twice in range(2):
        run(world, "explain", "--group", "harbour", "--member", ana.email, "--yes")
    with reading(world) as session:
        looks = [entry for entry, _hash in entries_of(session, recorded.group.id, (RecordLookedAt.kind,))]
        assert pulse_of(session, recorded.group.id) == pulse
    assert [(entry.actor, entry.facts) for entry in looks] == [("command", f'{{"member_id":{ana.id}}}')] * 2
    page = world.client(ana).get("/g/harbour/credibility/").text
    day = local_day(world.now, recorded.group.zone)
    assert f"{noted} {day.day} {day:%b} {day.year}.</p>" in page, "one day, once"
    assert noted not in world.client(rui).get("/g/harbour/credibility/").text


def test_leaders_read_that_an_administrator_looked_and_not_at_whom(
    world: World, recorded: Recorded, members: Sequence[MemberLine]
) -> None:
    ana, rui, _eva = members
    leader = world.member(recorded.group, "Pia Costa", offices=(Office.PRESIDENT,))
    path, noted = "/g/harbour/credibility/schemes", "An administrator of this installation looked"
    assert noted not in world.client(leader).get(path).text
    run(world, "explain", "--group", "harbour", "--member", ana.email, "--yes")
    page, day = world.client(leader).get(path).text, local_day(world.now, recorded.group.zone)
    assert f"{day.day} {day:%b} {day.year}. The member whose it is sees it too." in page.split(noted)[1]
    assert ana.name not in page
    assert noted not in world.client(rui).get(path).text


def test_whoever_does_not_go_on_sees_nothing_and_nothing_is_noted(
    world: World, recorded: Recorded, members: Sequence[MemberLine]
) -> None:
    done = run(world, "explain", "--group", "harbour", "--member", members[0].email, answers="n\n")
    assert done.exit_code == 1
    assert "That an administrator looked is noted" in done.stdout
    assert "History enough" not in done.stdout
    with reading(world) as session:
        assert list(entries_of(session, recorded.group.id, (RecordLookedAt.kind,))) == []


def test_explain_of_nobody_and_of_somebody_of_another_group_are_refused_alike(
    world: World, recorded: Recorded
) -> None:
    stranger = world.member(world.group("mill"), "Bo Lind")
    for who in ("nobody@nowhere.example", stranger.email):
        done = run(world, "explain", "--group", recorded.group.slug, "--member", who)
        assert (done.exit_code, done.stdout) == (1, "")
        assert done.stderr.startswith(f"Error: Nobody in harbour is called '{who}'.")
