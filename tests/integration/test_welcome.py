"""The welcome on a real database: visitors from the door to being forgotten, newcomers from joining to the first call."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.core.errors import NotFound, Refused
from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.groups.services import Profile, end_membership, start_membership
from app.core.groups.welcoming import NewMember, take_in
from app.core.ledger.queries import entries_of
from app.core.local_time import Period
from app.core.notices.models import NoticeRow, OutgoingMailRow
from app.core.people.domain.name import Name
from app.plugin_runtime.jobs import plugin_jobs, run_all
from app.plugins.welcome.domain.visitor import KEPT_FOR, About
from app.plugins.welcome.interface import VisitorsHeard
from app.plugins.welcome.models import NewcomerRow, VisitorRow
from app.plugins.welcome.queries.newcomers import NewcomerLine, newcomers_since
from app.plugins.welcome.queries.visitors import VisitorLine, invited_by_member, visitors_between
from app.plugins.welcome.services.newcomers import (
    change_contact,
    keep_own_words,
    note_call,
)
from app.plugins.welcome.services.visitors import (
    CompleteVisitor,
    NoteVisitor,
    complete_visitor,
    note_visitor,
    take_back_visitor,
)
from tests.support.people_data import merged
from tests.support.slips import acting
from tests.support.visiting import addresses
from tests.support.world import World

TODAY = date(2026, 11, 24)
PLUGINS = ("attendance", "welcome")


@pytest.fixture
def group(world: World) -> Group:
    return world.group(plugins=PLUGINS)


@pytest.fixture
def ana(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ana Sousa", offices=[Office.MENTOR])


def note(world: World, group: Group, by: MemberLine, name: str = "Clara Moreau", **change: object) -> None:
    said = {"came_on": TODAY, "invited_by": by.public_id} | change
    with acting(world, by) as work:
        note_visitor(
            work,
            NoteVisitor(
                group=group,
                about=About(name=name, kind=str(said.get("kind", "first"))),
                came_on=said["came_on"],  # type: ignore[arg-type]  # the test decides what is typed
                invited_by=str(said["invited_by"]),
                noted_by=by.id,
                public_id=work.ids.public_id(),
            ),
        )


def visitors(world: World, group: Group) -> list[VisitorLine]:
    work = world.work()
    found = visitors_between(work.session, group.id, TODAY - timedelta(days=400), TODAY + timedelta(days=90))
    work.rollback()
    return found


def newcomers(world: World, group: Group) -> list[NewcomerLine]:
    work = world.work()
    found = newcomers_since(work.session, group.id, TODAY - timedelta(days=91), TODAY)
    work.rollback()
    return found


def joins(world: World, group: Group, name: str, email: str = "", *, is_newcomer: bool = True) -> MemberLine:
    given, _space, family = name.partition(" ")
    work = world.work()
    line = take_in(
        work,
        group,
        NewMember(
            name=Name(given=given, family=family), email=email, joined_on=TODAY, is_newcomer=is_newcomer
        ),
    )
    work.commit()
    return line


def mails(world: World, member: MemberLine, kind: str) -> list[tuple[str, str]]:
    """Return subject and body of the mails of a kind to a member."""
    table = OutgoingMailRow
    query = select(table.subject, table.body).where(table.person_id == member.person_id, table.kind == kind)
    with acting(world) as work:
        return [(row.subject, row.body) for row in work.session.execute(query.order_by(table.id))]


def test_visitor_noted_by_name_counts_for_the_inviter_and_stands_at_the_meeting(
    world: World, group: Group, ana: MemberLine
) -> None:
    meeting = world.meeting(group)
    note(world, group, ana)
    note(world, group, ana, "Jonas Keller", kind="observer")
    clara, jonas = visitors(world, group)
    assert (clara.about.name, clara.meeting_public_id, clara.is_complete) == (
        "Clara Moreau",
        meeting.public_id,
        False,
    )
    assert jonas.about.kind == "observer"
    work = world.work()
    assert invited_by_member(work.session, group.id, TODAY, TODAY) == {ana.id: 1}, "an observer is no visitor"
    columns = world.held.dispatch.palms_columns(
        work, group, frozenset(PLUGINS), Period(first=TODAY, last=TODAY)
    )
    work.rollback()
    assert [(one.code, dict(one.values)) for one in columns if one.code == "V"] == [("V", {ana.id: 1})]
    world.assert_ledger_whole(group)


def test_same_name_on_the_same_day_is_noted_once(world: World, group: Group, ana: MemberLine) -> None:
    note(world, group, ana)
    with pytest.raises(Refused) as refused:
        note(world, group, ana)
    assert [one.code for one in refused.value.refusals] == ["welcome.noted_already"]
    note(world, group, ana, came_on=TODAY - timedelta(days=7))
    assert len(visitors(world, group)) == 2


def test_visitor_is_completed_over_the_version_that_was_seen(
    world: World, group: Group, ana: MemberLine
) -> None:
    note(world, group, ana)
    line = visitors(world, group)[0]
    known = About(name="Clara Moreau", kind="repeat", phone="+33 6 12", email="clara@visitor.example")

    def complete() -> None:
        with acting(world, ana) as work:
            complete_visitor(
                work,
                CompleteVisitor(
                    group=group,
                    visitor=line.public_id,
                    about=known,
                    came_on=TODAY,
                    invited_by="",
                    seen_version=line.version,
                ),
            )

    complete()
    assert visitors(world, group)[0].about == known
    with pytest.raises(Refused) as stale:
        complete()
    assert [one.code for one in stale.value.refusals] == ["welcome.changed_meanwhile"]


def test_visitor_taken_back_is_forgotten_at_once_and_counts_for_nobody(
    world: World, group: Group, ana: MemberLine
) -> None:
    note(world, group, ana)
    take_back_visitor(world.work(ana), group, visitors(world, group)[0].public_id, addresses(world, group))
    assert visitors(world, group) == []
    work = world.work()
    assert invited_by_member(work.session, group.id, TODAY, TODAY) == {}
    assert set(work.session.scalars(select(VisitorRow.name))) == {""}
    work.rollback()


def test_visitors_are_forgotten_a_year_after_by_the_job_and_still_count(
    world: World, group: Group, ana: MemberLine
) -> None:
    note(world, group, ana)
    jobs = [job for job in plugin_jobs(world.held) if job.name == "welcome.forget-visitors"]
    with world.app.app_context():
        assert run_all(jobs) == {"welcome.forget-visitors": 0}
        world.clock.advance(KEPT_FOR + timedelta(days=2))
        assert run_all(jobs) == {"welcome.forget-visitors": 1}
    assert run_all(jobs) == {"welcome.forget-visitors": 0}
    assert visitors(world, group) == []
    work = world.work()
    assert invited_by_member(work.session, group.id, TODAY, TODAY) == {ana.id: 1}
    assert set(work.session.scalars(select(VisitorRow.name))) == {""}
    work.rollback()


def test_foreign_group_knows_nothing_of_a_visitor(world: World, group: Group, ana: MemberLine) -> None:
    mill = world.group("mill", plugins=PLUGINS)
    note(world, group, ana)
    of_harbour = visitors(world, group)[0].public_id
    with pytest.raises(NotFound), acting(world) as work:
        take_back_visitor(work, mill, of_harbour, addresses(world, mill))
    assert visitors(world, mill) == []


def test_joining_makes_a_task_for_a_named_contact_and_writes_the_first_message(
    world: World, group: Group, ana: MemberLine
) -> None:
    world.meeting(group, date(2026, 12, 1))
    rui = joins(world, group, "Rui Almeida", "rui@new.example")
    (line,) = newcomers(world, group)
    assert (line.member_id, line.contact_id, line.called_at_utc) == (rui.id, ana.id, None)
    assert line.written_at_utc == world.now
    ((subject, body),) = mails(world, rui, "welcome.first_message")
    assert subject == "Welcome to Harbour Referrals, Rui"
    assert "Ana Sousa is there for you" in body
    assert "1 December 2026" in body
    assert "{" not in body
    ((subject, body),) = mails(world, ana, "welcome.contact")
    assert "Rui Almeida has joined" in subject
    assert "rui@new.example" in body
    work = world.work()
    notices = list(work.session.scalars(select(NoticeRow.text).where(NoticeRow.member_id == ana.id)))
    kinds = [entry.kind for entry, _hash in entries_of(work.session, group.id)]
    work.rollback()
    assert notices == ["Rui Almeida has joined, and you are the contact. A call within a day means a lot."]
    assert kinds.count("welcome.contact_named") == 2, "ana's own, when the world began, and this one"


def test_own_words_greet_whoever_joins_next_and_percent_signs_stay(
    world: World, group: Group, ana: MemberLine
) -> None:
    keep_own_words(
        world.work(ana),
        group,
        subject="Olá {first_name}",
        body="100 % {group}. %(x)s {contact_phone}",
        seen_version=0,
    )
    rui = joins(world, group, "Rui Almeida", "rui@new.example")
    assert mails(world, rui, "welcome.first_message") == [("Olá Rui", "100 % Harbour Referrals. %(x)s ")]
    with pytest.raises(Refused), acting(world, ana) as work:
        keep_own_words(work, group, subject="Other", body="words", seen_version=0)


def test_people_put_on_the_list_are_not_welcomed(world: World, group: Group, ana: MemberLine) -> None:
    joins(world, group, "Rui Almeida", "rui@old.example", is_newcomer=False)
    assert newcomers(world, group) == []
    assert world.rows("welcome_newcomer") == 1, "ana herself, who joined when the world began"
    assert world.rows("ledger_delivery") == 1, "hers; a roster of thousands makes no deliveries"


def test_newcomer_without_an_address_is_called_all_the_same(
    world: World, group: Group, ana: MemberLine
) -> None:
    rui = joins(world, group, "Rui Almeida")
    (line,) = newcomers(world, group)
    assert (line.contact_id, line.written_at_utc) == (ana.id, None)
    assert mails(world, rui, "welcome.first_message") == []


def test_nobody_to_name_leaves_the_place_open_until_somebody_is_named(world: World, group: Group) -> None:
    joins(world, group, "Rui Almeida")
    ben = world.member(group, "Ben Ferreira")
    line = next(one for one in newcomers(world, group) if one.name == "Rui Almeida")
    assert line.contact_id is None
    change_contact(world.work(ben), group, line.public_id, contact=ben.public_id, seen_version=line.version)
    named = next(one for one in newcomers(world, group) if one.name == "Rui Almeida")
    assert named.contact_id == ben.id
    assert len(mails(world, ben, "welcome.contact")) == 1
    for nobody in ("", line.public_id, "unknown"):
        with pytest.raises(Refused), acting(world, ben) as work:
            change_contact(work, group, line.public_id, contact=nobody, seen_version=named.version)


def test_newcomer_whose_contact_turns_out_to_be_themself_is_somebody_elses_task(
    world: World, group: Group, ana: MemberLine
) -> None:
    ben = world.member(group, "Ben Ferreira", offices=[Office.PRESIDENT])
    again = world.member(group, "Ana de Sousa", joined=TODAY + timedelta(days=3))
    with acting(world) as work:
        end_membership(work, group_id=group.id, member_id=ana.id, last_day=TODAY, reason="left")
        work.commit()
    merged(world, again, ana)
    world.pass_time(days=3)
    with world.app.app_context():
        run_all([job for job in plugin_jobs(world.held) if job.name == "welcome.look-after-visits"])
    assert next(one.contact_id for one in newcomers(world, group) if one.member_id == again.id) == ben.id


def test_newcomer_whose_contact_leaves_is_somebody_elses_task(
    world: World, group: Group, ana: MemberLine
) -> None:
    ben = world.member(group, "Ben Ferreira", offices=[Office.PRESIDENT])
    rui = joins(world, group, "Rui Almeida")
    jobs = [job for job in plugin_jobs(world.held) if job.name == "welcome.look-after-visits"]

    def contact() -> object:
        with world.app.app_context():
            run_all(jobs)
        return next(one.contact_id for one in newcomers(world, group) if one.member_id == rui.id)

    assert contact() == ana.id
    with acting(world) as work:
        end_membership(work, group_id=group.id, member_id=ana.id, last_day=TODAY, reason="left")
        work.commit()
    assert contact() == ana.id, "the last day is still hers"
    world.pass_time(days=1)
    assert contact() == ben.id
    assert contact() == ben.id
    with acting(world) as work:
        query = select(OutgoingMailRow.person_id).where(
            OutgoingMailRow.kind == "welcome.contact", OutgoingMailRow.subject_key == rui.public_id
        )
        assert list(work.session.scalars(query)) == [ben.person_id]
        note_call(work, group, rui.public_id)
    with acting(world) as work:
        assert list(work.session.scalars(query)) == [], "the call was made"


def test_first_call_is_noted_once(world: World, group: Group, ana: MemberLine) -> None:
    rui = joins(world, group, "Rui Almeida")
    note_call(world.work(ana), group, rui.public_id)
    world.pass_time(hours=1)
    note_call(world.work(ana), group, rui.public_id)
    (line,) = newcomers(world, group)
    assert line.called_at_utc == world.now - timedelta(hours=1)
    work = world.work()
    kinds = [entry.kind for entry, _hash in entries_of(work.session, group.id)]
    work.rollback()
    assert kinds.count("welcome.newcomer_called") == 1


def test_who_leaves_and_joins_again_is_welcomed_anew(world: World, group: Group, ana: MemberLine) -> None:
    rui = joins(world, group, "Rui Almeida", "rui@new.example")
    note_call(world.work(ana), group, rui.public_id)
    work = world.work()
    end_membership(work, group_id=group.id, member_id=rui.id, last_day=TODAY, reason="left")
    work.commit()
    world.pass_time(days=30)
    work = world.work()
    start_membership(
        work,
        group_id=group.id,
        person_id=rui.person_id,
        started_on=TODAY + timedelta(days=30),
        profile=Profile(),
    )
    work.commit()
    work = world.work()
    again = work.session.get_one(NewcomerRow, (group.id, rui.id))
    assert (again.started_on, again.called_at_utc, again.version) == (TODAY + timedelta(days=30), None, 3)
    work.rollback()
    assert len(mails(world, rui, "welcome.first_message")) == 2


def test_visitors_heard_are_those_noted_since(world: World, group: Group, ana: MemberLine) -> None:
    note(world, group, ana)
    since = world.now
    world.pass_time(minutes=1)
    note(world, group, ana, "Jonas Keller", invited_by="")
    work = world.work()
    heard = world.held.dispatch.reader(work, frozenset(PLUGINS), VisitorsHeard)  # type: ignore[type-abstract]
    assert heard is not None
    assert [(one.name, one.invited_by) for one in heard.since(group.id, since)] == [("Jonas Keller", "")]
    work.rollback()
