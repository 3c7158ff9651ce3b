"""The mails of the door that a group may word its own way."""

from app.core.notices.wording import MailKind
from app.core.sentences import N_
from app.plugins.welcome.services import greeting_told as told

GREETING_MAILS = (
    MailKind(
        wording="welcome.greeter_asked",
        title=N_("To a member: would you receive a guest?"),
        subject=told.ASKED,
        body=told.OF_ASKED,
        places={"asker": (N_("the name of who asks"), "Ben Castro")},
    ),
    MailKind(
        wording="welcome.greeter_freed",
        title=N_("To a member: you need not receive the guest"),
        subject=told.NOT_NEEDED,
        body=told.OF_NOT_NEEDED,
    ),
    MailKind(
        wording="welcome.guest_arrived",
        title=N_("To whoever receives a guest: they are here"),
        subject=told.ARRIVED,
        body=told.OF_ARRIVED,
    ),
    MailKind(
        wording="welcome.guest_waits",
        title=N_("To hosts: a guest is here and nobody is with them"),
        subject=told.WAITS,
        body=told.OF_WAITS,
    ),
)
