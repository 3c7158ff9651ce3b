"""What other components may know of referrals: what happened to slips, and the totals of a period."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Protocol

from app.core.events import DomainEvent
from app.core.ids import GroupId, MemberId
from app.plugins.referrals.domain.keys import SlipId, ThankYouId


@dataclass(frozen=True, kw_only=True)
class SlipPassed(DomainEvent):
    """A member passed a referral. `tier` is inside or outside, `how_well` 1 to 5 (or None where nobody said).

    `giver_member_id` or `receiver_member_id` is None where that side is not of this group. `historic_on` is the
    day of an imported slip, else None: such a slip counts, and starts no clock. `typed_in_by_member_id` is who
    typed it in from paper for its giver, else None.
    """

    kind: ClassVar[str] = "referrals.slip_passed"

    slip_id: SlipId
    giver_member_id: MemberId | None
    receiver_member_id: MemberId | None
    tier: str
    how_well: int | None
    basis: str
    historic_on: date | None = None
    typed_in_by_member_id: MemberId | None = None


@dataclass(frozen=True, kw_only=True)
class SlipEdited(DomainEvent):
    """The giver put the words of a slip right before the receiver had it."""

    kind: ClassVar[str] = "referrals.slip_edited"

    slip_id: SlipId
    tier: str
    how_well: int | None
    basis: str


@dataclass(frozen=True, kw_only=True)
class SlipAcknowledged(DomainEvent):
    """The receiver said for the first time that the slip arrived, by that word or by a later one."""

    kind: ClassVar[str] = "referrals.slip_acknowledged"

    slip_id: SlipId


@dataclass(frozen=True, kw_only=True)
class SlipTried(DomainEvent):
    """The receiver tried to reach the prospect and did not: no contact yet."""

    kind: ClassVar[str] = "referrals.slip_tried"

    slip_id: SlipId


@dataclass(frozen=True, kw_only=True)
class SlipReopened(DomainEvent):
    """The receiver took an ended slip up again: what came of it is open once more."""

    kind: ClassVar[str] = "referrals.slip_reopened"

    slip_id: SlipId


@dataclass(frozen=True, kw_only=True)
class SlipProgressed(DomainEvent):
    """The receiver told how it goes."""

    kind: ClassVar[str] = "referrals.slip_progressed"

    slip_id: SlipId


@dataclass(frozen=True, kw_only=True)
class SlipClosed(DomainEvent):
    """The receiver told what came of it: `result` is won, lost, no-response, wrong-fit or not-ready."""

    kind: ClassVar[str] = "referrals.slip_closed"

    slip_id: SlipId
    result: str


@dataclass(frozen=True, kw_only=True)
class SlipDeclined(DomainEvent):
    """The receiver said that the referral is not for them."""

    kind: ClassVar[str] = "referrals.slip_declined"

    slip_id: SlipId


@dataclass(frozen=True, kw_only=True)
class SlipWithdrawn(DomainEvent):
    """The slip was taken back: by its giver, or by the house (`handed_back`) because the receiver left the group."""

    kind: ClassVar[str] = "referrals.slip_withdrawn"

    slip_id: SlipId
    handed_back: bool = False


@dataclass(frozen=True, kw_only=True)
class SlipHelpAnswered(DomainEvent):
    """The giver of a slip that waits said whether the office shall help."""

    kind: ClassVar[str] = "referrals.help_answered"

    slip_id: SlipId
    wants_help: bool


@dataclass(frozen=True, kw_only=True)
class SlipHelpGiven(DomainEvent):
    """Somebody of the office has spoken with the receiver of a slip that waits."""

    kind: ClassVar[str] = "referrals.help_given"

    slip_id: SlipId
    helper_member_id: MemberId


@dataclass(frozen=True, kw_only=True)
class ProspectOpened(DomainEvent):
    """Giver or receiver looked at the contact of a prospect. Sealed: that somebody looked is nobody's news."""

    kind: ClassVar[str] = "referrals.prospect_opened"
    sealed: ClassVar[bool] = True

    slip_id: SlipId
    by_member_id: MemberId


@dataclass(frozen=True, kw_only=True)
class ReportGiven(DomainEvent):
    """Giver (`report` is handling) or receiver (lead) gave their report on a slip, or corrected it. Sealed.

    What was answered stands in no event: the ledger forgets nothing, a report can be replaced and is deleted in time.
    """

    kind: ClassVar[str] = "referrals.report_given"
    sealed: ClassVar[bool] = True

    slip_id: SlipId
    report: str
    number: int


@dataclass(frozen=True, kw_only=True)
class QualityCheckDrawn(DomainEvent):
    """The slip was drawn for the quality check of the week that begins on `week`. Sealed: only its receiver is asked."""

    kind: ClassVar[str] = "referrals.quality_check_drawn"
    sealed: ClassVar[bool] = True

    slip_id: SlipId
    week: date


@dataclass(frozen=True, kw_only=True)
class QualityCheckAnswered(DomainEvent):
    """The receiver answered the three questions on a drawn slip, or changed the answers. Sealed; it says not how."""

    kind: ClassVar[str] = "referrals.quality_check_answered"
    sealed: ClassVar[bool] = True

    slip_id: SlipId


@dataclass(frozen=True, kw_only=True)
class BusinessThanked(DomainEvent):
    """Business was thanked for: `amount_minor` in minor units of `currency`, credited to the person thanked.

    Who gave thanks is private to the two of them and stands in no event.
    """

    kind: ClassVar[str] = "referrals.business_thanked"

    thank_you_id: ThankYouId
    thanked_member_id: MemberId | None
    slip_id: SlipId | None
    amount_minor: int
    currency: str
    thanked_on: date


@dataclass(frozen=True, kw_only=True)
class ThanksCorrected(DomainEvent):
    """Its thanker corrected a thank-you: this is what stands now. Who gave thanks stands in no event."""

    kind: ClassVar[str] = "referrals.thanks_corrected"

    thank_you_id: ThankYouId
    thanked_member_id: MemberId | None
    amount_minor: int
    currency: str
    thanked_on: date


@dataclass(frozen=True, kw_only=True)
class ThanksTakenBack(DomainEvent):
    """Its thanker took a thank-you back: it counts nowhere any more."""

    kind: ClassVar[str] = "referrals.thanks_taken_back"

    thank_you_id: ThankYouId
    thanked_member_id: MemberId | None


@dataclass(frozen=True, kw_only=True)
class ProspectForgotten(DomainEvent):
    """What a slip said of its prospect is gone. `why` is expired, asked (giver, receiver or an office) or objected."""

    kind: ClassVar[str] = "referrals.prospect_forgotten"

    slip_id: SlipId
    why: str


@dataclass(frozen=True, kw_only=True)
class ProspectTimeSet(DomainEvent):
    """A leader set for how many months the group keeps prospects after their slip has ended."""

    kind: ClassVar[str] = "referrals.prospect_time_set"

    months: int


@dataclass(frozen=True, kw_only=True)
class SlipsImportUndone(DomainEvent):
    """What a file brought was taken away again, as far as nobody had touched it."""

    kind: ClassVar[str] = "referrals.import_undone"

    batch_id: int
    slips: int
    thanks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOutLine:
    """One line to be read out at the meeting: two names, and a word on what it is where there is one."""

    name: str
    other_name: str
    word: str = ""


class TalksToReadOut(Protocol):
    """Answered by whoever keeps one-to-ones: those that were recorded since an instant, in their order."""

    def lines_since(self, group_id: GroupId, since_utc: datetime) -> Sequence[ReadOutLine]:
        """Return a line for each one-to-one of two members, without place and note; imported ones are not read out."""
        ...


class VisitorsToReadOut(Protocol):
    """Answered by whoever keeps visitors: those who came since an instant, each with who invited them."""

    def lines_since(self, group_id: GroupId, since_utc: datetime) -> Sequence[ReadOutLine]:
        """Return a line for each visitor: the visitor's name, and the name of the member who invited them."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PalmsReferrals:
    """What PALMS says of one member's referrals in a period.

    Referrals given inside and outside (`rgi`, `rgo`), received inside and outside (`rri`, `rro`), and the
    thank-you business credited to the member as the person thanked, in minor units of the group's currency.
    """

    rgi: int = 0
    rgo: int = 0
    rri: int = 0
    rro: int = 0
    thank_you_minor: int = 0


class ReferralTotals(Protocol):
    """Answers what was given, received and thanked for in a period."""

    def palms_totals(
        self, group_id: GroupId, first: date, last: date, zone: str
    ) -> Mapping[MemberId, PalmsReferrals]:
        """Return the totals of each member who has any, for the days `first` to `last` in `zone`, both included.

        A slip counts on the day it was passed (an imported one on its historic day), unless it was withdrawn;
        thank-you business on the day its thanker named. Amounts in other currencies than the group's are left out.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipAct:
    """A referral as the act of giving, between two members, with what its own dates tell.

    `contacted_at_utc` is when the receiver first told how it goes or what came of it, None while they did not.
    `historic_on` is the day of an imported slip: it counts as given, and nobody knows when contact was made.
    `reached_at_utc` is since when the receiver could know of it: later than given where it was typed in from paper.
    `is_handed_back` says that the receiver left the group over it: given it counts no more, but what was reported stands.
    `public_id` is the one in the address of the slip's page, which its two sides alone may open.
    """

    slip_id: SlipId
    public_id: str
    giver_member_id: MemberId
    receiver_member_id: MemberId
    given_at_utc: datetime
    how_well: int | None
    contacted_at_utc: datetime | None
    historic_on: date | None
    reached_at_utc: datetime
    is_handed_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedReport:
    """A report that is no longer sealed, as it stands after its latest correction.

    `report` is handling (answer: yes, not-sure, no; by the giver about the receiver) or lead (yes, partly, no; by the
    receiver about the giver). It counts from `opened_at_utc`; a correction since is from `answered_at_utc`. `said` are all
    answers so far in their order, the last of which is `answer`: the first one has the number 1.
    """

    slip_id: SlipId
    report: str
    by_member_id: MemberId
    about_member_id: MemberId
    answer: str
    number: int
    opened_at_utc: datetime
    answered_at_utc: datetime
    said: Sequence[str]


class SlipHistory(Protocol):
    """Answers who gave whom what, when contact was made, and which reports have opened. What is sealed is not in it."""

    def acts(self, group_id: GroupId) -> Sequence[SlipAct]:
        """Return every slip between two members that its giver did not withdraw, those handed back among them, as they were given."""
        ...

    def opened_reports(self, group_id: GroupId, now: datetime) -> Sequence[OpenedReport]:
        """Return the reports that have opened by `now`, as they stood then, in the order in which they opened.

        A slip that its giver withdrew has none; leaving the group takes none away.
        They are secret even then: whoever shows something made of them follows the rules of who sees what.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferredCustomer:
    """The prospect of a slip between two members, as somebody who may be asked what came of it.

    `address` is where one mail may go, and no page shows it: empty where the contact is none, or nobody said that they agreed to be
    contacted. `answer` is what the giver reported (yes, not-sure or no): for the giver alone, who asks by `to_ask`; else empty.
    """

    slip_id: SlipId
    giver_member_id: MemberId
    giver_name: str
    receiver_member_id: MemberId
    receiver_name: str
    name: str
    address: str
    answer: str = ""


class ReferredCustomers(Protocol):
    """Answers whom a giver may ask: nobody once the prospect is forgotten, or the slip taken back or declined."""

    def to_ask(self, group_id: GroupId, slip: str, giver: MemberId) -> ReferredCustomer | None:
        """Return the customer of a slip (public id) that the member gave, once they have given their report on it."""
        ...

    def of_slip(self, group_id: GroupId, slip_id: int) -> ReferredCustomer | None:
        """Return the customer of a slip (key) as long as they may be asked. To be asked for a link only."""
        ...


class ReportsOwed(Protocol):
    """Answers how many reports are still owed, as a sum alone; one statement."""

    def owed_between(self, group_id: GroupId, members: Collection[MemberId], until: datetime) -> int:
        """Return how many reports on slips between two of these members could be given by `until` and were not.

        Slips of the 26 weeks before count, those from files do not. A report that is given later than `until` is owed: the
        number tells nobody that one was given just now, if `until` is the same for a week.
        """
        ...
