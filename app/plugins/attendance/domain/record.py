"""The life of a meeting's record: draft, submitted, reopened, submitted again; a draft needs no row."""

from dataclasses import dataclass
from enum import StrEnum

from app.core.errors import Refusal


class RecordState(StrEnum):
    """Where the record of a meeting stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    REOPENED = "reopened"


OPEN_STATES = frozenset({RecordState.DRAFT, RecordState.REOPENED})
"""Marks are written freely; once submitted, each change is a correction with a reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The record of one meeting. `version` grows with every change of state and is 0 before the first."""

    state: RecordState = RecordState.DRAFT
    version: int = 0

    @property
    def is_open(self) -> bool:
        """Whether marks are written without a reason."""
        return self.state in OPEN_STATES

    def submitted(self) -> "Record":
        """Return the record closed; only an open one can be."""
        if refusals := refusals_for_submitting(self):
            raise ValueError(f"{self!r} cannot be submitted ({refusals[0].code}); ask the rules first.")
        return Record(state=RecordState.SUBMITTED, version=self.version + 1)

    def reopened(self) -> "Record":
        """Return the record open again; only a submitted one can be."""
        if refusals := refusals_for_reopening(self):
            raise ValueError(f"{self!r} cannot be reopened ({refusals[0].code}); ask the rules first.")
        return Record(state=RecordState.REOPENED, version=self.version + 1)


def refusals_for_submitting(record: Record) -> list[Refusal]:
    """Return why the record cannot be submitted from where it stands."""
    return [] if record.is_open else [Refusal(code="attendance.already_submitted")]


def refusals_for_reopening(record: Record) -> list[Refusal]:
    """Return why the record cannot be reopened from where it stands."""
    return [Refusal(code="attendance.still_open")] if record.is_open else []
