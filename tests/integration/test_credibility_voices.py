"""Whose word counts how much: a member whom nobody ever saw surfaced speaks with a new voice, whatever is counted about them."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from app.core.groups.queries import MemberLine
from app.plugins.credibility.domain.reports import Facet
from app.plugins.credibility.domain.scheme import PROFILES, Constants
from app.plugins.credibility.queries import choices, secret
from app.plugins.credibility.services.choosing import choose_scheme
from app.plugins.credibility.services.deciding import Decide, decide
from app.plugins.credibility.store import put_part
from tests.support.attacked import Attacked
from tests.support.customers import Asking
from tests.support.records import Recorded
from tests.support.slips import acting, reading
from tests.support.world import World

LOW_GATE = Constants(min_attended=0, min_given=0, min_outcomes=2, min_independent=2, min_evidence=0.9)


def test_record_that_faded_unseen_gives_no_weight_to_an_old_report_that_is_counted_late(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A colleague opts in late, and what was said of them long ago is counted: by what anybody could see, then and now."""
    monkeypatch.setattr(choices, "PROFILES", {**PROFILES, "standard": LOW_GATE})
    recorded = Recorded(world=world, group=world.group(plugins=("attendance", "referrals", "credibility")))
    ana, rui, eva, zoe = (world.member(recorded.group) for _ in range(4))

    def says(member: MemberLine, word: str) -> None:
        with acting(world) as work:
            put_part(work.session, recorded.group.id, member.id, word, work.now)
            work.commit()

    says(eva, "no")
    recorded.handled(rui, ana, "yes")
    recorded.handled(zoe, ana, "yes")
    recorded.handled(ana, eva, "yes")
    recorded.count()
    world.pass_time(days=200)
    says(ana, "yes")
    says(eva, "yes")
    recorded.count()
    with reading(world) as session:
        rows = secret.all_evidence(session, recorded.group.id)
    assert [
        (row.voice, row.weight)
        for row in rows
        if row.about_member_id == eva.id and row.by_member_id == ana.id
    ][:1] == [("new", 0.5)]


class House(Asking, Attacked):
    """A group whose members report, disagree, and ask their customers."""


@pytest.fixture
def house(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """A group in which a little history is enough, by `small_group` for another estimate."""
    low = {"standard": LOW_GATE, "small_group": replace(LOW_GATE, prior=0.4)}
    monkeypatch.setattr(choices, "PROFILES", {**PROFILES, **low})
    with world.app.app_context():  # as in a request or a job: mails hold addresses
        yield House(world=world, group=world.group(plugins=("attendance", "referrals", "credibility")))


def say(house: House, member: MemberLine, word: str = "yes") -> None:
    with acting(house.world) as work:
        put_part(work.session, house.group.id, member.id, word, work.now)
        work.commit()


def voices(house: House, by: MemberLine, about: MemberLine) -> list[tuple[str, float]]:
    """Return how one member's reports on another weigh."""
    return [(row.voice, row.weight) for row in house.rows(about) if row.by_member_id == by.id]


def there_and_back(house: House) -> None:
    for scheme in ("small_group", "standard"):
        with acting(house.world) as work:
            assert choose_scheme(work, house.group, scheme)


def test_what_a_customers_yes_lifts_this_monday_gives_no_weight_this_monday(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two yeses lift what Ana's record needs to be shown; her report of that week weighs as that of somebody unseen."""
    needs_more = replace(LOW_GATE, min_evidence=1.3)
    low = {"standard": needs_more, "small_group": replace(needs_more, prior=0.4)}
    monkeypatch.setattr(choices, "PROFILES", low)
    ana, rui, eva, zoe, noa, ben = house.members(6)
    say(house, ana)
    slips = [(one, house.handled(one, ana, "yes")) for one in (rui, zoe)]
    house.count()
    for one, slip in slips:
        assert house.answer(house.ask(one, slip))
    for one, other in ((noa, ana), (ben, ana), (ana, eva)):
        house.handled(one, other, "yes")
    house.count()
    assert [row.weight for row in house.rows(ana)] == [1.0, 1.0, 0.5, 0.5], "lifted, and shown anew"
    assert voices(house, ana, eva) == [("new", 0.5)]
    house.handled(ana, eva, "yes")
    house.count()
    before = voices(house, ana, eva)
    assert [voice for voice, _weight in before] == ["new", "known"], "from the next week on"
    there_and_back(house)
    assert voices(house, ana, eva) == before, "a change of the scheme does not weigh by it either"
    assert house.differing() == []


def test_report_that_is_put_back_this_monday_gives_no_weight_this_monday(house: House) -> None:
    """While a disagreement kept it out, Ana's record was not shown: nobody read what it is together with it."""
    ana, rui, eva, zoe, *_others = house.members(7)
    say(house, ana)
    for one in (rui, zoe):
        house.handled(one, ana, "yes")
    house.count()
    house.disagree(ana, house.rows(ana)[0])
    house.handled(ana, eva, "yes")
    appeal = house.appeals(ana)[-1]
    for decider in appeal.deciders:
        command = Decide(
            group=house.group,
            member=decider.member_id,
            appeal=appeal.public_id,
            says="keep",
            reason="So it was.",
        )
        with acting(house.world) as work:
            decide(work, command)
    house.count()
    assert [row.is_frozen for row in house.rows(ana)] == [False, False]
    assert voices(house, ana, eva) == [("new", 0.5)]
    assert house.differing() == []


def test_yes_that_came_after_the_week_began_gives_its_reports_no_weight(house: House) -> None:
    """On the day on which the job comes round late, Ana takes part; when the week began she did not."""
    ana, rui, eva, zoe = house.members(4)
    for one in (rui, zoe):
        house.handled(one, ana, "yes")
    house.count()
    house.handled(ana, eva, "yes")
    house.world.pass_time(days=7)
    say(house, ana)
    house.counted_now()
    assert voices(house, ana, eva) == [("new", 0.5)]
    house.handled(ana, eva, "yes")
    say(house, ana)
    house.count()
    assert [voice for voice, _weight in voices(house, ana, eva)] == ["new", "known"]
    before = house.rows(eva)
    say(house, ana)
    there_and_back(house)
    assert house.rows(eva) == before, "who says yes once more has said so since the first time"


def test_change_of_the_scheme_weighs_by_no_record_that_nobody_ever_saw(house: House) -> None:
    """Ana says yes when her record has faded: nobody saw it, so her old report on Eva stays that of somebody unseen."""
    ana, rui, eva, zoe = house.members(4)
    for one, other in ((rui, ana), (zoe, ana)):
        house.handled(one, other, "yes")
    house.count()
    for one in (ana, zoe):
        house.handled(one, eva, "yes")
    house.count()
    house.world.pass_time(days=300)
    say(house, ana)
    before = house.rows(eva), house.rows(rui, Facet.LEAD), house.known(eva)
    there_and_back(house)
    assert voices(house, ana, eva) == [("new", 0.5)]
    assert (house.rows(eva), house.rows(rui, Facet.LEAD), house.known(eva)) == before


def test_change_of_the_scheme_leaves_an_old_report_that_was_counted_late_as_it_was(house: House) -> None:
    """Ana takes part all along and fades; Eva takes part late, and what Ana said of her long ago is counted then."""
    ana, rui, eva, zoe = house.members(4)
    say(house, ana)
    say(house, eva, "no")
    for one, other in ((rui, ana), (zoe, ana), (ana, eva)):
        house.handled(one, other, "yes")
    house.count()
    house.handled(ana, eva, "yes")
    house.world.pass_time(days=200)
    say(house, eva)
    house.count()
    before = house.rows(eva)
    assert voices(house, ana, eva) == [("new", 0.5), ("new", 0.5)]
    there_and_back(house)
    assert house.rows(eva) == before
