"""What other components may know of giving: its events, and what it asks of those who know of guests and slips."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Protocol

from app.core.events import DomainEvent
from app.core.ids import GroupId, MemberId
from app.plugins.giving.domain.keys import AskId, IntroductionId, ReplyId, TestimonialId, ThanksId


@dataclass(frozen=True, kw_only=True)
class AskOpened(DomainEvent):
    """A member asked the group: `ask` is referral, introduction or advice; `is_learning` reads “learn about me”."""

    kind: ClassVar[str] = "giving.ask_opened"

    ask_id: AskId
    asker_member_id: MemberId
    ask: str
    is_learning: bool
    until_on: date


@dataclass(frozen=True, kw_only=True)
class AskAnswered(DomainEvent):
    """Somebody answered an ask. Sealed: who helped whom is between the two."""

    kind: ClassVar[str] = "giving.ask_answered"
    sealed: ClassVar[bool] = True

    ask_id: AskId
    reply_id: ReplyId
    helper_member_id: MemberId


@dataclass(frozen=True, kw_only=True)
class AskClosed(DomainEvent):
    """The asker closed the ask, or the house did because the asker left; `state` is helped or closed."""

    kind: ClassVar[str] = "giving.ask_closed"

    ask_id: AskId
    state: str


@dataclass(frozen=True, kw_only=True)
class IntroductionOffered(DomainEvent):
    """A member would like two others to know each other; both are asked. Sealed: it is between the three."""

    kind: ClassVar[str] = "giving.introduction_offered"
    sealed: ClassVar[bool] = True

    introduction_id: IntroductionId
    introducer_member_id: MemberId
    one_member_id: MemberId
    other_member_id: MemberId


@dataclass(frozen=True, kw_only=True)
class IntroductionMade(DomainEvent):
    """Both said yes. It is a contribution of the introducer, and no referral."""

    kind: ClassVar[str] = "giving.introduction_made"
    sealed: ClassVar[bool] = True

    introduction_id: IntroductionId
    introducer_member_id: MemberId


@dataclass(frozen=True, kw_only=True)
class IntroductionEnded(DomainEvent):
    """It is not made: `state` is taken-back or lapsed. That somebody said no is no event, for its actor would be named."""

    kind: ClassVar[str] = "giving.introduction_ended"
    sealed: ClassVar[bool] = True

    introduction_id: IntroductionId
    state: str


@dataclass(frozen=True, kw_only=True)
class IntroductionOutcomeTold(DomainEvent):
    """One of the two said what came of it: `outcome` is helped, talked or nothing."""

    kind: ClassVar[str] = "giving.introduction_outcome_told"
    sealed: ClassVar[bool] = True

    introduction_id: IntroductionId
    member_id: MemberId
    outcome: str


@dataclass(frozen=True, kw_only=True)
class ThanksPublished(DomainEvent):
    """The helped published a thank-you."""

    kind: ClassVar[str] = "giving.thanks_published"

    thanks_id: ThanksId
    helper_member_id: MemberId
    helped_member_id: MemberId


@dataclass(frozen=True, kw_only=True)
class TestimonialWritten(DomainEvent):
    """A member recommends another in words."""

    kind: ClassVar[str] = "giving.testimonial_written"

    testimonial_id: TestimonialId
    author_member_id: MemberId
    about_member_id: MemberId


@dataclass(frozen=True, kw_only=True)
class WordsWithdrawn(DomainEvent):
    """The author took a thank-you (`words` is thanks) or a testimonial back; what was written is gone."""

    kind: ClassVar[str] = "giving.words_withdrawn"

    words: str
    words_id: int


@dataclass(frozen=True, kw_only=True)
class WordsHidden(DomainEvent):
    """Whom words are about hid them, or shows them again. Sealed: the author is not told."""

    kind: ClassVar[str] = "giving.words_hidden"
    sealed: ClassVar[bool] = True

    words: str
    words_id: int
    is_hidden: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonToMeet:
    """A newcomer, or somebody who is expected as a guest on `day`; `public_id` is a member's, empty for a guest."""

    name: str
    public_id: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenOn:
    """One thing that a member gave, the day, and the name of whom it was for."""

    day: date
    name: str


class PeopleToMeet(Protocol):
    """Answered by whoever welcomes people: those to whom a member can be of help in these days."""

    def newcomers(self, group_id: GroupId, since: date, today: date) -> Sequence[PersonToMeet]:
        """Return the members who joined on `since` or later and are members today, the latest first."""
        ...

    def guests(self, group_id: GroupId, first: date, last: date) -> Sequence[PersonToMeet]:
        """Return the visitors who are noted for those days, the next first."""
        ...


class VisitorsBrought(Protocol):
    """Answered by whoever keeps visitors: those whom a member invited."""

    def brought_by(self, group_id: GroupId, member_id: MemberId, since: date) -> Sequence[GivenOn]:
        """Return the visitors whom the member invited and who came on `since` or later, the latest first."""
        ...


class ReferralsGiven(Protocol):
    """Answered by whoever keeps slips: the acts of giving of one member, whatever came of them."""

    def given_by(self, group_id: GroupId, member_id: MemberId, since: date, zone: str) -> Sequence[GivenOn]:
        """Return the referrals that the member passed on `since` or later and that stand, the latest first."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstGiving:
    """The day on which a member first gave something, and the day of their first ask; None while there was none."""

    gave_on: date | None
    asked_on: date | None


class GivingBegun(Protocol):
    """Answered by giving: whether somebody who is new has begun to give, and to ask."""

    def of_member(self, group_id: GroupId, member_id: MemberId, since: date, zone: str) -> FirstGiving:
        """Return the first answer, introduction or testimonial of the member on `since` or later, and the first ask."""
        ...
