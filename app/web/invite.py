"""Inviting: paste or upload a list, see line by line what would happen, send; and where each invitation stands."""

from dataclasses import dataclass, replace

from flask import flash, redirect, request
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.access.domain.invitation import InvitationState, is_due_again
from app.core.access.domain.inviting import NEVER_SENT, PlannedLine
from app.core.access.invitation_queries import InvitationLine, invitation_lines
from app.core.access.services.invitations import invite
from app.core.access.services.putting_right import put_address_right
from app.core.errors import NotFound, Refusal, Refused
from app.core.groups.queries import MemberLine, member_by_key, member_by_public_id
from app.core.groups.welcoming import NewMember, take_in
from app.core.people.domain.name import Name
from app.http.once import answered_before, tapped_before
from app.http.page import Answer, GroupPage
from app.web.editor import editor
from app.web.invite_forms import AddressForm, PasteForm, SendForm
from app.web.invite_list import (
    ListLine,
    lines_of,
    people_in_file,
    people_in_form,
    people_in_text,
    ticked_in_form,
    with_suggestion_taken,
)
from app.web.inviting import inviting


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A filter of the list: one state, how many stand there, and the address that shows them alone."""

    state: str
    count: int
    url: str
    is_current: bool


def invitations(page: GroupPage) -> Answer:
    """Show where each invitation stands, and the field for a list."""
    return _shown(page, PasteForm())


def read_list(page: GroupPage) -> Answer:
    """Show a pasted or uploaded list line by line with what would happen; nothing changes."""
    form = PasteForm()
    if not form.validate_on_submit():
        return _shown(page, form), 422
    try:
        file = form.file.data
        people = people_in_file(file.read()) if file else people_in_text(form.pasted.data or "")
    except Refused as refused:
        form.take(refused)
        return _shown(page, form), 422
    return _preview(page, SendForm(formdata=None), lines_of(people, _members(page)))


def send_list(page: GroupPage) -> Answer:
    """Take in and invite whoever is ticked, all or nobody; or take a suggested address and show the list again."""
    form = SendForm()
    people, ticked = people_in_form(request.form), ticked_in_form(request.form)
    take = request.form.get("take", "")
    if take.isdecimal() and len(take) < 5:
        people = with_suggestion_taken(people, int(take))
        return _preview(page, form, lines_of(people, _members(page), ticked | {int(take)}))
    if not form.validate():
        return _preview(page, form, lines_of(people, _members(page), ticked)), 422
    try:
        seen = answered_before(page, form, location=page.url("invitations"))
        if seen:
            return redirect(seen, 303)
        sent = _send(page, form, lines_of(people, _members(page), ticked))
        page.work.commit()
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _preview(page, form, lines_of(people, _members(page), ticked)), 422
    flash(
        ngettext("%(num)d invitation is on its way.", "%(num)d invitations are on their way.", sent),
        "success",
    )
    return page.go("invitations")


def invite_member(page: GroupPage, member: str) -> Answer:
    """Mail the member a link and a code that let them in; again, if the first mail was lost."""
    line = _present(page, member)
    is_from_list = request.form.get("back") == "invitations"
    back = page.url("invitations") if is_from_list else page.url("member", member=line.public_id)
    seen = tapped_before(page, location=back)
    if seen:
        return redirect(seen, 303)
    invite(page.work, line, inviting(page))
    page.work.commit()
    flash(_("The invitation to %(name)s is on its way.", name=line.name), "success")
    return redirect(back, 303)


def invite_again(page: GroupPage) -> Answer:
    """Send the invitation again to everybody who has not come in for two days."""
    due = _due(page, _members(page))
    for line in due:
        invite(page.work, member_by_key(page.work.session, page.group.id, line.member_id), inviting(page))
    page.work.commit()
    flash(
        ngettext("%(num)d invitation is on its way.", "%(num)d invitations are on their way.", len(due)),
        "success",
    )
    return page.go("invitations")


def correct_and_invite(page: GroupPage, member: str) -> Answer:
    """Put an address right and send the invitation there; what was mailed to the old one opens nothing."""
    line = _present(page, member)
    form = AddressForm(address=line.email)
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return page.render("group/invite_address.html", form=form, member=line), status
    try:
        corrected = put_address_right(page.work, editor(page), line, form.address.data or "")
        invite(page.work, corrected, inviting(page))
        page.work.commit()
    except Refused as refused:
        page.work.rollback()
        form.take(_beside(refused, "address"))
        return page.render("group/invite_address.html", form=form, member=line), 422
    flash(_("The invitation to %(name)s is on its way.", name=line.name), "success")
    return page.go("invitations")


def _send(page: GroupPage, form: SendForm, lines: list[ListLine]) -> int:
    """Do what the ticked lines say and return how many invitations go out; refused with every open line at once."""
    chosen = [one for one in lines if one.is_ticked and one.planned.outcome not in NEVER_SENT]
    if not chosen:
        raise Refused([Refusal(code="access.nobody_ticked")])
    still_open = [one.number for one in chosen if one.planned.is_open]
    if still_open:
        facts = {"lines": ", ".join(str(number) for number in still_open)}
        raise Refused([Refusal(code="access.lines_open", facts=facts)])
    for one in chosen:
        try:
            member = _member_for(page, one.planned, is_newcomer=form.standing.data == "join")
            invite(page.work, member, inviting(page))
        except Refused as refused:
            raise _at_line(refused, one) from refused
    return len(chosen)


def _member_for(page: GroupPage, line: PlannedLine, *, is_newcomer: bool) -> MemberLine:
    """Return the member that a line is about, taken in now unless they are one."""
    person = line.person
    if line.member is None:
        given, _space, family = person.name.partition(" ")
        joining = NewMember(
            name=Name(given=given, family=family),
            email=person.address,
            is_newcomer=is_newcomer,
            joins_known_person=False,
        )
        return take_in(page.work, page.group, joining)
    member = _line(page, line.member.public_id)
    if line.member.address.casefold() != person.address.casefold():
        return put_address_right(page.work, editor(page), member, person.address)
    return member


def _at_line(refused: Refused, line: ListLine) -> Refused:
    """Return the refusals of one line without their fields: the list has many of each."""
    who = {"line": line.number, "name": line.planned.person.name}
    at = Refusal(code="access.at_line", facts=who)
    return Refused([at, *(replace(one, field="") for one in refused.refusals)])


def _beside(refused: Refused, field: str) -> Refused:
    return Refused([replace(one, field=field) for one in refused.refusals])


def _members(page: GroupPage) -> list[InvitationLine]:
    return invitation_lines(page.work.session, page.group.id, page.today)


def _due(page: GroupPage, lines: list[InvitationLine]) -> list[InvitationLine]:
    """Return the lines whose invitation goes out again with all others; one who is another member gets none."""
    now = page.work.now
    return [line for line in lines if not line.is_also and is_due_again(line.state, line.sent_at_utc, now)]


def _preview(page: GroupPage, form: SendForm, lines: list[ListLine]) -> str:
    return page.render("group/invite_preview.html", form=form, lines=lines)


def _shown(page: GroupPage, form: PasteForm) -> str:
    lines, wanted = _members(page), request.args.get("state", "")
    chips = [
        Chip(
            state=state.value,
            count=count,
            url=page.url("invitations", state=state.value),
            is_current=wanted == state.value,
        )
        for state in InvitationState
        if (count := sum(line.state is state for line in lines))
    ]
    due = len(_due(page, lines))
    listed = [line for line in lines if not wanted or line.state.value == wanted]
    return page.render("group/invite.html", form=form, lines=listed, chips=chips, wanted=wanted, due=due)


def _line(page: GroupPage, public_id: str) -> MemberLine:
    line = member_by_public_id(page.work.session, page.group.id, public_id)
    if line is None:
        raise NotFound
    return line


def _present(page: GroupPage, public_id: str) -> MemberLine:
    """Return the member; a former one is refused as `access.former_member`: no invitation makes them one again."""
    line = _line(page, public_id)
    if line.ended_on is not None and line.ended_on < page.today:
        facts = {"name": line.name, "day": line.ended_on}
        raise Refused([Refusal(code="access.former_member", facts=facts)])
    return line
