"""Who is told what of a disagreement: those who decide are asked, the member hears the end, the reporter only if it was upheld."""

from collections.abc import Iterable

from app.core.groups.domain.standing import Group
from app.core.groups.queries import member_by_key
from app.core.ids import MemberId
from app.core.notices.services import notify
from app.core.sentences import N_
from app.core.work import UnitOfWork
from app.plugins.credibility.domain.appeals import AppealState
from app.plugins.credibility.queries.appeals import Appeal

ASKED = N_("A member disagrees with a report on them. Please decide on it within three weeks.")
ENDS = {
    AppealState.UPHELD: N_(
        "You disagreed with a report on you, and those who decided agree with you. It counts no more."
    ),
    AppealState.REJECTED: N_(
        "You disagreed with a report on you. Those who decided let it count; you can read their reasons."
    ),
    AppealState.LAPSED: N_(
        "You disagreed with a report on you. Nobody decided in time, so it goes on counting. We are sorry."
    ),
}
NO_MORE = N_(
    "A report you gave on a referral to %(name)s counts no more: two members looked into it and wrote why. You can correct it "
    "at any time."
)


def path_of_appeal(group: Group, public_id: str) -> str:
    """Return the path of the page of an appeal, also where there is no request."""
    return f"/g/{group.slug}/credibility/appeals/{public_id}"


def ask_to_decide(work: UnitOfWork, group: Group, public_id: str, members: Iterable[MemberId]) -> None:
    """Ask these to decide; without a name, which the page has."""
    for member_id in members:
        notify(
            work,
            group_id=group.id,
            member_id=member_id,
            kind="credibility.appeal_asked",
            text=ASKED,
            path=path_of_appeal(group, public_id),
        )


def tell_end(work: UnitOfWork, group: Group, appeal: Appeal, state: AppealState) -> None:
    """Tell the member how it ended."""
    notify(
        work,
        group_id=group.id,
        member_id=appeal.about_member_id,
        kind="credibility.appeal_ended",
        text=ENDS[state],
        path=path_of_appeal(group, appeal.public_id),
    )


def tell_reporter(work: UnitOfWork, group: Group, reporter: MemberId, about: MemberId) -> None:
    """Tell the reporter that their report counts no more."""
    notify(
        work,
        group_id=group.id,
        member_id=reporter,
        kind="credibility.report_void",
        text=NO_MORE,
        facts={"name": member_by_key(work.session, group.id, about).name},
    )
