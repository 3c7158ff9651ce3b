"""Taking a file in: kept while it is looked at, understood afresh, applied whole or not at all, and undone whole."""

from app.core.intake.services.applying import (
    apply_batch,
    hold_back,
    note_failure,
    put_in_queue,
    standing_instead,
    tell_progress,
)
from app.core.intake.services.bringing import (
    KEPT_UNAPPLIED,
    Brought,
    bring,
    brought,
    forget_batch,
    forget_unapplied,
    preview_of,
    remember_answers,
)
from app.core.intake.services.naming import forget_name, remember_names
from app.core.intake.services.undoing import undo_batch, undo_preview_of

__all__ = [
    "KEPT_UNAPPLIED",
    "Brought",
    "apply_batch",
    "bring",
    "brought",
    "forget_batch",
    "forget_name",
    "forget_unapplied",
    "hold_back",
    "note_failure",
    "preview_of",
    "put_in_queue",
    "remember_answers",
    "remember_names",
    "standing_instead",
    "tell_progress",
    "undo_batch",
    "undo_preview_of",
]
