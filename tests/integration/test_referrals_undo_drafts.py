"""On both engines: what was undone leaves no trace at its receiver, and drafts of two windows are both kept."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.core.errors import NotFound
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.local_time import local_day
from app.core.notices.queries import latest_notices
from app.plugins.referrals.domain.slip import TOLD_AFTER, Act, Side
from app.plugins.referrals.queries.boxes import box_of, dealings_between, open_slips_of
from app.plugins.referrals.queries.drafts import Draft, drafts_of
from app.plugins.referrals.queries.one_slip import slip_for
from app.plugins.referrals.queries.told import latest_change
from app.plugins.referrals.services.drafting import KeepDraft, Kept, drop_old_drafts, keep_draft, throw_away
from app.plugins.referrals.services.passing import PassSlip, pass_slip
from tests.support.slips import OFFER, acting, addresses, reading, take
from tests.support.world import World

OVER = timedelta(seconds=66)


@pytest.fixture
def group(world: World) -> Group:
    return world.group()


@pytest.fixture
def ana(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ana Sousa")


@pytest.fixture
def rui(world: World, group: Group) -> MemberLine:
    return world.member(group, "Rui Almeida")


def just_passed(world: World, group: Group, giver: MemberLine, receiver: MemberLine, name: str) -> str:
    """Pass a slip whose receiver is told a minute later, and return its public id."""
    with acting(world, giver) as work:
        slip = work.ids.public_id()
        pass_slip(
            work,
            PassSlip(
                group=group,
                today=local_day(work.now, group.zone),
                giver=giver.id,
                giver_name=giver.name,
                receiver=receiver.public_id,
                offer=replace(OFFER, prospect_name=name),
                public_id=slip,
                addresses=addresses(slip),
                told_after=TOLD_AFTER,
            ),
        )
    return slip


def known_to(world: World, group: Group, member: MemberLine, other: MemberLine) -> list[int]:
    """Return how many slips the member finds in the inbox, among open ones, with the other, and as notices."""
    with reading(world) as session:
        now = world.now
        return [
            len(box_of(session, group.id, member.id, Side.RECEIVER, 1, now=now).lines),
            len(open_slips_of(session, group.id, member.id, 9, now=now)),
            len(dealings_between(session, group.id, member.id, other.id, 9, now=now).lines),
            len(latest_notices(session, group.id, member.id, 9, now=now)),
        ]


def kept(
    world: World, group: Group, member: MemberLine, about: str, *, seen: int, spare: str = "spare"
) -> Kept:
    with acting(world, member) as work:
        return keep_draft(
            work,
            KeepDraft(
                group_id=group.id,
                member_id=member.id,
                draft="one",
                spare=spare,
                typed={"about": about},
                seen=seen,
            ),
        )


def drafts(world: World, group: Group, member: MemberLine) -> dict[str, Draft]:
    with reading(world) as session:
        return {draft.public_id: draft for draft in drafts_of(session, group.id, member.id)}


def test_only_the_slip_that_was_not_undone_reaches_its_receiver(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    undone = just_passed(world, group, ana, rui, "Café Miramar")
    stands = just_passed(world, group, ana, rui, "Klara Teixeira")
    take(world, group, undone, ana, Act.UNDO)
    assert known_to(world, group, rui, ana) == [0, 0, 0, 0]
    world.clock.advance(OVER)
    assert known_to(world, group, rui, ana) == [1, 1, 1, 1]
    with reading(world) as session:
        assert slip_for(session, group.id, undone, rui.id, now=world.now) is None
        assert slip_for(session, group.id, stands, rui.id, now=world.now) is not None
        assert slip_for(session, group.id, undone, ana.id, now=world.now) is not None
    assert world.rows("outgoing_mail") == 1
    world.assert_ledger_whole(group)


def test_the_end_of_a_minute_is_a_change(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    just_passed(world, group, ana, rui, "Café Miramar")
    with reading(world) as session:
        early, still = (latest_change(session, group.id, world.now) for _once in range(2))
    world.clock.advance(OVER)
    with reading(world) as session:
        over = latest_change(session, group.id, world.now)
    assert early == still != over


def test_the_newest_words_stand_and_those_of_another_window_beside_them(
    world: World, group: Group, ana: MemberLine
) -> None:
    assert kept(world, group, ana, "First", seen=0) == Kept(draft="one", version=1)
    assert kept(world, group, ana, "Second", seen=1) == Kept(draft="one", version=2)
    assert kept(world, group, ana, "Other", seen=1) == Kept(draft="spare", version=1, is_copy=True)
    assert kept(world, group, ana, "New", seen=0, spare="third") == Kept(
        draft="third", version=1, is_copy=True
    )
    words = {name: draft.typed["about"] for name, draft in drafts(world, group, ana).items()}
    assert words == {"one": "Second", "spare": "Other", "third": "New"}


def test_words_for_a_draft_that_was_thrown_away_are_kept_beside_it(
    world: World, group: Group, ana: MemberLine
) -> None:
    kept(world, group, ana, "First", seen=0)
    with acting(world, ana) as work:
        throw_away(work, group.id, ana.id, "one")
    assert kept(world, group, ana, "Second", seen=1).draft == "spare"
    with acting(world, ana) as work, pytest.raises(NotFound):
        throw_away(work, group.id, ana.id, "one")


def test_a_draft_of_another_member_is_another_draft(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    kept(world, group, ana, "Mine", seen=0)
    assert kept(world, group, rui, "Theirs", seen=0) == Kept(draft="one", version=1)
    with acting(world, rui) as work:
        throw_away(work, group.id, rui.id, "one")
    assert drafts(world, group, ana)["one"].typed == {"about": "Mine"}


def test_old_drafts_are_dropped_and_newer_ones_stay(world: World, group: Group, ana: MemberLine) -> None:
    kept(world, group, ana, "First", seen=0)
    world.clock.advance(timedelta(days=31))
    kept(world, group, ana, "Second", seen=9, spare="new")
    with acting(world) as work:
        assert drop_old_drafts(work, group) == 1
        work.commit()
    assert list(drafts(world, group, ana)) == ["new"]
