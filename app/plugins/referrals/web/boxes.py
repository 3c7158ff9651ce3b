"""The inbox and the outbox, each a page of its own, and the part of them that stays fresh by itself."""

from collections.abc import Mapping
from typing import Any

from flask import request
from flask_babel import gettext as _

from app.http.page import Answer, GroupPage
from app.plugins.referrals.domain.slip import Side
from app.plugins.referrals.queries.boxes import box_of
from app.plugins.referrals.web.draft_words import draft_lines
from app.plugins.referrals.web.fragments import LIVE_SECONDS, fragment
from app.plugins.referrals.web.lines import slip_lines

_ENDPOINTS = {Side.RECEIVER: "referrals.inbox", Side.GIVER: "referrals.outbox"}
_LAST_PAGE = 10_000


def inbox(page: GroupPage) -> Answer:
    """Show the slips that the viewer received: what waits for their word first."""
    return _box_page(page, Side.RECEIVER)


def outbox(page: GroupPage) -> Answer:
    """Show the slips that the viewer gave."""
    return _box_page(page, Side.GIVER)


def inbox_live(page: GroupPage) -> Answer:
    """Show the list of the inbox again."""
    return fragment(page, "referrals/_box.html", lambda: _box(page, Side.RECEIVER))


def outbox_live(page: GroupPage) -> Answer:
    """Show the list of the outbox again."""
    return fragment(page, "referrals/_box.html", lambda: _box(page, Side.GIVER))


def tabs_of(page: GroupPage, current: str) -> list[dict[str, Any]]:
    """Return the tabs above a member's slips and thank-yous, as the macro `tabs` takes them."""
    titles = {
        "referrals.inbox": _("Received"),
        "referrals.outbox": _("Given"),
        "referrals.thanks": _("Thank-yous"),
        "referrals.own": _("Your figures"),
        "referrals.answer": _("What comes of it"),
    }
    return [
        {"title": title, "url": page.url(endpoint), "is_current": endpoint == current}
        for endpoint, title in titles.items()
    ]


def _box_page(page: GroupPage, side: Side) -> Answer:
    endpoint = _ENDPOINTS[side]
    return page.render(
        "referrals/box.html",
        tabs=tabs_of(page, endpoint),
        live_url=page.url(f"{endpoint}_live", page=_page_number()),
        live_seconds=LIVE_SECONDS,
        drafts=draft_lines(page) if side is Side.GIVER else [],
        **_box(page, side),
    )


def _box(page: GroupPage, side: Side) -> Mapping[str, Any]:
    number = _page_number()
    box = box_of(page.work.session, page.group.id, page.viewer.member_id, side, number, now=page.work.now)
    endpoint = _ENDPOINTS[side]
    return {
        "lines": slip_lines(page, box.lines),
        "is_outbox": side is Side.GIVER,
        "newer_url": page.url(endpoint, page=number - 1) if number > 1 else "",
        "older_url": page.url(endpoint, page=number + 1) if box.has_more else "",
    }


def _page_number() -> int:
    text = request.args.get("page", "1")
    return min(int(text), _LAST_PAGE) if text.isascii() and text.isdigit() and int(text) > 0 else 1
