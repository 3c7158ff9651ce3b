"""Arranged one-to-ones on both engines: one open arrangement a pair, mails that stop in time, and what the house does alone."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from app.core.errors import Refused
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.groups.services import end_membership
from app.core.local_time import local_day
from app.core.person_data.merging import Both, point_at_kept
from app.core.work import UnitOfWork
from app.plugin_runtime.person_data import erase_person
from app.plugins.activities.domain.times import Proposal, TimeTyped
from app.plugins.activities.queries.acquaintance import pair_counts
from app.plugins.activities.services.arranging import AskForTalk, ask_for_talk
from app.plugins.activities.services.arranging_telling import Places
from app.plugins.activities.services.of_a_person import make_room
from app.plugins.activities.web.arranging_house import forget, look_after, nudge_in_time
from tests.support.arranging import ASK, HERE, Two, two
from tests.support.parallel import at_once
from tests.support.slips import acting, reading
from tests.support.talks import recorded_talk
from tests.support.world import World

MONDAY = date(2026, 11, 30)
PLACES = Places(
    path=lambda one: f"{HERE}/arranged/{one}", url=lambda one: f"http://x/{one}", organiser="h@x.org"
)
PROPOSAL = Proposal(
    times=(TimeTyped(day=MONDAY, wall=time(9)),),
    minutes=60,
    is_online=False,
    place="",
    words="",
)


@pytest.fixture
def people(world: World) -> Two:
    return two(world)


def asked(people: Two, by: MemberLine, whom: MemberLine) -> str:
    with acting(people.world, by) as work:
        command = AskForTalk(
            group=people.group,
            today=local_day(work.now, people.group.zone),
            member=by.id,
            partner=whom.public_id,
            proposal=PROPOSAL,
            public_id=work.ids.public_id(),
            places=PLACES,
        )
        return ask_for_talk(work, command)


def run(people: Two, job: Callable[[UnitOfWork, Group], int]) -> int:
    with people.world.app.app_context():
        work = people.world.work()
        done = job(work, people.group)
        work.commit()
    return done


def leave(people: Two, member: MemberLine, last_day: date) -> None:
    work = people.world.work()
    end_membership(work, group_id=people.group.id, member_id=member.id, last_day=last_day, reason="left")
    work.commit()


def kinds(people: Two, state: str = "waiting") -> list[str]:
    mails = [mail for mail in people.mails() if mail.state == state]
    return sorted(f"{mail.kind.partition('.')[2]} {mail.address.partition('@')[0]}" for mail in mails)


def test_both_asking_each_other_at_once_arrange_one_talk(people: Two) -> None:
    pair = ((people.ana, people.ben), (people.ben, people.ana))
    got = at_once(4, lambda number: asked(people, *pair[number % 2]))
    assert len({*map(str, got)}) == 1, got
    assert people.world.rows("activities_arrangement") == 1
    assert people.world.rows("activities_talk_time") == 1
    people.world.assert_ledger_whole(people.group)


def test_the_database_refuses_a_second_open_arrangement_of_a_pair(people: Two) -> None:
    asked(people, people.ana, people.ben)
    session = people.world.work().session
    columns = (
        "group_id, id, public_id, one_member_id, other_member_id, asker_member_id, state, minutes, is_online, place, "
        "words, sequence, asked_at_utc, changed_at_utc, version"
    )
    other = columns.replace(", id, public_id,", ", id + 1, 'another',")
    statement = f"INSERT INTO activities_arrangement ({columns}) SELECT {other} FROM activities_arrangement"
    with pytest.raises(Exception, match=r"(?i)unique"):
        session.connection().exec_driver_sql(statement)
    session.rollback()


def test_both_answering_at_once_leave_one_answer(people: Two) -> None:
    arrangement = people.ask(people.ana, people.ben)
    clients = [people.world.client(one) for one in (people.ben, people.ana)]
    acts = [("take", {"number": "0", "version": "1"}), ("call-off", {"off-version": "1"})]

    def act(number: int) -> int:
        address, data = acts[number]
        return clients[number].post(f"{HERE}/arranged/{arrangement}/{address}", data=data).status_code

    assert sorted(at_once(2, act), key=str) == [303, 422]
    assert people.found(arrangement).version == 2


def test_agreed_both_get_one_entry_for_their_calendars(people: Two) -> None:
    arrangement = people.agreed()
    mails = people.mails("talk_agreed")
    assert [mail.state for mail in mails] == ["waiting", "waiting"]
    for mail in mails:
        event: Any = Calendar.from_ical(mail.attached).events[0]
        assert str(event["UID"]) == f"talk-{arrangement}@givefirst"
        assert int(event["SEQUENCE"]) == 1
        assert event.start == datetime(2026, 11, 30, 9, tzinfo=UTC)
        assert mail.attached_type == "text/calendar; method=PUBLISH"
    assert kinds(people) == ["talk_agreed person1", "talk_agreed person2"], "the ask is pointless by now"


def test_called_off_what_was_not_sent_is_not_sent(people: Two) -> None:
    arrangement = people.agreed()
    people.act(people.ana, arrangement, "call-off", words="I am ill")
    assert kinds(people) == ["talk_called_off person1", "talk_called_off person2"]
    for mail in people.mails("talk_called_off"):
        calendar = Calendar.from_ical(mail.attached)
        event: Any = calendar.events[0]
        assert (str(calendar["METHOD"]), int(event["SEQUENCE"])) == ("CANCEL", 2)
    bodies = {mail.address.partition("@")[0]: mail.body for mail in people.mails("talk_called_off")}
    assert "I am ill" in bodies["person2"]
    assert "I am ill" not in bodies["person1"]
    assert people.notices(people.ben)[-1] == "Your one-to-one with Ana Sousa is called off."


def test_an_ask_that_is_called_off_sends_nothing(people: Two) -> None:
    arrangement = people.ask(people.ana, people.ben)
    assert kinds(people) == ["talk_asked person2"]
    people.act(people.ana, arrangement, "call-off")
    assert people.mails() == []


def test_both_are_reminded_the_day_before_and_once(people: Two) -> None:
    people.agreed()
    assert run(people, look_after) == 0
    people.world.pass_time(days=5)
    assert run(people, look_after) == 1
    assert run(people, look_after) == 0
    reminders = people.mails("talk_ahead")
    assert len(reminders) == 2
    assert all(
        "2026-11-30" in str(mail.not_after_utc) and "09:00" in str(mail.not_after_utc) for mail in reminders
    )


def test_who_agreed_hours_ago_is_not_reminded_and_a_moved_talk_again(people: Two) -> None:
    arrangement = people.agreed()
    people.world.pass_time(days=5)
    run(people, look_after)
    moved = ASK | {"day_1": "2026-12-01", "wall_1": "09:00", "day_2": "", "wall_2": ""}
    people.act(people.ana, arrangement, "times", **moved)
    people.act(people.ben, arrangement, "take", number="0")
    assert kinds(people) == ["talk_agreed person1", "talk_agreed person2"], "the old reminder is taken out"
    assert run(people, look_after) == 0
    people.world.pass_time(days=1)
    assert run(people, look_after) == 1


def test_a_late_worker_reminds_of_nothing_that_has_begun(people: Two) -> None:
    people.agreed()
    people.world.pass_time(days=6, hours=4)
    assert run(people, look_after) == 0
    assert people.mails("talk_ahead") == []


def test_an_ask_without_an_answer_rests_after_three_weeks_and_both_are_told_once(people: Two) -> None:
    arrangement = people.ask(people.ana, people.ben, day_1="2027-01-20", day_2="2027-01-21")
    people.world.pass_time(days=20)
    assert run(people, look_after) == 0
    people.world.pass_time(days=2)
    assert [run(people, look_after), run(people, look_after)] == [1, 0]
    assert people.state(arrangement) == "lapsed"
    for one, other in ((people.ana, "Ben Ito"), (people.ben, "Ana Sousa")):
        rests = f"Your one-to-one with {other} rests: nothing was heard for three weeks. You can ask anew."
        assert people.notices(one).count(rests) == 1
    assert people.ask(people.ana, people.ben, day_1="2027-01-20", day_2="2027-01-21") != arrangement


def test_an_agreed_talk_that_nobody_records_rests_too(people: Two) -> None:
    arrangement = people.agreed()
    people.world.pass_time(days=6 + 22)
    assert run(people, look_after) == 1
    assert people.state(arrangement) == "lapsed"


@pytest.mark.parametrize("last_day", [date(2026, 11, 20), date(2026, 11, 26)])
def test_it_is_called_off_once_the_last_day_of_one_has_passed(people: Two, last_day: date) -> None:
    arrangement = people.agreed()
    leave(people, people.ben, last_day)
    if last_day > date(2026, 11, 24):
        assert run(people, look_after) == 0
        people.world.pass_time(days=3)
    assert run(people, look_after) == 1
    assert people.state(arrangement) == "called-off"
    assert "Ben Ito is no longer a member" in people.notices(people.ana)[-1]
    assert kinds(people) == ["talk_called_off person1"]


def test_what_did_not_come_about_is_forgotten_but_not_the_notes(people: Two) -> None:
    arrangement = people.ask(people.ana, people.ben, words="A canary")
    people.note(people.ana, f"/arranged/{arrangement}", "My own canary")
    people.act(people.ben, arrangement, "decline", words="Another canary")
    people.world.pass_time(days=89)
    assert run(people, forget) == 0
    people.world.pass_time(days=2)
    assert run(people, forget) == 1
    for table in ("activities_arrangement", "activities_talk_time"):
        assert people.world.rows(table) == 0
    assert people.notices(people.ana) == people.notices(people.ben) == []
    assert people.mails() == []
    assert "My own canary" in people.page(people.ana, "/notes")


def test_a_record_made_by_hand_on_that_day_is_the_arranged_talk(people: Two) -> None:
    arrangement = people.agreed()
    people.note(people.ben, f"/arranged/{arrangement}", "Prepared")
    people.world.pass_time(days=7)
    recorded_talk(people.world, people.group, people.ben, people.ana, on=MONDAY)
    assert people.state(arrangement) == "held"
    talk = people.newest("activities_one_to_one")
    assert people.found(arrangement).talk_public_id == talk
    assert "Prepared" in people.page(people.ben, f"/talks/{talk}")


def test_a_record_of_another_week_leaves_the_arranged_talk_alone(people: Two) -> None:
    arrangement = people.agreed()
    people.world.pass_time(days=7)
    recorded_talk(people.world, people.group, people.ben, people.ana, on=MONDAY - timedelta(days=2))
    assert people.state(arrangement) == "agreed"


def test_what_stands_already_is_the_same_talk_and_is_not_doubled(people: Two) -> None:
    recorded_talk(people.world, people.group, people.ben, people.ana, on=date(2026, 11, 24))
    arrangement = people.agreed(day_1="2026-11-24", wall_1="18:00", day_2="", wall_2="")
    people.world.pass_time(hours=12)
    assert people.talked(people.ana, arrangement, date(2026, 11, 24)).status_code == 303
    assert people.world.rows("activities_one_to_one") == 1
    assert people.found(arrangement).talk_public_id == people.newest("activities_one_to_one")


def test_both_saying_we_talked_at_once_leave_one_record(people: Two) -> None:
    arrangement = people.agreed()
    people.world.pass_time(days=7)
    clients = [people.world.client(one) for one in (people.ana, people.ben)]
    form = {"talked-version": "2", "talked-held_on": "2026-11-30"}
    answers = at_once(
        2, lambda n: clients[n].post(f"{HERE}/arranged/{arrangement}/talked", data=form).status_code
    )
    assert sorted(answers, key=str) == [303, 422]
    assert people.world.rows("activities_one_to_one") == 1


def test_pairs_of_today_are_counted_and_nobody_is_named(people: Two) -> None:
    recorded_talk(people.world, people.group, people.ben, people.ana)
    recorded_talk(people.world, people.group, people.ana, people.ben, on=date(2026, 10, 1))
    recorded_talk(people.world, people.group, people.eva, people.ana)
    with reading(people.world) as session:
        counts = pair_counts(session, people.group.id, date(2026, 11, 24))
    assert (counts.pairs, counts.met, counts.not_met) == (6, 2, 4)
    leave(people, people.eva, date(2026, 11, 1))
    with reading(people.world) as session:
        counts = pair_counts(session, people.group.id, date(2026, 11, 24))
    assert (counts.pairs, counts.met) == (3, 1)


def test_a_promise_nudges_once_for_its_day_and_again_when_moved(people: Two) -> None:
    people.promise(people.ana, "Send Eva the letter")
    assert run(people, nudge_in_time) == 0
    people.world.pass_time(days=3)
    assert [run(people, nudge_in_time), run(people, nudge_in_time)] == [1, 0]
    assert people.notices(people.ana) == ["You promised yourself: Send Eva the letter"]
    assert kinds(people) == ["promise_due person1"]
    promise = people.newest("activities_commitment")
    people.post(people.ana, f"/promises/{promise}", due_on="2026-11-28")
    people.world.pass_time(days=1)
    assert run(people, nudge_in_time) == 1


def test_nobody_is_nudged_for_what_is_done_or_after_leaving(people: Two) -> None:
    people.promise(people.ana)
    people.post(people.ana, f"/promises/{people.newest('activities_commitment')}/done")
    people.promise(people.ben)
    leave(people, people.ben, date(2026, 11, 25))
    people.world.pass_time(days=4)
    assert run(people, nudge_in_time) == 0


def test_promises_are_forgotten_with_what_was_told_of_them(people: Two) -> None:
    people.promise(people.ana, "Promise of a canary")
    people.world.pass_time(days=3)
    run(people, nudge_in_time)
    people.post(people.ana, f"/promises/{people.newest('activities_commitment')}/let-go")
    people.world.pass_time(days=89)
    assert run(people, forget) == 0
    people.world.pass_time(days=2)
    assert run(people, forget) == 1
    assert people.world.rows("activities_commitment") == 0
    assert people.notices(people.ana) == []
    assert people.mails() == []


def test_an_open_promise_is_forgotten_a_year_after_its_day(people: Two) -> None:
    people.promise(people.ana)
    people.world.pass_time(days=3 + 366)
    assert run(people, forget) == 1


def test_somebody_of_another_group_cannot_be_asked(people: Two, world: World) -> None:
    max_ = world.member(world.group("mill", plugins=("activities",)), "Max Mill")
    with pytest.raises(Refused, match="partner_unknown"):
        asked(people, people.ana, max_)


def test_two_records_of_one_human_keep_one_arrangement_a_pair(people: Two) -> None:
    waiting = people.ask(people.ana, people.ben)
    people.ask(people.ana, people.eva)
    between = people.ask(people.ben, people.eva)
    for member in (people.ana, people.lea):
        for about in (people.ben, people.eva):
            people.post(member, f"/people/{about.public_id}", weeks="4")
    leave(people, people.eva, date(2026, 1, 1))
    with acting(people.world) as work:
        make_room(work, people.group, people.ben.id, people.eva.id)
        point_at_kept(work.session, Both(group_id=people.group.id, kept=people.ben.id, gone=people.eva.id))
        work.commit()
    assert people.state(waiting) == "asked"
    assert people.world.rows("activities_arrangement") == 2
    assert people.get(people.ben, f"/arranged/{between}").status_code == 404
    assert people.world.rows("activities_pair_wish") == 2


@pytest.mark.parametrize("turned", [False, True])
def test_a_pair_is_spelt_anew_whichever_key_is_lower(people: Two, turned: bool) -> None:
    arrangement = people.ask(people.ben, people.lea)
    kept, gone = (people.ana, people.lea) if turned else (people.eva, people.ben)
    leave(people, gone, date(2026, 1, 1))
    with acting(people.world) as work:
        make_room(work, people.group, kept.id, gone.id)
        point_at_kept(work.session, Both(group_id=people.group.id, kept=kept.id, gone=gone.id))
        work.commit()
    assert kept.id in {people.found(arrangement).one.id, people.found(arrangement).other.id}


def test_erased_one_leaves_no_note_no_promise_no_wish_and_no_words(people: Two) -> None:
    arrangement = people.agreed(words="Canary words", place="Canary place")
    people.note(people.ana, f"/arranged/{arrangement}", "Canary note")
    people.note(people.ben, f"/arranged/{arrangement}", "Ben's own note")
    people.promise(people.ana, "Canary promise")
    people.post(people.ana, "/people/rhythm", rhythm__weeks="4")
    people.post(people.ben, f"/people/{people.ana.public_id}", weeks="4")
    leave(people, people.ana, date(2026, 11, 20))
    run(people, look_after)
    with people.world.app.app_context(), acting(people.world) as work:
        erase_person(work, people.world.held.registry, people.ana.person_id)
        work.commit()
    for table in ("activities_commitment", "activities_rhythm", "activities_pair_wish"):
        assert people.world.rows(table) == 0
    found = people.found(arrangement)
    assert (found.words, found.place) == ("", "")
    assert "Ben's own note" in people.page(people.ben, "/notes")
    assert "Canary" not in people.page(people.ben, f"/arranged/{arrangement}")
