"""The mails of welcome that a group may word its own way; the first message has a page of its own."""

from app.core.notices.wording import MailKind
from app.core.sentences import N_
from app.plugins.welcome.domain import visit_words as visit
from app.plugins.welcome.services import calls
from app.plugins.welcome.services.newcomers import IN_YOUR_CARE, OF_CARE
from app.plugins.welcome.services.visit_telling import BODY, SUBJECT

_TITLES = {
    visit.CONFIRMED: N_("To a visitor: you are expected"),
    visit.MOVED: N_("To a visitor: your visit is on another day"),
    visit.MEETING_MOVED: N_("To a visitor: the meeting is at another time or place"),
    visit.MEETING_OFF: N_("To a visitor: the meeting does not take place"),
    visit.CANCELLED: N_("To a visitor: your visit is called off"),
    visit.TWICE: N_("To a visitor: somebody like you is on the list already"),
    visit.AGAIN: N_("To a visitor: you are on the list already"),
    visit.REMINDER: N_("To a visitor: a reminder of the day"),
    visit.QUESTION: N_("To a visitor: one question after the visit"),
    visit.FORM: N_("To a visitor: the form for whoever would like to join"),
}
_OF_VISITS = {
    "way": (N_("how to find the door, as on the public page"), N_("The blue door beside the bakery.")),
    "public": (N_("the address of the public page"), "https://…"),
    "form": (N_("the address of the form to join"), "https://…"),
}
_OF_NEWS = {"said": (N_("what happened, in a sentence"), N_("Ana Silva has registered for a visit."))}
_NEWS = {
    "welcome.visit_registered": N_("To hosts and whoever invited: somebody registered"),
    "welcome.visit_called_off": N_("To hosts and whoever invited: a visitor does not come"),
    "welcome.visit_moved_told": N_("To hosts and whoever invited: a visitor comes on another day"),
    "welcome.visit_answered_told": N_("To hosts: a visitor answered the question"),
}

MAILS = (
    *(
        MailKind(
            wording=kind,
            title=_TITLES[kind],
            subject=subject,
            body=body,
            needs=tuple(one for one in ("when", "where", "form") if f"%({one})s" in body),
            places=_OF_VISITS,
        )
        for kind, (subject, body) in visit.WORDS.items()
    ),
    *(
        MailKind(wording=kind, title=title, subject=SUBJECT, body=BODY, needs=("said",), places=_OF_NEWS)
        for kind, title in _NEWS.items()
    ),
    MailKind(
        wording=calls.KIND,
        title=N_("To a member: call somebody who visited"),
        subject=calls.SUBJECT,
        body=calls.BODY,
    ),
    MailKind(
        wording="welcome.contact",
        title=N_("A member is the contact of somebody who joined"),
        subject=IN_YOUR_CARE,
        body=OF_CARE,
        needs=("reach",),
        places={"reach": (N_("name, phone and mail address of who joined"), "Ana Silva\n+351 21 555 01 00")},
    ),
)
