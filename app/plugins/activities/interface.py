"""What other components may know of activities: that two members talked, and that somebody learned."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Protocol

from app.core.events import DomainEvent
from app.core.ids import GroupId, MemberId
from app.plugins.activities.domain.keys import ArrangementId, LearningId, OneToOneId


@dataclass(frozen=True, kw_only=True)
class OneToOneRecorded(DomainEvent):
    """Two talked: one record for both. `with_member_id` is None where the other is of another group.

    `batch_id` names the file of an imported one, which is historic: it counts, and nobody is told.
    """

    kind: ClassVar[str] = "activities.one_to_one_recorded"

    one_to_one_id: OneToOneId
    member_id: MemberId
    with_member_id: MemberId | None
    held_on: date
    batch_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class OneToOneCorrected(DomainEvent):
    """One of the two changed the day, the place or the note."""

    kind: ClassVar[str] = "activities.one_to_one_corrected"

    one_to_one_id: OneToOneId
    held_on: date


@dataclass(frozen=True, kw_only=True)
class OneToOneTakenBack(DomainEvent):
    """It did not take place after all, and counts no more."""

    kind: ClassVar[str] = "activities.one_to_one_taken_back"

    one_to_one_id: OneToOneId


@dataclass(frozen=True, kw_only=True)
class LearningRecorded(DomainEvent):
    """A member learned; `units` is a whole number. `batch_id` names the file of an imported one."""

    kind: ClassVar[str] = "activities.learning_recorded"

    learning_id: LearningId
    member_id: MemberId
    learned_on: date
    units: int
    batch_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class LearningCorrected(DomainEvent):
    """The member changed what they learned, when, or how many units it is worth."""

    kind: ClassVar[str] = "activities.learning_corrected"

    learning_id: LearningId
    learned_on: date
    units: int


@dataclass(frozen=True, kw_only=True)
class LearningTakenBack(DomainEvent):
    """It was recorded by mistake, and counts no more."""

    kind: ClassVar[str] = "activities.learning_taken_back"

    learning_id: LearningId


@dataclass(frozen=True, kw_only=True)
class ActivitiesImportUndone(DomainEvent):
    """What a file brought was taken away again, as far as nobody had changed it."""

    kind: ClassVar[str] = "activities.import_undone"

    batch_id: int
    one_to_ones: int
    learning: int


@dataclass(frozen=True, kw_only=True)
class TalkAsked(DomainEvent):
    """A member asked another for a one-to-one. Sealed: it is between the two, and when and where stand in no event."""

    kind: ClassVar[str] = "activities.talk_asked"
    sealed: ClassVar[bool] = True

    arrangement_id: ArrangementId
    asker_member_id: MemberId
    asked_member_id: MemberId


@dataclass(frozen=True, kw_only=True)
class TalkAgreed(DomainEvent):
    """The two agreed on a time, for the first time (`sequence` is 1) or on another one than before. Sealed."""

    kind: ClassVar[str] = "activities.talk_agreed"
    sealed: ClassVar[bool] = True

    arrangement_id: ArrangementId
    sequence: int


@dataclass(frozen=True, kw_only=True)
class TalkCalledOff(DomainEvent):
    """It does not come about: `state` is called-off or lapsed. That somebody said “not now” is no event. Sealed."""

    kind: ClassVar[str] = "activities.talk_called_off"
    sealed: ClassVar[bool] = True

    arrangement_id: ArrangementId
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TalksOfTwo:
    """How many one-to-ones two members had, and the day of the latest, if any."""

    talks: int
    last_on: date | None


class TalksTogether(Protocol):
    """Answers how often two members talked, for one of the two; one statement a call."""

    def of_two(self, group_id: GroupId, member_id: MemberId, other: MemberId) -> TalksOfTwo:
        """Return their one-to-ones, imported ones included; place and note stay with the two."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileTold:
    """What a member tells colleagues in their own words; what they did not write, or did not choose to show, is empty."""

    talk_to_me_about: str
    good_fit: str
    not_a_good_fit: str
    interests: tuple[str, ...]
    how_to_say: str


class ProfilesTold(Protocol):
    """Answers what members tell of themselves. Answered by the plugin that keeps profiles, if there is one."""

    def of_members(
        self, group_id: GroupId, member_ids: Collection[MemberId]
    ) -> Mapping[MemberId, ProfileTold]:
        """Return the profiles of those who wrote one, in one statement."""
        ...


class TalksCounted(Protocol):
    """Answers how often members talked since a day, for whoever looks after newcomers; one statement a call."""

    def since(self, group_id: GroupId, began: Mapping[MemberId, date]) -> Mapping[MemberId, int]:
        """Return how many one-to-ones each of these had on their own day or later; who had none is left out."""
        ...

    def partners(self, group_id: GroupId, member_id: MemberId, day: date) -> Mapping[MemberId, date]:
        """Return with which members of the group this one talked on `day` or later, each with the first of these days."""
        ...
