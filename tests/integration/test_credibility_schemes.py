"""Schemes on both engines: a change weighs every report anew and mixes nothing; a network's scheme, and who moves to it when."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.core.errors import Refused
from app.core.groups.queries import MemberLine
from app.core.ids import NETWORK
from app.core.ledger.queries import entries_of
from app.core.local_time import local_day
from app.plugin_runtime.switching import switch_off, switch_on
from app.plugins.attendance.queries.history import StoredHistory
from app.plugins.credibility.domain.network import SETTINGS
from app.plugins.credibility.domain.reports import Facet, weekly_day
from app.plugins.credibility.domain.scheme import PROFILES, STANDARD, Constants
from app.plugins.credibility.queries import choices, secret
from app.plugins.credibility.queries.secret import Evidence, Known
from app.plugins.credibility.services.choosing import choose_scheme
from app.plugins.credibility.services.following import count_and_follow
from app.plugins.credibility.services.forgetting import forget_evidence
from app.plugins.credibility.services.network_schemes import MakeScheme, make_scheme
from app.plugins.credibility.services.rebuilding import rebuild
from app.plugins.credibility.store import Whose, put_part
from app.plugins.credibility.store_confirming import lift_evidence
from tests.support.records import Recorded
from tests.support.slips import acting, reading
from tests.support.world import World

PLUGINS = ("attendance", "referrals", "credibility")
LOW_GATE = Constants(min_attended=0, min_given=1, min_outcomes=1, min_independent=1, min_evidence=0.3)
USUAL = {name: getattr(STANDARD, name) for name in SETTINGS}


@pytest.fixture
def recorded(world: World, monkeypatch: pytest.MonkeyPatch) -> Recorded:
    """A group in which what was published surfaces by `standard`; by `small_group` with another estimate; by `monthly` never."""
    low = {"standard": LOW_GATE, "small_group": replace(LOW_GATE, prior=0.4, mutual_window=0.0)}
    monkeypatch.setattr(choices, "PROFILES", {**PROFILES, **low})
    return Recorded(world=world, group=world.group(plugins=PLUGINS))


@pytest.fixture
def members(world: World, recorded: Recorded) -> list[MemberLine]:
    """Four who take part."""
    found = [world.member(recorded.group) for _ in range(4)]
    with acting(world) as work:
        for member in found:
            put_part(work.session, recorded.group.id, member.id, "yes", work.now)
        work.commit()
    return found


def tell(recorded: Recorded, members: list[MemberLine]) -> None:
    """Three weeks in which those who surfaced report on others, some of it as favours returned.

    One report on Rui waits for a second week until it is shown; in that week he reports himself, as a new voice still.
    """
    ana, rui, eva, zoe = members
    for giver, receiver, answer in (
        (rui, ana, "yes"),
        (eva, ana, "no"),
        (ana, zoe, "yes"),
        (zoe, rui, "yes"),
    ):
        recorded.handled(giver, receiver, answer)
    recorded.count()
    for giver, receiver, answer in (
        (ana, rui, "yes"),
        (ana, eva, "not-sure"),
        (zoe, eva, "yes"),
        (rui, eva, "no"),
    ):
        recorded.handled(giver, receiver, answer)
    recorded.count()
    recorded.handled(eva, zoe, "no")
    recorded.handled(rui, zoe, "yes")
    recorded.count()


def evidence(recorded: Recorded) -> list[Evidence]:
    with reading(recorded.world) as session:
        return list(secret.all_evidence(session, recorded.group.id))


def standings(recorded: Recorded) -> dict[Whose, Known]:
    with reading(recorded.world) as session:
        return dict(secret.standings(session, recorded.group.id))


def choose(recorded: Recorded, scheme: str) -> bool:
    with acting(recorded.world) as work:
        return choose_scheme(work, recorded.group, scheme)


def make(world: World, *, days: int = 0, **values: float) -> int:
    with acting(world) as work:
        today = local_day(world.now, "Europe/Lisbon")
        command = MakeScheme(
            name="Ours",
            effective_on=today + timedelta(days=days),
            values={**USUAL, **values},
            today=today,
        )
        return make_scheme(work, command).number


def go_on(recorded: Recorded) -> int:
    """Go on to the next Monday and let the weekly job do its work."""
    recorded.world.pass_time(days=7)
    with acting(recorded.world) as work:
        done = count_and_follow(work, recorded.group)
        work.commit()
    return done


def in_force(recorded: Recorded) -> tuple[str, int]:
    with reading(recorded.world) as session:
        return choices.choice_of(session, recorded.group.id).what


def chosen(recorded: Recorded) -> list[str]:
    with reading(recorded.world) as session:
        return [
            entry.facts
            for entry, _hash in entries_of(session, recorded.group.id, ("credibility.scheme_chosen",))
        ]


@pytest.mark.parametrize("scheme", ["standard", "small_group"])
def test_there_and_back_again_leads_to_the_same_bits(
    recorded: Recorded, members: list[MemberLine], scheme: str
) -> None:
    if scheme != "standard":
        choose(recorded, scheme)
    tell(recorded, members)
    rows, before = evidence(recorded), standings(recorded)
    assert {row.voice for row in rows} == {"new", "known"}
    assert choose(recorded, "monthly")
    assert {row.voice for row in evidence(recorded)} == {"new"}
    assert standings(recorded) != before
    assert choose(recorded, scheme)
    assert (evidence(recorded), standings(recorded)) == (rows, before)


def test_change_weighs_by_the_new_scheme_alone(recorded: Recorded, members: list[MemberLine]) -> None:
    """By `monthly` nobody surfaces: every voice is a new one. By `small_group` no favour is ever returned."""
    tell(recorded, members)
    returned = [row for row in evidence(recorded) if not row.is_independent]
    assert returned
    choose(recorded, "monthly")
    handling = [row for row in evidence(recorded) if row.facet is Facet.HANDLING]
    assert {row.weight for row in handling} == {0.5, 0.5 / 3}
    choose(recorded, "small_group")
    assert all(row.is_independent for row in evidence(recorded))
    with acting(recorded.world) as work:
        assert [one for one in rebuild(work, recorded.group) if one.differed] == []


@pytest.mark.parametrize(("days_before", "voice"), [(1, "known"), (0, "new")])
def test_a_past_week_is_weighed_by_who_had_come_until_then(
    recorded: Recorded,
    members: list[MemberLine],
    monkeypatch: pytest.MonkeyPatch,
    days_before: int,
    voice: str,
) -> None:
    tell(recorded, members)
    ana = members[0].id
    second = sorted({row.counted_on for row in evidence(recorded)})[1]
    came = {ana: [second - timedelta(days=days_before)]}
    monkeypatch.setattr(StoredHistory, "attended_days", lambda _self, _group: came)
    monkeypatch.setattr(choices, "PROFILES", {"monthly": replace(LOW_GATE, min_attended=1)})
    choose(recorded, "monthly")
    of_ana = [row for row in evidence(recorded) if row.by_member_id == ana and row.counted_on == second]
    assert {row.voice for row in of_ana if row.facet is Facet.HANDLING} == {voice}


def test_what_a_customer_confirmed_stays_lifted(recorded: Recorded, members: list[MemberLine]) -> None:
    tell(recorded, members)
    row = next(row for row in evidence(recorded) if row.facet is Facet.HANDLING and row.worth == 1.0)
    with acting(recorded.world) as work:
        lift_evidence(work.session, recorded.group.id, row.id, 1.0)
        work.commit()
    choose(recorded, "monthly")
    lifted = {one.id: (one.weight, one.voice) for one in evidence(recorded) if one.voice != "new"}
    assert lifted == {row.id: (1.0, "confirmed")}


def test_same_scheme_again_changes_nothing(recorded: Recorded, members: list[MemberLine]) -> None:
    assert not choose(recorded, "standard")
    assert choose(recorded, "monthly")
    assert not choose(recorded, "monthly")
    assert len(chosen(recorded)) == 1


def off(recorded: Recorded, name: str) -> None:
    with acting(recorded.world) as work:
        switch_off(work, recorded.world.held.registry, group_id=recorded.group.id, name=name)
        work.commit()


@pytest.mark.parametrize("name", ["referrals", "attendance"])
def test_nothing_is_weighed_anew_while_referrals_or_attendance_is_off(
    recorded: Recorded, members: list[MemberLine], name: str
) -> None:
    tell(recorded, members)
    rows = evidence(recorded)
    off(recorded, name)
    with pytest.raises(Refused, match=f"{name}_off"):
        choose(recorded, "monthly")
    assert (evidence(recorded), in_force(recorded)) == (rows, ("standard", 1))


def test_networks_scheme_can_be_chosen_from_its_day_on(world: World, recorded: Recorded) -> None:
    with pytest.raises(Refused, match="no_scheme"):
        choose(recorded, "network")
    make(world, days=3)
    with pytest.raises(Refused, match="no_scheme"):
        choose(recorded, "network")
    world.pass_time(days=3)
    assert choose(recorded, "network")
    assert in_force(recorded) == ("network", 1)
    with reading(world) as session:
        assert choices.constants_in_force(session, recorded.group.id) == STANDARD


def test_group_moves_to_a_new_version_on_the_weekly_day_after_its_day_and_mixes_nothing(
    world: World, recorded: Recorded, members: list[MemberLine]
) -> None:
    make(world)
    choose(recorded, "network")
    recorded.handled(members[0], members[1], "yes")
    recorded.handled(members[2], members[1], "yes")
    go_on(recorded)
    assert {row.weight for row in evidence(recorded) if row.facet is Facet.HANDLING} == {0.5}
    monday = weekly_day(local_day(world.now, recorded.group.zone))
    days = (monday + timedelta(days=9) - local_day(world.now, recorded.group.zone)).days
    assert make(world, days=days, new_voice=0.75) == 2
    assert go_on(recorded) == 0
    assert in_force(recorded) == ("network", 1), "its day is the Wednesday of this week"
    recorded.handled(members[3], members[1], "yes")
    world.clock.move_to(world.now + timedelta(days=7))
    with acting(world) as work:
        count_and_follow(work, recorded.group)
        work.commit()
    assert in_force(recorded) == ("network", 2)
    assert {row.weight for row in evidence(recorded) if row.facet is Facet.HANDLING} == {0.75}
    assert ['"version":1' in facts for facts in chosen(recorded)] == [True, False]
    assert go_on(recorded) == 0, "once"


@pytest.mark.parametrize("name", ["referrals", "attendance"])
def test_group_does_not_move_to_a_new_version_while_referrals_or_attendance_is_off(
    world: World, recorded: Recorded, members: list[MemberLine], name: str
) -> None:
    make(world)
    choose(recorded, "network")
    tell(recorded, members)
    rows = evidence(recorded)
    off(recorded, name)
    make(world, new_voice=0.75)
    assert go_on(recorded) == 0
    assert (evidence(recorded), in_force(recorded)) == (rows, ("network", 1))
    with acting(world) as work:
        switch_on(work, world.held.registry, group_id=recorded.group.id, name=name)
        work.commit()
    assert go_on(recorded) == 1
    assert in_force(recorded) == ("network", 2)


def test_what_a_shorter_half_life_deleted_stays_out_under_a_longer_one(
    recorded: Recorded, members: list[MemberLine], monkeypatch: pytest.MonkeyPatch
) -> None:
    short = {"standard": LOW_GATE, "small_group": replace(LOW_GATE, half_life=90.0)}
    monkeypatch.setattr(choices, "PROFILES", short)
    ana, rui, eva, zoe = members
    for giver in (rui, zoe):
        recorded.handled(giver, ana, "no")
    recorded.count()
    recorded.world.pass_time(days=460)
    choose(recorded, "small_group")
    with acting(recorded.world) as work:
        assert forget_evidence(work, recorded.group) == 4
        work.commit()
    choose(recorded, "standard")
    recorded.handled(eva, ana, "yes")
    assert recorded.count() == 2
    assert [row.worth for row in evidence(recorded) if row.facet is Facet.HANDLING] == [1.0]


def test_there_and_back_before_anything_was_deleted_takes_nothing_away(
    recorded: Recorded, members: list[MemberLine], monkeypatch: pytest.MonkeyPatch
) -> None:
    short = {"standard": LOW_GATE, "small_group": replace(LOW_GATE, half_life=90.0)}
    monkeypatch.setattr(choices, "PROFILES", short)
    ana, rui, _eva, zoe = members
    for giver in (rui, zoe):
        recorded.handled(giver, ana, "no")
    recorded.count()
    recorded.world.pass_time(days=460)
    rows = evidence(recorded)
    choose(recorded, "small_group")
    choose(recorded, "standard")
    assert recorded.count() == 0
    assert evidence(recorded) == rows


def test_group_that_chose_another_scheme_is_left_alone(world: World, recorded: Recorded) -> None:
    make(world)
    choose(recorded, "monthly")
    make(world, new_voice=1.0)
    go_on(recorded)
    assert in_force(recorded) == ("monthly", 1)


def test_version_is_numbered_and_kept_in_the_ledger_of_the_network(world: World, recorded: Recorded) -> None:
    assert [make(world), make(world, days=2, kappa=5)] == [1, 2]
    with reading(world) as session:
        kinds = [entry.kind for entry, _hash in entries_of(session, NETWORK)]
    assert kinds.count("credibility.network_scheme_made") == 2


def test_everything_wrong_is_said_at_once_and_nothing_is_kept(world: World, recorded: Recorded) -> None:
    command = MakeScheme(
        name=" ",
        effective_on=date(2020, 1, 1),
        values={**USUAL, "min_independent": 1, "half_life": None},
        today=local_day(world.now, "Europe/Lisbon"),
    )
    with acting(world) as work, pytest.raises(Refused) as refused:
        make_scheme(work, command)
    assert {one.field for one in refused.value.refusals} == {
        "name",
        "effective_on",
        "min_independent",
        "half_life",
    }
    assert world.rows("credibility_network_scheme") == 0
