"""What the demo's member and president disagree with, on which each decides, and the slips whose customers they may ask."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from sqlalchemy import and_, select

from app.core.groups.queries import MemberLine
from app.plugins.credibility.queries import secret
from app.plugins.credibility.store_appeals import add_appeal, add_deciders
from app.plugins.referrals.models import SlipRow
from app.plugins.referrals.models_reports import ReportRow
from tests.support.browsing import DemoHouse
from tests.support.slips import acting, reading


def disagreements(demo: DemoHouse, me: MemberLine, president: MemberLine) -> Mapping[str, Sequence[str]]:
    """Return the public ids by the words of addresses: an appeal of each on which the other decides, and a report on me."""
    with reading(demo.world) as session:
        rows = secret.all_evidence(session, demo.group.id)
    appeals = [_between(demo, *two) for two in ((me, president), (president, me))]
    own = [row.public_id for row in rows if row.about_member_id == me.id and row.published_on]
    return {
        "appeal": appeals,
        "evidence": own[-1:] or [row.public_id for row in rows[:1]],
        "group.credibility.ask/slip": _reported(demo, me, president),
    }


def _reported(demo: DemoHouse, *givers: MemberLine) -> list[str]:
    """Return the latest slip of each of these on which they have reported and which still holds its prospect."""
    found: list[str] = []
    with reading(demo.world) as session:
        for giver in givers:
            reported = (
                select(SlipRow.public_id)
                .join(
                    ReportRow, and_(ReportRow.group_id == SlipRow.group_id, ReportRow.slip_id == SlipRow.id)
                )
                .where(SlipRow.group_id == demo.group.id, ReportRow.by_member_id == giver.id)
                .where(SlipRow.giver_member_id == giver.id, SlipRow.prospect_id.is_not(None))
                .order_by(SlipRow.id.desc())
            )
            found += session.scalars(reported).all()[:1]
    return found


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
