"""What holders of an office write down for whoever holds it next: nobody else ever sees that there is anything."""

from flask import flash, redirect
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField

from app.core.errors import NotFound, Refused
from app.core.groups.domain.office import Office
from app.core.offices.queries import OfficeWord, holds_office, office_word
from app.core.offices.services.words import InOffice, change_word, take_word_away, write_word
from app.http.forms import Needed, VersionedForm, plain
from app.http.once import answered_before
from app.http.page import Answer, GroupPage
from app.web.handover import office_called


class OfficeWordForm(VersionedForm):
    """Something that whoever holds the office shall know."""

    words = TextAreaField(_l("What the next holder should know"), validators=[Needed()], filters=[plain])


def add_word(page: GroupPage, office: str) -> Answer:
    """Write something down that goes with the office."""
    on = _in_office(page, office)
    form = OfficeWordForm()
    if not form.validate_on_submit():
        return _shown(page, form, on.office), 422 if form.is_submitted() else 200
    location = page.url("handover", office=office)
    try:
        seen = answered_before(page, form, location=location)
        if seen:
            return redirect(seen, 303)
        write_word(page.work, on, form.words.data or "")
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _shown(page, form, on.office), 422
    flash(_("Kept. Only holders of the office read it."), "success")
    return redirect(location, 303)


def edit_word(page: GroupPage, office: str, word: str) -> Answer:
    """Say it in other words."""
    on = _in_office(page, office)
    stands = _found(page, on.office, word)
    form = OfficeWordForm(data={"words": stands.words, "version": str(stands.version)})
    if not form.validate_on_submit():
        return _shown(page, form, on.office, stands), 422 if form.is_submitted() else 200
    try:
        change_word(page.work, on, word, form.words.data or "", seen_version=form.seen_version)
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        now = _found(page, on.office, word)
        form.version.data = str(now.version)
        overtaken = now if refused.has("offices.changed_meanwhile") else None
        return _shown(page, form, on.office, now, overtaken), 422
    flash(_("Saved."), "success")
    return page.go("handover", office=office)


def remove_word(page: GroupPage, office: str, word: str) -> Answer:
    """Take it away for good."""
    take_word_away(page.work, _in_office(page, office), word)
    flash(_("It is gone."), "success")
    return page.go("handover", office=office)


def _in_office(page: GroupPage, office: str) -> InOffice:
    """Return the office as a holder of today; for everybody else there is no such page."""
    called = office_called(office)
    if not holds_office(page.work.session, page.group.id, page.viewer.member_id, called, page.today):
        raise NotFound
    return InOffice(group=page.group, office=called, member_id=page.viewer.member_id)


def _found(page: GroupPage, office: Office, word: str) -> OfficeWord:
    found = office_word(page.work.session, page.group.id, office, word)
    if found is None:
        raise NotFound
    return found


def _shown(
    page: GroupPage,
    form: OfficeWordForm,
    office: Office,
    stands: OfficeWord | None = None,
    overtaken: OfficeWord | None = None,
) -> str:
    return page.render("group/office_word.html", form=form, office=office, stands=stands, overtaken=overtaken)
