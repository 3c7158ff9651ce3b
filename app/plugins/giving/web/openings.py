"""Ways you can help this week: real openings, each somebody who waits, never an exercise."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask_babel import gettext as _

from app.http.page import GroupPage
from app.http.rendering import short_date
from app.plugins.giving.domain.ask import is_settling_in
from app.plugins.giving.interface import PeopleToMeet
from app.plugins.giving.queries.asks import AskLine, open_asks
from app.plugins.giving.queries.introductions import Introduction, introductions_of
from app.plugins.giving.web.wording import ask_title

_THIS_WEEK = timedelta(days=7)
_MOST_OF_A_KIND = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """One way to help: what to do, where, and a word on it."""

    title: str
    url: str
    detail: str


def asks_open(page: GroupPage) -> Sequence[AskLine]:
    """Return every ask that can be answered today; one statement a page."""
    return page.asked_once(
        "giving.asks",
        lambda: open_asks(page.work.session, page.group.id, page.viewer.member_id, page.today),
    )


def own_introductions(page: GroupPage) -> Sequence[Introduction]:
    """Return the introductions that the viewer is part of; one statement a page."""
    return page.asked_once(
        "giving.introductions",
        lambda: introductions_of(page.work.session, page.group.id, page.viewer.member_id),
    )


def viewer_settles_in(page: GroupPage) -> bool:
    """Return whether the viewer is in the group's settling-in period."""
    return is_settling_in(page.viewer.joined_on, page.today, page.group.settling_in_days)


def openings(page: GroupPage) -> list[Opening]:
    """Return the ways in which the viewer can help within a week, whoever waits for a word first."""
    return [*_introductions(page), *further_openings(page)]


def further_openings(page: GroupPage) -> list[Opening]:
    """Return the ways that are no task of the viewer's: at home, an introduction already stands among what waits."""
    return [*_newcomers(page), *_guests(page), *_asks(page)]


def _introductions(page: GroupPage) -> list[Opening]:
    viewer = page.viewer.member_id
    return [
        Opening(
            title=_(
                "Say whether you would like to be introduced to %(name)s", name=one.counterpart(viewer).name
            ),
            url=page.url("giving.introduction", introduction=one.public_id),
            detail=_("%(name)s would introduce you", name=one.introducer.name),
        )
        for one in own_introductions(page)
        if one.waits_for(viewer)
    ]


def _newcomers(page: GroupPage) -> list[Opening]:
    people = page.reader(PeopleToMeet)  # type: ignore[type-abstract]  # a protocol is asked for, never made
    if people is None:
        return []
    since = page.today - timedelta(days=page.group.settling_in_days)
    found = people.newcomers(page.group.id, since, page.today)
    return [
        Opening(
            title=_("Get to know %(name)s, who is new here", name=one.name),
            url=page.url("member", member=one.public_id),
            detail=_("joined on %(day)s; whom could you introduce?", day=short_date(one.day)),
        )
        for one in found
        if one.public_id != page.viewer.member_public_id
    ][:_MOST_OF_A_KIND]


def _guests(page: GroupPage) -> list[Opening]:
    people = page.reader(PeopleToMeet)  # type: ignore[type-abstract]  # a protocol is asked for, never made
    if people is None:
        return []
    found = people.guests(page.group.id, page.today, page.today + _THIS_WEEK)
    return [
        Opening(
            title=_("Welcome %(name)s, who comes as a guest", name=one.name),
            url=page.url("meetings"),
            detail=_("on %(day)s: sit beside them, introduce them to two others", day=short_date(one.day)),
        )
        for one in found[:_MOST_OF_A_KIND]
    ]


def _asks(page: GroupPage) -> list[Opening]:
    waiting = [
        one
        for one in asks_open(page)
        if one.asker_id != page.viewer.member_id and not one.is_answered_by_viewer
    ]
    return [
        Opening(
            title=ask_title(one),
            url=page.url("giving.ask", ask=one.public_id),
            detail=_("until %(day)s: %(what)s", day=short_date(one.until_on), what=one.what),
        )
        for one in sorted(waiting, key=lambda one: (one.is_answered, one.until_on))[:_MOST_OF_A_KIND]
    ]
