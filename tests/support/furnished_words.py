"""What the mails of the demo's house say, and the link under one of them."""

from collections.abc import Mapping, Sequence

from app.core.groups.queries import MemberLine
from app.core.notices.stopping import StopLine, Stoppable
from app.http.stop_links import stop_link
from tests.support.browsing import DemoHouse


def mails_and_their_links(demo: DemoHouse, me: MemberLine) -> Mapping[str, Sequence[str]]:
    """Return what stands in the addresses: mails that can be worded, and the secret of a mail to `me`."""
    line = StopLine(
        group_id=demo.group.id,
        group_slug=demo.group.slug,
        group_name=demo.group.name,
        member_public_id=me.public_id,
        what=Stoppable.DIGEST,
        language="en",
        written_at=demo.world.now,
    )
    with demo.world.app.app_context():
        secret = stop_link(line).rpartition("/")[2]
    return {"wording": ["meetings.moved", "referrals.reminder"], "stop.stop/token": [secret]}
