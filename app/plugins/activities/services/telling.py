"""Telling the other of a one-to-one what was recorded, corrected or taken back: a notice on their page, no mail."""

from app.core.ids import GroupId, MemberId
from app.core.notices.services import notify
from app.core.sentences import N_
from app.core.work import UnitOfWork

RECORDED = N_("%(name)s recorded your one-to-one. You need not do it again.")
RECORDED_BY_OFFICE = N_("%(name)s recorded your one-to-one with %(other)s.")
CORRECTED = N_("%(name)s corrected what is recorded of your one-to-one.")
TAKEN_BACK = N_("%(name)s took back a one-to-one of yours; it counts no more.")
LEARNING_RECORDED = N_("%(name)s recorded learning units for you.")


def tell(
    work: UnitOfWork,
    group_id: GroupId,
    member_id: MemberId,
    sentence: str,
    *,
    name: str,
    path: str,
    other: str = "",
) -> None:
    """Put the sentence on the member's page; the caller commits."""
    notify(
        work,
        group_id=group_id,
        member_id=member_id,
        kind="activities.recorded",
        text=sentence,
        facts={"name": name, "other": other},
        path=path,
    )
