"""What the group's mails say: which there are, the group's own words with a look at how they read, and the usual ones."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import flash, redirect, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField

from app.core.errors import NotFound, Refused
from app.core.notices.own_words import OwnWords, back_to_usual, keep_own_words, own_words, worded_mails
from app.core.notices.wording import MailKind, filled, refusals_for_words, with_places
from app.http.forms import Needed, VersionedForm, plain, tidied
from app.http.once import answered_before
from app.http.page import Answer, GroupPage
from app.plugin_runtime.runtime import runtime


class MailWordsForm(VersionedForm):
    """The group's own words for one mail."""

    subject = StringField(_l("Subject"), validators=[Needed()], filters=[tidied])
    body = TextAreaField(_l("Text"), validators=[Needed()], filters=[plain])


@dataclass(frozen=True, slots=True, kw_only=True)
class MailLine:
    """One mail in the list: where its words are, and whether they are the group's own."""

    title: str
    url: str
    is_own: bool


def mails(page: GroupPage) -> Answer:
    """List the mails that the group may word its own way, by what they belong to."""
    registry = runtime().registry
    worded = worded_mails(page.work.session, page.group.id)
    parts: dict[str, list[MailLine]] = {}
    for name, kind in registry.mails(page.switched_on):
        title = _(registry.by_name[name].manifest.title) if name else _("Meetings and offices")
        line = MailLine(
            title=_(kind.title),
            url=page.url("mail_words", wording=kind.wording),
            is_own=kind.wording in worded,
        )
        parts.setdefault(title, []).append(line)
    return page.render("group/mails.html", parts=parts)


def mail_words(page: GroupPage, wording: str) -> Answer:
    """Show one mail as its reader gets it; look at other words for it, and keep them."""
    kind = _kind(page, wording)
    stands = own_words(page.work.session, page.group.id, wording)
    usual = _usual(kind)
    form = MailWordsForm(
        data={
            "subject": stands.subject or usual.subject,
            "body": stands.body or usual.body,
            "version": str(stands.version),
        }
    )
    if not form.validate_on_submit():
        return _shown(page, kind, form, stands), 422 if form.is_submitted() else 200
    if request.form.get("do") == "look":
        refusals = refusals_for_words(kind, form.subject.data or "", form.body.data or "")
        if refusals:
            form.take(Refused(refusals))
        return _shown(page, kind, form, stands), 422 if refusals else 200
    location = page.url("mail_words", wording=wording)
    try:
        seen = answered_before(page, form, location=location)
        if seen:
            return redirect(seen, 303)
        keep_own_words(
            page.work,
            page.group.id,
            kind,
            subject=form.subject.data or "",
            body=form.body.data or "",
            seen_version=form.seen_version,
        )
    except Refused as refused:
        return _refused(page, kind, form, refused), 422
    flash(_("Kept. This mail says it in your words from now on."), "success")
    return redirect(location, 303)


def usual_words(page: GroupPage, wording: str) -> Answer:
    """Let the usual words be said again."""
    kind = _kind(page, wording)
    form = VersionedForm()
    location = page.url("mail_words", wording=wording)
    try:
        if form.validate_on_submit():
            back_to_usual(page.work, page.group.id, kind, seen_version=form.seen_version)
            flash(_("The usual words are back."), "success")
    except Refused as refused:
        page.work.rollback()
        stands = own_words(page.work.session, page.group.id, wording)
        shown = MailWordsForm(
            formdata=None,
            data={"subject": stands.subject, "body": stands.body, "version": str(stands.version)},
        )
        shown.take(refused)
        return _shown(page, kind, shown, stands, overtaken=stands), 422
    return redirect(location, 303)


def _kind(page: GroupPage, wording: str) -> MailKind:
    for _name, kind in runtime().registry.mails(page.switched_on):
        if kind.wording == wording:
            return kind
    raise NotFound


def _usual(kind: MailKind) -> OwnWords:
    return OwnWords(subject=with_places(_(kind.subject)), body=with_places(_(kind.body)))


def _refused(page: GroupPage, kind: MailKind, form: MailWordsForm, refused: Refused) -> str:
    """Show the form again with every reason; overtaken by somebody, beside the words that stand now."""
    page.work.rollback()
    form.take(refused)
    stands = own_words(page.work.session, page.group.id, kind.wording)
    form.version.data = str(stands.version)
    overtaken = stands if refused.has("notices.words_changed_meanwhile") else None
    return _shown(page, kind, form, stands, overtaken=overtaken)


def _shown(
    page: GroupPage,
    kind: MailKind,
    form: MailWordsForm,
    stands: OwnWords,
    overtaken: OwnWords | None = None,
) -> str:
    facts, usual = _samples(page, kind), _usual(kind)
    return page.render(
        "group/mail_words.html",
        form=form,
        kind=kind,
        stands=stands,
        usual=usual,
        overtaken=(overtaken if overtaken.are_own else usual) if overtaken else None,
        places=[(name, _(told), name in kind.needed) for name, told in kind.explained.items()],
        subject=" ".join(filled(form.subject.data or "", facts).split()),
        body=filled(form.body.data or "", facts),
    )


def _samples(page: GroupPage, kind: MailKind) -> Mapping[str, str]:
    """Return what stands in the places while one looks: made up, but for the group and the reader."""
    facts = {name: _(sample) for name, sample in kind.samples.items()}
    facts |= {"group": page.group.name, "reader": page.viewer.first_name}
    return {**facts, "headline": filled(with_places(_(kind.subject)), facts)}
