"""The mails of attendance that a group may word its own way."""

from app.core.notices.wording import MailKind
from app.core.sentences import N_
from app.plugins.attendance.services.reminding import ASKED, ASKED_SUBJECT
from app.plugins.attendance.services.steward import STEWARD, STEWARD_SUBJECT

_LINK = "https://…"

MAILS = (
    MailKind(
        wording="attendance.reminder",
        title=N_("Tomorrow is a meeting: do you come?"),
        subject=ASKED_SUBJECT,
        body=ASKED,
        needs=("when", "coming", "late", "substitute"),
        places={
            "topic": (N_("the topic of the meeting, if it has one"), N_("How we ask for introductions")),
            "coming": (N_("the address that says: I am coming"), _LINK),
            "late": (N_("the address that says: I am coming late"), _LINK),
            "substitute": (N_("the address that says: somebody comes for me"), _LINK),
        },
    ),
    MailKind(
        wording="attendance.steward",
        title=N_("Somebody is asked to help at the door"),
        subject=STEWARD_SUBJECT,
        body=STEWARD,
        needs=("day",),
    ),
)
