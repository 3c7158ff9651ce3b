"""Bringing a file: uploaded, shown as it was understood, and applied whole on a second press."""

from collections.abc import Mapping
from datetime import date

from flask import flash, redirect, request

from app.core.errors import Refusal, Refused
from app.core.intake.importer import ImportAnswers, Importer
from app.core.intake.services import apply_batch, bring, brought, preview_of
from app.core.sheets import DayOrder
from app.http.page import Answer, GroupPage
from app.plugin_runtime.runtime import runtime
from app.web.import_forms import AnswersForm, UploadForm


def upload(page: GroupPage) -> Answer:
    """Take a file and lead to its preview; the group does not change."""
    form = UploadForm()
    kinds = [importer.title for importer in _importers(page)]
    if not form.validate_on_submit():
        return page.render("group/import.html", form=form, kinds=kinds), 422 if form.is_submitted() else 200
    try:
        data, file_name = _uploaded(form)
        public_id = bring(
            page.work,
            page.group,
            data=data,
            file_name=file_name,
            importers=_importers(page),
            by=page.viewer.member_id,
        )
        page.work.commit()
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return page.render("group/import.html", form=form, kinds=kinds), 422
    return page.go("preview", batch=public_id)


def preview(page: GroupPage, batch: str) -> Answer:
    """Show what applying the file would do, with every problem by row and column."""
    file = brought(page.work, page.group.id, batch, _importers(page))
    answers = _answers(request.args)
    try:
        shown = preview_of(page.work, page.group, file, answers)
    except Refused as refused:
        form = UploadForm()
        form.take(refused)
        kinds = [importer.title for importer in _importers(page)]
        return page.render("group/import.html", form=form, kinds=kinds), 422
    form = AnswersForm(
        formdata=None,
        period_first=answers.period_first or shown.guessed.period_first,
        period_last=answers.period_last or shown.guessed.period_last,
        day_order=answers.day_order.value if answers.day_order else None,
    )
    return page.render("group/import_preview.html", file=file, preview=shown, form=form)


def apply(page: GroupPage, batch: str) -> Answer:
    """Apply the file whole, or say why not and change nothing."""
    outcome = apply_batch(page.work, page.group, batch, _importers(page), _answers(request.form))
    page.work.commit()
    flash(outcome, "success")
    return redirect(page.url("home"), 303)


def _uploaded(form: UploadForm) -> tuple[bytes, str]:
    """Return the file's content and name; refused as `imports.no_file` where none was chosen."""
    if not form.file.data:
        raise Refused([Refusal(code="imports.no_file", field="file")])
    return form.file.data.read(), form.file.data.filename or ""


def _importers(page: GroupPage) -> list[Importer]:
    importers = runtime().registry.importers(page.switched_on)
    return [importer for importer in importers if page.may(importer.permission)]


def _answers(given: Mapping[str, str]) -> ImportAnswers:
    order = given.get("day_order", "")
    return ImportAnswers(
        period_first=_day(given.get("period_first", "")),
        period_last=_day(given.get("period_last", "")),
        day_order=DayOrder(order) if order in set(DayOrder) else None,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refused([Refusal(code="time.bad_day", facts={"text": text[:40]})]) from None
