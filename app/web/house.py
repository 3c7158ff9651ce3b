"""The front page, and the answer that a monitor asks for."""

from flask import jsonify, redirect, render_template, url_for
from sqlalchemy import select

from app.core.access.domain.permission import PUBLIC
from app.core.groups.queries import groups_of
from app.core.work import HOUSE
from app.http.identity import who_is_signed_in
from app.http.page import Answer
from app.plugin_api import Page
from app.plugin_runtime.runtime import runtime


def front() -> Answer:
    """Show what this is to a stranger; send a member on to their group, or let them choose one of several."""
    signed_in = who_is_signed_in()
    if signed_in is None:
        return render_template("house/front.html")
    held = runtime()
    groups = groups_of(held.request_session(), signed_in.person_id, held.clock.now())
    if len(groups) == 1:
        return redirect(url_for("group.home", group=groups[0].slug), 303)
    return render_template("house/groups.html", name=signed_in.first_name, groups=groups)


def health() -> Answer:
    """Say that the house stands and the database answers."""
    runtime().request_work(HOUSE).session.execute(select(1))
    return jsonify(status="ok")


HOUSE_PAGES = (
    Page(rule="/", view=front, permission=PUBLIC),
    Page(rule="/healthz", view=health, permission=PUBLIC),
)
