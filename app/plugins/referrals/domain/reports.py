"""The two sealed reports on a slip: what each side is asked, what they may answer, and when a report opens."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from app.core.errors import Refusal
from app.plugins.referrals.domain.slip import OPEN, RESULTS, Side, Slip

OPENS_AFTER: Final = timedelta(days=14)
"""How long a report stays sealed after the end of its slip while the other side says nothing."""
ASKED_OPEN_AFTER: Final = timedelta(days=14)
"""After how long a slip that has not ended may be reported on: a receiver's silence must not keep the giver's word back."""
ASKED_BACK: Final = timedelta(weeks=26)
"""How far back anybody is asked."""


class Report(StrEnum):
    """Which report it is; the value is what the database keeps."""

    HANDLING = "handling"
    LEAD = "lead"


OF_SIDE: Final[Mapping[Side, Report]] = {Side.GIVER: Report.HANDLING, Side.RECEIVER: Report.LEAD}
"""Which report each side writes: the giver on how the slip was handled, the receiver on whether the lead was real."""

ANSWERS: Final[Mapping[Report, tuple[str, ...]]] = {
    Report.HANDLING: ("yes", "not-sure", "no"),
    Report.LEAD: ("yes", "partly", "no"),
}
"""What may be answered: to “Would you refer them again for this kind of job?”, and to “Was the lead real?”."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """What one side has said: the first time, the latest time, and how often; a correction replaces the answer."""

    answer: str
    first_at: datetime
    latest_at: datetime
    number: int = 1


def may_be_told(slip: Slip, now: datetime) -> bool:
    """Return whether there is something to report on: a result, or a slip that has long been open between two members.

    A slip that was declined or taken back is no evidence of anything, so nobody is asked about it.
    """
    if slip.giver is None or slip.receiver is None:
        return False
    if slip.state in RESULTS:
        return True
    return slip.state in OPEN and now - slip.passed_at >= ASKED_OPEN_AFTER


def could_be_told_from(*, passed_at: datetime, closed_at: datetime | None) -> datetime:
    """Return since when a slip that may be told of could be."""
    return passed_at + ASKED_OPEN_AFTER if closed_at is None else closed_at


def refusals_for_report(
    slip: Slip, report: Report, answer: str, *, corrects: bool, now: datetime
) -> list[Refusal]:
    """Return every reason not to take the report; what was said once may be corrected at any time."""
    refusals = []
    if answer not in ANSWERS[report]:
        refusals.append(Refusal(code="referrals.report_answer_missing"))
    if not corrects and not may_be_told(slip, now):
        refusals.append(Refusal(code="referrals.report_too_early"))
    return refusals


def opens_at(ended_at: datetime | None, one: Spoken, other: Spoken | None) -> datetime:
    """Return the instant at which the report `one` opens; never earlier than either word that it rests on.

    When both have spoken, with the second word. Alone 14 days after the end of the slip; where the slip had not ended
    14 days after the word was given, then. A correction moves nothing: it is as sealed or as open as what it replaces.
    """
    alone = _opens_alone(ended_at, one.first_at)
    return alone if other is None else min(alone, max(one.first_at, other.first_at))


def latest_opening(slip: Slip, first_at: datetime) -> datetime:
    """Return when a report given at `first_at` opens at the latest, as the slip stands."""
    return _opens_alone(slip.closed_at, first_at)


def _opens_alone(ended_at: datetime | None, first_at: datetime) -> datetime:
    unended = first_at + OPENS_AFTER
    if ended_at is None or ended_at >= unended:
        return unended
    return max(first_at, ended_at + OPENS_AFTER)
