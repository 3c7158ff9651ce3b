"""The members of a group: the list, one member's page, taking one in, putting one right, ending a membership."""

from flask import flash, redirect, request
from flask_babel import gettext as _

from app.core.access import permissions as may
from app.core.access.queries import account_of_person
from app.core.access.services.invitations import invite
from app.core.access.services.putting_right import PutRight, put_right, version_of
from app.core.errors import NotFound, Refused
from app.core.groups.handing_over import leave_group
from app.core.groups.queries import (
    MemberLine,
    all_members,
    member_by_public_id,
    members_on,
    offices_of_members,
)
from app.core.groups.services import Profile
from app.core.groups.welcoming import NewMember, take_in
from app.core.people.domain.name import Name
from app.http.once import answered_before
from app.http.page import Answer, GroupPage
from app.plugin_api import MemberBrief
from app.plugin_runtime.runtime import runtime
from app.web.editor import editor
from app.web.home import drawn
from app.web.inviting import inviting
from app.web.member_forms import EditMemberForm, EndMembershipForm, NewMemberForm


def members(page: GroupPage) -> Answer:
    """List the members of today, alphabetically; former ones on request, for those who edit members."""
    shows_former = bool(request.args.get("former")) and page.may(may.MEMBERS_EDIT)
    session, group_id = page.work.session, page.group.id
    lines = all_members(session, group_id) if shows_former else members_on(session, group_id, page.today)
    if shows_former:
        lines = [line for line in lines if line.ended_on is not None and line.ended_on < page.today]
    offices = offices_of_members(session, group_id, page.today)
    return page.render(
        "group/members.html",
        members=lines,
        offices=offices,
        shows_former=shows_former,
        columns=runtime().dispatch.member_columns(page, [MemberBrief.of(line) for line in lines]),
    )


def member(page: GroupPage, member: str) -> Answer:
    """Show one member: what they chose to show, and the parts that plugins bring."""
    line = _line(page, member)
    is_editor = page.may(may.MEMBERS_EDIT)
    account = account_of_person(page.work.session, line.person_id) if is_editor else None
    return page.render(
        "group/member.html",
        member=line,
        offices=offices_of_members(page.work.session, page.group.id, page.today).get(line.id, ()),
        is_former=line.ended_on is not None and line.ended_on < page.today,
        sees_contact=line.shows_contact or line.id == page.viewer.member_id or is_editor,
        is_editor=is_editor,
        account=account,
        panels=drawn(page, runtime().dispatch.member_panels(page, MemberBrief.of(line))),
    )


def add_member(page: GroupPage) -> Answer:
    """Take a new member in, and send the invitation with it if asked to."""
    form = NewMemberForm(joined_on=page.today)
    if not form.validate_on_submit():
        return page.render("group/member_add.html", form=form), 422 if form.is_submitted() else 200
    try:
        seen = answered_before(page, form, location=page.url("members"))
        if seen:
            return redirect(seen, 303)
        line = take_in(page.work, page.group, _new_member(form))
        if form.invite.data and line.email:
            invite(page.work, line, inviting(page))
        page.work.commit()
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return page.render("group/member_add.html", form=form), 422
    flash(_("%(name)s is now a member.", name=line.name), "success")
    return page.go("members")


def edit_member(page: GroupPage, member: str) -> Answer:
    """Put right what the group shows of a member: name, address, trade, firm, phone."""
    line = _line(page, member)
    form = EditMemberForm(
        given_name=line.first_name,
        family_name=line.name.removeprefix(line.first_name).strip(),
        email=line.email,
        trade=line.trade,
        firm=line.firm,
        phone=line.phone,
        version=str(version_of(page.work.session, page.group.id, line.id)),
    )
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return _edit_page(page, line, form), status
    try:
        seen = answered_before(page, form, location=page.url("member", member=line.public_id))
        if seen:
            return redirect(seen, 303)
        put_right(page.work, editor(page), line, _wanted(form))
        page.work.commit()
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _edit_page(page, line, form, is_conflict=_is_overtaken(refused)), 422
    flash(_("Saved."), "success")
    return page.go("member", member=line.public_id)


def _edit_page(page: GroupPage, line: MemberLine, form: EditMemberForm, *, is_conflict: bool = False) -> str:
    """Show the form; after somebody else's change with what stands now, on which the next saving builds."""
    if is_conflict:
        line = _line(page, line.public_id)
        form.version.data = str(version_of(page.work.session, page.group.id, line.id))
    return page.render("group/member_edit.html", form=form, member=line, is_conflict=is_conflict)


def _is_overtaken(refused: Refused) -> bool:
    return any(one.code == "groups.member_changed_meanwhile" for one in refused.refusals)


def _wanted(form: EditMemberForm) -> PutRight:
    return PutRight(
        name=Name(given=(form.given_name.data or "").strip(), family=(form.family_name.data or "").strip()),
        profile=Profile(
            firm=(form.firm.data or "").strip(),
            trade=(form.trade.data or "").strip(),
            phone=(form.phone.data or "").strip(),
            email=(form.email.data or "").strip(),
        ),
        seen_version=form.seen_version,
    )


def end_member(page: GroupPage, member: str) -> Answer:
    """End a membership with its last day; what the member did stays on record."""
    line = _line(page, member)
    form = EndMembershipForm(last_day=page.today)
    if not form.validate_on_submit():
        return page.render(
            "group/member_end.html", form=form, member=line
        ), 422 if form.is_submitted() else 200
    try:
        leave_group(
            page.work,
            page.group,
            member_id=line.id,
            last_day=form.last_day.data or page.today,
            reason=form.reason.data or "",
        )
        page.work.commit()
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return page.render("group/member_end.html", form=form, member=line), 422
    flash(_("The membership of %(name)s ends.", name=line.name), "success")
    return page.go("members")


def _line(page: GroupPage, public_id: str) -> MemberLine:
    line = member_by_public_id(page.work.session, page.group.id, public_id)
    if line is None:
        raise NotFound
    return line


def _new_member(form: NewMemberForm) -> NewMember:
    return NewMember(
        name=Name(given=(form.given_name.data or "").strip(), family=(form.family_name.data or "").strip()),
        email=(form.email.data or "").strip(),
        firm=(form.firm.data or "").strip(),
        trade=(form.trade.data or "").strip(),
        phone=(form.phone.data or "").strip(),
        joined_on=form.joined_on.data,
        joins_known_person=False,
    )
