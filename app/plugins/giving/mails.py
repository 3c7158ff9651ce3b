"""The mails of giving that a group may word its own way."""

from app.core.notices.wording import MailKind
from app.core.sentences import N_
from app.plugins.giving.services.telling import ANSWERED, BODIES, MADE, OFFERED, WHAT_CAME

MAILS = (
    MailKind(
        wording="giving.answered",
        title=N_("Somebody answered an ask"),
        subject=ANSWERED,
        body=BODIES[ANSWERED],
    ),
    MailKind(
        wording="giving.introduction",
        title=N_("An introduction is offered"),
        subject=OFFERED,
        body=BODIES[OFFERED],
    ),
    MailKind(
        wording="giving.introduction_made",
        title=N_("Both said yes to an introduction"),
        subject=MADE,
        body=BODIES[MADE],
    ),
    MailKind(
        wording="giving.outcome",
        title=N_("What came of an introduction?"),
        subject=WHAT_CAME,
        body=BODIES[WHAT_CAME],
    ),
)
