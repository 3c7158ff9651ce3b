"""What the demo's member and president disagree with: the page of one who asks, and of one who decides."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from app.core.groups.queries import MemberLine
from app.plugins.credibility.queries import secret
from app.plugins.credibility.store_appeals import add_appeal, add_deciders
from tests.support.browsing import DemoHouse
from tests.support.slips import acting, reading


def disagreements(demo: DemoHouse, me: MemberLine, president: MemberLine) -> Mapping[str, Sequence[str]]:
    """Return the public ids by the words of addresses: an appeal of each on which the other decides, and a report on me."""
    with reading(demo.world) as session:
        rows = secret.all_evidence(session, demo.group.id)
    appeals = [_between(demo, *two) for two in ((me, president), (president, me))]
    own = [row.public_id for row in rows if row.about_member_id == me.id and row.published_on]
    return {"appeal": appeals, "evidence": own[-1:] or [row.public_id for row in rows[:1]]}


def _between(demo: DemoHouse, member: MemberLine, decider: MemberLine) -> str:
    with acting(demo.world, member) as work:
        key, public_id = work.ids.key(), work.ids.public_id()
        add_appeal(
            work.session,
            {
                "group_id": demo.group.id,
                "id": key,
                "public_id": public_id,
                "evidence_id": key,
                "about_member_id": member.id,
                "reason": "I called on the same day.\nThe customer was away.",
                "state": "open",
                "filed_at_utc": work.now,
                "due_at_utc": work.now + timedelta(days=21),
            },
        )
        add_deciders(work.session, demo.group.id, key, [decider.id])
        work.commit()
    return public_id
