"""The mails of referrals that a group may word its own way.

Not those that promise what stays sealed or ask for consent: what they promise is the house's to keep, so the words are too.
"""

from app.core.notices.wording import MailKind
from app.core.sentences import N_
from app.plugins.referrals.domain.slip import Act
from app.plugins.referrals.services import clock, correcting_thanks, office_help, telling

_LINK = "https://…"
_TAPS = {
    "called": (N_("the address that says: I called"), _LINK),
    "tried": (N_("the address that says: I tried, but did not reach them yet"), _LINK),
    "declined": (N_("the address that says: this is not for me"), _LINK),
}

MAILS = (
    MailKind(
        wording=telling.NEW_SLIP,
        title=N_("A referral is passed"),
        subject=telling.PASSED,
        body=telling.OF_SLIP,
    ),
    MailKind(
        wording="referrals.slip_typed_in",
        title=N_("A paper slip was typed in for its giver"),
        subject=telling.TYPED_IN,
        body=telling.OF_TYPED_IN,
    ),
    MailKind(
        wording=telling.ANY_STEP,
        title=N_("There is news of a referral"),
        subject=telling.BY_ACT[Act.ACKNOWLEDGE],
        body=telling.OF_STEP,
    ),
    MailKind(
        wording="referrals.slip_hand-back",
        title=N_("A slip comes back, because its receiver has left"),
        subject=telling.HANDED_BACK,
        body=telling.OF_HAND_BACK,
    ),
    MailKind(
        wording=clock.REMINDER,
        title=N_("A referral waits for a word"),
        subject=clock.WAITS,
        body=clock.FIRST_WORD,
        needs=tuple(_TAPS),
        places=_TAPS,
    ),
    MailKind(
        wording=clock.SECOND_REMINDER,
        title=N_("A referral still waits for a word"),
        subject=clock.WAITS,
        body=clock.SECOND_WORD,
        needs=tuple(_TAPS),
        places=_TAPS,
    ),
    MailKind(
        wording="referrals.help_given",
        title=N_("An office has spoken with the receiver"),
        subject=office_help.SPOKEN,
        body=telling.OF_HELP,
    ),
    MailKind(
        wording="referrals.business_thanked",
        title=N_("Somebody says thank you for business"),
        subject=telling.THANKED,
        body=telling.OF_THANKS,
    ),
    MailKind(
        wording="referrals.thanks_corrected",
        title=N_("A thank-you is corrected"),
        subject=correcting_thanks.CORRECTED,
        body=correcting_thanks.OF_CORRECTION,
    ),
    MailKind(
        wording="referrals.thanks_taken_back",
        title=N_("A thank-you is taken back"),
        subject=correcting_thanks.TAKEN_BACK,
        body=correcting_thanks.OF_TAKING_BACK,
    ),
)
