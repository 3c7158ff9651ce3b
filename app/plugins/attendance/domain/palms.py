"""PALMS of a period: how often each letter stands beside a member, over the meetings whose record is submitted."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.core.ids import MeetingId, MemberId
from app.plugins.attendance.domain.status import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Palms:
    """How often each letter stands beside one member; their sum never exceeds the meetings held."""

    present: int = 0
    absent: int = 0
    late: int = 0
    medical: int = 0
    substitute: int = 0

    @property
    def recorded(self) -> int:
        """The meetings for which there is a letter."""
        return self.present + self.absent + self.late + self.medical + self.substitute

    @property
    def came(self) -> int:
        """The meetings the member was at in person, on time or late."""
        return self.present + self.late

    def letters(self) -> tuple[int, int, int, int, int]:
        """Return the counts in the order P A L M S."""
        return (self.present, self.absent, self.late, self.medical, self.substitute)

    def __add__(self, other: "Palms") -> "Palms":
        return _palms(Counter(_by_status(self)) + Counter(_by_status(other)))


NOTHING = Palms()


def palms_of_letters(letters: Iterable[Status | None]) -> Palms:
    """Return the counts of one member's letters; blanks count nowhere."""
    return _palms(Counter(letter for letter in letters if letter is not None))


def palms_of_marks(marks: Iterable[tuple[MeetingId, MemberId, Status]]) -> Mapping[MemberId, Palms]:
    """Return the counts of everyone who has a mark; two marks of one member for one meeting are a defect."""
    counted: dict[MemberId, Counter[Status]] = {}
    seen: set[tuple[MeetingId, MemberId]] = set()
    for meeting_id, member_id, status in marks:
        if (meeting_id, member_id) in seen:
            raise ValueError(
                f"Member {member_id} has two marks for meeting {meeting_id}; the record allows one."
            )
        seen.add((meeting_id, member_id))
        counted.setdefault(member_id, Counter())[status] += 1
    return {member_id: _palms(counts) for member_id, counts in counted.items()}


def _by_status(palms: Palms) -> dict[Status, int]:
    return dict(zip(Status, palms.letters(), strict=True))


def _palms(counts: Mapping[Status, int]) -> Palms:
    return Palms(
        present=counts.get(Status.PRESENT, 0),
        absent=counts.get(Status.ABSENT, 0),
        late=counts.get(Status.LATE, 0),
        medical=counts.get(Status.MEDICAL, 0),
        substitute=counts.get(Status.SUBSTITUTE, 0),
    )
