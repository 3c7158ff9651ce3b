"""The mails of credibility that a group may word its own way. None of them names anybody: the page does, for those who may read it."""

from app.core.notices.wording import MailKind
from app.core.sentences import N_
from app.plugins.credibility.domain.appeals import AppealState
from app.plugins.credibility.services import appeal_news as told

MAILS = (
    MailKind(
        wording=told.ASKED_KIND,
        title=N_("Please decide on a report that a member disagrees with"),
        subject=told.ASKED,
        body=told.ASKED_BODY,
        needs=("day",),
    ),
    MailKind(
        wording=told.REMINDED_KIND,
        title=N_("A decision on a report is still missing"),
        subject=told.REMINDED,
        body=told.REMINDED_BODY,
        needs=("day",),
    ),
    MailKind(
        wording="credibility.appeal_upheld",
        title=N_("A report one disagreed with counts no more"),
        subject=told.END_SUBJECT,
        body=told.END_BODIES[AppealState.UPHELD],
    ),
    MailKind(
        wording="credibility.appeal_rejected",
        title=N_("A report one disagreed with counts"),
        subject=told.END_SUBJECT,
        body=told.END_BODIES[AppealState.REJECTED],
    ),
    MailKind(
        wording="credibility.appeal_lapsed",
        title=N_("Nobody decided on a report in time"),
        subject=told.LAPSED_SUBJECT,
        body=told.END_BODIES[AppealState.LAPSED],
    ),
    MailKind(
        wording="credibility.appeal_moot",
        title=N_("A report one disagreed with is gone or corrected"),
        subject=told.MOOT_SUBJECT,
        body=told.END_BODIES[AppealState.MOOT],
    ),
)
