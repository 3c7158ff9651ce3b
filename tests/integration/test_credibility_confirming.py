"""A customer's word on both engines: what it lifts and when, that nothing else ever changes, and what is forgotten of it."""

from collections.abc import Sequence

import pytest

from app.core.errors import NotFound, Refused
from app.core.groups.queries import MemberLine
from app.plugin_runtime.jobs import plugin_jobs, run_all
from app.plugin_runtime.switching import switch_off
from app.plugins.credibility.domain.reports import Facet
from app.plugins.credibility.queries.shown import own_of
from app.plugins.credibility.services.choosing import choose_scheme
from app.plugins.credibility.services.of_a_person import erase_record, merge_records
from app.plugins.credibility.services.taking_part import say_part
from app.plugins.referrals.domain.slip import Act
from app.plugins.referrals.services.forgetting import forget_for, object_to
from tests.support.customers import YES, Asking
from tests.support.slips import acting, addresses, passed_slip, take
from tests.support.world import World

PLUGINS = ("attendance", "referrals", "credibility")
NOTHING = [("yes", "no"), ("no", "yes"), ("no", "no")]


@pytest.fixture
def asking(world: World) -> Asking:
    return Asking(world=world, group=world.group(plugins=PLUGINS))


@pytest.fixture
def members(world: World, asking: Asking) -> list[MemberLine]:
    return [world.member(asking.group) for _ in range(5)]


def test_confirmed_report_of_a_new_voice_weighs_one(asking: Asking, members: Sequence[MemberLine]) -> None:
    rui, ana, eva = members[:3]
    asking.confirmed(rui, ana)
    asking.handled(eva, ana, "yes")
    asking.count()
    assert [(row.weight, row.voice) for row in asking.rows(ana)] == [(1.0, "confirmed"), (0.5, "new")]
    assert {row.voice for row in asking.rows(rui, Facet.LEAD)} == {"new"}, (
        "a lead is nothing a customer knows"
    )


@pytest.mark.parametrize("answer", ["no", "not-sure"])
def test_yes_to_a_report_that_is_not_good_changes_nothing(
    asking: Asking, members: Sequence[MemberLine], answer: str
) -> None:
    asking.confirmed(members[0], members[1], answer)
    asking.count()
    assert [(row.weight, row.voice) for row in asking.rows(members[1])] == [(0.5, "new")]


@pytest.mark.parametrize("says", NOTHING)
def test_any_other_answer_changes_nothing_and_is_not_kept(
    asking: Asking, members: Sequence[MemberLine], says: tuple[str, str]
) -> None:
    rui, ana = members[:2]
    link = asking.ask(rui, asking.handled(rui, ana, "yes"))
    assert asking.answer(link, says)
    assert asking.kept() == [(False, False)]
    asking.count()
    assert [(row.weight, row.voice) for row in asking.rows(ana)] == [(0.5, "new")]


def test_no_after_a_yes_takes_nothing_away(asking: Asking, members: Sequence[MemberLine]) -> None:
    slip = asking.confirmed(members[0], members[1])
    assert asking.answer(asking.ask(members[0], slip, number=2), ("no", "no"))
    asking.count()
    assert [row.weight for row in asking.rows(members[1])] == [1.0]


def test_counted_report_that_is_not_shown_yet_is_lifted_at_its_old_place(
    asking: Asking, members: Sequence[MemberLine]
) -> None:
    rui, ana = members[:2]
    slip = asking.handled(rui, ana, "yes")
    asking.count()
    before = asking.rows(ana)[0]
    assert asking.answer(asking.ask(rui, slip))
    asking.count()
    after = asking.rows(ana)[0]
    assert (before.weight, after.weight, after.voice) == (0.5, 1.0, "confirmed")
    assert (after.id, after.day, after.counted_on) == (before.id, before.day, before.counted_on)
    assert asking.known(ana).counted.good == 1.0
    assert asking.differing() == []


def test_report_that_is_shown_is_lifted_when_two_new_ones_are_shown_and_not_alone(
    asking: Asking, members: Sequence[MemberLine]
) -> None:
    """Else its giver, who knows whom they asked, would read the answer from the value."""
    rui, ana, eva, noa, ben = members
    slip = asking.handled(rui, ana, "yes")
    asking.handled(eva, ana, "yes")
    asking.count()
    shown = asking.known(ana).shown
    assert shown.outcomes == 2
    assert asking.answer(asking.ask(rui, slip))
    asking.count()
    asking.handled(noa, ana, "yes")
    asking.count()
    assert asking.known(ana).shown == shown
    assert asking.rows(ana)[0].weight == 0.5
    asking.handled(ben, ana, "yes")
    asking.count()
    after = asking.known(ana)
    assert [row.weight for row in asking.rows(ana)] == [1.0, 0.5, 0.5, 0.5]
    assert (after.shown, after.shown.outcomes) == (after.counted, 4)
    assert asking.differing() == []


def test_same_record_whether_the_yes_came_before_or_after_the_counting(
    asking: Asking, members: Sequence[MemberLine]
) -> None:
    early, late = members[1], members[2]
    slips = []
    for about in (early, late):
        slips.append(asking.handled(members[0], about, "yes"))
        asking.handled(members[3], about, "no")
    assert asking.answer(asking.ask(members[0], slips[0]))
    asking.count()
    assert asking.answer(asking.ask(members[0], slips[1]))
    for about in (early, late):
        for giver in members[3:]:
            asking.handled(giver, about, "yes")
    asking.count()
    weights = [[(row.weight, row.voice) for row in asking.rows(about)] for about in (early, late)]
    assert weights[0] == weights[1]
    assert weights[0][0] == (1.0, "confirmed")
    assert asking.differing() == []


def test_favour_returned_keeps_its_third(asking: Asking, members: Sequence[MemberLine]) -> None:
    rui, ana = members[:2]
    asking.handled(ana, rui, "yes")
    slip = asking.handled(rui, ana, "yes")
    asking.count()
    assert asking.rows(ana)[0].weight == pytest.approx(0.5 / 3)
    assert asking.answer(asking.ask(rui, slip))
    asking.count()
    assert [(row.weight, row.is_independent) for row in asking.rows(ana)] == [(1 / 3, False)]


def test_own_page_names_the_reason(asking: Asking, members: Sequence[MemberLine]) -> None:
    asking.confirmed(members[0], members[1])
    asking.handled(members[2], members[1], "yes")
    asking.count()
    with acting(asking.world) as work:
        rows = own_of(work, asking.group, members[1].id).rows
    assert sorted(row.voice for row in rows) == ["confirmed", "new"]


def test_link_is_good_once_for_thirty_days_and_until_the_next(
    world: World, asking: Asking, members: Sequence[MemberLine]
) -> None:
    slip = asking.handled(members[0], members[1], "yes")
    first = asking.ask(members[0], slip)
    second = asking.ask(members[0], slip, number=2)
    assert not asking.answer(first), "another took its place"
    assert asking.answer(second)
    assert not asking.answer(second), "it is used up"
    third = asking.ask(members[0], slip, number=3)
    with pytest.raises(Refused) as refused:
        asking.ask(members[0], slip, number=4)
    assert [one.code for one in refused.value.refusals] == ["credibility.links_made"]
    world.pass_time(days=30)
    assert not asking.answer(third)
    assert not asking.answer("made up")


def test_answer_of_one_question_is_refused_and_uses_nothing_up(
    asking: Asking, members: Sequence[MemberLine]
) -> None:
    link = asking.ask(members[0], asking.handled(members[0], members[1], "yes"))
    with pytest.raises(Refused) as refused:
        asking.answer(link, ("yes", ""))
    assert [(one.code, one.field) for one in refused.value.refusals] == [("credibility.no_answer", "helpful")]
    assert asking.answer(link)


def test_only_the_giver_who_has_reported_may_ask(asking: Asking, members: Sequence[MemberLine]) -> None:
    rui, ana, eva = members[:3]
    slip = passed_slip(asking.world, asking.group, rui, ana)
    asking.world.pass_time(days=15)
    with pytest.raises(NotFound):
        asking.ask(rui, slip)
    asking.says(rui, slip, "yes")
    for other in (ana, eva):
        with pytest.raises(NotFound):
            asking.ask(other, slip)
    asking.ask(rui, slip)


def test_mail_goes_once_where_there_is_an_address_and_goes_away_with_the_answer(
    asking: Asking, members: Sequence[MemberLine]
) -> None:
    rui, ana = members[:2]
    slip = asking.handled(rui, ana, "yes")
    with pytest.raises(Refused) as refused:
        asking.ask(rui, slip, way="mail")
    assert [one.code for one in refused.value.refusals] == ["credibility.no_address"]
    asking.reached_at(slip, "Kim@Miramar.example")
    link = asking.ask(rui, slip, way="mail")
    [(address, body)] = asking.mails()
    assert address == "kim@miramar.example"
    assert f"http://localhost/{link}" in body
    with pytest.raises(Refused) as again:
        asking.ask(rui, slip, way="mail", number=2)
    assert [one.code for one in again.value.refusals] == ["credibility.mailed_before"]
    assert asking.answer(link)
    assert asking.mails() == []


def test_another_link_takes_the_mail_of_the_first_away(asking: Asking, members: Sequence[MemberLine]) -> None:
    slip = asking.handled(members[0], members[1], "yes")
    asking.reached_at(slip, "kim@miramar.example")
    asking.ask(members[0], slip, way="mail")
    asking.ask(members[0], slip, number=2)
    assert asking.mails() == []


def test_links_that_ran_out_are_forgotten_with_their_mails_though_it_is_off(
    world: World, asking: Asking, members: Sequence[MemberLine]
) -> None:
    slip = asking.handled(members[0], members[1], "yes")
    asking.reached_at(slip, "kim@miramar.example")
    asking.ask(members[0], slip, way="mail")
    with acting(world) as work:
        switch_off(work, world.held.registry, group_id=asking.group.id, name="credibility")
        work.commit()
    jobs = [job for job in plugin_jobs(world.held) if job.name == "credibility.forget-links"]
    run_all(jobs)
    assert (asking.kept(), len(asking.mails())) == ([(True, False)], 1)
    world.pass_time(days=30)
    run_all(jobs)
    assert (asking.kept(), asking.mails()) == ([(False, False)], [])
    world.pass_time(days=5 * 365)
    run_all(jobs)
    assert asking.kept() == []


@pytest.mark.parametrize("how", ["asked", "objected"])
def test_forgotten_customer_is_asked_no_more(asking: Asking, members: Sequence[MemberLine], how: str) -> None:
    rui, ana = members[:2]
    slip = asking.handled(rui, ana, "yes")
    asking.reached_at(slip, "kim@miramar.example")
    link = asking.ask(rui, slip, way="mail")
    with acting(asking.world) as work:
        if how == "asked":
            forget_for(work, asking.group, slip, ana.id, addresses)
        else:
            object_to(work, asking.group, slip, addresses)
    assert (asking.kept(), asking.mails()) == ([(False, False)], [])
    assert not asking.answer(link)
    with pytest.raises(NotFound):
        asking.ask(rui, slip, number=2)


def test_customer_who_was_forgotten_while_it_was_off_is_asked_no_more_from_the_next_day(
    asking: Asking, members: Sequence[MemberLine], world: World
) -> None:
    rui, ana, eva = members[:3]
    forgotten, other = (asking.handled(giver, ana, "yes") for giver in (rui, eva))
    for giver, slip, contact in ((rui, forgotten, "kim@miramar.example"), (eva, other, "lee@porto.example")):
        asking.reached_at(slip, contact)
        asking.ask(giver, slip, way="mail")
    with acting(world) as work:
        switch_off(work, world.held.registry, group_id=asking.group.id, name="credibility")
        work.commit()
    with acting(world) as work:
        object_to(work, asking.group, forgotten, addresses)
    run_all([job for job in plugin_jobs(world.held) if job.name == "credibility.forget-links"])
    assert sorted(asking.kept()) == [(False, False), (True, False)]
    assert [address for address, _body in asking.mails()] == ["lee@porto.example"]


def test_slip_that_was_taken_back_asks_nobody(asking: Asking, members: Sequence[MemberLine]) -> None:
    rui, ana = members[:2]
    slip = passed_slip(asking.world, asking.group, rui, ana)
    asking.world.pass_time(days=15)
    asking.says(rui, slip, "yes")
    link = asking.ask(rui, slip)
    take(asking.world, asking.group, slip, rui, Act.WITHDRAW)
    assert not asking.answer(link)
    with pytest.raises(NotFound):
        asking.ask(rui, slip, number=2)


@pytest.mark.parametrize("word", ["no", "object"])
def test_who_takes_no_part_is_never_confirmed_and_the_link_does_not_tell(
    asking: Asking, members: Sequence[MemberLine], word: str
) -> None:
    rui, ana = members[:2]
    slip = asking.confirmed(rui, ana)
    other = asking.ask(rui, asking.handled(rui, ana, "yes"))
    with acting(asking.world, ana) as work:
        say_part(work, asking.group, ana.id, word)
    assert sorted(asking.kept()) == [(False, False), (True, False)]
    assert asking.answer(other), "as if it counted"
    assert asking.answer(asking.ask(rui, slip, number=2))
    assert asking.kept() == [(False, False), (False, False)]


def test_erased_giver_and_erased_receiver_end_their_links(
    asking: Asking, members: Sequence[MemberLine]
) -> None:
    rui, ana, eva = members[:3]
    done, open_link = asking.confirmed(rui, ana), asking.ask(rui, asking.handled(rui, ana, "yes"))
    about_rui = asking.ask(eva, asking.handled(eva, rui, "yes"))
    renewed = asking.ask(rui, done, number=2)
    with acting(asking.world) as work:
        erase_record(work, asking.group, rui.id)
        work.commit()
    assert asking.kept() == [(False, True)], "the yes belongs to the record of Ana"
    assert not any(asking.answer(link) for link in (open_link, about_rui, renewed))
    asking.count()
    assert [row.voice for row in asking.rows(ana)] == ["confirmed", "new"]


def test_merged_members_merge_what_they_asked(asking: Asking, members: Sequence[MemberLine]) -> None:
    rui, again, ana = members[:3]
    asking.confirmed(again, ana)
    between = asking.ask(rui, asking.handled(rui, again, "yes"))
    with acting(asking.world) as work:
        merge_records(work, asking.group, rui.id, again.id)
        work.commit()
    assert asking.kept() == [(False, True)]
    assert not asking.answer(between)


def test_corrected_report_is_confirmed_where_it_says_good(
    asking: Asking, members: Sequence[MemberLine]
) -> None:
    rui, ana = members[:2]
    slip = asking.confirmed(rui, ana)
    asking.count()
    asking.says(rui, slip, "no")
    asking.count()
    assert [(row.worth, row.weight) for row in asking.rows(ana)] == [(0.0, 0.5)]
    asking.says(rui, slip, "yes")
    asking.count()
    assert [(row.worth, row.weight) for row in asking.rows(ana)] == [(1.0, 1.0)]
    assert asking.differing() == []


def test_change_of_the_scheme_leaves_a_yes_waiting_that_waits_for_new_reports(
    asking: Asking, members: Sequence[MemberLine]
) -> None:
    rui, ana, eva = members[:3]
    slip = asking.handled(rui, ana, "yes")
    asking.handled(eva, ana, "no")
    asking.count()
    assert asking.answer(asking.ask(rui, slip))
    before = [(row.weight, row.voice) for row in asking.rows(ana)]
    for scheme in ("small_group", "standard"):
        with acting(asking.world) as work:
            choose_scheme(work, asking.group, scheme)
        weights = [(row.weight, row.voice) for row in asking.rows(ana)]
        assert weights == before, "to and fro, it would be the only value that has moved"
    assert asking.differing() == []


def test_change_of_the_scheme_keeps_what_was_confirmed(asking: Asking, members: Sequence[MemberLine]) -> None:
    rui, ana, eva = members[:3]
    asking.confirmed(rui, ana)
    asking.handled(eva, ana, "no")
    asking.count()
    for scheme in ("small_group", "standard"):
        with acting(asking.world) as work:
            choose_scheme(work, asking.group, scheme)
        weights = [(row.weight, row.voice) for row in asking.rows(ana)]
        assert weights == [(1.0, "confirmed"), (0.5, "new")]
    assert asking.differing() == []


def test_link_of_another_group_is_none(world: World, asking: Asking, members: Sequence[MemberLine]) -> None:
    mill = Asking(world=world, group=world.group("mill", plugins=PLUGINS))
    link = asking.ask(members[0], asking.handled(members[0], members[1], "yes"))
    assert not mill.answer(link)
    assert asking.answer(link, YES)
