"""Slips on a real database: what is kept, who is told, what the ledger says, and that nothing is half done."""

from datetime import timedelta
from typing import TypeVar

import pytest
from sqlalchemy import select

from app.core.errors import NotFound, Refused
from app.core.groups.domain.standing import Group
from app.core.groups.events import MembershipEnded
from app.core.groups.queries import MemberLine
from app.core.groups.services import Profile, end_membership, start_membership
from app.core.ledger import queries
from app.core.ledger.queries import entries_of
from app.core.notices.models import NoticeRow, OutgoingMailRow
from app.plugins.referrals.domain.slip import Act, Side, Slip, SlipState, step_taken
from app.plugins.referrals.models import ProspectRow, SlipRow, StepRow, ThankYouRow
from app.plugins.referrals.queries.one_slip import slip_for
from app.plugins.referrals.services.handing_back import hand_back_slips
from app.plugins.referrals.services.prospects import open_prospect
from app.plugins.referrals.store import NewStep, move_slip
from tests.support.slips import OFFER, TODAY, acting, passed_slip, reading, slip_of, take
from tests.support.world import World

Row = TypeVar("Row", SlipRow, ProspectRow, StepRow, ThankYouRow)


@pytest.fixture
def group(world: World) -> Group:
    return world.group()


@pytest.fixture
def ana(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ana Sousa")


@pytest.fixture
def rui(world: World, group: Group) -> MemberLine:
    return world.member(group, "Rui Almeida")


def kinds(world: World, group: Group) -> list[str]:
    with reading(world) as session:
        entries = [entry.kind for entry, _hash in entries_of(session, group.id)]
    return [kind for kind in entries if kind.startswith("referrals.")]


def told(world: World, member: MemberLine) -> list[str]:
    query = select(NoticeRow.text).where(NoticeRow.member_id == member.id).order_by(NoticeRow.id)
    with reading(world) as session:
        return list(session.scalars(query))


def mails(world: World, member: MemberLine) -> list[OutgoingMailRow]:
    query = (
        select(OutgoingMailRow)
        .where(OutgoingMailRow.person_id == member.person_id, OutgoingMailRow.kind.startswith("referrals."))
        .order_by(OutgoingMailRow.id)
    )
    with reading(world) as session:
        found = list(session.scalars(query))
        session.expunge_all()
    return found


def pulse_of(world: World, group: Group) -> int:
    with reading(world) as session:
        return queries.pulse_of(session, group.id)


def only_row(world: World, table: type[Row]) -> Row:
    with reading(world) as session:
        row = session.scalars(select(table)).one()
        session.expunge_all()
    return row


def test_a_passed_slip_is_kept_with_prospect_and_first_step(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    public_id = passed_slip(world, group, ana, rui)
    row, prospect, step = only_row(world, SlipRow), only_row(world, ProspectRow), only_row(world, StepRow)
    assert (row.public_id, row.giver_member_id, row.receiver_member_id) == (public_id, ana.id, rui.id)
    assert (row.state, row.tier, row.how_well, row.basis, row.version) == (
        "passed",
        "outside",
        3,
        "worked-with",
        1,
    )
    assert (row.origin, row.is_historic, row.historic_on) == ("online", False, None)
    assert (prospect.name, prospect.contact) == (OFFER.prospect_name, OFFER.prospect_contact)
    assert (prospect.agreed, prospect.agreed_on, prospect.expires_on) == (True, TODAY, None)
    assert (step.number, step.act, step.from_state, step.to_state, step.by_member_id) == (
        1,
        "pass",
        None,
        "passed",
        ana.id,
    )


def test_the_receiver_is_told_at_once_by_page_and_mail(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    public_id = passed_slip(world, group, ana, rui)
    assert told(world, rui) == ["Ana Sousa passed you a referral."]
    assert told(world, ana) == []
    (mail,) = mails(world, rui)
    assert mail.subject == "Ana Sousa passed you a referral."
    assert f"http://localhost/g/harbour/referrals/slips/{public_id}" in mail.body


def test_no_mail_and_no_notice_ever_carries_the_prospect(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    slip = passed_slip(world, group, ana, rui)
    take(world, group, slip, rui, Act.PROGRESS, note="Called Café Miramar on +351 210 000 555")
    take(world, group, slip, rui, Act.CLOSE, result=SlipState.WON, amount="100")
    written = [*told(world, ana), *told(world, rui)]
    written += [mail.subject + mail.body for member in (ana, rui) for mail in mails(world, member)]
    assert len(written) == 6
    assert not any("Miramar" in text or "555" in text for text in written)


def test_the_life_of_a_slip_stands_in_the_ledger_and_the_giver_hears_each_change(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    slip = passed_slip(world, group, ana, rui)
    take(world, group, slip, rui, Act.ACKNOWLEDGE)
    take(world, group, slip, rui, Act.PROGRESS, note="An offer goes out")
    take(world, group, slip, rui, Act.PROGRESS)
    take(world, group, slip, rui, Act.CLOSE, result=SlipState.WON, amount="1,000.50")
    assert kinds(world, group) == [
        "referrals.slip_passed",
        "referrals.slip_acknowledged",
        "referrals.slip_progressed",
        "referrals.slip_progressed",
        "referrals.slip_closed",
        "referrals.business_thanked",
    ]
    assert told(world, ana) == [
        "Rui Almeida has received your slip.",
        "Rui Almeida tells you how your referral goes.",
        "Rui Almeida tells you how your referral goes.",
        "Your referral became business for Rui Almeida.",
    ]
    assert len(mails(world, ana)) == 4
    world.assert_ledger_whole(group)


def test_a_first_word_that_is_a_result_acknowledges_too(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    slip = passed_slip(world, group, ana, rui)
    take(world, group, slip, rui, Act.CLOSE, result=SlipState.LOST)
    assert kinds(world, group)[1:] == ["referrals.slip_acknowledged", "referrals.slip_closed"]
    assert slip_of(world, group, slip, ana).slip.acknowledged_at == world.now


@pytest.mark.parametrize(
    ("act", "by_giver", "state", "kind"),
    [
        (Act.DECLINE, False, SlipState.DECLINED, "referrals.slip_declined"),
        (Act.WITHDRAW, True, SlipState.WITHDRAWN, "referrals.slip_withdrawn"),
    ],
)
def test_a_slip_may_be_declined_or_taken_back(
    world: World,
    group: Group,
    ana: MemberLine,
    rui: MemberLine,
    act: Act,
    by_giver: bool,
    state: SlipState,
    kind: str,
) -> None:
    slip = passed_slip(world, group, ana, rui)
    actor, other = (ana, rui) if by_giver else (rui, ana)
    before = len(told(world, other))
    assert take(world, group, slip, actor, act) is state
    assert kinds(world, group)[-1] == kind
    assert len(told(world, other)) == before + 1


def test_thanks_with_the_result_are_credited_to_the_giver(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    slip = passed_slip(world, group, ana, rui)
    take(world, group, slip, rui, Act.CLOSE, result=SlipState.WON, amount="1,000.50")
    row = only_row(world, ThankYouRow)
    assert (row.thanker_member_id, row.thanked_member_id) == (rui.id, ana.id)
    assert (row.amount_minor, row.currency, row.thanked_on) == (100_050, "EUR", TODAY)


def test_an_ended_slip_sets_the_day_on_which_its_prospect_is_forgotten(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    slip = passed_slip(world, group, ana, rui)
    take(world, group, slip, rui, Act.CLOSE, result=SlipState.NO_RESPONSE)
    prospect = only_row(world, ProspectRow)
    assert prospect.expires_on == TODAY + timedelta(days=365)


def test_a_slip_taken_up_again_is_news_to_the_giver_and_its_prospect_is_kept(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    slip = passed_slip(world, group, ana, rui)
    take(world, group, slip, rui, Act.CLOSE, result=SlipState.NO_RESPONSE)
    world.pass_time(days=29)
    take(world, group, slip, rui, Act.REOPEN, note="They called back")
    assert only_row(world, ProspectRow).expires_on is None
    assert told(world, ana)[-1] == "Rui Almeida took your referral up again."
    assert kinds(world, group)[-1] == "referrals.slip_reopened"
    row = only_row(world, SlipRow)
    assert (row.state, row.closed_at_utc, row.version) == ("in-progress", None, 3)


def test_having_tried_is_told_as_such(world: World, group: Group, ana: MemberLine, rui: MemberLine) -> None:
    slip = passed_slip(world, group, ana, rui)
    take(world, group, slip, rui, Act.TRY)
    assert kinds(world, group)[1:] == ["referrals.slip_acknowledged", "referrals.slip_tried"]
    assert told(world, ana) == [
        "Rui Almeida tried to reach the prospect of your referral, without success so far."
    ]


@pytest.mark.parametrize("amount", ["abc", "-5", "0", "1.000,50"])
def test_a_bad_amount_changes_nothing(
    world: World, group: Group, ana: MemberLine, rui: MemberLine, amount: str
) -> None:
    slip = passed_slip(world, group, ana, rui)
    before = kinds(world, group)
    with pytest.raises(Refused):
        take(world, group, slip, rui, Act.CLOSE, result=SlipState.WON, amount=amount)
    assert slip_of(world, group, slip, rui).slip.state is SlipState.PASSED
    assert (kinds(world, group), world.rows("referrals_thank_you")) == (before, 0)


def test_everything_wrong_with_a_result_is_said_at_once(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    slip = passed_slip(world, group, ana, rui)
    with pytest.raises(Refused) as refused:
        take(world, group, slip, rui, Act.CLOSE, result=None, amount="5", note="x" * 5_000)
    assert [refusal.code for refusal in refused.value.refusals] == [
        "referrals.result_missing",
        "referrals.too_long",
        "referrals.amount_without_win",
    ]


def test_a_step_against_a_version_that_is_gone_is_refused(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    slip = passed_slip(world, group, ana, rui)
    take(world, group, slip, rui, Act.ACKNOWLEDGE)
    with pytest.raises(Refused, match=r"referrals\.changed_meanwhile"):
        take(world, group, slip, ana, Act.WITHDRAW, version=1)
    assert slip_of(world, group, slip, ana).slip.state is SlipState.ACKNOWLEDGED


def test_of_two_who_read_the_same_version_the_second_writer_is_refused(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    view = slip_of(world, group, passed_slip(world, group, ana, rui), rui)
    after = step_taken(
        view.slip, act=Act.ACKNOWLEDGE, target=SlipState.ACKNOWLEDGED, side=Side.RECEIVER, now=world.now
    )
    assert isinstance(after, Slip)
    step = NewStep(act=Act.ACKNOWLEDGE, from_state=view.slip.state, by_member_id=rui.id)
    with acting(world, rui) as first:
        move_slip(first.session, group.id, view.id, after, step)
        first.commit()
    with acting(world, rui) as second, pytest.raises(Refused, match=r"referrals\.changed_meanwhile"):
        move_slip(second.session, group.id, view.id, after, step)


@pytest.mark.parametrize(
    ("act", "code"), [(Act.ACKNOWLEDGE, "only_receiver"), (Act.PROGRESS, "only_receiver")]
)
def test_the_giver_cannot_speak_for_the_receiver(
    world: World, group: Group, ana: MemberLine, rui: MemberLine, act: Act, code: str
) -> None:
    slip = passed_slip(world, group, ana, rui)
    with pytest.raises(Refused, match=code):
        take(world, group, slip, ana, act)


def test_a_third_member_finds_no_slip(world: World, group: Group, ana: MemberLine, rui: MemberLine) -> None:
    slip = passed_slip(world, group, ana, rui)
    third = world.member(group, "Olena Kovalenko")
    with pytest.raises(NotFound):
        take(world, group, slip, third, Act.ACKNOWLEDGE, version=1)
    with acting(world, third) as work, pytest.raises(NotFound):
        open_prospect(work, group_id=group.id, slip=slip, member_id=third.id)


def test_a_slip_is_not_found_from_another_group(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    slip = passed_slip(world, group, ana, rui)
    other = world.group("mill", zone="America/New_York", currency="USD")
    with reading(world) as session:
        assert slip_for(session, other.id, slip, ana.id, now=world.now) is None


def test_opening_a_prospect_is_on_record_and_moves_no_counter(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    slip = passed_slip(world, group, ana, rui)
    before = pulse_of(world, group)
    with acting(world, rui) as work:
        found = open_prospect(work, group_id=group.id, slip=slip, member_id=rui.id)
    assert found.contact == OFFER.prospect_contact
    assert kinds(world, group)[-1] == "referrals.prospect_opened"
    assert pulse_of(world, group) == before


def test_a_forgotten_prospect_opens_no_more(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    slip = passed_slip(world, group, ana, rui)
    work = world.work()
    work.session.scalars(select(ProspectRow)).one().redacted_at_utc = world.now
    work.commit()
    with acting(world, rui) as work, pytest.raises(NotFound):
        open_prospect(work, group_id=group.id, slip=slip, member_id=rui.id)


def test_open_slips_of_a_receiver_who_leaves_are_handed_back(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    waiting, won = passed_slip(world, group, ana, rui), passed_slip(world, group, ana, rui)
    take(world, group, won, rui, Act.CLOSE, result=SlipState.WON)
    work = world.work()
    end_membership(work, group_id=group.id, member_id=rui.id, last_day=TODAY, reason="moved away")
    work.commit()
    assert slip_of(world, group, waiting, ana).slip.state is SlipState.WITHDRAWN
    assert slip_of(world, group, won, ana).slip.state is SlipState.WON
    assert told(world, ana)[-1] == "Rui Almeida has left the group. Your slip is back with you."
    assert kinds(world, group)[-1] == "referrals.slip_withdrawn"
    world.assert_ledger_whole(group)


def test_handing_back_a_second_time_does_nothing(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    passed_slip(world, group, ana, rui)
    work = world.work()
    end_membership(work, group_id=group.id, member_id=rui.id, last_day=TODAY, reason="moved away")
    work.commit()
    before = (kinds(world, group), told(world, ana))
    with acting(world) as again:
        hand_back_slips(again, MembershipEnded(group_id=group.id, member_id=rui.id, ended_on=TODAY))
        again.commit()
    assert (kinds(world, group), told(world, ana)) == before


def test_news_of_a_departure_that_comes_after_the_return_takes_nothing_back(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    work = world.work()
    end_membership(work, group_id=group.id, member_id=rui.id, last_day=TODAY, reason="moved away")
    work.commit()
    world.pass_time(days=1)
    start_membership(
        work,
        group_id=group.id,
        person_id=rui.person_id,
        started_on=TODAY + timedelta(days=1),
        profile=Profile(),
    )
    work.commit()
    slip = passed_slip(world, group, ana, rui)
    with acting(world) as late:
        hand_back_slips(late, MembershipEnded(group_id=group.id, member_id=rui.id, ended_on=TODAY))
        late.commit()
    assert slip_of(world, group, slip, ana).slip.state is SlipState.PASSED


def test_a_giver_who_left_is_not_written_to(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    slip = passed_slip(world, group, ana, rui)
    work = world.work()
    end_membership(work, group_id=group.id, member_id=ana.id, last_day=TODAY, reason="moved away")
    work.commit()
    world.pass_time(days=1)
    take(world, group, slip, rui, Act.CLOSE, result=SlipState.WON, amount="100")
    assert mails(world, ana) == []
    assert world.rows("referrals_thank_you") == 1
