"""What no demo keeps of two groups: a slip that went from one to the other, and is over."""

from sqlalchemy import select

from app.core.exchange.queries import members_elsewhere
from app.core.groups.domain.standing import Group
from app.core.groups.models import GroupRow
from app.core.groups.queries import MemberLine
from app.core.local_time import local_day
from app.plugins.referrals.domain.slip import Act
from app.plugins.referrals.services.forgetting import forget_for
from app.plugins.referrals.services.passing_elsewhere import PassElsewhere, pass_elsewhere
from tests.support.slips import OFFER, addresses, take
from tests.support.world import World


def keep_slip_elsewhere(world: World, group: Group, member: MemberLine) -> None:
    """Let the member pass a slip to another group, take it back, and have its prospect forgotten: nobody can do more with it.

    The groups find each other for that moment alone, so that nothing of one is on the pages of the other.
    """
    _let_be_found(world, is_found=True)
    work = world.work(member)
    slip = work.ids.public_id()
    receiver = members_elsewhere(work.session, group.id, work.now, "referrals")[0]
    pass_elsewhere(
        work,
        PassElsewhere(
            group=group,
            today=local_day(work.now, group.zone),
            giver=member.id,
            giver_person=member.person_id,
            giver_name=member.name,
            named=(receiver.group.slug, receiver.public_id),
            offer=OFFER,
            public_id=slip,
            addresses=addresses(slip),
        ),
    )
    take(world, group, slip, member, Act.WITHDRAW)
    forget_for(world.work(member), group, slip, member.id, addresses)
    _let_be_found(world, is_found=False)


def _let_be_found(world: World, *, is_found: bool) -> None:
    work = world.work()
    for row in work.session.scalars(select(GroupRow)):
        row.is_found_by_others = is_found
    work.commit()
