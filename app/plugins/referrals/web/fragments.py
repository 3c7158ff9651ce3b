"""Answering the live parts of a page: the part drawn again, or 304 while nothing in the group has changed."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import make_response, request

from app.http.page import Answer, GroupPage
from app.plugins.referrals.queries.told import latest_change

LIVE_SECONDS = 5
"""How often a live part asks. With the time of an answer it stays well within ten seconds."""


def fragment(page: GroupPage, template: str, context: Callable[[], Mapping[str, Any]]) -> Answer:
    """Return `template` filled in with `context()`, which is asked only if something happened since the last time.

    The end of a minute in which a slip could be undone is something too: then it reaches its receiver.
    """
    mark = (
        f"{latest_change(page.work.session, page.group.id, page.work.now)}"
        f"-{page.viewer.member_id}-{page.signed_in.language}"
    )
    if mark in request.if_none_match:
        return make_response("", 304)
    response = make_response(page.render(template, **context()))
    response.set_etag(mark)
    response.headers["Cache-Control"] = "private, no-cache"
    return response
