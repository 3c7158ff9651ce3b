"""New members: who is there for them, what has been done, and the words they are greeted with."""

from flask import flash
from flask_babel import gettext as _

from app.core.errors import NotFound, Refused
from app.core.groups.queries import members_on
from app.http.page import Answer, GroupPage
from app.plugins.welcome import permissions as may
from app.plugins.welcome.domain.words import PLACES, USUAL_BODY, USUAL_SUBJECT
from app.plugins.welcome.queries.newcomers import NewcomerLine, group_facts, newcomer, words_of
from app.plugins.welcome.services.newcomers import change_contact, first_message, keep_own_words, note_call
from app.plugins.welcome.web.asked import recent_newcomers
from app.plugins.welcome.web.forms import ContactForm, WordsForm
from app.plugins.welcome.web.tabs import tabs_of


def newcomers(page: GroupPage) -> Answer:
    """List the members in their settling-in time with their contacts."""
    return page.render(
        "welcome/newcomers.html",
        newcomers=recent_newcomers(page),
        tabs=tabs_of(page, "welcome.newcomers"),
        edits_words=page.may(may.WORDS_EDIT),
    )


def one_newcomer(page: GroupPage, member: str) -> Answer:
    """Show one new member to their contact and to the offices; name another contact."""
    found = _found(page, member)
    form = ContactForm(data={"contact": found.contact_public_id, "version": str(found.version)})
    if not form.validate_on_submit():
        return _one_page(page, form, found), 422 if form.is_submitted() else 200
    if not page.may(may.NEWCOMERS_VIEW):
        raise NotFound
    try:
        change_contact(
            page.work,
            page.group,
            member,
            contact=form.contact.data or "",
            seen_version=form.seen_version,
        )
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        stands = _found(page, member)
        form.version.data = str(stands.version)
        return _one_page(page, form, stands), 422
    flash(_("Saved, and the new contact has been told."), "success")
    return page.go("welcome.one_newcomer", member=member)


def called(page: GroupPage, member: str) -> Answer:
    """Note that the contact and the newcomer spoke."""
    found = _found(page, member)
    note_call(page.work, page.group, member)
    flash(_("Thank you. It is noted that you spoke with %(name)s.", name=found.first_name), "success")
    return page.go("home")


def words(page: GroupPage) -> Answer:
    """Show the first message as a newcomer gets it, and keep the group's own words."""
    own = words_of(page.work.session, page.group.id)
    usual = {"subject": _(USUAL_SUBJECT), "body": _(USUAL_BODY)}
    form = WordsForm(
        data={
            "subject": own.subject or usual["subject"],
            "body": own.body or usual["body"],
            "version": str(own.version),
        }
    )
    if not form.validate_on_submit():
        return _words_page(page, form), 422 if form.is_submitted() else 200
    try:
        keep_own_words(
            page.work,
            page.group,
            subject=form.subject.data,
            body=form.body.data,
            seen_version=form.seen_version,
        )
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        stands = words_of(page.work.session, page.group.id)
        form.version.data = str(stands.version)
        shown = stands if refused.has("welcome.changed_meanwhile") else None
        return _words_page(page, form, stands=shown), 422
    flash(_("Saved. Whoever joins from now on reads these words first."), "success")
    return page.go("welcome.words")


def _found(page: GroupPage, member: str) -> NewcomerLine:
    """Return the newcomer, for the offices and for their contact; for everybody else there is none."""
    found = newcomer(page.work.session, page.group.id, member, page.today)
    if found is None or not (page.may(may.NEWCOMERS_VIEW) or found.contact_id == page.viewer.member_id):
        raise NotFound
    return found


def _one_page(page: GroupPage, form: ContactForm, found: NewcomerLine) -> str:
    people = members_on(page.work.session, page.group.id, page.today)
    form.contact.choices = [
        ("", _("Choose a member")),
        *((one.public_id, one.name) for one in people if one.id != found.member_id),
    ]
    return page.render(
        "welcome/newcomer.html",
        form=form,
        newcomer=found,
        reach=next((one for one in people if one.id == found.member_id), None),
        is_own=found.contact_id == page.viewer.member_id,
        may_change=page.may(may.NEWCOMERS_VIEW),
    )


def _words_page(page: GroupPage, form: WordsForm, stands: object = None) -> str:
    people = members_on(page.work.session, page.group.id, page.today)
    own = next((one for one in people if one.id == page.viewer.member_id), None)
    subject, body = first_message(
        page.work, page.group.id, group_facts(page.work.session, page.group.id), "Ana", own
    )
    return page.render(
        "welcome/words.html",
        form=form,
        places={name: _(words) for name, words in PLACES.items()},
        subject=subject,
        body=body,
        stands=stands,
    )
