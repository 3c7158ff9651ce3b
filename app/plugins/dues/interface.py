"""What other components may know of dues: what happened, without amounts."""

from dataclasses import dataclass
from typing import ClassVar

from app.core.events import DomainEvent
from app.core.ids import MemberId


@dataclass(frozen=True, kw_only=True)
class DueNoted(DomainEvent):
    """An amount was noted that somebody owes or has paid; `batch_id` where a file told it, no member where it named none."""

    kind: ClassVar[str] = "dues.due_noted"

    entry_id: int
    member_id: MemberId | None
    batch_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class DueCorrected(DomainEvent):
    """What was noted was put right."""

    kind: ClassVar[str] = "dues.due_corrected"

    entry_id: int


@dataclass(frozen=True, kw_only=True)
class DuePaid(DomainEvent):
    """Somebody has paid."""

    kind: ClassVar[str] = "dues.due_paid"

    entry_id: int


@dataclass(frozen=True, kw_only=True)
class PaymentTakenBack(DomainEvent):
    """A payment that was noted by mistake was taken back."""

    kind: ClassVar[str] = "dues.payment_taken_back"

    entry_id: int


@dataclass(frozen=True, kw_only=True)
class DuesImportUndone(DomainEvent):
    """What a file had brought was taken away again; `entries` is how many."""

    kind: ClassVar[str] = "dues.import_undone"

    batch_id: int
    entries: int
