"""Seats held and open, by trade; the offices write which are wanted and which trades lie near each other."""

from flask import flash, redirect
from flask_babel import gettext as _

from app.core.errors import Refused
from app.http.once import answered_before
from app.http.page import Answer, GroupPage
from app.plugins.joining import permissions as may
from app.plugins.joining.domain.seats import held_twice, holders_of, neighbours_of
from app.plugins.joining.queries.seats import held_seats, neighbours, pairs_of, wanted_seats
from app.plugins.joining.services.seats import hold_apart, hold_for_neighbours, look_for, look_no_more
from app.plugins.joining.web.forms import NeighboursForm, WantedForm
from app.plugins.joining.web.tabs import tabs_of


def seats(page: GroupPage) -> Answer:
    """Show the seats of the group."""
    return _shown(page, WantedForm(), NeighboursForm())


def add_wanted(page: GroupPage) -> Answer:
    """Put a trade on the list of the wanted."""
    form = WantedForm()
    if not form.validate():
        return _shown(page, form, NeighboursForm(formdata=None)), 422
    try:
        seen = answered_before(page, form, location=page.url("joining.seats"))
        if seen:
            return redirect(seen, 303)
        look_for(page.work, page.group, form.trade.data)
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _shown(page, form, NeighboursForm(formdata=None)), 422
    flash(_("%(trade)s is on the list.", trade=form.trade.data), "success")
    return page.go("joining.seats")


def remove_wanted(page: GroupPage, wanted: str) -> Answer:
    """Take a trade off the list of the wanted."""
    look_no_more(page.work, page.group, wanted)
    flash(_("It is off the list."), "success")
    return page.go("joining.seats")


def add_neighbours(page: GroupPage) -> Answer:
    """Write down that two trades lie near each other."""
    form = NeighboursForm()
    if not form.validate():
        return _shown(page, WantedForm(formdata=None), form), 422
    try:
        seen = answered_before(page, form, location=page.url("joining.seats"))
        if seen:
            return redirect(seen, 303)
        hold_for_neighbours(page.work, page.group, form.one.data, form.other.data)
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _shown(page, WantedForm(formdata=None), form), 422
    flash(_("Saved."), "success")
    return page.go("joining.seats")


def remove_neighbours(page: GroupPage, neighbour: str) -> Answer:
    """Take two trades off the list of neighbours."""
    hold_apart(page.work, page.group, neighbour)
    flash(_("It is off the list."), "success")
    return page.go("joining.seats")


def _shown(page: GroupPage, form: WantedForm, near_form: NeighboursForm) -> str:
    session, group_id = page.work.session, page.group.id
    held = held_seats(session, group_id, page.today)
    wanted, near = wanted_seats(session, group_id), neighbours(session, group_id)
    pairs = pairs_of(near)
    lines = [
        (one, holders_of(one.trade, held, page.today), neighbours_of(one.trade, held, pairs))
        for one in wanted
    ]
    may_edit = page.may(may.SEATS_EDIT)
    return page.render(
        "joining/seats.html",
        held=held,
        wanted=lines,
        neighbours=near,
        twice=held_twice(held) if may_edit else [],
        may_edit=may_edit,
        form=form,
        near_form=near_form,
        tabs=tabs_of(page, "joining.seats"),
    )
