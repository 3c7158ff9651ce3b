"""Undoing an import: first what would go and what was touched since, then all of it at once."""

from flask import flash, request

from app.core.intake.kept_cells import kept_with
from app.core.intake.kinds import KindOfFile, kinds_of
from app.core.intake.queries import batch_called
from app.core.intake.services import undo_batch, undo_preview_of
from app.http.page import Answer, GroupPage
from app.plugin_runtime.runtime import runtime


def undo(page: GroupPage, batch: str) -> Answer:
    """Show what undoing takes away and what stays, or do it; what was touched goes only where it is ticked."""
    if request.method == "GET":
        found = batch_called(page.work.session, page.group.id, batch)
        shown = undo_preview_of(page.work, page.group, batch, _every_kind(page))
        kept = kept_with(page.work.session, page.group.id, found.id, at_most=0)
        return page.render("group/import_undo.html", batch=found, preview=shown, noted_rows=kept.rows)
    ticked = frozenset(request.form.getlist("touched"))
    if request.form.get("all_touched"):
        shown = undo_preview_of(page.work, page.group, batch, _every_kind(page))
        ticked = frozenset(line.key for line in shown.touched)
    outcome = undo_batch(
        page.work,
        page.group,
        batch,
        _every_kind(page),
        also_touched=ticked,
        by=page.viewer.member_id,
    )
    page.work.commit()
    flash(outcome, "success")
    return page.go("preview", batch=batch)


def _every_kind(page: GroupPage) -> tuple[KindOfFile, ...]:
    return kinds_of(runtime().registry.every_importer(), page.may)
