"""The mails of welcome that a group may word its own way; the first message has a page of its own."""

from app.core.notices.wording import MailKind
from app.core.sentences import N_
from app.plugins.welcome.services.newcomers import IN_YOUR_CARE, OF_CARE

MAILS = (
    MailKind(
        wording="welcome.contact",
        title=N_("A member is the contact of somebody who joined"),
        subject=IN_YOUR_CARE,
        body=OF_CARE,
        needs=("reach",),
        places={"reach": (N_("name, phone and mail address of who joined"), "Ana Silva\n+351 21 555 01 00")},
    ),
)
