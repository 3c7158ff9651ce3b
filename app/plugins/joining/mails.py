"""The mails of joining that a group may word its own way. What asks for consent or promises secrecy is the house's to say."""

from app.core.notices.wording import MailKind
from app.core.sentences import N_
from app.plugins.joining.services import telling
from app.plugins.joining.services.telling import Words

_TRADE = {"trade": (N_("the applicant’s trade"), N_("Piano tuner"))}
_UNTIL = {"until": (N_("the last day on which the seat is kept"), N_("24 December 2026"))}


def _to_applicant(words: Words, title: str) -> MailKind:
    places = _UNTIL if words is telling.APPROVED else {}
    needs = tuple(places)
    return MailKind(
        wording=words.kind, title=title, subject=words.subject, body=words.body, needs=needs, places=places
    )


MAILS = (
    _to_applicant(telling.APPROVED, N_("An applicant is taken in")),
    _to_applicant(telling.DECLINED, N_("An applicant is declined")),
    _to_applicant(telling.LATER, N_("An applicant waits for a seat")),
    _to_applicant(telling.REOPENED, N_("An application is looked at again")),
    _to_applicant(telling.LAPSED, N_("An applicant did not take the seat in time")),
    _to_applicant(telling.KNOWN, N_("An applicant applies a second time")),
    MailKind(
        wording=telling.OPENED.kind,
        title=N_("Somebody has applied, to those who decide"),
        subject=telling.OPENED.text,
        body=telling.OFFICE_BODY,
        places=_TRADE,
    ),
)
