"""Joining on a real database: time passes, people leave, everything is forgotten, and the database keeps one seat one."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from app.core.database import Base, PersonalText
from app.core.groups.domain.office import Office
from app.core.groups.services import end_membership, leave_office, switch_plugin
from app.core.ledger.queries import entries_of
from app.core.local_time import local_day
from app.plugin_runtime.jobs import plugin_jobs, run_all
from app.plugins.joining.domain.references import GOOD_FOR, OVERDUE_AFTER, REMINDED_AFTER
from app.plugins.joining.models import ApplicationRow, ReferenceRow
from app.plugins.joining.queries.seats import StoredSeats
from app.plugins.welcome.interface import SeatsKnown, WaysToJoin
from tests.support.joining import FILLED, Chapter, chapter, set_up
from tests.support.slips import acting, reading
from tests.support.world import World

TERESA, MARTA, JOAO = FILLED["email"], FILLED["referee1_email"], FILLED["referee2_email"]
TODAY = date(2026, 11, 24)


@pytest.fixture
def group(world: World) -> Chapter:
    return chapter(world)


def texts(world: World) -> str:
    """Return every text about people that joining, the notices and the outbox keep."""
    found = []
    with reading(world) as session:
        for table in Base.metadata.sorted_tables:
            if table.name.startswith("joining_") or table.name in {"notice", "outgoing_mail"}:
                columns = [one for one in table.columns if isinstance(one.type, PersonalText)]
                for column in columns:
                    found += [str(text) for text in session.scalars(select(column)) if text]
    return "\n".join(found)


def test_an_address_that_nobody_proves_leaves_nothing_after_a_week(group: Chapter) -> None:
    group.apply()
    secret = group.link_to(TERESA)
    group.world.pass_time(days=6, hours=23)
    group.run_jobs()
    assert group.own(secret).status_code == 200
    group.world.pass_time(hours=1)
    assert group.own(secret, "confirm").status_code == 404, "the time is over though no job has run"
    group.run_jobs()
    assert group.world.rows("joining_application") == 0
    assert group.world.rows("joining_reference") == 0
    assert "Teresa" not in texts(group.world)
    assert group.mails() == []


def test_a_referee_is_reminded_once_and_not_after_the_answer(group: Chapter) -> None:
    group.confirmed()
    group.refer(group.link_to(JOAO), answer="yes", words="")
    group.world.pass_time(days=REMINDED_AFTER.days)
    for _run in range(2):
        group.run_jobs()
    assert group.kinds(MARTA) == ["reference", "reference_reminder"]
    assert group.kinds(JOAO) == []
    assert group.link_to(MARTA) == group.mails(MARTA)[0].body.split("/joining/r/")[1][:64], "the same link"
    group.world.pass_time(days=3)
    group.run_jobs()
    assert group.kinds(MARTA) == ["reference", "reference_reminder"]


def test_nobody_is_reminded_of_what_is_decided(group: Chapter) -> None:
    group.confirmed()
    for voter in (group.ana, group.ben):
        group.vote(voter, ballot="no", reason="Full.")
    group.decide(group.ana, "declined")
    group.world.pass_time(days=REMINDED_AFTER.days)
    group.run_jobs()
    assert group.mails(MARTA) == []


def test_a_link_is_over_after_three_weeks_and_can_be_asked_for_again(group: Chapter) -> None:
    group.confirmed()
    marta = group.link_to(MARTA)
    group.world.pass_time(days=GOOD_FOR.days)
    assert group.refer(marta, answer="yes", words="").status_code == 422
    group.run_jobs()
    with reading(group.world) as session:
        states = list(session.scalars(select(ReferenceRow.state)))
        reference = session.scalars(select(ReferenceRow.public_id).where(ReferenceRow.number == 1)).one()
    assert states == ["expired", "expired"]
    group.post(group.ana, f"/applications/{group.public_id()}/references/{reference}/ask")
    assert group.refer(marta, answer="yes", words="").status_code == 303


def test_everything_is_forgotten_at_its_time_and_the_count_stays(group: Chapter) -> None:
    secret = group.confirmed()
    group.refer(group.link_to(MARTA), answer="no", words="Canary of Marta")
    for voter in (group.ana, group.ben):
        group.vote(voter, ballot="no", reason="Canary of the vote")
    group.decide(group.ana, "declined")
    expires = group.row().expires_on
    assert expires == date(2027, 5, 24), "six months after the decision"
    group.world.pass_time(days=(expires - TODAY).days)
    group.run_jobs()
    assert "Canary of Marta" in texts(group.world), "kept until the day has passed"
    group.world.pass_time(days=1)
    group.run_jobs()
    kept = texts(group.world)
    for gone in ("Teresa", "teresa", "Marta", "Canary", "Fonseca", "Piano"):
        assert gone not in kept
    assert group.world.rows("joining_vote") == 0
    with reading(group.world) as session:
        row = session.scalars(select(ApplicationRow)).one()
        assert (row.state, row.no_count, row.mail_key, row.link_hash) == ("declined", 2, None, None)
        ledger = "\n".join(str(one) for one in entries_of(session, group.group.id))
    assert "Teresa" not in ledger
    assert "Canary" not in ledger
    assert group.own(secret).status_code == 404
    group.world.assert_ledger_whole(group.group)


def test_people_are_forgotten_where_the_plugin_is_off_too_and_nothing_else_happens(group: Chapter) -> None:
    group.apply(name="Ruben Dias", email="ruben@applicant.example")
    group.approved(trade="Sailmaker")
    with acting(group.world) as work:
        switch_plugin(work, group_id=group.group.id, plugin="joining", is_on=False)
        work.commit()
    group.world.pass_time(days=40)
    group.run_jobs()
    assert "Ruben" not in texts(group.world)
    assert group.row().state == "approved", "lapsing writes mails: it waits until the plugin is on"


def test_an_undecided_application_is_forgotten_after_a_year(group: Chapter) -> None:
    group.confirmed()
    group.world.pass_time(days=366)
    group.run_jobs()
    assert "Teresa" not in texts(group.world)
    with reading(group.world) as session:
        assert session.scalars(select(ApplicationRow.state)).one() == "lapsed"


def test_a_longer_time_holds_for_nobody_who_was_told_a_shorter_one(group: Chapter) -> None:
    group.confirmed()
    set_up(group, keep_months="12", version="1")
    for voter in (group.ana, group.ben):
        group.vote(voter, ballot="no", reason="Full.")
    group.decide(group.ana, "declined")
    assert group.row().expires_on == date(2027, 5, 24)


def test_a_vote_of_somebody_who_left_the_committee_does_not_count(group: Chapter) -> None:
    group.confirmed()
    group.vote(group.ben, ballot="no", reason="Secret of Ben")
    group.vote(group.ana)
    assert group.decide(group.ana, "approved").status_code == 422
    with acting(group.world) as work:
        leave_office(
            work,
            group_id=group.group.id,
            member_id=group.ben.id,
            office=Office.MEMBERSHIP_COMMITTEE,
            last_day=TODAY - timedelta(days=1),
        )
        work.commit()
    assert "Secret of Ben" not in group.page_of(group.ana).text
    assert group.page_of(group.ben).status_code == 403
    assert group.decide(group.ana, "approved").status_code == 303


def test_whoever_has_voted_is_not_asked_by_mail_any_more(group: Chapter) -> None:
    group.confirmed()
    assert len(group.mails(kind="opened")) == 2
    group.vote(group.ana)
    assert [one.address for one in group.mails(kind="opened")] == [group.ben.email]


def test_a_member_whose_last_day_is_to_come_still_votes(group: Chapter) -> None:
    with acting(group.world) as work:
        end_membership(
            work,
            group_id=group.group.id,
            member_id=group.ben.id,
            last_day=TODAY + timedelta(days=5),
            reason="moves",
        )
        work.commit()
    group.confirmed()
    assert group.vote(group.ben).status_code == 303
    group.vote(group.ana, ballot="no", reason="Hm.")
    assert group.decide(group.ana, "approved").status_code == 422
    group.world.pass_time(days=6)
    group.vote(group.ana)
    starts_on = (TODAY + timedelta(days=6)).isoformat()
    assert group.decide(group.ana, "approved", starts_on=starts_on).status_code == 303


def test_the_database_refuses_a_second_approval_for_a_seat(group: Chapter) -> None:
    group.approved()
    group.confirmed(name="Ruben Dias", email="ruben@applicant.example")
    second = group.row("Ruben Dias").id
    with acting(group.world) as work, pytest.raises(IntegrityError):
        work.session.execute(
            update(ApplicationRow)
            .where(ApplicationRow.group_id == group.group.id, ApplicationRow.id == second)
            .values(held_seat="pianotuner")
        )


def test_an_overdue_reference_is_somebodys_task(group: Chapter) -> None:
    group.confirmed()
    home = f"/g/{group.group.slug}/"
    sentence = "A referee of Teresa Fonseca has not answered"
    assert sentence not in group.world.client(group.ana).get(home).text
    group.world.pass_time(days=OVERDUE_AFTER.days)
    assert sentence in group.world.client(group.ana).get(home).text
    assert sentence not in group.world.client(group.president).get(home).text


def test_others_are_told_the_seats_and_where_to_apply(group: Chapter) -> None:
    group.post(group.ana, "/wanted", trade="Sailmaker")
    group.post(group.ana, "/wanted", trade="Bakers")
    with group.world.app.test_request_context(), acting(group.world) as work:
        on = frozenset({"joining"})
        seats = group.world.held.dispatch.reader(work, on, SeatsKnown)  # type: ignore[type-abstract]
        ways = group.world.held.dispatch.reader(work, on, WaysToJoin)  # type: ignore[type-abstract]
        assert seats is not None
        assert ways is not None
        lines = [(one.trade, one.held_by_member_id, one.is_wanted) for one in seats.of_group(group.group.id)]
        own = ways.apply_path("harbour", "visitor1")
        assert ways.apply_path("harbour") == "/visit/harbour/joining/apply"
        assert ways.apply_path("nowhere") == ""
    assert ("Sailmaker", None, True) in lines
    assert ("Baker", group.member.id, False) in lines
    assert "visitor=" in own
    assert "?visitor=visitor1" not in own, "signed, never the bare id"


def test_seats_are_those_of_the_groups_own_day(group: Chapter) -> None:
    with acting(group.world) as work:
        today = local_day(work.now, group.group.zone)
        end_membership(
            work, group_id=group.group.id, member_id=group.member.id, last_day=today, reason="moves"
        )
        work.commit()
        now = work.now
    with reading(group.world) as session:
        for days, is_held in ((0, True), (1, False)):
            lines = StoredSeats(session, now + timedelta(days=days)).of_group(group.group.id)
            assert any(one.trade == "Baker" for one in lines) is is_held


def test_jobs_do_nothing_twice(group: Chapter) -> None:
    group.approved()
    group.world.pass_time(days=31)
    jobs = [job for job in plugin_jobs(group.world.held) if job.name == "joining.joining-clock"]
    with group.world.app.app_context():
        assert [run_all(jobs), run_all(jobs)] == [{jobs[0].name: 1}, {jobs[0].name: 0}]


def test_the_same_person_in_two_groups_is_two_applications(world: World, group: Chapter) -> None:
    group.confirmed()
    mill = world.group("mill", plugins=("joining",))
    other = replace(
        group, group=mill, president=world.member(mill, "Mill President", offices=[Office.PRESIDENT])
    )
    set_up(other)
    assert other.apply().status_code == 303
    assert world.rows("joining_application") == 2
