"""The parts that answers give to core's pages: one's own answer on home and meeting, and who is expected, for the offices."""

from collections.abc import Sequence
from datetime import timedelta

from flask_babel import gettext as _

from app.http.page import GroupPage
from app.plugin_api import MeetingBrief, Panel
from app.plugins.attendance import permissions as may
from app.plugins.attendance.domain.answers import Intent
from app.plugins.attendance.queries.answers import OwnAnswer, expected_at, own_answer_ahead, own_answer_of
from app.plugins.attendance.web.answers_wording import intent_words, words_of_leaders
from app.plugins.attendance.web.found import roster_on_page

_ASKS_BEFORE = timedelta(days=7)


def home_panels(page: GroupPage) -> Sequence[Panel]:
    """Return the question whether the viewer comes to the next meeting, from a week before until it begins or they are in."""
    own = own_answer_on_page(page)
    if own is None or own.has_letter or own.starts_at_utc - page.work.now > _ASKS_BEFORE:
        return ()
    return [_own_panel(page, own, order=1)]


def own_answer_on_page(page: GroupPage) -> OwnAnswer | None:
    """Return the next meeting that has not begun, with what the viewer said of it; one statement a page."""
    return page.asked_once(
        "attendance.own_answer",
        lambda: own_answer_ahead(page.work.session, page.group.id, page.viewer.member_id, page.work.now),
    )


def meeting_panels(page: GroupPage, meeting: MeetingBrief) -> Sequence[Panel]:
    """Return the viewer's own answer while the meeting is ahead, and for the offices who is expected."""
    panels = []
    is_ahead = page.work.now < meeting.starts_at_utc and meeting.state == "planned"
    if is_ahead:
        own = own_answer_of(page.work.session, page.group.id, page.viewer.member_id, meeting.id)
        panels += [_own_panel(page, own, order=10)] if own and not own.has_letter else []
    if meeting.state == "planned" and page.may(may.GRID_VIEW):
        panels += _expected(page, meeting)
    return panels


def _own_panel(page: GroupPage, own: OwnAnswer, *, order: int) -> Panel:
    words = intent_words()
    return Panel(
        key="answer",
        title=_("Do you come?"),
        template="attendance/answer_panel.html",
        context={
            "own": own,
            "own_words": words[own.intent] if own.intent else "",
            "taps": [
                (intent.value, text)
                for intent, text in words.items()
                if intent is not Intent.SUBSTITUTE and (intent is not own.intent or not own.is_current)
            ],
            "answer_url": page.url("attendance.own_answer", meeting=own.meeting_public_id),
        },
        order=order,
    )


def _expected(page: GroupPage, meeting: MeetingBrief) -> list[Panel]:
    roster = roster_on_page(page, meeting.public_id)
    if roster is None:
        return []
    may_enter = page.may(may.APOLOGIES_ENTER) and page.work.now < meeting.ends_at_utc
    expected = expected_at(page.work.session, page.group.id, roster)
    return [
        Panel(
            key="expected",
            title=_("Who is expected"),
            template="attendance/expected_panel.html",
            context={
                "expected": expected,
                "words": words_of_leaders(),
                "zone": roster.meeting.zone,
                "apologies_url": page.url("attendance.apologies", meeting=meeting.public_id)
                if may_enter
                else "",
            },
            order=20,
            wide=True,
        )
    ]
