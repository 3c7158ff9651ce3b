"""Sealed reports in the lives of slips: anybody tries to give one, and what has opened is compared with what should have.

When a report may be given and when it opens is written down here a second time, from the scheme of credibility.
"""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from app.core.errors import NotFound, Refused
from app.core.groups.queries import MemberLine
from app.plugins.referrals.domain.keys import SlipId
from app.plugins.referrals.domain.reports import Report
from app.plugins.referrals.models import SlipRow
from app.plugins.referrals.queries.history import StoredSlipHistory
from app.plugins.referrals.queries.reports import own_report
from app.plugins.referrals.services.reporting import GiveReport, give_report
from tests.support.slip_lives import OPEN, RESULTS, Chapter, Known, Said

SEALED_FOR: Final = timedelta(days=14)
SAYABLE: Final = {
    "handling": frozenset({"yes", "not-sure", "no"}),
    "lead": frozenset({"yes", "partly", "no"}),
}


def tell(chapter: Chapter, slip: Known, who: MemberLine, answer: str) -> None:
    """Let somebody give a report on the slip; it is taken exactly from its two sides, once there is something to tell."""
    who = chapter.still_here(who)
    kind = "handling" if who == slip.giver else "lead"
    before = slip.reports.get(kind, [])
    possible = (
        who in {slip.giver, slip.receiver}
        and answer in SAYABLE[kind]
        and (bool(before) or _is_tellable(slip, chapter.world.now))
    )
    command = GiveReport(group_id=chapter.group.id, slip=slip.public_id, member=who.id, answer=answer)
    with chapter.acting(who) as work:
        try:
            give_report(work, command)
        except (Refused, NotFound):
            assert not possible or (before and before[-1].answer == answer), (
                f"{answer} by {who.name} was refused"
            )
            return
    if before and before[-1].answer == answer:
        return
    assert possible, f"{answer} on {slip} by {who.name} was taken"
    slip.reports[kind] = [*before, Said(answer=answer, at=chapter.world.now)]


def _is_tellable(slip: Known, now: datetime) -> bool:
    return slip.state in RESULTS or (slip.state in OPEN and now >= slip.passed_at + SEALED_FOR)


def nothing_sealed_is_seen_early(chapter: Chapter) -> list[str]:
    """Return each report that is open to other plugins and should not be, each that should be, and each seen across."""
    number = select(SlipRow.id, SlipRow.public_id).where(SlipRow.group_id == chapter.group.id)
    with chapter.reading() as session:
        keys = {row.public_id: SlipId(row.id) for row in session.execute(number)}
        opened = StoredSlipHistory(session, chapter.world.now).opened_reports(
            chapter.group.id, chapter.world.now
        )
        named = {key: public_id for public_id, key in keys.items()}
        seen = {(named[one.slip_id], one.report, one.answer) for one in opened}
        across = [
            f"{slip.public_id}: {reader.name} reads the other's {kind}"
            for slip in chapter.slips
            for kind, reader in (("handling", slip.receiver), ("lead", slip.giver))
            if own_report(session, chapter.group.id, keys[slip.public_id], reader.id, Report(kind))
        ]
    due = {
        (slip.public_id, kind, said[-1].answer)
        for slip in chapter.slips
        if slip.state != "withdrawn" or slip.is_handed_back
        for kind, said in slip.reports.items()
        if chapter.world.now >= _opens_at(slip, kind)
    }
    return [
        *(f"seen early: {one}" for one in sorted(seen - due)),
        *(f"unseen: {one}" for one in due - seen),
        *across,
    ]


def _opens_at(slip: Known, kind: str) -> datetime:
    own = slip.reports[kind][0].at
    others = [said[0].at for whose, said in slip.reports.items() if whose != kind]
    alone = own + SEALED_FOR
    if slip.first_ended_at is not None and slip.first_ended_at < alone:
        alone = max(own, slip.first_ended_at + SEALED_FOR)
    return min(alone, max(own, *others)) if others else alone
