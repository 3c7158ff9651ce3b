"""The first year on a real database: from joining to a mentor, talks, leave, leaving, coming back and being forgotten."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select

from app.core.errors import NotFound, Refused
from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.groups.services import Profile, end_membership, leave_office, start_membership, switch_plugin
from app.core.notices.models import NoticeRow, OutgoingMailRow
from app.plugin_runtime.jobs import plugin_jobs, run_all
from app.plugins.attendance.services.leave import AskLeave, ask_leave
from app.plugins.firstyear.domain.leaving import ExitState
from app.plugins.firstyear.domain.talks import Held, TalkKind, TalkState
from app.plugins.firstyear.models import ExitRow, StayRow, StepRow, TalkRow, ToMeetRow
from app.plugins.firstyear.queries.exits import ExitLine, exits_kept
from app.plugins.firstyear.queries.mentors import open_asks
from app.plugins.firstyear.queries.stays import (
    StayLine,
    people_of_plan,
    running_stays,
    stay_of_member,
    steps_of,
)
from app.plugins.firstyear.queries.talks import TalkLine, talks_of_stay
from app.plugins.firstyear.services.leaving import answer, ask_nothing, leaver_of, token_of
from app.plugins.firstyear.services.mentors import answer_asked, ask_mentor, change_keeper, step_back
from app.plugins.firstyear.services.talks import HoldTalk, MoveTalk, change_owner, hold_talk, move_talk, wish
from tests.support.slips import acting
from tests.support.world import World

TODAY = date(2026, 11, 24)
LONG_AGO = date(2024, 8, 6)
PLUGINS = ("attendance", "welcome", "activities", "giving", "firstyear")


@pytest.fixture(autouse=True)
def in_the_house(world: World) -> Iterator[None]:
    """Services make addresses and ask other plugins: as in a request or a job."""
    with world.app.app_context():
        yield


@pytest.fixture
def group(world: World) -> Group:
    return world.group(plugins=PLUGINS)


@pytest.fixture
def committee(world: World, group: Group) -> MemberLine:
    return world.member(group, "Carla Nunes", offices=[Office.MEMBERSHIP_COMMITTEE], joined=LONG_AGO)


@pytest.fixture
def president(world: World, group: Group) -> MemberLine:
    return world.member(group, "Pedro Alves", offices=[Office.PRESIDENT], joined=LONG_AGO)


@pytest.fixture
def ana(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ana Sousa", offices=[Office.MENTOR], joined=LONG_AGO)


@pytest.fixture
def rui(
    world: World, group: Group, committee: MemberLine, president: MemberLine, ana: MemberLine
) -> MemberLine:
    """A newcomer of today, in a group with a committee, a president and a mentor."""
    return world.member(group, "Rui Almeida", joined=TODAY)


def stay_of(world: World, group: Group, member: MemberLine) -> StayLine:
    with acting(world) as work:
        found = stay_of_member(work.session, group.id, member.id)
        work.rollback()
    assert found is not None
    return found


def talks_of(world: World, group: Group, stay: StayLine) -> list[TalkLine]:
    with acting(world) as work:
        found = talks_of_stay(work.session, group.id, stay.id)
        work.rollback()
    return found


def leavers(world: World, group: Group) -> list[ExitLine]:
    with acting(world) as work:
        found = exits_kept(work.session, group.id)
        work.rollback()
    return found


def jobs(world: World, *names: str) -> dict[str, int]:
    wanted = {f"firstyear.{name}" for name in names}
    return run_all([job for job in plugin_jobs(world.held) if job.name in wanted])


def mails(world: World, member: MemberLine, kind: str) -> list[str]:
    query = select(OutgoingMailRow.body).where(
        OutgoingMailRow.person_id == member.person_id, OutgoingMailRow.kind == kind
    )
    with acting(world) as work:
        found = list(work.session.scalars(query))
        work.rollback()
    return found


def notices(world: World, member: MemberLine, kind: str) -> list[str]:
    query = select(NoticeRow.text).where(NoticeRow.member_id == member.id, NoticeRow.kind == kind)
    with acting(world) as work:
        found = list(work.session.scalars(query))
        work.rollback()
    return found


def leaves(world: World, group: Group, member: MemberLine, last_day: date) -> None:
    with acting(world) as work:
        end_membership(work, group_id=group.id, member_id=member.id, last_day=last_day, reason="left")
        work.commit()


def asked(world: World, group: Group, stay: StayLine, mentor: MemberLine, by: MemberLine) -> str:
    with acting(world, by) as work:
        ask_mentor(work, group, stay.public_id, mentor=mentor.public_id, by=by.id)
    with acting(world) as work:
        found = next(one.public_id for one in open_asks(work.session, group.id) if one.stay_id == stay.id)
        work.rollback()
    return found


def says(world: World, group: Group, ask: str, mentor: MemberLine, *, yes: bool) -> None:
    with acting(world, mentor) as work:
        answer_asked(work, group, ask, viewer=mentor.id, accepts=yes)


def as_if_switched_on_now(world: World) -> None:
    """Take every stay away: the members were here before first years were kept."""
    with acting(world) as work:
        for table in (StepRow, TalkRow, ToMeetRow, StayRow, NoticeRow):
            work.session.execute(delete(table))
        work.commit()


def held(outcome: str = "well", **change: object) -> Held:
    said = {"held_on": TODAY, "outcome": outcome, "words": "Quiet, and glad.", "seen_by": "two"} | change
    return Held(**said)  # type: ignore[arg-type]  # the test decides what is typed


def test_joining_begins_a_year_with_keeper_steps_people_and_talks(
    world: World, group: Group, rui: MemberLine, committee: MemberLine
) -> None:
    stay = stay_of(world, group, rui)
    assert (stay.keeper_id, stay.has_plan, stay.mentor_id) == (committee.id, True, None)
    talks = talks_of(world, group, stay)
    assert [(one.kind, one.due_on, one.owner_id) for one in talks] == [
        (TalkKind.MONTH_3, date(2027, 2, 24), committee.id),
        (TalkKind.MONTH_7, date(2027, 6, 24), committee.id),
        (TalkKind.MONTH_10, date(2027, 9, 24), committee.id),
        (TalkKind.RENEWAL, date(2027, 10, 24), committee.id),
    ]
    with acting(world) as work:
        steps = steps_of(work.session, group.id, stay.id)
        assert [one.done_by for one in steps] == [""] * 6, "nobody has done one, no former member either"
        people = people_of_plan(work.session, group.id, stay.id, TODAY)
        work.rollback()
    assert {one.member_id for one in people} >= {committee.id}
    assert rui.id not in {one.member_id for one in people}
    assert notices(world, committee, "firstyear.care")
    world.assert_ledger_whole(group)


def test_standing_members_of_a_list_begin_no_year(world: World, group: Group, president: MemberLine) -> None:
    with acting(world) as work:
        before = len(running_stays(work.session, group.id))
        end_membership(work, group_id=group.id, member_id=president.id, last_day=TODAY, reason="left")
        work.commit()
    with acting(world) as work:
        start_membership(
            work,
            group_id=group.id,
            person_id=president.person_id,
            started_on=TODAY + timedelta(days=1),
            profile=Profile(),
            is_newcomer=False,
        )
        work.commit()
    with acting(world) as work:
        assert len(running_stays(work.session, group.id)) <= before
        work.rollback()


def test_mentor_is_asked_accepts_and_the_newcomer_is_told(
    world: World, group: Group, rui: MemberLine, ana: MemberLine, committee: MemberLine
) -> None:
    stay = stay_of(world, group, rui)
    ask = asked(world, group, stay, ana, committee)
    assert "Rui Almeida (Baker)" in mails(world, ana, "firstyear.mentor_asked")[0]
    assert stay_of(world, group, rui).asked_id == ana.id
    assert notices(world, rui, "firstyear.mentor_found") == []
    says(world, group, ask, ana, yes=True)
    says(world, group, ask, ana, yes=True)
    assert stay_of(world, group, rui).mentor_id == ana.id
    assert len(mails(world, rui, "firstyear.mentor_found")) == 1
    assert len(notices(world, committee, "firstyear.mentor_answered")) == 1
    with pytest.raises(Refused) as second:
        asked(world, group, stay, committee, committee)
    assert second.value.has("firstyear.asked_already")


def test_whoever_has_answered_is_not_asked_by_mail_any_more(
    world: World, group: Group, rui: MemberLine, ana: MemberLine, committee: MemberLine
) -> None:
    ask = asked(world, group, stay_of(world, group, rui), ana, committee)
    assert len(mails(world, ana, "firstyear.mentor_asked")) == 1
    says(world, group, ask, ana, yes=False)
    assert mails(world, ana, "firstyear.mentor_asked") == []


def test_another_ask_withdraws_the_first_with_its_mail(
    world: World, group: Group, rui: MemberLine, ana: MemberLine, committee: MemberLine, president: MemberLine
) -> None:
    stay = stay_of(world, group, rui)
    first = asked(world, group, stay, ana, committee)
    second = asked(world, group, stay, president, committee)
    assert mails(world, ana, "firstyear.mentor_asked") == []
    assert notices(world, ana, "firstyear.mentor_asked") == []
    with pytest.raises(NotFound):
        says(world, group, first, ana, yes=True)
    says(world, group, second, president, yes=False)
    assert "needs a mentor" in notices(world, committee, "firstyear.mentor_answered")[0]
    assert notices(world, rui, "firstyear.mentor_found") == []


def test_newcomer_and_strangers_to_the_group_cannot_be_asked(
    world: World, group: Group, rui: MemberLine, committee: MemberLine
) -> None:
    stay = stay_of(world, group, rui)
    elsewhere = world.member(world.group("mill", plugins=PLUGINS), joined=LONG_AGO)
    for nobody in (rui, elsewhere):
        with pytest.raises(Refused) as refused:
            asked(world, group, stay, nobody, committee)
        assert refused.value.has("firstyear.nobody_such")


def test_mentor_who_steps_back_or_leaves_is_replaced_by_a_task(
    world: World, group: Group, rui: MemberLine, ana: MemberLine, committee: MemberLine, president: MemberLine
) -> None:
    stay = stay_of(world, group, rui)
    ask = asked(world, group, stay, ana, committee)
    says(world, group, ask, ana, yes=True)
    with acting(world, ana) as work:
        step_back(work, group, ask, viewer=ana.id)
    assert "nothing to do with you" in notices(world, rui, "firstyear.mentor_gone")[0]
    assert "needs another mentor" in notices(world, committee, "firstyear.needs_mentor")[0]
    again = asked(world, group, stay, president, committee)
    says(world, group, again, president, yes=True)
    leaves(world, group, president, TODAY + timedelta(days=5))
    assert stay_of(world, group, rui).mentor_id == president.id, "a last day to come is not over"
    world.pass_time(days=6)
    jobs(world, "put-in-order")
    assert stay_of(world, group, rui).mentor_id is None
    assert len(notices(world, rui, "firstyear.mentor_gone")) == 2


def test_owner_who_leaves_the_office_hands_on_and_the_next_is_told_once(
    world: World, group: Group, rui: MemberLine, committee: MemberLine, ana: MemberLine
) -> None:
    with acting(world) as work:
        leave_office(
            work,
            group_id=group.id,
            member_id=committee.id,
            office=Office.MEMBERSHIP_COMMITTEE,
            last_day=TODAY - timedelta(days=1),
        )
        work.commit()
    stay = stay_of(world, group, rui)
    assert stay.keeper_id == ana.id
    assert {talk.owner_id for talk in talks_of(world, group, stay)} == {ana.id}
    world.pass_time(days=85)
    jobs(world, "put-in-order")
    jobs(world, "put-in-order")
    assert len(mails(world, ana, "firstyear.talk_due")) == 1
    assert mails(world, committee, "firstyear.talk_due") == []


def test_office_names_keeper_and_owner_by_hand(
    world: World, group: Group, rui: MemberLine, committee: MemberLine, president: MemberLine
) -> None:
    helper = world.member(group, "Hugo Reis", joined=LONG_AGO)
    stay = stay_of(world, group, rui)
    talk = talks_of(world, group, stay)[0]
    with acting(world, committee) as work:
        change_keeper(work, group, stay.public_id, keeper=helper.public_id)
    with acting(world, committee) as work:
        change_owner(work, group, talk.public_id, helper.public_id)
    jobs(world, "put-in-order")
    assert stay_of(world, group, rui).keeper_id == helper.id
    assert talks_of(world, group, stay)[0].owner_id == helper.id
    leaves(world, group, helper, TODAY)
    world.pass_time(days=1)
    jobs(world, "put-in-order")
    assert stay_of(world, group, rui).keeper_id == committee.id
    assert talks_of(world, group, stay)[0].owner_id == committee.id


def test_leave_moves_talks_and_nobody_is_reminded_meanwhile(
    world: World, group: Group, rui: MemberLine, president: MemberLine, committee: MemberLine
) -> None:
    with acting(world, president) as work:
        ask_leave(
            work,
            AskLeave(
                group_id=group.id,
                member_id=rui.id,
                asked_by=president.id,
                kind="family",
                first_day=date(2027, 2, 1),
                last_day=date(2027, 3, 14),
                note="",
            ),
        )
    jobs(world, "put-in-order")
    stay = stay_of(world, group, rui)
    assert [talk.due_on for talk in talks_of(world, group, stay)] == [
        date(2027, 4, 7),
        date(2027, 8, 5),
        date(2027, 10, 24),
        date(2027, 11, 5),
    ], "42 days later, but for the renewal, which keeps to its anniversary"
    world.pass_time(days=90)
    jobs(world, "put-in-order")
    assert mails(world, committee, "firstyear.talk_due") == []


def test_talk_is_held_once_over_the_version_seen(
    world: World, group: Group, rui: MemberLine, committee: MemberLine
) -> None:
    stay = stay_of(world, group, rui)
    talk = talks_of(world, group, stay)[0]
    command = HoldTalk(
        group=group, talk=talk.public_id, by=committee.id, held=held(), seen_version=talk.version
    )
    with pytest.raises(Refused) as nothing_said, acting(world, committee) as work:
        hold_talk(
            work,
            HoldTalk(
                group=group,
                talk=talk.public_id,
                by=committee.id,
                held=Held(held_on=None, outcome="renew", words="x" * 4_001, seen_by=""),
                seen_version=talk.version,
            ),
        )
    assert [one.code for one in nothing_said.value.refusals] == [
        "firstyear.held_when",
        "firstyear.outcome_missing",
        "firstyear.readers_missing",
        "firstyear.too_long",
    ]
    with acting(world, committee) as work:
        hold_talk(work, command)
    with pytest.raises(Refused) as twice, acting(world, committee) as work:
        hold_talk(work, command)
    assert twice.value.has("firstyear.settled_already")
    kept = talks_of(world, group, stay)[0]
    assert (kept.state, kept.words, kept.forget_on) == (
        TalkState.HELD,
        "Quiet, and glad.",
        date(2027, 11, 24),
    )


def test_talk_is_moved_and_left_out_with_a_reason(
    world: World, group: Group, rui: MemberLine, committee: MemberLine
) -> None:
    stay = stay_of(world, group, rui)
    first = talks_of(world, group, stay)[0]

    def move(until: date | None, reason: str, *, is_skipped: bool, version: int) -> None:
        command = MoveTalk(
            group=group,
            talk=first.public_id,
            by=committee.id,
            reason=reason,
            until=until,
            is_skipped=is_skipped,
            seen_version=version,
        )
        with acting(world, committee) as work:
            move_talk(work, command)

    with pytest.raises(Refused) as refused:
        move(TODAY - timedelta(days=1), "", is_skipped=False, version=first.version)
    assert [one.code for one in refused.value.refusals] == [
        "firstyear.reason_missing",
        "firstyear.day_ahead",
    ]
    move(date(2027, 3, 20), "On a journey", is_skipped=False, version=first.version)
    moved = talks_of(world, group, stay)[0]
    assert (moved.due_on, moved.reason) == (date(2027, 3, 20), "On a journey")
    with pytest.raises(Refused) as stale:
        move(None, "No need", is_skipped=True, version=first.version)
    assert stale.value.has("firstyear.changed_meanwhile")
    move(None, "We speak each week", is_skipped=True, version=moved.version)
    assert talks_of(world, group, stay)[0].state is TalkState.SKIPPED


def test_renewal_brings_the_next_year_and_talking_again_comes_back(
    world: World, group: Group, rui: MemberLine, committee: MemberLine
) -> None:
    stay = stay_of(world, group, rui)
    world.pass_time(days=334)
    renewal = talks_of(world, group, stay)[-1]
    with acting(world, rui) as work:
        wish(work, group, renewal.public_id, viewer=rui.id, wishes="More introductions")
    with pytest.raises(NotFound), acting(world, committee) as work:
        wish(work, group, renewal.public_id, viewer=committee.id, wishes="Mine")
    today = date(2027, 10, 24)

    def hold(outcome: str, again_on: date | None = None) -> None:
        talk = next(
            one
            for one in talks_of(world, group, stay)
            if one.kind is TalkKind.RENEWAL and one.state is TalkState.DUE
        )
        said = held(outcome, held_on=today, again_on=again_on)
        with acting(world, committee) as work:
            hold_talk(
                work,
                HoldTalk(
                    group=group, talk=talk.public_id, by=committee.id, held=said, seen_version=talk.version
                ),
            )

    hold("again", today + timedelta(days=10))
    again = talks_of(world, group, stay)[-1]
    assert (again.year, again.round, again.due_on) == (1, 2, today + timedelta(days=10))
    hold("renew")
    jobs(world, "put-in-order")
    following = [one for one in talks_of(world, group, stay) if one.state is TalkState.DUE][-1]
    assert (following.kind, following.year, following.due_on) == (TalkKind.RENEWAL, 2, date(2028, 10, 24))


def test_members_of_long_standing_have_their_renewals_one_by_one_about_their_own_day(
    world: World, group: Group, committee: MemberLine, president: MemberLine
) -> None:
    near = world.member(group, "Nora Near", joined=date(2022, 1, 2))
    leaving = world.member(group, "Lea Leaving", joined=date(2022, 1, 2))
    world.member(group, "Fritz Far", joined=date(2022, 2, 20))
    world.member(group, "Paula Past", joined=date(2022, 12, 1))
    leaves(world, group, leaving, date(2026, 12, 31))
    as_if_switched_on_now(world)
    for _run in range(2):
        jobs(world, "put-in-order")
    with acting(world) as work:
        stays = running_stays(work.session, group.id)
        work.rollback()
    assert [(stay.member_id, stay.is_standing, stay.keeper_id) for stay in stays] == [(near.id, True, None)]
    (talk,) = talks_of(world, group, stays[0])
    assert (talk.kind, talk.year, talk.due_on) == (TalkKind.RENEWAL, 5, date(2026, 12, 2))
    assert talk.owner_id == committee.id
    assert notices(world, committee, "firstyear.care") == []
    assert len(notices(world, committee, "firstyear.talk_due")) == 1


def test_member_of_long_standing_is_no_newcomer(
    world: World, group: Group, committee: MemberLine, president: MemberLine
) -> None:
    world.member(group, "Nora Near", joined=date(2026, 1, 2))
    as_if_switched_on_now(world)
    jobs(world, "put-in-order")
    with acting(world) as work:
        (stay,) = running_stays(work.session, group.id)
        work.rollback()
    assert stay.is_standing
    assert "Nora Near" in world.client(committee).get("/g/harbour/firstyear/newcomers").text, (
        "her talk is due"
    )
    console = world.client(committee).get("/g/harbour/").text
    assert "Ask somebody to be the mentor of Nora Near" not in console


def test_leaver_is_asked_after_the_last_day_and_answers_without_an_account(
    world: World, group: Group, rui: MemberLine, president: MemberLine
) -> None:
    last = TODAY + timedelta(days=10)
    leaves(world, group, rui, last)
    assert [one.state for one in leavers(world, group)] == [ExitState.WAITING]
    assert "Rui Almeida leaves" in notices(world, president, "firstyear.leaver")[0]
    assert (
        len([one for one in talks_of(world, group, stay_of(world, group, rui)) if one.state is TalkState.DUE])
        == 4
    )
    world.pass_time(days=11)
    assert jobs(world, "put-in-order", "ask-leavers")["firstyear.ask-leavers"] == 0
    with acting(world) as work:
        assert stay_of_member(work.session, group.id, rui.id) is None
        work.rollback()
    world.pass_time(days=3)
    assert jobs(world, "ask-leavers") == {"firstyear.ask-leavers": 1}
    assert jobs(world, "ask-leavers") == {"firstyear.ask-leavers": 0}
    body = mails(world, rui, "firstyear.question")[0]
    token = body.split("/question/")[1].split()[0]
    with acting(world) as work:
        leaver = leaver_of(work, group, token)
        assert leaver is not None
        answer(work, group, leaver, "The early hour.")
    assert leavers(world, group)[0].answer == "The early hour."
    world.pass_time(days=90)
    assert jobs(world, "forget-leavers") == {"firstyear.forget-leavers": 1}
    assert leavers(world, group) == []
    assert mails(world, rui, "firstyear.question") == []
    with acting(world) as work:
        assert set(work.session.scalars(select(ExitRow.answer))) == {""}
        leaver = leaver_of(work, group, token)
        assert leaver is not None
        with pytest.raises(Refused):
            answer(work, group, leaver, "Too late")
        work.rollback()


def test_office_says_that_nothing_is_asked(world: World, group: Group, rui: MemberLine) -> None:
    leaves(world, group, rui, TODAY)
    one = leavers(world, group)[0]
    for _twice in range(2):
        with acting(world) as work:
            ask_nothing(work, group, one.public_id)
    world.pass_time(days=10)
    assert jobs(world, "ask-leavers") == {"firstyear.ask-leavers": 0}
    assert mails(world, rui, "firstyear.question") == []
    with pytest.raises(NotFound), acting(world) as work:
        ask_nothing(work, world.group("mill", plugins=PLUGINS), one.public_id)


def test_who_left_long_ago_is_not_asked(world: World, group: Group, president: MemberLine) -> None:
    world.member(group, "Old Friend", joined=LONG_AGO, ended=TODAY - timedelta(days=40))
    assert leavers(world, group) == []


def test_coming_back_begins_anew_without_a_second_plan(
    world: World, group: Group, rui: MemberLine, committee: MemberLine
) -> None:
    first = stay_of(world, group, rui)
    leaves(world, group, rui, TODAY)
    world.pass_time(days=30)
    jobs(world, "put-in-order", "ask-leavers")
    back = TODAY + timedelta(days=30)
    with acting(world) as work:
        start_membership(work, group_id=group.id, person_id=rui.person_id, started_on=back, profile=Profile())
        work.commit()
    again = stay_of(world, group, rui)
    assert again.id != first.id
    assert (again.earlier_until, again.has_plan) == (TODAY, False)
    assert talks_of(world, group, again)[0].due_on == date(2027, 3, 24)
    assert {one.state for one in talks_of(world, group, first)} == {TalkState.OFF}
    assert leavers(world, group) == []
    assert mails(world, rui, "firstyear.question") == [], "who is back is asked nothing about leaving"


def test_words_of_talks_are_forgotten_after_twelve_months_even_when_off(
    world: World, group: Group, rui: MemberLine, committee: MemberLine
) -> None:
    stay = stay_of(world, group, rui)
    talk = talks_of(world, group, stay)[0]
    with acting(world, committee) as work:
        hold_talk(
            work,
            HoldTalk(
                group=group, talk=talk.public_id, by=committee.id, held=held(), seen_version=talk.version
            ),
        )
    assert jobs(world, "forget-talks") == {"firstyear.forget-talks": 0}
    with acting(world) as work:
        switch_plugin(work, group_id=group.id, plugin="firstyear", is_on=False)
        work.commit()
    world.pass_time(days=366)
    assert jobs(world, "forget-talks") == {"firstyear.forget-talks": 1}
    assert jobs(world, "forget-talks") == {"firstyear.forget-talks": 0}
    with acting(world) as work:
        words = set(work.session.scalars(select(TalkRow.words).where(TalkRow.id == talk.id)))
        work.rollback()
    assert words == {""}


def test_link_of_another_group_is_none(world: World, group: Group, rui: MemberLine) -> None:
    leaves(world, group, rui, TODAY)
    one = leavers(world, group)[0]
    mill = world.group("mill", plugins=PLUGINS)
    with acting(world) as work:
        assert leaver_of(work, mill, token_of(group, one.public_id)) is None
        assert leaver_of(work, group, "nonsense") is None
        work.rollback()
