"""What credibility brings to the pages of the house: a colleague's surfaced record, and the question whether one takes part."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from flask_babel import gettext as _

from app.core.ids import MemberId
from app.core.local_time import local_day
from app.http.page import GroupPage
from app.plugin_api import MemberBrief, MemberColumn, Panel, Task
from app.plugins.attendance.interface import CameLately, ShowingUp
from app.plugins.credibility.queries.facts import LATELY_DAYS
from app.plugins.credibility.queries.shown import Surfaced, shown_of, shown_of_all
from app.plugins.credibility.queries.waiting import waiting_words
from app.plugins.credibility.web.lead_words import leads_words
from app.plugins.credibility.web.words import cell_of, facets_of, interval, sentences_of


def member_panels(page: GroupPage, member: MemberBrief) -> Sequence[Panel]:
    """Return a colleague's record if it has surfaced; a blank is no panel, whatever its reason."""
    if member.id == page.viewer.member_id:
        return ()
    shown = shown_of(page.work, page.group, member.id)
    if not isinstance(shown, Surfaced):
        return ()
    return (
        Panel(
            key="record",
            title=_("How referrals are handled"),
            template="credibility/panel_record.html",
            context={
                "sentences": sentences_of(shown),
                "interval": interval(shown.estimate),
                "week": shown.week,
                **beside_estimate(page, member.id, shown),
                "opens_apart": False,
            },
            order=60,
        ),
    )


def receiver_panels(page: GroupPage, member: MemberBrief) -> Sequence[Panel]:
    """Return the same beside a slip that is being written; its way elsewhere opens apart, so that the slip stays."""
    return [
        replace(panel, context={**panel.context, "opens_apart": True})
        for panel in member_panels(page, member)
    ]


def beside_estimate(page: GroupPage, member_id: MemberId, shown: Surfaced) -> dict[str, object]:
    """Return what stands beside an estimate that has surfaced: the plain counts, and the sentence on leads, or nothing."""
    return {
        "facets": facets_of(shown, _came(page, member_id)),
        "leads": "" if shown.leads is None else leads_words(shown.leads),
    }


def _came(page: GroupPage, member_id: MemberId) -> CameLately | None:
    """Return how a member whose record has surfaced came lately, from the letters of the record."""
    asked = page.reader(ShowingUp)  # type: ignore[type-abstract]  # a protocol is asked for, never made
    first = page.today - timedelta(days=LATELY_DAYS)
    return None if asked is None else asked.came_between(page.group.id, member_id, first, page.today)


def member_columns(page: GroupPage, members: Sequence[MemberBrief]) -> Sequence[MemberColumn]:
    """Return the estimates that have surfaced, in words: no number to sort by, and a blank like every other."""
    shown = shown_of_all(page.work, page.group, [member.id for member in members])
    return (
        MemberColumn(
            title=_("Would refer again"),
            cells={member: cell_of(one) for member, one in shown.items()},
            order=60,
        ),
    )


def tasks(page: GroupPage) -> Sequence[Task]:
    """Return what the viewer was asked to decide, and once, after settling in, the question whether one takes part."""
    waiting = waiting_words(page.work.session, page.group.id, page.viewer.member_id)
    return (*_to_decide(page, waiting.appeals), *_asked_to_take_part(page, waiting.said_of_part))


def _to_decide(page: GroupPage, waiting: Mapping[str, datetime]) -> Sequence[Task]:
    """Return the disagreements on which the viewer was asked to decide."""
    return [
        Task(
            text=_("Decide on a report that a member disagrees with."),
            url=page.url("credibility.appeal", appeal=appeal),
            due_on=local_day(due, page.group.zone),
            order=15,
        )
        for appeal, due in waiting.items()
    ]


def _asked_to_take_part(page: GroupPage, said: str) -> Sequence[Task]:
    if said or (page.today - page.viewer.first_joined_on).days < page.group.settling_in_days:
        return ()
    return [Task(text=_("Say whether your record may be shown."), url=page.url("credibility.own"), order=60)]
