"""The mails of activities that a group may word its own way."""

from app.core.notices.wording import MailKind
from app.core.sentences import N_
from app.plugins.activities.services import arranging_telling as told
from app.plugins.activities.services.commitments import DUE, DUE_BODY

_SAID = {"said": (N_("what the other wrote to it, if anything"), N_("“I look forward to it.”"))}

MAILS = (
    MailKind(
        wording=told.PROPOSED_KINDS[0],
        title=N_("Somebody asks for a one-to-one"),
        subject=told.ASKED,
        body=told.ASKED_BODY,
        places=_SAID,
    ),
    MailKind(
        wording=told.PROPOSED_KINDS[1],
        title=N_("Other times for a one-to-one"),
        subject=told.OTHER_TIMES,
        body=told.TIMES_BODY,
        places=_SAID,
    ),
    MailKind(
        wording=told.MOVE_WORDING,
        title=N_("Somebody would like to move a one-to-one"),
        subject=told.MOVE,
        body=told.TIMES_BODY,
        places=_SAID,
    ),
    MailKind(
        wording=told.AGREED_KINDS[0],
        title=N_("A one-to-one is agreed"),
        subject=told.AGREED,
        body=told.AGREED_BODY,
        needs=("when",),
    ),
    MailKind(
        wording=told.AGREED_KINDS[1],
        title=N_("Tomorrow is a one-to-one"),
        subject=told.AHEAD,
        body=told.AHEAD_BODY,
        needs=("when",),
    ),
    MailKind(
        wording=told.CALLED_OFF_KIND,
        title=N_("A one-to-one is called off"),
        subject=told.CALLED_OFF,
        body=told.CALLED_OFF_BODY,
        needs=("when",),
        places=_SAID,
    ),
    MailKind(
        wording="activities.promise_due",
        title=N_("A promise to oneself is due"),
        subject=DUE,
        body=DUE_BODY,
        needs=("words",),
        places={"words": (N_("what the reader promised themself"), N_("Call Ana about the roof"))},
    ),
)
