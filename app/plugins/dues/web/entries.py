"""Dues of the group, for the three who run it: the list, a new line, a payment in one tap, and back in one."""

from typing import Any

from flask import flash, redirect, request
from flask_babel import gettext as _

from app.core.errors import NotFound, Refused
from app.core.groups.queries import members_on
from app.core.money import written as amount_written
from app.http.forms import VersionedForm
from app.http.once import answered_before
from app.http.page import Answer, GroupPage
from app.http.rendering import money
from app.plugins.dues.domain.entry import KIND_WORDS, STANDING_WORDS, DueKind, Standing
from app.plugins.dues.queries.entries import (
    MOST,
    Counts,
    EntryLine,
    counts_of,
    entries_standing,
    entry_by_public_id,
)
from app.plugins.dues.services.entries import OnEntry, correct_due, note_due, note_paid, take_payment_back
from app.plugins.dues.web.forms import CorrectionForm, NewDueForm

ALL = "all"
_SHOWN = (Standing.OVERDUE, Standing.OPEN, Standing.PAID)


def entries(page: GroupPage) -> Answer:
    """Show the dues that stand as asked for, with the line in which the next is noted; take it."""
    form = NewDueForm()
    if not form.validate_on_submit():
        if not form.is_submitted():
            form.kind.data = DueKind.MEMBERSHIP.value
        return _list_page(page, form), 422 if form.is_submitted() else 200
    public_id = page.work.ids.public_id()
    try:
        seen = answered_before(page, form, location=page.url("dues.entries", show=ALL))
        if seen:
            return redirect(seen, 303)
        note_due(
            page.work,
            page.group,
            page.today,
            member=form.member.data or "",
            written=form.written(),
            public_id=public_id,
        )
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _list_page(page, form), 422
    flash(_("Noted."), "success")
    return page.go("dues.entries", show=ALL)


def entry(page: GroupPage, entry: str) -> Answer:
    """Show one line, and take a correction."""
    found = _found(page, entry)
    form = CorrectionForm(data=_as_form(page, found))
    if not form.validate_on_submit():
        return _one_page(page, form, found), 422 if form.is_submitted() else 200
    try:
        correct_due(page.work, _on(page, entry, form), form.written())
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        stands = _found(page, entry)
        form.version.data = str(stands.version)
        return _one_page(page, form, stands, is_conflict=refused.has("dues.changed_meanwhile")), 422
    flash(_("Saved."), "success")
    return page.go("dues.entries", show=ALL)


def paid(page: GroupPage, entry: str) -> Answer:
    """Note that it was paid today, in one tap."""
    _found(page, entry)
    form = VersionedForm()
    gone = note_paid(page.work, _on(page, entry, form))
    flash(
        _(
            "%(name)s paid %(amount)s today.",
            name=gone.name,
            amount=money(gone.amount_minor, gone.currency),
        ),
        "success",
    )
    return page.go("dues.entries", show=_asked(), paid=entry)


def unpaid(page: GroupPage, entry: str) -> Answer:
    """Take the payment back, in one tap."""
    _found(page, entry)
    back = take_payment_back(page.work, _on(page, entry, VersionedForm()))
    flash(_("Taken back: %(name)s has still to pay.", name=back.name), "success")
    return page.go("dues.entries", show=_asked())


def _found(page: GroupPage, public_id: str) -> EntryLine:
    found = entry_by_public_id(page.work.session, page.group.id, public_id)
    if found is None:
        raise NotFound
    return found


def _on(page: GroupPage, entry: str, form: VersionedForm) -> OnEntry:
    return OnEntry(group=page.group, today=page.today, entry=entry, seen_version=form.seen_version)


def _asked() -> str:
    """Return which dues are asked for: those to be paid where nothing sensible is."""
    asked = request.values.get("show", "")
    return asked if asked == ALL or asked in set(_SHOWN) else ""


def _lines(page: GroupPage, asked: str) -> list[EntryLine]:
    if asked:
        standing = None if asked == ALL else Standing(asked)
        return entries_standing(page.work.session, page.group.id, standing, page.today)
    owed = [
        entries_standing(page.work.session, page.group.id, standing, page.today)
        for standing in (Standing.OVERDUE, Standing.OPEN)
    ]
    return [*owed[0], *owed[1]]


def _list_page(page: GroupPage, form: NewDueForm) -> str:
    members = members_on(page.work.session, page.group.id, page.today)
    form.member.choices = [("", _("Choose a member")), *((one.public_id, one.name) for one in members)]
    asked = _asked()
    lines = _lines(page, asked)
    just_paid = request.args.get("paid", "")
    undo = entry_by_public_id(page.work.session, page.group.id, just_paid) if just_paid else None
    return page.render(
        "dues/entries.html",
        form=form,
        lines=[(line, line.standing(page.today)) for line in lines],
        asked=asked,
        undo=undo if undo and undo.standing(page.today) is Standing.PAID else None,
        tabs=_tabs(page, asked, counts_of(page.work.session, page.group.id, page.today)),
        most=MOST,
        **words(),
    )


def _tabs(page: GroupPage, asked: str, counts: Counts) -> list[dict[str, Any]]:
    kept = [
        ("", _("To be paid"), counts.open + counts.overdue),
        (Standing.OVERDUE.value, _("Overdue"), counts.overdue),
        (Standing.OPEN.value, _("Open"), counts.open),
        (Standing.PAID.value, _("Paid"), counts.paid),
        (ALL, _("All"), None),
    ]
    return [
        {
            "title": title,
            "url": page.url("dues.entries", show=code) if code else page.url("dues.entries"),
            "is_current": code == asked,
            "count": count,
        }
        for code, title, count in kept
    ]


def words() -> dict[str, dict[str, str]]:
    """Return the words for what dues are for and how they stand, by their codes, as templates take them."""
    return {
        "kinds": {kind.value: _(text) for kind, text in KIND_WORDS.items()},
        "standings": {standing.value: _(text) for standing, text in STANDING_WORDS.items()},
    }


def _one_page(page: GroupPage, form: CorrectionForm, found: EntryLine, *, is_conflict: bool = False) -> str:
    return page.render(
        "dues/entry.html",
        form=form,
        entry=found,
        standing=found.standing(page.today),
        is_conflict=is_conflict,
        **words(),
    )


def _as_form(page: GroupPage, found: EntryLine) -> dict[str, str]:
    return {
        "version": str(found.version),
        "kind": found.kind.value,
        "amount": amount_written(found.amount_minor, found.currency, page.group.locale),
        "due_on": found.due_on.isoformat(),
        "state": found.state.value,
        "paid_on": found.paid_on.isoformat() if found.paid_on else "",
        "note": found.note,
    }
