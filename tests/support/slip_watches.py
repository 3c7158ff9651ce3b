"""What is looked at in the lives of slips: each watch returns what stands otherwise than it should."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.groups.domain.standing import Group
from app.core.ledger.queries import entries_of, weak_links
from app.core.local_time import local_day
from app.core.notices.models import NoticeRow, OutgoingMailRow
from app.plugins.referrals.domain.slip import Side
from app.plugins.referrals.interface import PalmsReferrals
from app.plugins.referrals.models import SlipRow, StepRow
from app.plugins.referrals.queries.boxes import box_of
from app.plugins.referrals.queries.clock import help_wanted
from app.plugins.referrals.queries.one_slip import slip_for
from app.plugins.referrals.queries.totals import PalmsTotals
from tests.support.slip_lives import SECRET, WAITING, Chapter
from tests.support.slips import OFFER


def slips_stand_as_known(chapter: Chapter) -> list[str]:
    """Return each slip that stands otherwise than what was done to it, and each with a step too many or too few."""
    query = (
        select(SlipRow.public_id, SlipRow.state, SlipRow.version, SlipRow.closed_at_utc, func.count())
        .join(StepRow, (StepRow.group_id == SlipRow.group_id) & (StepRow.slip_id == SlipRow.id))
        .where(SlipRow.group_id == chapter.group.id)
        .group_by(SlipRow.public_id, SlipRow.state, SlipRow.version, SlipRow.closed_at_utc)
    )
    with chapter.reading() as session:
        stand = {row[0]: tuple(row[1:]) for row in session.execute(query)}
    known = {one.public_id: (one.state, one.version, one.ended_at, one.version) for one in chapter.slips}
    return [
        f"{one}: {stand.get(one)}, not {known.get(one)}"
        for one in stand | known
        if stand.get(one) != known.get(one)
    ]


def everybody_was_told(chapter: Chapter) -> list[str]:
    """Return who heard of slips more or less often than there was something to hear."""
    query = (
        select(NoticeRow.member_id, func.count())
        .where(NoticeRow.group_id == chapter.group.id, NoticeRow.kind.startswith("referrals.slip_"))
        .group_by(NoticeRow.member_id)
    )
    with chapter.reading() as session:
        heard = Counter({row[0]: row[1] for row in session.execute(query)})
    due = +chapter.told
    return [
        f"{one}: told {heard[one]} times, not {due[one]}" for one in heard | due if heard[one] != due[one]
    ]


def office_sees_only_what_was_asked_for(chapter: Chapter) -> list[str]:
    """Return each slip that an office sees though its giver did not ask, and each that it should see and does not."""
    with chapter.reading() as session:
        seen = {line.public_id for line in help_wanted(session, chapter.group.id, chapter.president.id)}
    asked = {
        one.public_id
        for one in chapter.slips
        if one.wants_help and one.state in WAITING and one.receiver != chapter.president
    }
    return sorted(seen ^ asked)


def nobody_but_the_giver_knows_early(chapter: Chapter) -> list[str]:
    """Return each slip that its receiver finds, or has in their box, before they are told or though it was undone."""
    now = chapter.world.now
    early = [one for one in chapter.slips if not one.has_reached_receiver(now)]
    with chapter.reading() as session:
        faults = [
            f"{slip.public_id}: found by {slip.receiver.name}"
            for slip in early
            if slip_for(session, chapter.group.id, slip.public_id, slip.receiver.id, now=now) is not None
        ]
        for member in {slip.receiver.id: slip.receiver for slip in early}.values():
            listed = box_of(session, chapter.group.id, member.id, Side.RECEIVER, 1, now=now).lines
            known = {line.public_id for line in listed} & {one.public_id for one in early}
            faults += [f"{one}: in the box of {member.name}" for one in known]
    return faults


def receivers_find_what_they_were_told_of(chapter: Chapter) -> list[str]:
    """Return each slip that its receiver was told of and does not find."""
    now = chapter.world.now
    with chapter.reading() as session:
        return [
            f"{slip.public_id}: not found by {slip.receiver.name}"
            for slip in chapter.slips
            if slip.has_reached_receiver(now)
            and slip_for(session, chapter.group.id, slip.public_id, slip.receiver.id, now=now) is None
        ]


def prospect_stays_with_the_two(chapter: Chapter) -> list[str]:
    """Return what carries a prospect out of the slip: a notice or a mail."""
    notices = select(NoticeRow.text).where(NoticeRow.group_id == chapter.group.id)
    mails = select(OutgoingMailRow.subject + OutgoingMailRow.body).where(
        OutgoingMailRow.group_id == chapter.group.id
    )
    with chapter.reading() as session:
        written = [*session.scalars(notices), *session.scalars(mails)]
    return [text for text in written if SECRET in text or OFFER.prospect_contact in text]


def totals_equal_the_ledger(chapter: Chapter) -> list[str]:
    """Return whose PALMS figures are others than those that follow from the ledger alone."""
    with chapter.reading() as session:
        today = local_day(chapter.world.now, chapter.group.zone)
        since = today - timedelta(days=20_000)
        totals = PalmsTotals(session, chapter.world.now).palms_totals(
            chapter.group.id, since, today, chapter.group.zone
        )
        weak = weak_links(session, chapter.group.id)
        ledger = _figures_of_ledger(session, chapter.group)
    stand = {int(member): figures for member, figures in totals.items()}
    differing = [one for one in ledger | stand if ledger.get(one) != stand.get(one)]
    return [*(f"{one}: {stand.get(one)}, not {ledger.get(one)}" for one in differing), *map(str, weak)]


def _figures_of_ledger(session: Session, group: Group) -> dict[int, PalmsReferrals]:
    slips: dict[int, dict[str, int]] = {}
    thanks: dict[int, dict[str, int]] = {}
    figures: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for entry, _hash in entries_of(session, group.id):
        facts = json.loads(entry.facts)
        if entry.kind == "referrals.slip_passed":
            slips[facts["slip_id"]] = facts
        elif entry.kind == "referrals.slip_withdrawn":
            del slips[facts["slip_id"]]
        elif entry.kind in {"referrals.business_thanked", "referrals.thanks_corrected"}:
            thanks[facts["thank_you_id"]] = facts
        elif entry.kind == "referrals.thanks_taken_back":
            del thanks[facts["thank_you_id"]]
    for thank_you in thanks.values():
        figures[thank_you["thanked_member_id"]]["thank_you_minor"] += thank_you["amount_minor"]
    for slip in slips.values():
        letter = "i" if str(slip["tier"]) == "inside" else "o"
        figures[slip["giver_member_id"]][f"rg{letter}"] += 1
        figures[slip["receiver_member_id"]][f"rr{letter}"] += 1
    return {member: PalmsReferrals(**counts) for member, counts in figures.items()}


Watch = Callable[[Chapter], list[str]]
WATCHES: Final[tuple[Watch, ...]] = (
    slips_stand_as_known,
    everybody_was_told,
    office_sees_only_what_was_asked_for,
    nobody_but_the_giver_knows_early,
)
"""What is looked at after every step."""
AT_THE_END: Final[tuple[Watch, ...]] = (
    totals_equal_the_ledger,
    prospect_stays_with_the_two,
    receivers_find_what_they_were_told_of,
)
"""What is looked at after each life: it reads everything that was written."""
