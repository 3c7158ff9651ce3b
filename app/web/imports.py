"""Bringing a file: uploaded, shown as it was understood with what is asked, and applied whole on a second press."""

from flask import flash, request
from flask_babel import format_date
from flask_babel import gettext as _

from app.core.errors import NotFound, Refusal, Refused
from app.core.groups.queries import all_members
from app.core.intake.importer import ImportAnswers
from app.core.intake.kinds import KindOfFile, kinds_of
from app.core.intake.merging import FilePreview
from app.core.intake.queries import BatchLine, ahead_in_queue, batch_called, batches
from app.core.intake.services import (
    Brought,
    apply_batch,
    bring,
    brought,
    forget_batch,
    hold_back,
    preview_of,
    put_in_queue,
    remember_answers,
    standing_instead,
)
from app.core.local_time import local_day
from app.http.page import Answer, GroupPage
from app.http.sentences import sentence
from app.plugin_runtime.runtime import runtime
from app.web.import_forms import UploadForm, answers_form, answers_said
from app.web.imports_outcome import outcome
from app.web.imports_shown import LINES_SHOWN, desk_of, readable

ROWS_APPLIED_AT_ONCE = 1_500
"""A larger file is left to the worker, so that nobody waits for a page."""


def upload(page: GroupPage) -> Answer:
    """Take a file and lead to its preview; below the form stand all files that were brought before."""
    form = UploadForm()
    if not form.validate_on_submit():
        return _upload_page(page, form), 422 if form.is_submitted() else 200
    try:
        data, file_name = _uploaded(form)
        public_id = bring(
            page.work,
            page.group,
            data=data,
            file_name=file_name,
            kinds=kinds_here(page),
            by=page.viewer.member_id,
        )
        page.work.commit()
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _upload_page(page, form), 422
    return page.go("preview", batch=public_id)


def preview(page: GroupPage, batch: str) -> Answer:
    """Show what applying the file would do, how far the worker has come, or what became of the file."""
    found = batch_called(page.work.session, page.group.id, batch)
    if found.state == "queued":
        return page.render("group/import_progress.html", **_progress(page, found))
    if not found.is_kept:
        return outcome(page, found, _title(found))
    return _preview_page(page, brought(page.work, page.group.id, batch, kinds_here(page)))


def progress(page: GroupPage, batch: str) -> Answer:
    """Show how far the worker has come, for the live part of the file's page."""
    found = batch_called(page.work.session, page.group.id, batch)
    return page.render("group/_import_progress.html", **_progress(page, found))


def answer(page: GroupPage, batch: str) -> Answer:
    """Keep what was said about the file, and look at it again."""
    remember_answers(page.work, page.group.id, batch, answers_said(request.form))
    page.work.commit()
    return page.go("preview", batch=batch)


def apply(page: GroupPage, batch: str) -> Answer:
    """Apply the file whole, leave it to the worker where it is large, or say why not and change nothing."""
    found = batch_called(page.work.session, page.group.id, batch)
    if found.state == "undone":
        raise Refused([Refusal(code="imports.undone_already")])
    if found.state not in {"shown", "failed"}:
        return page.go("preview", batch=batch)
    said = answers_said(request.form)
    if said != ImportAnswers():
        # Kept before anything is tried: whoever is refused, or comes second, finds the answers again.
        remember_answers(page.work, page.group.id, batch, said)
        page.work.commit()
    try:
        file = brought(page.work, page.group.id, batch, kinds_here(page))
    except NotFound:
        if batch_called(page.work.session, page.group.id, batch).state in {"shown", "failed"}:
            raise
        return page.go("preview", batch=batch)  # another browser has applied it since the line above
    shown = preview_of(page.work, page.group, file)
    if not shown.whole.may_apply:
        return _preview_page(page, file, refused=sentence(shown.whole.why_not))
    if len(file.sheet.rows) > ROWS_APPLIED_AT_ONCE or ahead_in_queue(
        page.work.session, page.group.id, found.id
    ):
        return _left_to_worker(page, file)
    done = apply_batch(page.work, page.group, batch, kinds_here(page), sheet=file.sheet)
    if standing := standing_instead(page.work, page.group.id, file):
        return _forgotten_again(page, batch, standing)
    page.work.commit()
    flash(done, "success")
    return page.go("preview", batch=batch)


def _left_to_worker(page: GroupPage, file: Brought) -> Answer:
    """Queue the file; who brought it before is led to that import, since a second one that is empty is not kept."""
    put_in_queue(page.work, page.group.id, file.batch.public_id)
    page.work.commit()
    if file.stands_already is None:
        return page.go("preview", batch=file.batch.public_id)
    said = _(
        "This very file was imported before. The worker looks for anything new in it; a notice tells you."
    )
    flash(said, "success")
    return page.go("preview", batch=file.stands_already.public_id)


def _forgotten_again(page: GroupPage, batch: str, standing: BatchLine) -> Answer:
    """Keep no second import of a file that brought nothing new, so that undoing finds the one that did."""
    page.work.rollback()
    forget_batch(page.work, page.group.id, batch)
    page.work.commit()
    day = local_day(standing.applied_at or standing.created_at, page.group.zone)
    said = _("Nothing in the file is new. It was taken in on %(day)s.", day=format_date(day, "long"))
    flash(said, "success")
    return page.go("preview", batch=standing.public_id)


def hold(page: GroupPage, batch: str) -> Answer:
    """Take a file back from the worker's queue, so that it can be looked at again."""
    batch_called(page.work.session, page.group.id, batch)
    hold_back(page.work, page.group.id, batch)
    page.work.commit()
    return page.go("preview", batch=batch)


def forget(page: GroupPage, batch: str) -> Answer:
    """Forget a file that was not applied."""
    forget_batch(page.work, page.group.id, batch)
    page.work.commit()
    flash(_("The file was forgotten. Nothing of it was imported."), "success")
    return page.go("upload")


def kinds_here(page: GroupPage) -> tuple[KindOfFile, ...]:
    """Return the kinds of file that the viewer may bring, with what plugins add that are on."""
    return kinds_of(runtime().registry.importers(page.switched_on), page.may)


def _uploaded(form: UploadForm) -> tuple[bytes, str]:
    """Return the file's content and name; refused as `imports.no_file` where none was chosen."""
    if not form.file.data:
        raise Refused([Refusal(code="imports.no_file", field="file")])
    return form.file.data.read(), form.file.data.filename or ""


def _upload_page(page: GroupPage, form: UploadForm) -> str:
    lines = batches(page.work.session, page.group.id)
    return page.render(
        "group/import.html",
        form=form,
        kinds=list(dict.fromkeys(part.title for kind in kinds_here(page) for part in kind.parts)),
        batches=[(line, _title(line)) for line in lines],
        address=page.urls("preview", "batch"),
    )


def _preview_page(page: GroupPage, file: Brought, *, refused: str = "") -> Answer:
    try:
        shown = preview_of(page.work, page.group, file)
    except Refused as unreadable:
        form = UploadForm(formdata=None)
        form.take(unreadable)
        return _upload_page(page, form), 422
    return _filled(page, file, shown, refused), 422 if refused else 200


def _filled(page: GroupPage, file: Brought, shown: FilePreview, refused: str) -> str:
    whole = shown.whole
    return page.render(
        "group/import_preview.html",
        file=file.batch,
        title=_title(file.batch),
        refused=refused,
        same_before=file.same_before[:5],
        preview=whole,
        left_out=shown.left_out,
        problems=readable(whole.problems),
        to_say=readable(whole.to_say),
        remarks=readable(whole.remarks),
        desk=desk_of(
            whole.unmatched, all_members(page.work.session, page.group.id) if whole.unmatched else []
        ),
        tables=[one for one in shown.parts if one.preview.lines],
        lines_shown=LINES_SHOWN,
        rows=len(file.sheet.rows),
        is_large=len(file.sheet.rows) > ROWS_APPLIED_AT_ONCE,
        form=answers_form(file.answers, whole),
    )


def _progress(page: GroupPage, batch: BatchLine) -> dict[str, object]:
    ahead = ahead_in_queue(page.work.session, page.group.id, batch.id)
    return {"batch": batch, "title": _title(batch), "ahead": ahead}


def _title(batch: BatchLine) -> str:
    """Return the words for the batch's kind; a kind whose plugin is gone keeps its code."""
    every = runtime().registry.every_importer()
    return next((_(one.title) for one in every if one.kind == batch.kind), batch.kind)
