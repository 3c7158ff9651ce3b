"""What the first year brings to the pages of the house: tasks of owners, a newcomer's panel, the console's."""

from collections.abc import Sequence
from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.groups.domain.office import LEADERS, Office
from app.http.page import GroupPage
from app.plugin_api import Panel, Task
from app.plugins.firstyear import permissions as may
from app.plugins.firstyear.domain.mentoring import ANSWER_WITHIN
from app.plugins.firstyear.domain.plan import FIRST_TALK_WITHIN
from app.plugins.firstyear.queries.stays import StayLine, steps_left
from app.plugins.firstyear.web.asked import (
    due_soon,
    first_years,
    is_contact_too,
    own_due_soon,
    without_mentor,
    without_talk,
)
from app.plugins.firstyear.web.wording import kind_words

_MENTOR_WITHIN = timedelta(days=7)
_OFFICES = frozenset({Office.MENTOR, Office.MEMBERSHIP_COMMITTEE, *LEADERS})


def tasks(page: GroupPage) -> Sequence[Task]:
    """Return what waits for this viewer: an ask to be a mentor, talks they own, newcomers they look after."""
    stays = first_years(page)
    kept = [stay for stay in stays if stay.keeper_id == page.viewer.member_id]
    return [*_asks(page, stays), *_talks(page), *_mentors_wanted(page, kept), *_steps_open(page, kept)]


def home_panels(page: GroupPage) -> Sequence[Panel]:
    """Return a newcomer's first weeks, and for the offices what is open with newcomers."""
    stays = first_years(page)
    own = next((stay for stay in stays if stay.member_id == page.viewer.member_id), None)
    panels = []
    if own is not None:
        panels.append(
            Panel(
                key="own",
                title=_("Your first year"),
                template="firstyear/panel_own.html",
                context={"stay": own, "is_contact": is_contact_too(page, own)},
                url=page.url("firstyear.mine"),
                order=6,
            )
        )
    if page.may(may.STAYS_KEEP):
        context = {
            "without_talk": without_talk(page),
            "without_mentor": [one for one in without_mentor(page) if one.member_id != page.viewer.member_id],
            "talks": [one for one in due_soon(page) if one.member_id != page.viewer.member_id],
            "kinds": kind_words(),
        }
        if context["without_talk"] or context["without_mentor"] or context["talks"]:
            panels.append(
                Panel(
                    key="open",
                    title=_("First year"),
                    template="firstyear/panel_open.html",
                    context=context,
                    url=page.url("firstyear.newcomers"),
                    order=36,
                )
            )
    return panels


def open_matters(page: GroupPage, office: Office) -> Sequence[Task]:
    """Return what the next holder of the office takes over: newcomers without a mentor, talks that are due."""
    if office not in _OFFICES:
        return ()
    wanted = [
        Task(
            text=_("%(name)s has no mentor yet.", name=stay.name),
            url=page.url("firstyear.newcomer", stay=stay.public_id),
            order=31,
        )
        for stay in without_mentor(page)
    ]
    count = len(due_soon(page))
    text = ngettext(
        "%(num)d talk with a member is due: see who holds it.",
        "%(num)d talks with members are due: see who holds them.",
        count,
    )
    return [*wanted, *([Task(text=text, url=page.url("firstyear.newcomers"), order=32)] if count else [])]


def _asks(page: GroupPage, stays: Sequence[StayLine]) -> list[Task]:
    return [
        Task(
            text=_("Would you be the mentor of %(name)s? Say yes or not now.", name=stay.name),
            url=page.url("firstyear.mentoring", mentoring=stay.ask_public_id),
            order=12,
        )
        for stay in stays
        if stay.asked_id == page.viewer.member_id
    ]


def _talks(page: GroupPage) -> list[Task]:
    words = kind_words()
    return [
        Task(
            text=_("%(talk)s: with %(name)s.", talk=words[talk.kind.value], name=talk.name),
            url=page.url("firstyear.talk", review=talk.public_id),
            order=20,
            due_on=talk.due_on,
        )
        for talk in own_due_soon(page)
    ]


def _mentors_wanted(page: GroupPage, kept: Sequence[StayLine]) -> list[Task]:
    return [
        Task(
            text=_("Ask somebody to be the mentor of %(name)s.", name=stay.name)
            if stay.asked_id is None
            else _(
                "%(mentor)s has not said yet whether they mentor %(name)s: ask again, or somebody else.",
                mentor=stay.asked_name,
                name=stay.name,
            ),
            url=page.url("firstyear.newcomer", stay=stay.public_id),
            order=14,
            due_on=stay.started_on + _MENTOR_WITHIN,
        )
        for stay in kept
        if stay.mentor_id is None
        and (stay.asked_at_utc is None or page.work.now - stay.asked_at_utc > ANSWER_WITHIN)
    ]


def _steps_open(page: GroupPage, kept: Sequence[StayLine]) -> list[Task]:
    if not kept:
        return []
    left = page.asked_once("firstyear.steps", lambda: steps_left(page.work.session, page.group.id))
    return [
        Task(
            text=ngettext(
                "%(num)d step of the induction of %(name)s is open.",
                "%(num)d steps of the induction of %(name)s are open.",
                left[stay.id],
                name=stay.name,
            ),
            url=page.url("firstyear.newcomer", stay=stay.public_id),
            order=16,
            due_on=stay.started_on + FIRST_TALK_WITHIN,
        )
        for stay in kept
        if left.get(stay.id)
    ]
