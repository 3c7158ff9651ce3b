"""Sealed reports on both engines: each side its own, corrections as versions, nothing told, opened when it is time."""

from datetime import timedelta
from typing import Any

import pytest

from app.core.errors import NotFound, Refused
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.ledger.queries import entries_of, pulse_of
from app.plugins.referrals.domain.slip import Act, SlipState
from app.plugins.referrals.interface import OpenedReport, SlipHistory
from app.plugins.referrals.plugin import ReferralsPlugin
from app.plugins.referrals.services.reporting import GiveReport, give_report
from tests.support.reading import column
from tests.support.slips import acting, passed_slip, reading, slip_of, take
from tests.support.world import World


@pytest.fixture
def group(world: World) -> Group:
    return world.group()


@pytest.fixture
def ana(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ana Sousa")


@pytest.fixture
def rui(world: World, group: Group) -> MemberLine:
    return world.member(group, "Rui Almeida")


@pytest.fixture
def won(world: World, group: Group, ana: MemberLine, rui: MemberLine) -> str:
    """Return a slip from Ana to Rui that was won three days after it was passed."""
    slip = passed_slip(world, group, ana, rui)
    world.pass_time(days=3)
    take(world, group, slip, rui, Act.CLOSE, result=SlipState.WON)
    return slip


def report(world: World, group: Group, slip: str, member: MemberLine, answer: str) -> None:
    with acting(world, member) as work:
        give_report(work, GiveReport(group_id=group.id, slip=slip, member=member.id, answer=answer))


def opened(world: World, group: Group) -> list[OpenedReport]:
    asked: type[Any] = SlipHistory
    work = world.work()
    history: SlipHistory = ReferralsPlugin().reads(work)[asked]
    found = list(history.opened_reports(group.id, world.now))
    work.rollback()
    return found


def said(world: World) -> list[tuple[object, ...]]:
    names = ("kind", "number", "answer")
    return list(zip(*(column(world, "referrals_report", name) for name in names), strict=True))


def test_each_side_gives_its_own_report_and_a_correction_is_a_version(
    world: World, group: Group, ana: MemberLine, rui: MemberLine, won: str
) -> None:
    report(world, group, won, ana, "no")
    report(world, group, won, rui, "partly")
    report(world, group, won, ana, "yes")
    report(world, group, won, ana, "yes")
    assert said(world) == [("handling", 1, "no"), ("handling", 2, "yes"), ("lead", 1, "partly")]


def test_answers_of_the_other_side_and_nonsense_are_refused(
    world: World, group: Group, ana: MemberLine, rui: MemberLine, won: str
) -> None:
    for member, answer in ((ana, "partly"), (rui, "not-sure"), (ana, "")):
        with pytest.raises(Refused) as refused:
            report(world, group, won, member, answer)
        assert [one.code for one in refused.value.refusals] == ["referrals.report_answer_missing"]
    assert said(world) == []


def test_to_a_stranger_to_the_slip_it_does_not_exist(world: World, group: Group, won: str) -> None:
    with pytest.raises(NotFound):
        report(world, group, won, world.member(group), "yes")


def test_a_slip_without_a_result_is_reported_on_after_two_weeks(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    slip = passed_slip(world, group, ana, rui)
    with pytest.raises(Refused) as refused:
        report(world, group, slip, ana, "no")
    assert [one.code for one in refused.value.refusals] == ["referrals.report_too_early"]
    world.pass_time(days=14)
    report(world, group, slip, ana, "no")
    assert opened(world, group) == []
    world.pass_time(days=14)
    assert [(one.answer, one.report) for one in opened(world, group)] == [("no", "handling")]


def test_nothing_of_the_slip_moves_and_nobody_is_told(
    world: World, group: Group, ana: MemberLine, won: str
) -> None:
    def around() -> tuple[object, ...]:
        with reading(world) as session:
            pulse = pulse_of(session, group.id)
        view = slip_of(world, group, won, ana)
        return pulse, view, world.rows("notice"), world.rows("outgoing_mail"), world.rows("ledger_delivery")

    before = around()
    report(world, group, won, ana, "no")
    assert around() == before
    with reading(world) as session:
        (entry,) = [found for found, _hash in entries_of(session, group.id, ("referrals.report_given",))]
    assert "no" not in entry.facts.replace("number", ""), "what was answered stands in no entry"
    world.assert_ledger_whole(group)


def test_a_lone_report_opens_two_weeks_after_the_end(
    world: World, group: Group, ana: MemberLine, rui: MemberLine, won: str
) -> None:
    world.pass_time(days=1)
    report(world, group, won, ana, "no")
    world.pass_time(days=12, hours=23)
    assert opened(world, group) == []
    world.pass_time(hours=1)
    (one,) = opened(world, group)
    assert (one.by_member_id, one.about_member_id, one.answer) == (ana.id, rui.id, "no")
    assert one.opened_at_utc == world.now


def test_two_words_open_each_other_and_a_correction_counts_from_then_on(
    world: World, group: Group, ana: MemberLine, rui: MemberLine, won: str
) -> None:
    report(world, group, won, ana, "not-sure")
    world.pass_time(hours=5)
    assert opened(world, group) == []
    report(world, group, won, rui, "yes")
    both = {(one.report, one.answer, one.opened_at_utc) for one in opened(world, group)}
    assert both == {("handling", "not-sure", world.now), ("lead", "yes", world.now)}
    opened_at = world.now
    world.pass_time(days=2)
    report(world, group, won, ana, "yes")
    handling = next(one for one in opened(world, group) if one.report == "handling")
    assert (handling.answer, handling.number) == ("yes", 2)
    assert (handling.opened_at_utc, handling.answered_at_utc) == (opened_at, opened_at + timedelta(days=2))


def test_a_slip_that_was_taken_back_is_no_evidence_any_more(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    slip = passed_slip(world, group, ana, rui)
    world.pass_time(days=15)
    report(world, group, slip, ana, "no")
    take(world, group, slip, ana, Act.WITHDRAW)
    world.pass_time(days=30)
    assert opened(world, group) == []


def test_the_acts_of_giving_come_with_the_time_of_the_first_contact(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    given_at = world.now
    slip = passed_slip(world, group, ana, rui)
    silent = passed_slip(world, group, rui, ana)
    back = passed_slip(world, group, ana, rui)
    take(world, group, back, ana, Act.WITHDRAW)
    world.pass_time(days=1)
    take(world, group, slip, rui, Act.ACKNOWLEDGE)
    take(world, group, silent, ana, Act.ACKNOWLEDGE)
    world.pass_time(days=1)
    take(world, group, slip, rui, Act.PROGRESS)
    world.pass_time(days=9)
    take(world, group, slip, rui, Act.CLOSE, result=SlipState.WON)
    asked: type[Any] = SlipHistory
    work = world.work()
    acts = ReferralsPlugin().reads(work)[asked].acts(group.id)
    work.rollback()
    assert [(one.giver_member_id, one.given_at_utc, one.contacted_at_utc) for one in acts] == [
        (ana.id, given_at, given_at + timedelta(days=2)),
        (rui.id, given_at, None),
    ]
