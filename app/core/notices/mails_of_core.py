"""Core's own mails that a group may word its own way: of meetings, and of offices that change hands."""

from app.core.groups.handing_over import (
    AT_ONCE,
    HANDED_OVER,
    HANDED_OVER_AT_ONCE,
    HANDED_OVER_SUBJECT,
)
from app.core.meetings.services import news
from app.core.notices.wording import MailKind
from app.core.offices.services import telling as offers
from app.core.sentences import N_

_LIST = {"list": (N_("the meetings, a line each"), N_("Tuesday, 24 November 2026, 07:00–08:30"))}
_GIVER = {
    "name": (N_("the first name of who follows"), "Ana"),
    "giver": (N_("who hands it over"), "Ben Castro"),
    "last": (N_("the last day on which both hold it"), N_("8 December 2026")),
}

_OFFER = {
    "name": (N_("the first name of who reads it"), "Ana"),
    "term": (N_("the days of the term"), N_("from 1 January 2027 to 31 December 2027")),
    "taker": (N_("who takes it"), "Ben Castro"),
}

CORE_MAILS = (
    MailKind(
        wording="meetings.moved",
        title=N_("A meeting is moved"),
        subject=news.MOVED_SUBJECT,
        body=news.MOVED,
        needs=("when",),
        places={
            "old_day": (N_("the day on which it was to be"), N_("Tuesday, 17 November 2026")),
            "old_when": (
                N_("day and time at which it was to be"),
                N_("Tuesday, 17 November 2026, 07:00–08:30"),
            ),
        },
    ),
    MailKind(
        wording="meetings.called_off",
        title=N_("A meeting is cancelled"),
        subject=news.CALLED_OFF_SUBJECT,
        body=news.CALLED_OFF,
        needs=("when",),
    ),
    MailKind(
        wording="meetings.brought_back",
        title=N_("A meeting takes place after all"),
        subject=news.BROUGHT_BACK_SUBJECT,
        body=news.BROUGHT_BACK,
        needs=("when",),
    ),
    MailKind(
        wording="meetings.added",
        title=N_("There is an extra meeting"),
        subject=news.ADDED_SUBJECT,
        body=news.ADDED,
        needs=("when",),
    ),
    MailKind(
        wording="meetings.topic_changed",
        title=N_("A meeting has another topic"),
        subject=news.TOPIC_SUBJECT,
        body=news.TOPIC,
        needs=("topic",),
        places={"topic": (N_("the topic"), N_("How we ask for introductions"))},
    ),
    MailKind(
        wording="meetings.topic_gone",
        title=N_("A meeting has no topic any more"),
        subject=news.TOPIC_SUBJECT,
        body=news.NO_TOPIC,
    ),
    MailKind(
        wording="meetings.place_changed",
        title=N_("A meeting takes place elsewhere"),
        subject=news.ELSEWHERE_SUBJECT,
        body=news.ELSEWHERE,
        needs=("when", "where"),
    ),
    MailKind(
        wording="meetings.all_elsewhere",
        title=N_("Several meetings take place elsewhere"),
        subject=news.ALL_ELSEWHERE_SUBJECT,
        body=news.ALL_ELSEWHERE,
        needs=("where", "list"),
        places=_LIST,
    ),
    MailKind(
        wording="meetings.schedule_changed",
        title=N_("The group meets at other times"),
        subject=news.RESCHEDULED_SUBJECT,
        body=news.RESCHEDULED,
        needs=("list", "dropped"),
        places={
            **_LIST,
            "dropped": (
                N_("the meetings that do not take place, a line each"),
                N_("Tuesday, 1 December 2026, 07:00–08:30"),
            ),
        },
    ),
    MailKind(
        wording="meetings.zone_changed",
        title=N_("The group goes by the time of another zone"),
        subject=news.ZONE_SUBJECT,
        body=news.ZONE,
        needs=("zone", "list"),
        places={**_LIST, "zone": (N_("the zone"), "Europe/Lisbon")},
    ),
    MailKind(
        wording="groups.office_handed_over",
        title=N_("An office is handed over, and both hold it for a while"),
        subject=HANDED_OVER_SUBJECT,
        body=HANDED_OVER,
        places=_GIVER,
    ),
    MailKind(
        wording=AT_ONCE,
        title=N_("An office is handed over from one day to the next"),
        subject=HANDED_OVER_SUBJECT,
        body=HANDED_OVER_AT_ONCE,
        places=_GIVER,
    ),
    MailKind(
        wording=offers.ASKED,
        title=N_("A member is asked to take an office"),
        subject=offers.ASKED_SUBJECT,
        body=offers.ASKED_BODY,
        needs=("office", "term"),
        places=_OFFER,
    ),
    MailKind(
        wording=offers.TAKEN,
        title=N_("An office is taken, and others who were asked are told"),
        subject=offers.TAKEN_SUBJECT,
        body=offers.TAKEN_BODY,
        needs=("office",),
        places=_OFFER,
    ),
    MailKind(
        wording=offers.ACCEPTED,
        title=N_("Somebody takes an office, and the leaders are told"),
        subject=offers.ACCEPTED_SUBJECT,
        body=offers.ACCEPTED_BODY,
        needs=("taker", "office"),
        places=_OFFER,
    ),
)
