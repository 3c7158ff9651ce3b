"""Who may sign in, what may be marked, when a record may be submitted: every reason against it at once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.core.errors import Refusal
from app.core.ids import MemberId
from app.core.local_time import local_datetime
from app.plugins.attendance.domain.punctuality import (
    Verdict,
    arrival_at,
    cut_off_in_fact,
    cut_off_of,
    judged,
    status_by,
)
from app.plugins.attendance.domain.record import (
    Record,
    refusals_for_reopening,
    refusals_for_submitting,
)
from app.plugins.attendance.domain.status import CAME, IN_THE_ROOM, Status

OPENS_BEFORE_START = timedelta(hours=2)
CLOSES_AFTER_END = timedelta(hours=2)
"""The room's code signs in from two hours before the start to two hours after the end."""

LONGEST_REASON = 500
MOST_IN_A_ROOM = 2_000
MOST_VOUCHED = 6
"""As many as sit at one table; who signs in more with one phone is keeping the record, which is an officer's work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingFacts:
    """What the rules ask of a meeting and its record. Instants are UTC; `cut_off_minutes` counts from the start.

    With a cut-off `by_agenda` these are the planned minutes: once the presentations began, that instant decides.
    """

    starts_at_utc: datetime
    ends_at_utc: datetime
    zone: str
    takes_place: bool
    record: Record
    cut_off_minutes: int = 0
    by_agenda: bool = False
    presentations_began_at_utc: datetime | None = None

    @property
    def cut_off(self) -> datetime:
        """The last instant that is on time."""
        return cut_off_in_fact(
            cut_off_of(self.starts_at_utc, self.cut_off_minutes),
            by_agenda=self.by_agenda,
            began=self.presentations_began_at_utc,
        )

    @property
    def opens_at_utc(self) -> datetime:
        """From when on the room's code signs in."""
        return self.starts_at_utc - OPENS_BEFORE_START

    @property
    def closes_at_utc(self) -> datetime:
        """Until when the room's code signs in."""
        return self.ends_at_utc + CLOSES_AFTER_END

    def is_open_at(self, instant: datetime) -> bool:
        """Return whether members can sign in at `instant`."""
        return self.takes_place and self.record.is_open and self.opens_at_utc <= instant <= self.closes_at_utc


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedMark:
    """What a leader wants to write beside a member; `status` None takes the mark back."""

    status: Status | None
    arrived_at_utc: datetime | None = None
    substitute_name: str = ""
    reason: str = ""


def refusals_for_room(meeting: MeetingFacts, instant: datetime) -> list[Refusal]:
    """Return why the room's screen of the meeting shows no code at `instant`."""
    if not meeting.takes_place:
        return [Refusal(code="attendance.meeting_cancelled")]
    if instant < meeting.opens_at_utc:
        opens = local_datetime(meeting.opens_at_utc, meeting.zone)
        return [
            Refusal(
                code="attendance.meeting_not_near",
                facts={"day": opens.date(), "time": opens.strftime("%H:%M")},
            )
        ]
    if instant > meeting.closes_at_utc:
        return [Refusal(code="attendance.meeting_over")]
    return []


def refusals_for_sign_in(meeting: MeetingFacts, scanned_at: datetime) -> list[Refusal]:
    """Return why a member cannot sign in with the room's code, scanned at `scanned_at`."""
    refusals = refusals_for_room(meeting, scanned_at)
    if not meeting.record.is_open:
        refusals.append(Refusal(code="attendance.record_closed"))
    return refusals


def refusals_for_mark(
    meeting: MeetingFacts, wanted: WantedMark, *, was_member: bool, now: datetime
) -> list[Refusal]:
    """Return why a leader cannot write `wanted`; after submission it is a correction and needs its reason."""
    refusals = []
    if not meeting.takes_place:
        refusals.append(Refusal(code="attendance.meeting_cancelled"))
    if wanted.status is not None and not was_member:
        refusals.append(Refusal(code="attendance.not_a_member_then"))
    if wanted.status in CAME and now < meeting.opens_at_utc:
        refusals.append(Refusal(code="attendance.not_begun_to_arrive", field="status"))
    if wanted.status is Status.SUBSTITUTE and not wanted.substitute_name.strip():
        refusals.append(Refusal(code="attendance.substitute_needs_name", field="substitute_name"))
    refusals += _refusals_for_time(meeting, wanted, now)
    if not meeting.record.is_open:
        refusals += refusals_for_reason(wanted.reason)
    return refusals


def refusals_for_submission(
    meeting: MeetingFacts,
    *,
    blank: Collection[MemberId],
    shown_blank: Collection[MemberId],
    now: datetime,
    waiting: int = 0,
    taps: int = 0,
) -> list[Refusal]:
    """Return why the record cannot be submitted: members in `blank` become absent, so all must have been shown.

    `waiting` is how many claims nobody has decided yet, `taps` how many sign-ins of the tablet.
    """
    refusals = refusals_for_submitting(meeting.record)
    if not meeting.takes_place:
        refusals.append(Refusal(code="attendance.meeting_cancelled"))
    if now < meeting.starts_at_utc:
        refusals.append(Refusal(code="attendance.meeting_not_begun"))
    if waiting:
        refusals.append(Refusal(code="attendance.claims_waiting", facts={"number": waiting}))
    if taps:
        refusals.append(Refusal(code="attendance.taps_waiting", facts={"number": taps}))
    if not set(blank) <= set(shown_blank):
        refusals.append(Refusal(code="attendance.changed_meanwhile"))
    return refusals


def refusals_for_claim(meeting: MeetingFacts, scanned_at: datetime, *, claimed_before: bool) -> list[Refusal]:
    """Return why a browser that scanned at `scanned_at` cannot claim a name: it may hold one a meeting."""
    refusals = refusals_for_sign_in(meeting, scanned_at)
    if claimed_before:
        refusals.append(Refusal(code="attendance.claimed_before"))
    return refusals


def refusals_for_vouching(
    meeting: MeetingFacts, *, is_here: bool, vouched: int, now: datetime
) -> list[Refusal]:
    """Return why a member cannot sign in somebody beside them; `vouched` is for how many they already did."""
    refusals = refusals_for_sign_in(meeting, now)
    if not is_here:
        refusals.append(Refusal(code="attendance.vouch_when_here"))
    if vouched >= MOST_VOUCHED:
        refusals.append(Refusal(code="attendance.vouched_enough", facts={"limit": MOST_VOUCHED}))
    return refusals


def here_at(meeting: MeetingFacts, now: datetime) -> WantedMark:
    """Return what a tap on "here" at `now` means: the arrival while the meeting lasts, afterwards only that they came."""
    if not meeting.opens_at_utc <= now <= meeting.ends_at_utc:
        return WantedMark(status=Status.PRESENT)
    return WantedMark(status=status_by(judged(arrival_at(now), meeting.cut_off)), arrived_at_utc=now)


def refusals_for_presentations(meeting: MeetingFacts, now: datetime) -> list[Refusal]:
    """Return why nobody can say at `now` that the presentations of the meeting have begun."""
    refusals = refusals_for_no_presentations(meeting)
    if not meeting.opens_at_utc <= now <= meeting.ends_at_utc:
        refusals.append(Refusal(code="attendance.presentations_not_now"))
    return refusals


def refusals_for_no_presentations(meeting: MeetingFacts) -> list[Refusal]:
    """Return why nobody can take back that the presentations have begun."""
    refusals = []
    if not meeting.takes_place:
        refusals.append(Refusal(code="attendance.meeting_cancelled"))
    if not meeting.by_agenda:
        refusals.append(Refusal(code="attendance.cut_off_by_clock"))
    if not meeting.record.is_open:
        refusals.append(Refusal(code="attendance.already_submitted"))
    return refusals


def refusals_for_steward(meeting: MeetingFacts, now: datetime, *, helps_until: datetime) -> list[Refusal]:
    """Return why nobody can be asked to help at the door of the meeting any more."""
    refusals = []
    if not meeting.takes_place:
        refusals.append(Refusal(code="attendance.meeting_cancelled"))
    if now >= helps_until:
        refusals.append(Refusal(code="attendance.meeting_over"))
    return refusals


def refusals_for_head_count(head_count: int | None) -> list[Refusal]:
    """Return why a number of people counted in the room is none; leaving it out always goes."""
    if head_count is None or 0 <= head_count <= MOST_IN_A_ROOM:
        return []
    return [
        Refusal(code="attendance.head_count_unlikely", facts={"most": MOST_IN_A_ROOM}, field="head_count")
    ]


def refusals_for_reopen(record: Record, reason: str) -> list[Refusal]:
    """Return why a submitted record cannot be reopened; it takes a written reason."""
    return refusals_for_reopening(record) + refusals_for_reason(reason)


def refusals_for_leaving_early(
    meeting: MeetingFacts,
    status: Status | None,
    *,
    arrived: datetime | None,
    left: datetime | None,
    reason: str,
    now: datetime,
) -> list[Refusal]:
    """Return why it cannot be noted that somebody left at `left`, or, without it, that they did not."""
    refusals = [] if meeting.record.is_open else refusals_for_reason(reason)
    if left is None:
        return refusals
    if status not in IN_THE_ROOM:
        refusals.append(Refusal(code="attendance.left_early_not_there", field="left"))
    earliest = max(meeting.starts_at_utc, arrived or meeting.starts_at_utc)
    if not earliest <= left < meeting.ends_at_utc or left > now:
        refusals.append(Refusal(code="attendance.left_early_when", field="left"))
    return refusals


def refusals_for_reason(reason: str) -> list[Refusal]:
    """Return why `reason` is no reason: it is empty, or longer than anybody reads."""
    if not reason.strip():
        return [Refusal(code="attendance.reason_needed", field="reason")]
    if len(reason) > LONGEST_REASON:
        return [Refusal(code="attendance.reason_too_long", facts={"limit": LONGEST_REASON}, field="reason")]
    return []


def _refusals_for_time(meeting: MeetingFacts, wanted: WantedMark, now: datetime) -> list[Refusal]:
    """Return why the given arrival does not go with the letter; leaving it out always goes. A substitute may be late."""
    arrived = wanted.arrived_at_utc
    if arrived is None:
        return []
    if wanted.status not in IN_THE_ROOM:
        return [Refusal(code="attendance.time_without_arrival", field="arrived")]
    if arrived > now:
        return [Refusal(code="attendance.time_ahead", field="arrived")]
    if not meeting.opens_at_utc <= arrived <= meeting.ends_at_utc:
        return [Refusal(code="attendance.time_outside_meeting", field="arrived")]
    verdict = judged(arrival_at(arrived), meeting.cut_off)
    cut_off = local_datetime(meeting.cut_off, meeting.zone).strftime("%H:%M")
    if verdict is Verdict.LATE and wanted.status is Status.PRESENT:
        return [Refusal(code="attendance.time_says_late", facts={"cut_off": cut_off}, field="arrived")]
    if verdict is Verdict.ON_TIME and wanted.status is Status.LATE:
        return [Refusal(code="attendance.time_says_on_time", facts={"cut_off": cut_off}, field="arrived")]
    return []
