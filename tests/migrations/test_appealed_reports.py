"""Disagreements of before learn of which report they are, where it still stands; everything comes back as it was, on both engines."""

from datetime import timedelta

from sqlalchemy import text

from app import create_app
from app.core.clock import FixedClock
from app.core.ids import RandomIds
from app.extensions import db
from app.plugins.credibility.store import add_evidence
from app.plugins.credibility.store_appeals import add_appeal
from tests.support.engines import STARTS_AT
from tests.support.histories import Histories
from tests.support.sealed_rows import report
from tests.support.slips import acting
from tests.support.world import World

BEFORE = "credibility_0005"


def fill(histories: Histories) -> list[tuple[object, ...]]:
    """Keep a disagreement with a report that stands and one with a report that is gone; return slip and number of both."""
    app = create_app(histories.settings, clock=FixedClock(STARTS_AT), ids=RandomIds(), testing=True)
    world = World(app)
    group = world.group(plugins=("attendance", "referrals", "credibility"))
    by, about = world.member(group), world.member(group)
    with acting(world) as work:
        stands, gone = (report(work, group, by, about, report_number=number) for number in (3, 1))
        add_evidence(work.session, [stands])
        for number, row in enumerate((stands, gone), 1):
            appeal = {
                "group_id": group.id,
                "id": number,
                "public_id": work.ids.public_id(),
                "evidence_id": row["id"],
                "slip_id": row["slip_id"],
                "report_number": row["report_number"],
                "about_member_id": about.id,
                "reason": "I called.",
                "state": "open",
                "filed_at_utc": work.now,
                "due_at_utc": work.now + timedelta(days=21),
            }
            add_appeal(work.session, appeal)
        work.commit()
    world.close()
    with app.app_context():
        db.engine.dispose()
    return [(row["slip_id"], row["report_number"]) for row in (stands, gone)]


def reports(histories: Histories) -> list[tuple[object, ...]]:
    with histories.engine.connect() as connection:
        found = connection.execute(text("SELECT slip_id, report_number FROM credibility_appeal ORDER BY id"))
        return [tuple(row) for row in found]


def test_appeals_learn_of_which_report_they_are(histories: Histories) -> None:
    stands, gone = fill(histories)
    assert reports(histories) == [stands, gone]
    histories.down("credibility", BEFORE)
    assert [line.partition(":")[0] for line in histories.up()] == ["credibility"]
    assert reports(histories) == [stands, (None, None)]
