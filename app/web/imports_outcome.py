"""What became of a file, and what did its further columns hold? The notes page by page, for those who may bring its kind."""

from flask import request

from app.core.intake.kept_cells import KeptTable, kept_with
from app.core.intake.kinds import kinds_of
from app.core.intake.queries import BatchLine
from app.http.page import Answer, GroupPage
from app.plugin_runtime.runtime import runtime

ROWS_SHOWN = 50
"""How many rows of notes stand on one page."""

_NOTHING = KeptTable(headings=(), lines=(), rows=0, following=0)
_LONGEST_NUMBER = 9


def outcome(page: GroupPage, batch: BatchLine, title: str) -> Answer:
    """Show when the file was imported or undone, and what is kept of it as notes."""
    kept = _NOTHING
    if _may_bring(page, batch):
        kept = kept_with(
            page.work.session, page.group.id, batch.id, after_row=_row_asked(), at_most=ROWS_SHOWN
        )
    return page.render(
        "group/import_outcome.html",
        batch=batch,
        title=title,
        kept=kept,
        address=page.urls("member", "member"),
    )


def _may_bring(page: GroupPage, batch: BatchLine) -> bool:
    """Return whether the viewer may bring every part of such a file, also while its plugin is switched off."""
    kinds = kinds_of(runtime().registry.every_importer(), page.may)
    return any(kind.code == batch.kind and not kind.left_out for kind in kinds)


def _row_asked() -> int:
    """Return below which row of the file the notes begin; anything else than a number is the beginning."""
    said = request.args.get("after", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) <= _LONGEST_NUMBER else 0
