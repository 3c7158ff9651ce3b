"""The front page, and the answer that a monitor asks for."""

from flask import jsonify, redirect, render_template, url_for
from sqlalchemy import select

from app.core.access.domain.permission import PUBLIC
from app.core.founding.domain.who_may import may_found
from app.core.founding.network import has_groups, who_may_found
from app.core.groups.queries import groups_of
from app.core.work import HOUSE
from app.http.identity import who_is_signed_in
from app.http.page import Answer
from app.plugin_api import Page
from app.plugin_runtime.runtime import runtime
from app.web.network import NETWORK_PAGES


def front() -> Answer:
    """Show what this is to a stranger; send a member on to their group, or let them choose one of several."""
    signed_in = who_is_signed_in()
    held = runtime()
    session = held.request_session()
    if signed_in is None:
        offers = may_found(who_may_found(session), is_signed_in=False, is_site_admin=False)
        return render_template("house/front.html", offers_founding=offers, is_empty=not has_groups(session))
    groups = groups_of(session, signed_in.person_id, held.clock.now())
    if len(groups) == 1:
        return redirect(url_for("group.home", group=groups[0].slug), 303)
    offers = may_found(who_may_found(session), is_signed_in=True, is_site_admin=signed_in.is_site_admin)
    return render_template(
        "house/groups.html", name=signed_in.first_name, groups=groups, offers_founding=offers
    )


def health() -> Answer:
    """Say that the house stands and the database answers."""
    runtime().request_work(HOUSE).session.execute(select(1))
    return jsonify(status="ok")


HOUSE_PAGES = (
    Page(rule="/", view=front, permission=PUBLIC),
    Page(rule="/healthz", view=health, permission=PUBLIC),
    *NETWORK_PAGES,
)
