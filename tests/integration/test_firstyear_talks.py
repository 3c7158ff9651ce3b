"""Talks of the first year on a real database: held, moved, renewed, and what is asked of whoever leaves."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.core.errors import NotFound, Refused
from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.groups.services import Profile, start_membership, switch_plugin
from app.plugins.attendance.services.leave import AskLeave, ask_leave
from app.plugins.firstyear.domain.leaving import ExitState
from app.plugins.firstyear.domain.talks import Held, TalkKind, TalkState
from app.plugins.firstyear.models import ExitRow, TalkRow
from app.plugins.firstyear.queries.stays import (
    running_stays,
    stay_of_member,
)
from app.plugins.firstyear.services.leaving import answer, ask_nothing, leaver_of, token_of
from app.plugins.firstyear.services.talks import HoldTalk, MoveTalk, hold_talk, move_talk, wish
from tests.support.firstyear import (
    LONG_AGO,
    PLUGINS,
    TODAY,
    as_if_switched_on_now,
    held,
    jobs,
    leavers,
    leaves,
    mails,
    notices,
    stay_of,
    talks_of,
)
from tests.support.slips import acting
from tests.support.world import World


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
