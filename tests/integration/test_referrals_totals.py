"""PALMS figures of referrals, the counts of the group, and thank-yous with their privacy."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from app.core.errors import Refused
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.ids import MemberId
from app.core.local_time import Period
from app.core.work import UnitOfWork
from app.plugin_runtime.runtime import runtime
from app.plugins.referrals.domain.slip import Act, SlipState
from app.plugins.referrals.interface import PalmsReferrals, ReferralTotals
from app.plugins.referrals.models import SlipRow, ThankYouRow
from app.plugins.referrals.queries.thanks import thanks_of
from app.plugins.referrals.queries.totals import PalmsTotals, group_counts
from app.plugins.referrals.services.thanking import GiveThanks, give_thanks
from tests.support.slips import TODAY, acting, addresses, passed_slip, reading, take
from tests.support.world import World

ZONE = "Europe/Lisbon"
NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))


@pytest.fixture
def group(world: World) -> Group:
    return world.group()


@pytest.fixture
def ana(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ana Sousa")


@pytest.fixture
def rui(world: World, group: Group) -> MemberLine:
    return world.member(group, "Rui Almeida")


def palms(
    world: World, group: Group, first: date, last: date, zone: str = ZONE
) -> dict[MemberId, PalmsReferrals]:
    with reading(world) as session:
        return dict(PalmsTotals(session, world.now).palms_totals(group.id, first, last, zone))


def thank(
    world: World,
    group: Group,
    thanker: MemberLine,
    thanked: MemberLine | None,
    *,
    amount: str = "100",
    day: date | None = TODAY,
    slip: str = "",
) -> None:
    with acting(world, thanker) as work:
        give_thanks(work, thanks_command(work, group, thanker, thanked, amount=amount, day=day, slip=slip))


def thanks_command(
    work: UnitOfWork,
    group: Group,
    thanker: MemberLine,
    thanked: MemberLine | None,
    *,
    amount: str,
    day: date | None,
    slip: str,
) -> GiveThanks:
    return GiveThanks(
        group=group,
        today=TODAY,
        thanker=thanker.id,
        thanker_name=thanker.name,
        thanked=thanked.public_id if thanked else "",
        slip=slip,
        amount=amount,
        thanked_on=day,
        note="",
        public_id=work.ids.public_id(),
        addresses=addresses("thanks"),
    )


def test_slips_count_for_giver_and_receiver_by_tier(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    passed_slip(world, group, ana, rui, tier="inside")
    passed_slip(world, group, ana, rui)
    passed_slip(world, group, ana, rui)
    passed_slip(world, group, rui, ana)
    assert palms(world, group, *NOVEMBER) == {
        ana.id: PalmsReferrals(rgi=1, rgo=2, rro=1),
        rui.id: PalmsReferrals(rgo=1, rri=1, rro=2),
    }


def test_a_declined_slip_was_given_a_withdrawn_one_was_not(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    take(world, group, passed_slip(world, group, ana, rui), rui, Act.DECLINE)
    take(world, group, passed_slip(world, group, ana, rui), ana, Act.WITHDRAW)
    assert palms(world, group, *NOVEMBER)[ana.id] == PalmsReferrals(rgo=1)


def test_a_slip_counts_on_the_groups_day_not_on_utcs(
    world: World, ana: MemberLine, rui: MemberLine, group: Group
) -> None:
    world.clock.move_to(datetime(2026, 12, 1, 4, 30, tzinfo=UTC))
    passed_slip(world, group, ana, rui)
    assert palms(world, group, *NOVEMBER, zone="America/New_York") != {}
    assert palms(world, group, *NOVEMBER, zone=ZONE) == {}
    assert palms(world, group, date(2026, 12, 1), date(2026, 12, 1), zone=ZONE) != {}


def test_a_historic_slip_counts_on_its_day_and_an_outside_giver_for_nobody(
    world: World, group: Group, rui: MemberLine
) -> None:
    with acting(world) as work:
        work.session.add(
            SlipRow(
                group_id=group.id,
                id=work.ids.key(),
                public_id=work.ids.public_id(),
                giver_outside="Somebody of another chapter",
                receiver_member_id=rui.id,
                state="passed",
                tier="inside",
                origin="import",
                is_historic=True,
                historic_on=date(2025, 2, 13),
                passed_at_utc=world.now,
                news_at_utc=world.now,
            )
        )
        work.commit()
    assert palms(world, group, date(2025, 2, 13), date(2025, 2, 13)) == {rui.id: PalmsReferrals(rri=1)}
    assert palms(world, group, *NOVEMBER) == {}


def test_thanks_are_credited_to_the_person_thanked_alone(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    thank(world, group, rui, ana, amount="1,000.50")
    thank(world, group, rui, ana, amount="0.01", day=date(2026, 11, 1))
    thank(world, group, rui, ana, amount="5", day=date(2026, 10, 31))
    assert palms(world, group, *NOVEMBER) == {ana.id: PalmsReferrals(thank_you_minor=100_051)}


def test_another_currency_is_left_out_of_the_total(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    thank(world, group, rui, ana, amount="10")
    with acting(world) as work:
        work.session.add(
            ThankYouRow(
                group_id=group.id,
                id=work.ids.key(),
                public_id=work.ids.public_id(),
                thanker_member_id=rui.id,
                thanked_member_id=ana.id,
                amount_minor=777,
                currency="USD",
                thanked_on=TODAY,
                created_at_utc=world.now,
            )
        )
        work.commit()
    assert palms(world, group, *NOVEMBER)[ana.id].thank_you_minor == 1_000


def test_totals_of_one_group_know_nothing_of_another(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    mill = world.group("mill", currency="USD")
    one, two = world.member(mill), world.member(mill)
    passed_slip(world, mill, one, two)
    passed_slip(world, group, ana, rui)
    assert set(palms(world, group, *NOVEMBER)) == {ana.id, rui.id}


def test_the_read_protocol_is_answered_where_the_plugin_is_on(world: World, group: Group) -> None:
    asked: type[Any] = ReferralTotals
    dispatch = runtime(world.app).dispatch
    with acting(world) as work:
        assert isinstance(dispatch.reader(work, frozenset({"referrals"}), asked), PalmsTotals)
        assert dispatch.reader(work, frozenset(), asked) is None


def test_palms_totals_take_two_statements_however_many_slips(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    for _number in range(3):
        passed_slip(world, group, ana, rui)
    with world.statements() as seen:
        palms(world, group, *NOVEMBER)
    assert len(seen) == 2


def test_the_groups_counts_have_their_denominators(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    slips = [passed_slip(world, group, ana, rui) for _number in range(5)]
    take(world, group, slips[0], rui, Act.CLOSE, result=SlipState.WON, amount="100")
    take(world, group, slips[1], rui, Act.CLOSE, result=SlipState.LOST)
    take(world, group, slips[2], rui, Act.ACKNOWLEDGE)
    take(world, group, slips[3], ana, Act.WITHDRAW)
    with world.statements() as seen, reading(world) as session:
        period = Period(first=NOVEMBER[0], last=NOVEMBER[1])
        counts = group_counts(session, group.id, period, ZONE, now=world.now)
    assert (counts.passed, counts.acknowledged, counts.closed, counts.won) == (4, 3, 2, 1)
    assert (counts.thanks, counts.thanked_minor) == (1, 10_000)
    assert len(seen) == 1


def test_only_the_two_see_who_thanked_whom(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    third = world.member(group, "Olena Kovalenko")
    thank(world, group, rui, ana)
    with reading(world) as session:
        of_ana = thanks_of(session, group.id, ana.id, 10)
        of_rui = thanks_of(session, group.id, rui.id, 10)
        of_third = thanks_of(session, group.id, third.id, 10)
    assert [(line.is_given, line.other_name) for line in of_ana] == [(False, "Rui Almeida")]
    assert [(line.is_given, line.other_name) for line in of_rui] == [(True, "Ana Sousa")]
    assert of_third == []


def test_a_former_member_may_be_thanked(world: World, group: Group, rui: MemberLine) -> None:
    left = world.member(group, "Nuno Barros", ended=date(2026, 10, 1))
    thank(world, group, rui, left)
    assert palms(world, group, *NOVEMBER)[left.id].thank_you_minor == 10_000


def test_thanks_for_a_slip_go_to_its_giver_whoever_was_chosen(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    slip = passed_slip(world, group, ana, rui)
    take(world, group, slip, rui, Act.CLOSE, result=SlipState.WON)
    thank(world, group, rui, None, slip=slip)
    assert palms(world, group, *NOVEMBER)[ana.id].thank_you_minor == 10_000


@pytest.mark.parametrize(
    ("by_giver", "result", "code"),
    [(True, SlipState.WON, "slip_of_others"), (False, SlipState.LOST, "slip_not_won")],
)
def test_what_cannot_be_thanked_for(
    world: World,
    group: Group,
    ana: MemberLine,
    rui: MemberLine,
    by_giver: bool,
    result: SlipState,
    code: str,
) -> None:
    slip = passed_slip(world, group, ana, rui)
    take(world, group, slip, rui, Act.CLOSE, result=result)
    with pytest.raises(Refused, match=code):
        thank(world, group, ana if by_giver else rui, None, slip=slip)
    assert world.rows("referrals_thank_you") == 0


def test_everything_wrong_with_thanks_is_said_at_once(world: World, group: Group, rui: MemberLine) -> None:
    with pytest.raises(Refused) as refused:
        thank(world, group, rui, None, amount="abc", day=None)
    assert [refusal.code for refusal in refused.value.refusals] == [
        "referrals.thanked_missing",
        "referrals.thanked_on_missing",
        "money.unreadable",
    ]
