"""What the giver of a paper slip is shown on its page: who typed it in, and whether they passed the same one themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.core.local_time import local_day
from app.http.page import GroupPage
from app.plugins.referrals.domain.slip import PAPER
from app.plugins.referrals.queries.one_slip import SlipView, StepLine, prospect_of
from app.plugins.referrals.queries.twins import Twin, twins_of
from app.plugins.referrals.web.wording import state_words


@dataclass(frozen=True, slots=True, kw_only=True)
class OnPaper:
    """A slip that was typed in for its giver: by whom, the day on the paper, and slips like it with how they stand."""

    by: str
    day: date
    twins: Sequence[tuple[Twin, str]]


def typed_in_for(page: GroupPage, view: SlipView, steps: Sequence[StepLine]) -> OnPaper | None:
    """Return what the viewer, if they are the giver, is asked about a slip that somebody else typed in; else None."""
    is_givers = view.slip.giver == page.viewer.member_id
    if view.origin != PAPER or not is_givers or not steps or steps[0].by_name == view.giver_name:
        return None
    return OnPaper(
        by=steps[0].by_name, day=local_day(view.slip.passed_at, page.group.zone), twins=_twins(page, view)
    )


def _twins(page: GroupPage, view: SlipView) -> list[tuple[Twin, str]]:
    if view.prospect_id is None or view.slip.giver is None or view.slip.receiver is None:
        return []
    prospect = prospect_of(page.work.session, page.group.id, view.prospect_id)
    if prospect is None or not view.slip.is_open:
        return []
    found = twins_of(
        page.work.session,
        page.group.id,
        giver=view.slip.giver,
        receiver=view.slip.receiver,
        prospect=(prospect.name, prospect.contact),
        now=page.work.now,
    )
    return [(one, state_words(one.state)) for one in found if one.public_id != view.public_id]
