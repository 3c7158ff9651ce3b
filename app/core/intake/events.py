"""What happens to files that people bring."""

from dataclasses import dataclass
from typing import ClassVar

from app.core.events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class FileImported(DomainEvent):
    """A file was applied whole. `file_hash` is its SHA-256."""

    kind: ClassVar[str] = "intake.file_imported"

    batch_id: int
    file_kind: str
    file_hash: str


@dataclass(frozen=True, kw_only=True)
class FileUndone(DomainEvent):
    """What a file had brought was taken away again; `kept` is how much stays because it was touched since."""

    kind: ClassVar[str] = "intake.file_undone"

    batch_id: int
    file_kind: str
    file_hash: str
    kept: int
