"""Whom to meet: colleagues the viewer never talked to one-to-one, then those not met for long, and the viewer's own wishes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import flash, redirect
from flask_babel import gettext as _

from app.core.errors import NotFound, Refused
from app.core.groups.queries import MemberLine, members_on
from app.core.ids import MemberId
from app.core.local_time import local_day
from app.http.forms import number_typed
from app.http.once import answered_before
from app.http.page import Answer, GroupPage
from app.plugins.activities.domain.arranging import STATE_WORDS
from app.plugins.activities.domain.rhythm import due_on
from app.plugins.activities.queries.acquaintance import OwnWishes, Wish, last_talks, wishes_of
from app.plugins.activities.queries.arrangements import Arrangement, arrangements_of
from app.plugins.activities.services.noting import wish_pair, wish_rhythm
from app.plugins.activities.web.arranging_forms import WeeksForm
from app.plugins.activities.web.tabs import tabs_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """A colleague as the viewer knows them; `due_on` is by the viewer's own wish, None where there is none."""

    public_id: str
    name: str
    trade: str
    joined_on: date
    last_on: date | None
    due_on: date | None
    weeks: int | None
    arrangement: str

    @property
    def is_met(self) -> bool:
        """Whether the two ever had a one-to-one."""
        return self.last_on is not None


def people(page: GroupPage) -> Answer:
    """Show whom to meet; one's own view, which nobody else is shown."""
    return _filled(page, WeeksForm(None, prefix="rhythm"))


def rhythm(page: GroupPage) -> Answer:
    """Keep every how many weeks the viewer would like a one-to-one with anybody."""
    form = WeeksForm(prefix="rhythm")
    if not form.validate_on_submit():
        return _filled(page, form), 422
    try:
        seen = answered_before(page, form, location=page.url("activities.people"))
        if seen:
            return redirect(seen, 303)
        wish_rhythm(
            page.work,
            group_id=page.group.id,
            member=page.viewer.member_id,
            typed=form.weeks.data,
            weeks=number_typed(form.weeks.data),
            today=page.today,
        )
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return _filled(page, form), 422
    flash(_("Kept, for you alone."), "success")
    return page.go("activities.people")


def wish(page: GroupPage, member: str) -> Answer:
    """Show and keep every how many weeks the viewer would like to talk to that colleague."""
    form, colleague = WeeksForm(), _colleague(page, member)
    if not form.is_submitted():
        form.weeks.data = str(colleague.weeks or "")
        return page.render("activities/wish.html", form=form, colleague=colleague)
    if not form.validate():
        return page.render("activities/wish.html", form=form, colleague=colleague), 422
    try:
        seen = answered_before(page, form, location=page.url("activities.people"))
        if seen:
            return redirect(seen, 303)
        wish_pair(
            page.work,
            group_id=page.group.id,
            member=page.viewer.member_id,
            about=member,
            typed=form.weeks.data,
            weeks=number_typed(form.weeks.data),
            today=page.today,
        )
    except Refused as refused:
        page.work.rollback()
        form.take(refused)
        return page.render("activities/wish.html", form=form, colleague=colleague), 422
    flash(_("Kept, for you alone."), "success")
    return page.go("activities.people")


def own_arrangements(page: GroupPage) -> Sequence[Arrangement]:
    """Return the viewer's arrangements, the open ones first; asked once a page."""
    return page.asked_once(
        "activities.arrangements",
        lambda: arrangements_of(page.work.session, page.group.id, page.viewer.member_id),
    )


def arranged_lines(page: GroupPage) -> list[tuple[Arrangement, str, str, bool]]:
    """Return the viewer's open arrangements, each with the other's name, how it stands, and whether it waits for the viewer."""
    viewer = page.viewer.member_id
    return [
        (
            one,
            one.other_than(viewer).name,
            _(STATE_WORDS[one.standing.state]),
            one.standing.waits_for == viewer,
        )
        for one in own_arrangements(page)
        if one.standing.is_open
    ]


def colleagues(page: GroupPage) -> list[Colleague]:
    """Return today's members but the viewer: first whom they never met, then by the latest talk, the longest ago first."""
    session, group_id, viewer = page.work.session, page.group.id, page.viewer.member_id
    last, wishes = own_last_talks(page), own_wishes(page).of
    opened = {
        one.other_than(viewer).id: one.public_id for one in own_arrangements(page) if one.standing.is_open
    }
    found = [
        _known(line, last.get(line.id), wishes.get(line.id), opened.get(line.id, ""))
        for line in members_on(session, group_id, page.today)
        if line.id != viewer
    ]
    return sorted(found, key=lambda one: (one.is_met, one.last_on or date.min, one.joined_on))


def own_wishes(page: GroupPage) -> OwnWishes:
    """Return how often the viewer would like to talk, and with whom; asked once a page."""
    return page.asked_once(
        "activities.wishes",
        lambda: wishes_of(page.work.session, page.group.id, page.viewer.member_id),
    )


def own_last_talks(page: GroupPage) -> Mapping[MemberId, date]:
    """Return the day of the viewer's latest one-to-one with each colleague; asked once a page."""
    return page.asked_once(
        "activities.last_talks",
        lambda: last_talks(page.work.session, page.group.id, page.viewer.member_id),
    )


def next_due(page: GroupPage) -> date | None:
    """Return when the viewer's next one-to-one with anybody is due, by their own wish; None without one."""
    wished = own_wishes(page).rhythm
    if wished is None:
        return None
    last = max(own_last_talks(page).values(), default=None)
    return due_on(wished.weeks, last_on=last, since=wished.since)


def _known(line: MemberLine, last_on: date | None, wished: Wish | None, arrangement: str) -> Colleague:
    return Colleague(
        public_id=line.public_id,
        name=line.name,
        trade=line.trade,
        joined_on=line.joined_on,
        last_on=last_on,
        due_on=due_on(wished.weeks, last_on=last_on, since=wished.since) if wished else None,
        weeks=wished.weeks if wished else None,
        arrangement=arrangement,
    )


def _colleague(page: GroupPage, public_id: str) -> Colleague:
    found = next((one for one in colleagues(page) if one.public_id == public_id), None)
    if found is None:
        raise NotFound
    return found


def _filled(page: GroupPage, form: WeeksForm) -> str:
    known, wished = colleagues(page), own_wishes(page).rhythm
    if not form.is_submitted() and wished is not None:
        form.weeks.data = str(wished.weeks)
    return page.render(
        "activities/people.html",
        tabs=tabs_of(page, "activities.people"),
        form=form,
        due_on=next_due(page),
        not_met=[one for one in known if not one.is_met],
        met=[one for one in known if one.is_met],
        arranged=arranged_lines(page),
        day_of=lambda instant: local_day(instant, page.group.zone),
    )
