"""The plan of the first weeks as the newcomer and the mentor see it: whom to meet and why, what to do first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from app.core.ids import MemberId
from app.core.sentences import N_
from app.http.page import GroupPage
from app.plugins.activities.interface import TalksCounted
from app.plugins.firstyear.domain.plan import Reason
from app.plugins.firstyear.queries.stays import StayLine, ToMeetLine, people_of_plan
from app.plugins.giving.interface import GivenOn, GivingBegun, ReferralsGiven, VisitorsBrought

REASON_WORDS: Mapping[Reason, str] = {
    Reason.SHARED: N_("you share an interest"),
    Reason.OFFICE: N_("holds an office and can explain how things go"),
    Reason.CLOSE_TRADE: N_("works close to your trade: you may meet the same customers"),
    Reason.NEW_TOO: N_("is new too"),
    Reason.KNOWS_ALL: N_("has been here long and knows everybody"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPerson:
    """Somebody to meet, why, and the day on which they met, by a one-to-one or by the newcomer's own word."""

    line: ToMeetLine
    why: str
    met_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStep:
    """One thing of the first weeks, the day on which it was done, and where it is done."""

    text: str
    done_on: date | None
    url: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The plan as it stands today."""

    people: Sequence[PlanPerson]
    steps: Sequence[PlanStep]


def plan_of(page: GroupPage, stay: StayLine) -> Plan:
    """Return the plan; what was recorded elsewhere since they joined ticks itself."""
    talked = _talked(page, stay)
    people = people_of_plan(page.work.session, page.group.id, stay.id, page.today)
    return Plan(
        people=[
            PlanPerson(
                line=one,
                why=_(REASON_WORDS[Reason(one.reason)]),
                met_on=one.met_on or talked.get(one.member_id),
            )
            for one in people
        ],
        steps=_steps(page, stay, min(talked.values(), default=None)),
    )


def _steps(page: GroupPage, stay: StayLine, first_talk_on: date | None) -> list[PlanStep]:
    steps = []
    if "activities" in page.switched_on:
        steps.append(
            PlanStep(
                text=_("The first one-to-one: half an hour with one member"),
                done_on=first_talk_on,
                url=page.url("activities.week"),
                link=_("Write it down"),
            )
        )
    giving = page.reader(GivingBegun)  # type: ignore[type-abstract]  # a protocol is asked for, never made
    if giving is None:
        return steps
    begun = giving.of_member(page.group.id, stay.member_id, stay.started_on, page.group.zone)
    gave_on = min((day for day in (begun.gave_on, *_given_elsewhere(page, stay)) if day), default=None)
    steps.append(
        PlanStep(
            text=_("Give something first: an answer, an introduction, a referral, a visitor"),
            done_on=gave_on,
            url=page.url("giving.asks"),
            link=_("What others look for"),
        )
    )
    steps.append(
        PlanStep(
            text=_("Then the first ask of your own: what would you like the others to learn about you?"),
            done_on=begun.asked_on,
            url=page.url("giving.asks"),
            link=_("Ask"),
        )
    )
    return steps


def _given_elsewhere(page: GroupPage, stay: StayLine) -> list[date]:
    """Return the days of referrals passed and visitors brought."""
    found: list[GivenOn] = []
    slips = page.reader(ReferralsGiven)  # type: ignore[type-abstract]  # a protocol is asked for, never made
    if slips is not None:
        found += slips.given_by(page.group.id, stay.member_id, stay.started_on, page.group.zone)
    visitors = page.reader(VisitorsBrought)  # type: ignore[type-abstract]  # as above
    if visitors is not None:
        found += visitors.brought_by(page.group.id, stay.member_id, stay.started_on)
    return [one.day for one in found]


def _talked(page: GroupPage, stay: StayLine) -> Mapping[MemberId, date]:
    talks = page.reader(TalksCounted)  # type: ignore[type-abstract]  # a protocol is asked for, never made
    return dict(talks.partners(page.group.id, stay.member_id, stay.started_on)) if talks is not None else {}
