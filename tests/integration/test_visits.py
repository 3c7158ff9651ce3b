"""A visit on a real database, from the registration to being forgotten; what happens by itself, and what each is told."""

from datetime import date, time, timedelta

import pytest
from sqlalchemy.orm import Session

from app.core.database import Base
from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.groups.services import end_membership
from app.core.ids import MemberId
from app.core.ledger.queries import entries_of
from app.core.local_time import Period
from app.core.meetings.domain.meeting import Meeting
from app.core.notices.models import NoticeRow
from app.core.notices.outbox import send_due
from app.core.notices.postman import SmtpPostman
from app.core.sealing import is_sealed
from app.core.work import HOUSE, UnitOfWork
from app.plugin_runtime.switching import switch_off
from app.plugins.welcome.interface import ExpectedVisitors, VisitorsKnown, VisitsOpen
from app.plugins.welcome.queries.calls import open_calls
from app.plugins.welcome.queries.visitors import invited_by_member
from app.plugins.welcome.services.arriving import note_arrival, take_arrival_back
from app.plugins.welcome.services.calls import note_visitor_call
from tests.support.reading import column
from tests.support.slips import acting
from tests.support.smtp import running_postbox
from tests.support.visiting import (
    CLARA,
    addresses,
    call_off,
    links_mailed,
    mails_to,
    move,
    open_page,
    register,
    run_jobs,
    visits,
)
from tests.support.world import World

DAY = date(2026, 12, 1)


@pytest.fixture
def group(world: World) -> Group:
    return world.group(plugins=("attendance", "welcome"))


@pytest.fixture
def ana(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ana Sousa", email="ana@harbour.example")


@pytest.fixture
def host(world: World, group: Group) -> MemberLine:
    found = world.member(group, "Tom Reis", offices=[Office.VISITOR_HOST], email="tom@harbour.example")
    open_page(world, found)
    return found


@pytest.fixture
def meeting(world: World, group: Group) -> Meeting:
    return world.meeting(group, DAY, time(7))


def kinds(world: World, address: str = CLARA["email"]) -> list[str]:
    """Return the kinds of the mails to an address, without the first message of a new member."""
    return [one.kind.removeprefix("welcome.") for one in mails_to(world, address) if "first_" not in one.kind]


def until(world: World, day: date, wall: time) -> None:
    """Let time pass until that wall time in Lisbon, which is UTC in winter."""
    target = world.now.replace(
        year=day.year, month=day.month, day=day.day, hour=wall.hour, minute=wall.minute, second=0
    )
    world.clock.advance(target - world.now)


def here(world: World, group: Group, by: MemberLine) -> None:
    """Note that the visitor is here, in the minute before the meeting."""
    until(world, DAY, time(6, 55))
    with acting(world, by) as work:
        note_arrival(work, group, visits(world)[0].public_id)


def test_other_components_are_told_who_is_expected(
    world: World, group: Group, ana: MemberLine, host: MemberLine, meeting: Meeting
) -> None:
    register(world, meeting, invited_by="Ana Sousa", wants_greeter="y")
    register(world, meeting, firm="Waits aside")
    second, mill = visits(world)[1].public_id, world.group("mill")
    work = world.work()
    reads = next(one for one in world.held.registry.plugins if one.manifest.name == "welcome").reads(work)
    (one,) = reads[ExpectedVisitors].at_meeting(group.id, meeting.id)
    known = reads[VisitorsKnown].visitor(group.id, one.public_id)
    assert (one.name, one.wants_greeter, one.invited_by_member_id) == (CLARA["name"], True, ana.id)
    assert known.email == CLARA["email"]
    assert reads[VisitorsKnown].visitor(group.id, second) is None, "it waits aside"
    assert reads[VisitsOpen].is_open(group.id)
    assert not reads[VisitsOpen].is_open(mill.id)
    work.rollback()


def test_the_reminder_comes_once_on_the_evening_before_and_not_after_the_meeting_began(
    world: World, group: Group, host: MemberLine, meeting: Meeting
) -> None:
    register(world, meeting)
    run_jobs(world)
    assert kinds(world) == ["visit_confirmed"]
    until(world, DAY - timedelta(days=1), time(17))
    run_jobs(world)
    run_jobs(world)
    assert kinds(world) == ["visit_confirmed", "visit_reminder"]
    reminder = mails_to(world, CLARA["email"])[-1]
    assert reminder.not_after_utc == meeting.starts_at_utc
    assert "tomorrow" not in (reminder.subject + reminder.body).lower(), "it may be read on the day itself"


def test_who_registers_or_calls_off_the_evening_before_is_not_reminded(
    world: World, group: Group, host: MemberLine, meeting: Meeting
) -> None:
    register(world, meeting)
    (link,) = links_mailed(world, CLARA["email"])
    assert world.client().post(f"{link}/call-off").status_code == 303
    until(world, DAY - timedelta(days=1), time(17))
    register(world, meeting, name="Omar Haddad", email="omar@haddad.example")
    run_jobs(world)
    assert kinds(world, "omar@haddad.example") == ["visit_confirmed"]
    assert "visit_reminder" not in kinds(world)


def test_a_meeting_called_off_takes_unsent_mails_back_and_tells_the_visitor_once(
    world: World, group: Group, host: MemberLine, meeting: Meeting
) -> None:
    register(world, meeting)
    call_off(world, group, meeting)
    assert kinds(world) == ["visit_meeting_off"], "the confirmation had not left, and is pointless now"
    (visit,) = visits(world)
    assert visit.state == "cancelled"
    work = world.work()
    events = list(entries_of(work.session, group.id, ("welcome.visit_called_off",)))
    work.rollback()
    assert len(events) == 1


def test_a_meeting_that_moves_takes_its_visitors_along_and_tells_them_once(
    world: World, group: Group, host: MemberLine, meeting: Meeting
) -> None:
    register(world, meeting)
    move(world, group, meeting, days=1)
    assert kinds(world) == ["visit_meeting_moved"]
    (visit,) = visits(world)
    assert (visit.state, visit.came_on) == ("expected", DAY + timedelta(days=1))
    assert "Wednesday" in mails_to(world, CLARA["email"])[-1].body


def test_arrival_counts_and_a_mistaken_tap_is_taken_back(
    world: World, group: Group, ana: MemberLine, host: MemberLine, meeting: Meeting
) -> None:
    register(world, meeting, invited_by="Ana Sousa")
    year = Period(first=date(2026, 1, 1), last=date(2026, 12, 31))

    def counted() -> int:
        work = world.work()
        found = invited_by_member(work.session, group.id, year.first, year.last).get(ana.id, 0)
        work.rollback()
        return found

    assert counted() == 0, "whoever is expected has not come"
    here(world, group, host)
    here(world, group, host)
    (visit,) = visits(world)
    assert (visit.state, visit.arrived_at_utc, counted()) == ("came", world.now, 1)
    with acting(world, host) as work:
        take_arrival_back(work, group, visit.public_id)
    assert (visits(world)[0].state, counted()) == ("expected", 0)
    world.assert_ledger_whole(group)


def test_who_never_came_is_missed_the_day_after_and_is_asked_nothing(
    world: World, group: Group, host: MemberLine, meeting: Meeting
) -> None:
    register(world, meeting)
    until(world, DAY, time(20))
    run_jobs(world)
    assert visits(world)[0].state == "expected"
    until(world, DAY + timedelta(days=1), time(10))
    run_jobs(world)
    assert visits(world)[0].state == "missed"
    assert kinds(world) == ["visit_confirmed"]
    with acting(world, host) as work:
        note_arrival(work, group, visits(world)[0].public_id)
    assert (visits(world)[0].state, visits(world)[0].arrived_at_utc) == ("came", None)


def test_the_call_is_one_members_within_a_day_and_somebody_elses_when_they_leave(
    world: World, group: Group, ana: MemberLine, host: MemberLine, meeting: Meeting
) -> None:
    register(world, meeting, invited_by="Ana Sousa")
    here(world, group, host)
    run_jobs(world)
    assert calls(world, group) == [], "the meeting is on"
    until(world, DAY, time(9))
    run_jobs(world)
    run_jobs(world)
    assert calls(world, group) == [host.id]
    with acting(world) as work:
        end_membership(
            work, group_id=group.id, member_id=host.id, last_day=DAY + timedelta(days=1), reason="left"
        )
        work.commit()
    until(world, DAY + timedelta(days=1), time(12))
    run_jobs(world)
    assert calls(world, group) == [host.id], "the last day is still theirs"
    until(world, DAY + timedelta(days=2), time(12))
    run_jobs(world)
    assert calls(world, group) == [ana.id]
    assert kinds(world, "ana@harbour.example").count("call_a_visitor") == 1


def test_no_mail_asks_for_a_call_that_was_made(
    world: World, group: Group, host: MemberLine, meeting: Meeting
) -> None:
    register(world, meeting)
    here(world, group, host)
    until(world, DAY, time(9))
    run_jobs(world)
    assert kinds(world, "tom@harbour.example").count("call_a_visitor") == 1
    with acting(world, host) as work:
        note_visitor_call(work, group, visits(world)[0].public_id, by=host.id, note="", done=True)
    assert "call_a_visitor" not in kinds(world, "tom@harbour.example")


def calls(world: World, group: Group) -> list[MemberId | None]:
    """Return who has the open calls."""
    work = world.work()
    found = [one.owner for one in open_calls(work.session, group.id)]
    work.rollback()
    return found


def test_the_one_question_is_asked_once_and_answered_by_a_tap(
    world: World, group: Group, host: MemberLine, meeting: Meeting
) -> None:
    register(world, meeting)
    here(world, group, host)
    until(world, DAY + timedelta(days=1), time(9, 30))
    run_jobs(world)
    run_jobs(world)
    assert kinds(world).count("visit_question") == 1
    link = links_mailed(world, CLARA["email"])[-1]
    assert world.client().get(link).status_code == 200
    assert column(world, "welcome_visit_answer", "answer") == [], "looking answers nothing"
    assert world.client().post(f"{link}/answer", data={"answer": "maybe"}).status_code == 422
    for said in ("no", "yes"):
        assert (
            world.client().post(f"{link}/answer", data={"answer": said, "words": "Kind."}).status_code == 303
        )
    assert column(world, "welcome_visit_answer", "answer") == ["yes"]
    assert kinds(world, "tom@harbour.example").count("visit_answered_told") == 1


def test_a_second_visit_is_offered_on_the_own_page_and_counts_as_repeated(
    world: World, group: Group, host: MemberLine, meeting: Meeting
) -> None:
    later = world.meeting(group, date(2026, 12, 8), time(7))
    register(world, meeting)
    here(world, group, host)
    (link,) = links_mailed(world, CLARA["email"])
    assert world.client().post(f"{link}/day", data={"meeting": later.public_id}).status_code == 303
    first, second = visits(world)
    assert (first.state, second.state, second.kind) == ("came", "expected", "repeat")
    assert second.came_on == later.local_date


def test_everything_about_a_visitor_is_gone_at_expiry_and_the_count_stays(
    world: World, group: Group, ana: MemberLine, host: MemberLine, meeting: Meeting
) -> None:
    needs = {"introduction": "canary-intro", "access_needs": "canary-needs"}
    canary = {
        "name": "Canary Bird",
        "firm": "canary-firm",
        "email": "canary@bird.example",
        "phone": "canary-1",
    }
    register(world, meeting, invited_by="Ana Sousa", **canary, **needs)
    register(world, meeting, invited_by="Tom Reis", **{**canary, "firm": "canary-two"})
    here(world, group, host)
    until(world, DAY + timedelta(days=1), time(10))
    run_jobs(world)
    link = links_mailed(world, "canary@bird.example")[0]
    world.client().post(f"{link}/answer", data={"answer": "yes", "words": "canary-answer"})
    with acting(world, host) as work:
        note_visitor_call(work, group, visits(world)[0].public_id, by=host.id, note="canary-note", done=True)
    world.pass_time(days=7)
    run_jobs(world)
    assert (visits(world)[0].introduction, visits(world)[0].access_needs) == ("", "")
    assert "canary-firm" in everything(world)
    until(world, DAY + timedelta(days=91), time(12))
    run_jobs(world)
    left = everything(world)
    assert "canary" not in left.lower()
    assert "Canary Bird" not in left
    assert world.client().get(link).status_code == 404
    work = world.work()
    assert invited_by_member(work.session, group.id, DAY, DAY) == {ana.id: 1}
    work.rollback()


def new_work(world: World) -> tuple[Session, UnitOfWork]:
    """Return a unit of work as the worker begins one."""
    session = world.held.new_session()
    return session, world.held.work(session, HOUSE)


def everything(world: World) -> str:
    """Return all that every table holds, as one text, the ledger and what was mailed among it; what is sealed holds numbers alone."""
    session = world.work().session
    tables = [table for table in Base.metadata.sorted_tables if not is_sealed(table)]
    rows = [str(row) for table in tables for row in session.execute(table.select())]
    session.rollback()
    return "\n".join(rows)


def test_a_visitor_deletes_everything_at_once_and_hosts_learn_without_a_name(
    world: World, group: Group, ana: MemberLine, host: MemberLine, meeting: Meeting
) -> None:
    canary = {"name": "Canary Bird", "email": "canary@bird.example"}
    register(world, meeting, invited_by="Ana Sousa", **canary)
    (link,) = links_mailed(world, "canary@bird.example")
    assert world.client().post(f"{link}/forget").status_code == 200
    assert "canary" not in everything(world).lower()
    assert world.client().get(link).status_code == 404
    session = world.work().session
    told = [one.text for one in session.query(NoticeRow).filter_by(member_id=host.id)]
    session.rollback()
    assert any("does not come and had everything deleted" in text for text in told)


def test_a_registration_that_nobody_confirms_is_forgotten_in_a_week(
    world: World, group: Group, host: MemberLine, meeting: Meeting
) -> None:
    far = world.meeting(group, date(2026, 12, 22), time(7))
    register(world, far)
    register(world, far, name="Klara Moreau", email="other@bird.example")
    assert [one.state for one in visits(world)] == ["expected", "waiting"]
    world.pass_time(days=8)
    run_jobs(world)
    assert [one.state for one in visits(world)] == ["expected"]
    assert "other@bird" not in everything(world)


def test_forgetting_goes_on_where_the_plugin_is_off(
    world: World, group: Group, host: MemberLine, meeting: Meeting
) -> None:
    register(world, meeting)
    work = world.work()
    switch_off(work, world.held.registry, group_id=group.id, name="welcome")
    work.commit()
    until(world, DAY + timedelta(days=95), time(12))
    run_jobs(world)
    assert CLARA["email"] not in everything(world)


def test_the_confirmation_leaves_by_smtp_with_its_entry(
    world: World, group: Group, host: MemberLine, meeting: Meeting
) -> None:
    register(world, meeting, name="ليلى حداد")
    assert addresses(world, group).public.endswith("/visit/harbour")
    with running_postbox() as postbox:
        postman = SmtpPostman(postbox.url, "Givefirst <no-reply@localhost>")
        while send_due(lambda: new_work(world), postman):
            pass
        (received,) = postbox.to(CLARA["email"])
    (entry,) = [part for part in received.message.walk() if part.get_content_type() == "text/calendar"]
    text = entry.get_content()
    assert f"UID:{meeting.public_id}@givefirst" in text
    assert "METHOD:PUBLISH" in text
    assert "ليلى حداد" in received.text
