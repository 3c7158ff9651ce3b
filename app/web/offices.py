"""The offices of a group: who holds which until when, giving one, ending a term, other days for one to come."""

from datetime import date, timedelta

from flask import flash, redirect
from flask_babel import gettext as _

from app.core.errors import NotFound, Refused
from app.core.groups.domain.office import Office, Term
from app.core.groups.handing_over import change_coming_term, end_term
from app.core.groups.queries import member_by_public_id, members_on, office_terms
from app.core.groups.services import take_office
from app.http.once import answered_before
from app.http.page import Answer, GroupPage
from app.web.handover import office_called
from app.web.handover_forms import TermDatesForm
from app.web.member_forms import OfficeForm
from app.web.office_offers import offers_open

_SHOWN_AFTER_THE_END = timedelta(days=365)


def offices(page: GroupPage) -> Answer:
    """Show the terms that run, are to come or ended within a year, and give an office."""
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
    """End a term today; refused where soon nobody would be left who can lead the group."""
    line = member_by_public_id(page.work.session, page.group.id, member)
    ended = office_called(office)
    if line is None:
        raise NotFound
    end_term(page.work, page.group, member_id=line.id, office=ended)
    page.work.commit()
    flash(_("The term of %(name)s ends today.", name=line.name), "success")
    return page.go("offices")


def term_days(page: GroupPage, member: str, office: str, first_day: str) -> Answer:
    """Give a term that has not begun other days."""
    terms = office_terms(page.work.session, page.group.id, page.today)
    key = (member, office_called(office), first_day)
    found = [
        line for line in terms if (line.member_public_id, line.office, line.starts_on.isoformat()) == key
    ]
    if not found:
        raise NotFound
    [line] = found
    form = TermDatesForm(starts_on=line.starts_on, ends_on=line.ends_on)
    if not form.validate_on_submit():
        return page.render("group/offices_term.html", form=form, term=line), (
            422 if form.is_submitted() else 200
        )
    try:
        seen = answered_before(page, form, location=page.url("offices"))
        if seen:
            return redirect(seen, 303)
        change_coming_term(
            page.work,
            page.group,
            member_id=line.member_id,
            office=line.office,
            first_day=line.starts_on,
            dates=Term(first=form.starts_on.data or page.today, last=form.ends_on.data),
        )
        page.work.commit()
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return page.render("group/offices_term.html", form=form, term=line), 422
    flash(_("The days are changed."), "success")
    return page.go("offices")


def _shown(page: GroupPage, form: OfficeForm) -> str:
    terms = office_terms(page.work.session, page.group.id, page.today - _SHOWN_AFTER_THE_END)
    held = [line for line in terms if not _is_over(line.ends_on, page.today)]
    over = [line for line in terms if _is_over(line.ends_on, page.today)]
    offers = offers_open(page)
    return page.render("group/offices.html", form=form, terms=held, ended=over, offers=offers)


def _is_over(ends_on: date | None, today: date) -> bool:
    return ends_on is not None and ends_on < today
