"""What no demo fills of slips: one that an office shall help with, one to be tapped from a mail, a choice of mails."""

from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine, members_on
from app.core.local_time import local_day
from app.core.notices.choosing import keep_choices
from app.core.notices.hours import Choices, ToldBy
from app.plugins.referrals.domain.clock import Move
from app.plugins.referrals.domain.taps import TAP_LIVES, LinkedTap, Tap
from app.plugins.referrals.store_clock import keep_answer, keep_help, note_move
from app.plugins.referrals.web.tap_links import token_of
from tests.support.slips import passed_slip, slip_of
from tests.support.world import World


def keep_waiting_slips(world: World, group: Group, member: MemberLine) -> None:
    """Let a colleague wait for a word of another, and want the office's help, which the member gives; and choose mails."""
    giver, receiver = _others(world, group, member)
    for is_helped in (False, True):
        slip = slip_of(world, group, passed_slip(world, group, giver, receiver), giver)
        work = world.work()
        for move in Move:
            note_move(work.session, group.id, slip.id, move, work.now)
        keep_answer(work.session, group.id, slip.id, wants_help=True, now=work.now)
        if is_helped:
            keep_help(work.session, group.id, slip.id, helper=member.id, now=work.now)
        work.commit()
    work = world.work()
    keep_choices(work, group_id=group.id, member_id=member.id, choices=Choices(news=ToldBy.DAILY))
    work.commit()


def tap_token(world: World, group: Group, member: MemberLine) -> str:
    """Return what stands in the link by which the member says that they called about a slip they received."""
    giver, _other = _others(world, group, member)
    linked = LinkedTap(
        tap=Tap.CALLED,
        slip=passed_slip(world, group, giver, member),
        member=member.public_id,
        seen=1,
        expires_at=world.now + TAP_LIVES,
    )
    with world.app.app_context():
        return token_of(group, linked)


def _others(world: World, group: Group, member: MemberLine) -> tuple[MemberLine, MemberLine]:
    work = world.work()
    today = local_day(work.now, group.zone)
    first, second = [one for one in members_on(work.session, group.id, today) if one.id != member.id][:2]
    work.rollback()
    return first, second
