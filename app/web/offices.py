"""The offices of a group: who holds which until when, giving one, ending a term."""

from flask import flash, redirect
from flask_babel import gettext as _

from app.core.errors import NotFound, Refusal, Refused
from app.core.groups.domain.office import LEADERS, OFFICE_TITLES, Office
from app.core.groups.queries import member_by_public_id, members_on, office_holders, office_terms
from app.core.groups.services import leave_office, take_office
from app.http.once import answered_before
from app.http.page import Answer, GroupPage
from app.web.member_forms import OfficeForm


def offices(page: GroupPage) -> Answer:
    """Show the terms that run or are to come, and give an office."""
    form = OfficeForm(starts_on=page.today)
    people = members_on(page.work.session, page.group.id, page.today)
    form.offer([(line.public_id, line.name) for line in people])
    if not form.validate_on_submit():
        return _shown(page, form), 422 if form.is_submitted() else 200
    chosen = next(line for line in people if line.public_id == form.member.data)
    try:
        seen = answered_before(page, form, location=page.url("offices"))
        if seen:
            return redirect(seen, 303)
        take_office(
            page.work,
            group_id=page.group.id,
            member_id=chosen.id,
            office=Office(form.office.data),
            starts_on=form.starts_on.data or page.today,
            ends_on=form.ends_on.data,
        )
        page.work.commit()
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _shown(page, form), 422
    flash(_("%(name)s holds the office.", name=chosen.name), "success")
    return page.go("offices")


def end_office(page: GroupPage, member: str, office: str) -> Answer:
    """End a term today; refused where nobody would be left who can lead the group."""
    line = member_by_public_id(page.work.session, page.group.id, member)
    if line is None or office not in set(Office):
        raise NotFound
    ended = Office(office)
    if ended in LEADERS and not set(office_holders(page.work.session, page.group.id, LEADERS, page.today)) - {
        line.id
    }:
        raise Refused([Refusal(code="groups.last_leader")])
    leave_office(page.work, group_id=page.group.id, member_id=line.id, office=ended, last_day=page.today)
    page.work.commit()
    flash(_("The term of %(name)s ends today.", name=line.name), "success")
    return page.go("offices")


def _shown(page: GroupPage, form: OfficeForm) -> str:
    terms = office_terms(page.work.session, page.group.id, page.today)
    return page.render("group/offices.html", form=form, terms=terms, titles=OFFICE_TITLES)
