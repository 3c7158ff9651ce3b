"""Which reports count, and which counted ones do no more: corrected, without their slip, void, objected to, too old."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.core.ids import MemberId
from app.plugins.credibility.domain.reports import (
    Facet,
    counts_from,
    day_of,
    handling_worth,
    lead_worth,
    may_still_be_soon,
)
from app.plugins.credibility.queries.facts import Facts
from app.plugins.credibility.queries.secret import Evidence
from app.plugins.referrals.interface import OpenedReport

OUT = frozenset({"no", "object"})
"""Who says this has nothing counted about them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What decides: the facts as of `at`, the numbers of the reports that are void, who takes part, and the oldest day that counts.

    Reports of before `forgotten` may have been deleted as too old by a scheme that the group had, and stay out.
    """

    facts: Facts
    void: Mapping[tuple[Facet, int], int]
    says: Mapping[MemberId, str]
    oldest: float
    forgotten: float
    at: datetime


def gone_of(asked: Asked, kept: Sequence[Evidence]) -> list[Evidence]:
    """Return the counted reports that count no more."""
    stands: dict[tuple[Facet, int], OpenedReport] = {
        (Facet(one.report), one.slip_id): one for one in asked.facts.reports
    }
    return [
        row
        for row in kept
        if not _still_says(asked.facts, row, stands.get((row.facet, row.slip_id)))
        or row.day < asked.oldest
        or asked.says.get(row.about_member_id) in OUT
    ]


def fresh_of(asked: Asked, kept: Sequence[Evidence]) -> list[OpenedReport]:
    """Return the reports that are to be counted beside those that are kept, in the order of their days.

    A report on how a referral was handled waits as long as its receiver may still be in touch in time: a slip from paper can be
    told of before its seven days are over.
    """
    known: set[tuple[Facet, int]] = {(row.facet, row.slip_id) for row in kept}
    fresh = [
        report
        for report in asked.facts.reports
        if (Facet(report.report), report.slip_id) not in known
        and not _waits(asked, report)
        and not _is_void(asked, report)
        and day_of_report(asked.facts, report) >= max(asked.oldest, asked.forgotten)
        and asked.says.get(report.about_member_id) not in OUT
    ]
    return sorted(fresh, key=lambda report: day_of_report(asked.facts, report))


def day_of_report(facts: Facts, report: OpenedReport) -> float:
    """Return the day as of which a report counts."""
    handed = facts.handed(report.slip_id)
    if handed is None:
        return day_of(max(report.opened_at_utc, report.answered_at_utc))
    return counts_from(handed, opened_at=report.opened_at_utc, answered_at=report.answered_at_utc)


def worth_of(facts: Facts, report: OpenedReport, answer: str) -> float:
    """Return what a report is worth with this answer, which is its own or one that it had before."""
    handed = facts.handed(report.slip_id)
    if Facet(report.report) is Facet.LEAD or handed is None:
        return lead_worth(answer)
    return handling_worth(answer, handed)


def _still_says(facts: Facts, row: Evidence, report: OpenedReport | None) -> bool:
    """Return whether a counted report stands: never changed since, or changed to and fro and worth what it was.

    What was answered otherwise and back again is no correction: it neither ends a disagreement nor begins the report anew.
    """
    if report is None or facts.handed(report.slip_id) is None:
        return False
    return report.number == row.report_number or worth_of(facts, report, report.answer) == row.worth


def _waits(asked: Asked, report: OpenedReport) -> bool:
    """Return whether what a report is worth is not known, or not yet."""
    handed = asked.facts.handed(report.slip_id)
    return handed is None or (Facet(report.report) is Facet.HANDLING and may_still_be_soon(handed, asked.at))


def _is_void(asked: Asked, report: OpenedReport) -> bool:
    """Return whether a report was found void and says the same still, whatever it said in between."""
    number = asked.void.get((Facet(report.report), report.slip_id), 0)
    if not number or report.number <= number:
        return number > 0
    found_void = worth_of(asked.facts, report, report.said[number - 1])
    return worth_of(asked.facts, report, report.answer) == found_void
