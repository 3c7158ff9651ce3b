"""Whoever became a member by an application and is erased leaves nothing of the application either."""

from datetime import timedelta

from app.core.groups.services import end_membership
from app.core.ids import MemberId
from app.core.local_time import local_day
from tests.support.joining import FILLED, chapter
from tests.support.slips import acting
from tests.support.world import World


def test_an_erased_member_takes_their_application_along(world: World) -> None:
    group = chapter(world)
    secret = group.approved()
    group.own(secret, "yes")
    member = MemberId(group.row().member_id or 0)
    with acting(world) as work:
        yesterday = local_day(work.now, group.group.zone) - timedelta(days=1)
        assert group.row().state == "taken"
        work.rollback()
    world.pass_time(days=2)
    with acting(world) as work:
        end_membership(
            work,
            group_id=group.group.id,
            member_id=member,
            last_day=yesterday + timedelta(days=2),
            reason="left",
        )
        work.commit()
    plugin = next(one for one in world.held.registry.plugins if one.manifest.name == "joining")
    with acting(world) as work:
        assert plugin.erase_person(work, group.group, member) == 1
        assert plugin.erase_person(work, group.group, member) == 0, "a second time there is nothing"
        work.commit()
    assert group.own(secret).status_code == 404
    assert "Fonseca Pianos" not in group.get(group.ana, "/applications").text
    assert group.notices(group.ana) == []
    assert world.rows("joining_vote") == 0
    assert FILLED["email"] not in {mail.address for mail in group.mails(kind="approved")}
