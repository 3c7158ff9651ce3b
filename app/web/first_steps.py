"""The first steps of a group: what to do once, in order, gone when done, set aside where it is not wanted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask import flash, request
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest

from app.core.access import permissions as may
from app.core.errors import NotFound
from app.core.groups.first_steps import bring_step_back, set_step_aside
from app.core.groups.queries.beginnings import Beginnings, beginnings_of
from app.http.page import Answer, GroupPage
from app.plugin_api import Step
from app.plugin_runtime.runtime import runtime

YOUNG_FOR = timedelta(days=60)
"""How long the console offers the first steps; their own page has them for good."""

_ACTS = {"aside": set_step_aside, "back": bring_step_back}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownStep:
    """A first step as pages show it; `key` is unique among all components, `plugin.key`."""

    key: str
    text: str
    url: str
    is_done: bool
    is_aside: bool

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return not self.is_done and not self.is_aside


def first_steps(page: GroupPage) -> Answer:
    """Show every first step: open, set aside, done."""
    return page.render("group/first_steps.html", steps=all_steps(page))


def set_aside(page: GroupPage, step: str) -> Answer:
    """Set one step aside, or bring it back."""
    act = _ACTS.get(request.form.get("to", ""))
    if act is None:
        raise BadRequest
    if step not in {one.key for one in all_steps(page)}:
        raise NotFound
    act(page.work, page.group.id, step)
    page.work.commit()
    flash(_("Saved."), "success")
    return page.go("first_steps" if request.form.get("from") == "list" else "home")


def steps_for_console(page: GroupPage) -> list[ShownStep]:
    """Return the open steps for the console of a young group; none, and no query, once it is old."""
    founded = page.group.founded_at_utc
    is_young = founded is not None and page.work.now - founded < YOUNG_FOR
    if not is_young or not page.may(may.SETTINGS_EDIT):
        return []
    return [step for step in all_steps(page) if step.is_open]


def all_steps(page: GroupPage) -> list[ShownStep]:
    """Return every step of core and of the plugins that are on, in order."""
    of_plugins = runtime().dispatch.first_steps(page)
    kinds = frozenset(step.done_by.kind for _plugin, step in of_plugins if step.done_by)
    done = beginnings_of(page.work.session, page.group.id, page.today, page.work.now, kinds)
    named = [*(("core", step) for step in _core_steps(page, done)), *of_plugins]
    return [
        ShownStep(
            key=f"{component}.{step.key}",
            text=step.text,
            url=step.url,
            is_done=step.is_done or (step.done_by is not None and step.done_by.kind in done.happened),
            is_aside=f"{component}.{step.key}" in done.set_aside,
        )
        for component, step in sorted(named, key=lambda pair: pair[1].order)
    ]


def _core_steps(page: GroupPage, done: Beginnings) -> Sequence[Step]:
    return (
        Step(
            key="members",
            text=_("Invite the members: each gets a mail with a link, and is in."),
            url=page.url("invitations"),
            is_done=done.members > 1 and done.not_invited == 0,
            order=10,
        ),
        _calendar_step(page, done),
        Step(
            key="import",
            text=_("Bring what you have from before: the list of members, or attendance week by week."),
            url=page.url("upload"),
            is_done=done.imports > 0,
            order=30,
        ),
        Step(
            key="office",
            text=_("Give a second member an office that leads, so that the group can run when you are ill."),
            url=page.url("offices"),
            is_done=done.leaders > 1,
            order=40,
        ),
    )


def _calendar_step(page: GroupPage, done: Beginnings) -> Step:
    """Return the step about the calendar: it is done when a meeting to come says where it takes place."""
    if done.coming_meetings:
        text = _("Check the first meetings on the calendar: the day, the time, and where you meet.")
    else:
        text = _("Put your first meetings on the calendar.")
    return Step(
        key="calendar",
        text=text,
        url=page.url("meetings"),
        is_done=done.coming_meetings_with_place > 0,
        order=20,
    )
