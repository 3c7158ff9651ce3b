"""The mails of the first year that a group may word its own way."""

from app.core.notices.wording import MailKind
from app.core.sentences import N_
from app.plugins.firstyear.services.telling import ASKED, BODIES, FOUND, TALK_DUE

MAILS = (
    MailKind(
        wording="firstyear.mentor_asked",
        title=N_("Would you be a mentor?"),
        subject=ASKED,
        body=BODIES[ASKED],
        places={"trade": (N_("the newcomer’s trade"), N_("Roofer"))},
    ),
    MailKind(
        wording="firstyear.mentor_found",
        title=N_("A newcomer has a mentor"),
        subject=FOUND,
        body=BODIES[FOUND],
        places={"mentor": (N_("the mentor’s name"), "Ana Silva")},
    ),
    MailKind(
        wording="firstyear.talk_due",
        title=N_("A talk is due"),
        subject=TALK_DUE,
        body=BODIES[TALK_DUE],
    ),
)
