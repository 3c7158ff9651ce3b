"""Apologies from the chat: a leader pastes what was written, looks at what it seems to say, and confirms each by name."""

from collections.abc import Mapping, Sequence

from flask import flash, redirect, request
from flask_babel import gettext as _
from flask_babel import ngettext
from wtforms.fields.choices import SelectChoice

from app.core.errors import Refused
from app.core.ids import MemberId
from app.http.once import answered_before
from app.http.page import Answer, GroupPage
from app.http.sentences import sentence
from app.plugins.attendance.domain.answers import Intent
from app.plugins.attendance.domain.apologies import KnownMember, Proposal, proposals_from
from app.plugins.attendance.domain.chat_text import MOST_MESSAGES
from app.plugins.attendance.queries.answers import AnswerLine, answers_of
from app.plugins.attendance.queries.roster import Roster, RosterLine
from app.plugins.attendance.services.apologies import Confirmed, take_apologies
from app.plugins.attendance.web.answer_forms import LEFT_OUT, ApologyRow, ConfirmForm, PastedForm
from app.plugins.attendance.web.answers_wording import words_of_leaders
from app.plugins.attendance.web.found import roster_of


def apologies(page: GroupPage, meeting: str) -> Answer:
    """Take the pasted text and show what it seems to say; nothing is kept yet, and the text never is."""
    roster = roster_of(page, meeting)
    form = PastedForm()
    if not form.validate_on_submit():
        code = 422 if form.is_submitted() else 200
        return page.render("attendance/apologies.html", form=form, meeting=roster.meeting), code
    found = proposals_from(form.pasted.data or "", _known(roster))
    if len(found) > MOST_MESSAGES:
        form.pasted.errors = [_("This is more than can be read at once. Paste the messages of today only.")]
        return page.render("attendance/apologies.html", form=form, meeting=roster.meeting), 422
    rows = [_row(number, one, roster) for number, one in enumerate(found)]
    return _confirm_page(page, ConfirmForm(formdata=None, rows=str(len(rows))), rows, roster)


def keep_apologies(page: GroupPage, meeting: str) -> Answer:
    """Keep what the leader confirmed, all or nothing."""
    roster = roster_of(page, meeting)
    form = ConfirmForm()
    rows = _sent_rows(form, roster)
    wrong = [row for row in rows if not row.validate()]
    chosen = _chosen(rows)
    if wrong or not form.validate_on_submit() or not _all_named(form, rows, chosen):
        return _confirm_page(page, form, rows, roster), 422
    try:
        seen = answered_before(page, form, location=page.url("meeting", meeting=meeting))
        if seen:
            return redirect(seen, 303)
        kept = take_apologies(
            page.work,
            group_id=page.group.id,
            meeting_public_id=meeting,
            leader_id=page.viewer.member_id,
            confirmed=chosen,
        )
    except Refused as refused:
        page.work.rollback()
        _take(form, rows, refused)
        return _confirm_page(page, form, rows, roster), 422
    flash(ngettext("Noted for %(num)d member.", "Noted for %(num)d members.", kept), "success")
    return page.go("meeting", meeting=meeting)


def _known(roster: Roster) -> list[KnownMember]:
    return [
        KnownMember(key=line.public_id, name=line.name, first_name=line.first_name)
        for line in _members(roster)
    ]


def _members(roster: Roster) -> list[RosterLine]:
    return [line for line in roster.lines if line.was_member]


def _row(number: int, proposal: Proposal, roster: Roster) -> ApologyRow:
    """Return the row of one message, filled in as far as it is clear; what is open asks to be chosen."""
    row = ApologyRow(
        formdata=None,
        prefix=_prefix(number),
        data={
            "quote": proposal.quote,
            "member": proposal.member,
            "intent": proposal.intent.value if proposal.intent else LEFT_OUT,
            "substitute_name": proposal.substitute_name,
        },
    )
    _offer(row, roster, first=proposal.fitting)
    return row


def _sent_rows(form: ConfirmForm, roster: Roster) -> list[ApologyRow]:
    text = form.rows.data or ""
    count = min(int(text), MOST_MESSAGES) if text.isascii() and text.isdigit() else 0
    rows = [ApologyRow(request.form, prefix=_prefix(number)) for number in range(count)]
    for row in rows:
        _offer(row, roster, first=())
    return rows


def _offer(row: ApologyRow, roster: Roster, *, first: Sequence[str]) -> None:
    """Offer every member of the day, those who fit the message before the others."""
    members = sorted(_members(roster), key=lambda line: line.public_id not in first)
    row.member.choices = [
        SelectChoice(value="", label=_("choose a member")),
        *(SelectChoice(value=line.public_id, label=line.name) for line in members),
    ]


def _prefix(number: int) -> str:
    return f"row{number}-"


def _chosen(rows: Sequence[ApologyRow]) -> list[Confirmed]:
    return [
        Confirmed(
            place=_prefix(number),
            member_public_id=row.member.data or "",
            intent=Intent(row.intent.data),
            substitute_name=row.substitute_name.data or "",
        )
        for number, row in enumerate(rows)
        if row.intent.data in set(Intent)
    ]


def _all_named(form: ConfirmForm, rows: Sequence[ApologyRow], chosen: Sequence[Confirmed]) -> bool:
    """Return whether each row that is kept names its member, and there is one; else say so on the form."""
    for one in chosen:
        if not one.member_public_id:
            row = next(row for number, row in enumerate(rows) if _prefix(number) == one.place)
            row.member.errors = [_("Choose who wrote this, or leave it out.")]
    if not chosen:
        form.problems.append(_("Nothing is chosen yet. Choose an answer for at least one message."))
    return bool(chosen) and all(one.member_public_id for one in chosen)


def _take(form: ConfirmForm, rows: Sequence[ApologyRow], refused: Refused) -> None:
    """Show every reason: beside the row it concerns, else above."""
    by_place = {row.substitute_name.name: row.substitute_name for row in rows}
    for refusal in refused.refusals:
        field = by_place.get(refusal.field)
        if field is None:
            form.problems.append(sentence(refusal))
        else:
            field.errors = [*field.errors, sentence(refusal)]


def _confirm_page(page: GroupPage, form: ConfirmForm, rows: Sequence[ApologyRow], roster: Roster) -> str:
    return page.render(
        "attendance/apologies_confirm.html",
        form=form,
        rows=rows,
        meeting=roster.meeting,
        standing=_standing(roster, answers_of(page.work.session, page.group.id, roster.meeting.id)),
        keep_url=page.url("attendance.keep_apologies", meeting=roster.meeting.public_id),
        again_url=page.url("attendance.apologies", meeting=roster.meeting.public_id),
    )


def _standing(roster: Roster, answers: Mapping[MemberId, AnswerLine]) -> Mapping[str, str]:
    """Return what is known already of each member, by public id, so that nothing is overwritten unseen."""
    words = words_of_leaders()
    return {
        line.public_id: words[said.intent]
        for line in roster.lines
        if (said := answers.get(line.member_id)) and said.is_current
    }
