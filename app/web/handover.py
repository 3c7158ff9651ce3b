"""Offices that change hands: the form that hands one over, and the page of what is open in it."""

from collections.abc import Sequence
from datetime import timedelta

from flask import flash, redirect
from flask_babel import gettext as _

from app.core.access import permissions as may
from app.core.errors import NotFound, Refused
from app.core.groups.domain.handover import USUAL_OVERLAP_DAYS, Handover, HeldTerm, mark_of
from app.core.groups.domain.office import LEADERS, Office
from app.core.groups.handing_over import HandOver, hand_over
from app.core.groups.queries import MemberLine, OfficeTermLine, members_on, office_terms
from app.http.errors import not_of_this_office
from app.http.once import answered_before
from app.http.page import Answer, GroupPage
from app.http.rendering import office_title
from app.plugin_runtime.runtime import runtime
from app.web.handover_forms import HandOverForm
from app.web.handover_pack import Pack, one_file, pack_of, packed
from app.web.open_matters import matters_of_core


def hand_over_office(page: GroupPage, member: str, office: str) -> Answer:
    """Hand a running term over to a successor; both hold the office while their terms overlap."""
    handed, terms = office_called(office), _terms(page)
    given = _running(page, terms, member, handed)
    people = members_on(page.work.session, page.group.id, page.today)
    form = _form(page, given, people, _mark(page, terms, handed))
    if not form.validate_on_submit():
        return _asked(page, form, given, terms), 422 if form.is_submitted() else 200
    successor = next(line for line in people if line.public_id == form.successor.data)
    location = page.url("handover", office=handed.value)
    try:
        seen = answered_before(page, form, location=location)
        if seen:
            return redirect(seen, 303)
        hand_over(page.work, page.group, _command(page, form, given, successor))
        page.work.commit()
    except Refused as refused:
        return _refused(page, form, given, refused), 422
    flash(_("%(name)s follows, and has been told.", name=successor.name), "success")
    return redirect(location, 303)


def handover(page: GroupPage, office: str) -> Answer:
    """Show what is open in an office, to those who hold it or follow in it, and to the leaders."""
    shown, terms = office_called(office), _terms(page)
    if not _is_shown_to(page, shown, terms):
        return _not_theirs(page, shown)
    return page.render(
        "group/handover.html",
        office=shown,
        terms=[line for line in terms if line.office is shown],
        pack=_pack(page, shown, terms),
    )


def handover_file(page: GroupPage, office: str, name: str) -> Answer:
    """Send one of the files that go with an office."""
    shown, terms = office_called(office), _terms(page)
    return one_file(page, shown, name) if _is_shown_to(page, shown, terms) else _not_theirs(page, shown)


def handover_pack(page: GroupPage, office: str) -> Answer:
    """Send all that goes with an office as one file."""
    shown, terms = office_called(office), _terms(page)
    if not _is_shown_to(page, shown, terms):
        return _not_theirs(page, shown)
    return packed(page, _pack(page, shown, terms))


def _is_shown_to(page: GroupPage, office: Office, terms: Sequence[OfficeTermLine]) -> bool:
    """Return whether the viewer holds the office, follows in it, or leads the group."""
    is_theirs = any(line.member_id == page.viewer.member_id for line in terms if line.office is office)
    return is_theirs or page.may(may.OFFICES_EDIT)


def _not_theirs(page: GroupPage, office: Office) -> Answer:
    offices = ", ".join(office_title(one) for one in Office if one in LEADERS | {office})
    return not_of_this_office(_("see what is open in this office"), offices, page.home_url)


def _pack(page: GroupPage, office: Office, terms: Sequence[OfficeTermLine]) -> Pack:
    matters = [*matters_of_core(page, office, terms), *runtime().dispatch.open_matters(page, office)]
    return pack_of(page, office, terms, matters)


def office_called(name: str) -> Office:
    """Return the office of that name in an address; one that there is not is not found."""
    if name not in set(Office):
        raise NotFound
    return Office(name)


def _terms(page: GroupPage) -> list[OfficeTermLine]:
    return office_terms(page.work.session, page.group.id, page.today)


def _running(page: GroupPage, terms: Sequence[OfficeTermLine], member: str, office: Office) -> OfficeTermLine:
    for line in terms:
        if (line.member_public_id, line.office) == (member, office) and line.term.covers(page.today):
            return line
    raise NotFound


def _mark(page: GroupPage, terms: Sequence[OfficeTermLine], office: Office) -> str:
    held = [HeldTerm(member_id=line.member_id, term=line.term) for line in terms if line.office is office]
    return mark_of(held, page.today)


def _form(page: GroupPage, given: OfficeTermLine, people: Sequence[MemberLine], mark: str) -> HandOverForm:
    first_day = max(page.today, given.starts_on + timedelta(days=1))
    form = HandOverForm(first_day=first_day, overlap_days=USUAL_OVERLAP_DAYS, seen=mark)
    form.offer([(line.public_id, line.name) for line in people if line.id != given.member_id])
    return form


def _command(page: GroupPage, form: HandOverForm, given: OfficeTermLine, successor: MemberLine) -> HandOver:
    days = form.overlap_days.data
    return HandOver(
        office=given.office,
        handover=Handover(
            predecessor=given.member_id,
            successor=successor.id,
            first_day=form.first_day.data or page.today,
            overlap_days=USUAL_OVERLAP_DAYS if days is None else days,
        ),
        seen=str(form.seen.data),
        path=page.url("handover", office=given.office.value),
        link=page.url("handover", office=given.office.value, absolute=True),
    )


def _refused(page: GroupPage, form: HandOverForm, given: OfficeTermLine, refused: Refused) -> str:
    """Show the form again with every reason, beside the terms as they are now: sent again, it speaks of those."""
    page.work.rollback()
    form.take(refused)
    terms = _terms(page)
    form.seen.data = _mark(page, terms, given.office)
    return _asked(page, form, given, terms)


def _asked(
    page: GroupPage, form: HandOverForm, given: OfficeTermLine, terms: Sequence[OfficeTermLine]
) -> str:
    of_office = [line for line in terms if line.office is given.office]
    return page.render("group/handover_form.html", form=form, given=given, terms=of_office)
