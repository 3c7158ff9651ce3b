"""The group's home: for an office the console, for a member the next thing to do. Plugins bring the parts."""

from dataclasses import dataclass

from flask import make_response, request
from markupsafe import Markup

from app.core.errors import NotFound
from app.core.ledger.queries import pulse_of
from app.http.page import Answer, GroupPage
from app.plugin_api import Panel
from app.plugin_runtime.runtime import runtime
from app.web.first_steps import steps_for_console
from app.web.office_offers import tasks_of_offers


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnPanel:
    """A part of a page with its body drawn; `live_url` is where a fresh body is fetched, or empty."""

    title: str
    url: str
    body: Markup
    wide: bool
    live_url: str
    live_seconds: int
    first: bool
    button: tuple[str, str] | None


def home(page: GroupPage) -> Answer:
    """Show the group's home page."""
    dispatch = runtime().dispatch
    template = "group/console.html" if page.is_console else "group/home.html"
    return page.render(
        template,
        panels=drawn(page, dispatch.home_panels(page)),
        tasks=sorted([*tasks_of_offers(page), *dispatch.tasks(page)], key=lambda task: task.order),
        steps=steps_for_console(page) if page.is_console else [],
        is_empty=not page.switched_on,
    )


def panel(page: GroupPage, plugin: str, key: str) -> Answer:
    """Show the body of one live panel of the home page again; 304 while nothing in the group has changed."""
    mark = f"{pulse_of(page.work.session, page.group.id)}-{page.viewer.member_id}-{page.work.now:%Y%m%d%H%M}"
    if mark in request.if_none_match:
        return make_response("", 304)
    dispatch = runtime().dispatch
    for name, found in dispatch.home_panels(page, only=plugin):
        body = dispatch.drawn(page, name, found) if (name, found.key) == (plugin, key) else None
        if body is not None:
            response = make_response(body)
            response.set_etag(mark)
            response.headers["Cache-Control"] = "private, no-cache"
            return response
    raise NotFound


def drawn(page: GroupPage, panels: list[tuple[str, Panel]]) -> list[DrawnPanel]:
    """Return the panels with their bodies drawn by the plugins' templates."""
    dispatch = runtime().dispatch
    bodies = [(name, found, dispatch.drawn(page, name, found)) for name, found in panels]
    return [
        DrawnPanel(
            title=found.title,
            url=found.url,
            body=body,
            wide=found.wide,
            live_url=page.url("panel", plugin=name, key=found.key) if found.live_seconds else "",
            live_seconds=found.live_seconds,
            first=found.first,
            button=found.button,
        )
        for name, found, body in bodies
        if body is not None
    ]
