"""One arranged one-to-one, for its two: how it stands, and what either may do next."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import flash, redirect
from flask_babel import gettext as _

from app.core.errors import NotFound, Refused
from app.core.local_time import local_day
from app.http.forms import VersionedForm
from app.http.once import answered_before
from app.http.page import Answer, GroupPage
from app.http.sentences import sentence
from app.plugins.activities.domain.arranging import STATE_WORDS, TalkState
from app.plugins.activities.queries.arrangements import Arrangement, arrangement_for
from app.plugins.activities.queries.own_notes import note_of_arrangement
from app.plugins.activities.services.arranging import accept, call_off, decline
from app.plugins.activities.services.noting import KeepNote, note_arrangement
from app.plugins.activities.services.talked import NewRecord, talked
from app.plugins.activities.web.arranging_forms import (
    ChosenForm,
    OwnNoteForm,
    QuickPromiseForm,
    TalkedForm,
    WordsForm,
    blank_note,
)
from app.plugins.activities.web.ask import on_arrangement


@dataclass(kw_only=True)
class _Typed:
    """What was typed into a form of the page and refused, shown again; None where that form was not sent."""

    words: WordsForm | None = None
    talked: TalkedForm | None = None
    note: OwnNoteForm | None = None
    problems: list[str] = field(default_factory=list)


def arranged(page: GroupPage, arrangement: str) -> Answer:
    """Show the arrangement to its two; to everybody else there is none."""
    return _shown(page, _found(page, arrangement), _Typed())


def take_time(page: GroupPage, arrangement: str) -> Answer:
    """Agree on one of the proposed times."""
    form = ChosenForm()

    def do() -> None:
        accept(page.work, on_arrangement(page, arrangement, form.seen_version), form.chosen)

    said = _("Agreed. Both of you get the entry for your calendars by mail.")
    return _acted(page, arrangement, form, do, said=said)


def decline_talk(page: GroupPage, arrangement: str) -> Answer:
    """Say that it does not suit: an ask ends; an agreed talk stays as it was."""
    form = WordsForm(prefix="decline")

    def do() -> None:
        decline(page.work, on_arrangement(page, arrangement, form.seen_version), form.words.data)

    return _acted(page, arrangement, form, do, said=_("Thank you for your answer. It has been passed on."))


def call_off_talk(page: GroupPage, arrangement: str) -> Answer:
    """Call it off; the other is told, and it leaves both calendars."""
    form = WordsForm(prefix="off")

    def do() -> None:
        call_off(page.work, on_arrangement(page, arrangement, form.seen_version), form.words.data)

    return _acted(page, arrangement, form, do, said=_("Called off. The other of you is told."))


def we_talked(page: GroupPage, arrangement: str) -> Answer:
    """Record it for both, once."""
    form, public_id = TalkedForm(prefix="talked"), page.work.ids.public_id()
    record = NewRecord(public_id=public_id, path=page.url("activities.talk", talk=public_id))

    def do() -> None:
        talked(page.work, on_arrangement(page, arrangement, form.seen_version), form.facts(), record)

    return _acted(page, arrangement, form, do, said=_("Recorded once, for both of you."))


def prepare(page: GroupPage, arrangement: str) -> Answer:
    """Keep what the viewer notes for themself; empty words delete it."""
    form = OwnNoteForm(prefix="note")

    def do() -> None:
        note_arrangement(page.work, note_command(page, arrangement, form))

    return _acted(page, arrangement, form, do, said=_("Kept, for you alone."))


def note_command(page: GroupPage, about: str, form: OwnNoteForm) -> KeepNote:
    """Return whose note of what this is; `about` is a public id."""
    return KeepNote(
        group_id=page.group.id,
        zone=page.group.zone,
        today=page.today,
        member=page.viewer.member_id,
        about=about,
        text=form.own.data,
        seen_version=form.seen_version,
    )


def _acted(
    page: GroupPage, arrangement: str, form: VersionedForm, do: Callable[[], None], *, said: str
) -> Answer:
    """Do it once and lead back to the page; where it is refused, show how things stand and what was typed."""
    _found(page, arrangement)
    if not form.validate():
        return _shown(page, _found(page, arrangement), _again(form)), 422
    here = page.url("activities.arranged", arrangement=arrangement)
    try:
        seen = answered_before(page, form, location=here)
        if seen:
            return redirect(seen, 303)
        do()
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        typed = _again(form)
        typed.problems = [*typed.problems, *(sentence(one) for one in refused.refusals if not one.field)]
        return _shown(page, _found(page, arrangement), typed), 422
    flash(said, "success")
    return redirect(here, 303)


def _again(form: VersionedForm) -> _Typed:
    if isinstance(form, WordsForm):
        return _Typed(words=form)
    if isinstance(form, TalkedForm):
        return _Typed(talked=form)
    return _Typed(note=form) if isinstance(form, OwnNoteForm) else _Typed()


def _found(page: GroupPage, arrangement: str) -> Arrangement:
    found = arrangement_for(page.work.session, page.group.id, arrangement, page.viewer.member_id)
    if found is None:
        raise NotFound
    return found


def _shown(page: GroupPage, found: Arrangement, typed: _Typed) -> str:
    viewer, standing = page.viewer.member_id, found.standing
    other = found.other_than(viewer)
    note = note_of_arrangement(page.work.session, page.group.id, found.id, viewer)
    waits_for_viewer = standing.waits_for == viewer
    return page.render(
        "activities/arranged.html",
        arrangement=found,
        other=other,
        state=_(STATE_WORDS[standing.state]),
        is_open=standing.is_open,
        is_agreed=standing.state is TalkState.AGREED,
        has_begun=standing.has_begun(page.work.now),
        may_record=standing.may_be_recorded(page.work.now, page.group.zone),
        waits_for_viewer=waits_for_viewer,
        waits_for_other=standing.waits_for == other.id,
        times=[(one, one.starts_at_utc > page.work.now) for one in found.times],
        day_of=lambda instant: local_day(instant, page.group.zone),
        words=found.words if found.words_by_id is not None else "",
        words_are_own=found.words_by_id == viewer,
        problems=typed.problems,
        **_forms(page, found, typed, note_form=_note_form(typed, note)),
    )


def _note_form(typed: _Typed, note: Any) -> OwnNoteForm:
    if typed.note is None:
        return blank_note(note)
    typed.note.version.data = str(note.version)
    return typed.note


def _forms(page: GroupPage, found: Arrangement, typed: _Typed, *, note_form: OwnNoteForm) -> dict[str, Any]:
    decline_form, off = WordsForm(None, prefix="decline"), WordsForm(None, prefix="off")
    refused = typed.words
    if refused is not None and refused.words.name.startswith("decline"):
        decline_form = refused
    elif refused is not None:
        off = refused
    record = typed.talked or TalkedForm(None, prefix="talked")
    if typed.talked is None and found.standing.starts_at is not None:
        record.held_on.data = local_day(found.standing.starts_at, page.group.zone).isoformat()
        record.place.data = found.place
    for form in (decline_form, off, record):
        form.version.data = str(found.version)
    promise = QuickPromiseForm(None, prefix="promise")
    promise.about.data = found.other_than(page.viewer.member_id).public_id
    return {
        "decline": decline_form,
        "off": off,
        "record": record,
        "note": note_form,
        "promise": promise,
    }
