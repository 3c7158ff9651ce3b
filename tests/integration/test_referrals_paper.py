"""Piles of paper slips on a real database: all or nothing, who is told, whose hand stands in the ledger, what counts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from app.core.errors import Refused
from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.ledger.queries import entries_of
from app.core.notices.models import NoticeRow, OutgoingMailRow
from app.plugins.referrals.domain.slip import Act, SlipState
from app.plugins.referrals.models import SlipRow, StepRow
from app.plugins.referrals.queries.readout import slips_since
from app.plugins.referrals.queries.totals import PalmsTotals
from app.plugins.referrals.services.typing_in import PaperSlip, TypeIn, judge_pile, type_in
from tests.support.slips import OFFER, TODAY, acting, addresses, reading, slip_of, take
from tests.support.world import World


@pytest.fixture
def group(world: World) -> Group:
    return world.group()


@pytest.fixture
def carla(world: World, group: Group) -> MemberLine:
    return world.member(group, "Carla Nunes", offices=[Office.SECRETARY_TREASURER])


@pytest.fixture
def ana(world: World, group: Group) -> MemberLine:
    return world.member(group, "Inês Sousa")


@pytest.fixture
def rui(world: World, group: Group) -> MemberLine:
    return world.member(group, "Rui Almeida", trade="Electrician")


def line(number: int, giver: str, receiver: str, prospect: str = "") -> PaperSlip:
    name = prospect or f"Café {number}"
    return PaperSlip(
        number=number,
        giver=giver,
        receiver=receiver,
        offer=replace(OFFER, prospect_name=name, prospect_contact=f"{number}@mail.example"),
        public_id=f"paper{number:07}",
        addresses=addresses(f"paper{number:07}"),
    )


def pile(group: Group, typist: MemberLine, slips: Sequence[PaperSlip], day: date | None = TODAY) -> TypeIn:
    return TypeIn(group=group, today=TODAY, typist=typist.id, typist_name=typist.name, day=day, slips=slips)


def typed(world: World, command: TypeIn, typist: MemberLine) -> None:
    with acting(world, typist) as work:
        type_in(work, command)


def problems(world: World, command: TypeIn) -> dict[int, list[str]]:
    with reading(world) as session:
        judged = judge_pile(session, command)
    return {place: [one.code for one in refusals] for place, refusals in judged.problems.items()}


def told(world: World, member: MemberLine) -> list[str]:
    query = select(NoticeRow.text).where(NoticeRow.member_id == member.id).order_by(NoticeRow.id)
    with reading(world) as session:
        return list(session.scalars(query))


def test_every_slip_of_a_pile_is_passed_and_both_sides_are_told(
    world: World, group: Group, carla: MemberLine, ana: MemberLine, rui: MemberLine
) -> None:
    command = pile(
        group, carla, [line(1, "Inês Sousa", "Rui Almeida"), line(4, "rui  almeida", "Carla Nunes")]
    )
    typed(world, command, carla)
    assert world.rows("referrals_slip") == 2
    assert told(world, rui) == [
        "Inês Sousa passed you a referral.",
        "Carla Nunes typed a paper slip of yours in. Is it right?",
    ]
    assert told(world, ana) == ["Carla Nunes typed a paper slip of yours in. Is it right?"]
    assert told(world, carla) == ["Rui Almeida passed you a referral."]
    world.assert_ledger_whole(group)


def test_no_notice_and_no_mail_of_a_paper_slip_carries_the_prospect(
    world: World, group: Group, carla: MemberLine, ana: MemberLine, rui: MemberLine
) -> None:
    typed(world, pile(group, carla, [line(1, ana.name, rui.name, "Hidden Ltd")]), carla)
    with reading(world) as session:
        mails = session.scalars(select(OutgoingMailRow).where(OutgoingMailRow.kind.startswith("referrals.")))
        written = [f"{mail.subject} {mail.body}" for mail in mails]
    assert len(written) == 2
    assert all("/referrals/slips/paper0000001" in text for text in written)
    assert not any("Hidden" in text or "1@mail" in text for text in written)


def test_the_typist_stands_in_the_first_step_and_in_the_ledger(
    world: World, group: Group, carla: MemberLine, ana: MemberLine, rui: MemberLine
) -> None:
    typed(world, pile(group, carla, [line(1, ana.name, rui.name)]), carla)
    with reading(world) as session:
        row, step = session.scalars(select(SlipRow)).one(), session.scalars(select(StepRow)).one()
        (entry,) = (
            one for one, _hash in entries_of(session, group.id) if one.kind == "referrals.slip_passed"
        )
        assert (row.origin, row.giver_member_id, step.by_member_id) == ("paper", ana.id, carla.id)
        assert entry.actor == f"person:{carla.person_id}"
        assert str(carla.id) in str(entry.facts)


def test_the_typist_is_on_neither_side_and_sees_the_slip_no_more(
    world: World, group: Group, carla: MemberLine, ana: MemberLine, rui: MemberLine
) -> None:
    typed(world, pile(group, carla, [line(1, ana.name, rui.name)]), carla)
    with pytest.raises(LookupError):
        slip_of(world, group, "paper0000001", carla)


def test_one_s_own_paper_slip_asks_nobody_whether_it_is_right(
    world: World, group: Group, carla: MemberLine, rui: MemberLine
) -> None:
    typed(world, pile(group, carla, [line(1, carla.name, rui.name)]), carla)
    assert told(world, carla) == []


def test_the_giver_takes_a_wrong_slip_back(
    world: World, group: Group, carla: MemberLine, ana: MemberLine, rui: MemberLine
) -> None:
    typed(world, pile(group, carla, [line(1, ana.name, rui.name)]), carla)
    assert take(world, group, "paper0000001", ana, Act.WITHDRAW) is SlipState.WITHDRAWN


def test_one_wrong_line_keeps_the_whole_pile_back_and_every_line_says_its_reasons(
    world: World, group: Group, carla: MemberLine, ana: MemberLine, rui: MemberLine
) -> None:
    world.member(group, "Nuno Barros", ended=date(2026, 11, 1))
    newcomer = world.member(group, "Eva Lima", joined=TODAY)
    wrong = replace(line(6, ana.name, rui.name), offer=replace(OFFER, agreed=False, how_well=None))
    command = pile(
        group,
        carla,
        [
            line(1, ana.name, rui.name),
            line(2, "", ""),
            line(3, "Nobody Known", "Nuno Barros"),
            line(4, rui.name, rui.name),
            line(5, ana.name, newcomer.name),
            wrong,
        ],
        day=TODAY - timedelta(days=1),
    )
    assert problems(world, command) == {
        2: ["referrals.giver_missing", "referrals.receiver_missing"],
        3: ["referrals.nobody_called", "referrals.nobody_called"],
        4: ["referrals.slip_to_oneself"],
        5: ["referrals.paper_before_joining"],
        6: ["referrals.consent_missing", "referrals.how_well_missing"],
    }
    with pytest.raises(Refused) as refused:
        typed(world, command, carla)
    assert len(refused.value.refusals) == 8
    assert (world.rows("referrals_slip"), world.rows("notice")) == (0, 0)


@pytest.mark.parametrize("day", [None, TODAY + timedelta(days=1), TODAY - timedelta(days=11)])
def test_a_day_that_is_none_or_too_long_ago_is_said_of_the_pile(
    world: World, group: Group, carla: MemberLine, ana: MemberLine, rui: MemberLine, day: date | None
) -> None:
    command = pile(group, carla, [line(1, ana.name, rui.name)], day=day)
    assert problems(world, command) == {0: ["referrals.paper_day_bad"]}


def test_an_empty_pile_is_none(world: World, group: Group, carla: MemberLine) -> None:
    assert problems(world, pile(group, carla, [])) == {0: ["referrals.pile_empty"]}


def test_two_of_one_name_are_told_apart_by_trade_and_firm(
    world: World, group: Group, carla: MemberLine, rui: MemberLine
) -> None:
    painter = world.member(group, "Ana Sousa", trade="Painter")
    world.member(group, "Ana Sousa", trade="Florist")
    unclear = pile(group, carla, [line(1, "Ana Sousa", rui.name)])
    assert problems(world, unclear) == {1: ["referrals.two_called"]}
    typed(world, pile(group, carla, [line(1, "Ana Sousa · Painter · Sousa Ltd", rui.name)]), carla)
    assert slip_of(world, group, "paper0000001", painter).slip.giver == painter.id


def test_a_name_may_be_typed_without_its_accents(
    world: World, group: Group, carla: MemberLine, ana: MemberLine, rui: MemberLine
) -> None:
    typed(world, pile(group, carla, [line(1, "Ines Sousa", rui.name)]), carla)
    assert slip_of(world, group, "paper0000001", ana).slip.giver == ana.id


def test_a_slip_of_yesterday_counts_yesterday_is_read_out_and_its_clock_starts_today(
    world: World, group: Group, carla: MemberLine, ana: MemberLine, rui: MemberLine
) -> None:
    yesterday = TODAY - timedelta(days=1)
    typed(world, pile(group, carla, [line(1, ana.name, rui.name)], day=yesterday), carla)
    view = slip_of(world, group, "paper0000001", ana)
    assert view.slip.passed_at == datetime(2026, 11, 23, 23, 59, tzinfo=UTC)
    assert (view.slip.news_at, view.agreed_on) == (world.now, yesterday)
    with reading(world) as session:
        of_day = PalmsTotals(session, world.now).palms_totals(group.id, yesterday, yesterday, group.zone)
        read_out = slips_since(session, group.id, datetime(2026, 11, 23, 7, tzinfo=UTC), now=world.now)
    assert of_day[ana.id].rgo == 1
    assert len(read_out) == 1


def test_slips_alike_in_a_pile_are_pointed_out_and_never_refused(
    world: World, group: Group, carla: MemberLine, ana: MemberLine, rui: MemberLine
) -> None:
    twice = [line(1, ana.name, rui.name, "Café Miramar"), line(3, ana.name, rui.name, "CAFE MIRAMAR")]
    command = pile(group, carla, twice)
    with reading(world) as session:
        assert judge_pile(session, command).alike == [(1, 3)]
    typed(world, command, carla)
    assert world.rows("referrals_slip") == 2
