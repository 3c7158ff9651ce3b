"""The plan of the first weeks: a few people to meet, each with the reason. It is no list to be worked off."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.core.ids import MemberId

MOST_PEOPLE = 6
REPEATED_AFTER = timedelta(days=730)
"""Who comes back within this time knows the group: no second plan."""

FIRST_TALK_WITHIN = timedelta(weeks=3)
"""A newcomer without a one-to-one by then is shown to the office, so that somebody makes an introduction."""

FOR_SO_LONG = timedelta(days=182)
"""So long the plan stands on the newcomer's page."""


class Reason(StrEnum):
    """Why somebody is on the plan. The value is what the database keeps."""

    SHARED = "shared"
    OFFICE = "office"
    CLOSE_TRADE = "close-trade"
    NEW_TOO = "new-too"
    KNOWS_ALL = "knows-all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A member as somebody to meet; texts as they stand on the profile, empty where there is none."""

    member_id: MemberId
    joined_on: date
    trade: str = ""
    holds_office: bool = False
    interests: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ToMeet:
    """Somebody to meet, and why."""

    member_id: MemberId
    reason: Reason


def people_to_meet(newcomer: Known, members: Iterable[Known], today: date) -> list[ToMeet]:
    """Return at most six people, one or two for each reason, so that it is no list of officers or of look-alikes."""
    others = sorted(
        (one for one in members if one.member_id != newcomer.member_id),
        key=lambda one: (one.joined_on, one.member_id),
    )
    by_reason = {reason: [one for one in others if _fits(reason, newcomer, one, today)] for reason in Reason}
    found: dict[MemberId, Reason] = {}
    for _round in range(MOST_PEOPLE):
        for reason, fit in by_reason.items():
            free = [one for one in fit if one.member_id not in found]
            if free and len(found) < MOST_PEOPLE:
                found[free[0].member_id] = reason
    order = list(Reason)
    return [
        ToMeet(member_id=member, reason=reason)
        for member, reason in sorted(found.items(), key=lambda pair: order.index(pair[1]))
    ]


def may_have_plan(started_on: date, earlier_until: date | None, today: date) -> bool:
    """Return whether a plan is made: for who is new, for the first time or after more than two years away."""
    if today - started_on > FOR_SO_LONG:
        return False
    return earlier_until is None or started_on - earlier_until > REPEATED_AFTER


def _fits(reason: Reason, newcomer: Known, one: Known, today: date) -> bool:
    if reason is Reason.SHARED:
        return bool(_folded(newcomer.interests) & _folded(one.interests))
    if reason is Reason.OFFICE:
        return one.holds_office
    if reason is Reason.CLOSE_TRADE:
        return bool(_folded(newcomer.trade.split()) & _folded(one.trade.split()))
    if reason is Reason.NEW_TOO:
        return today - one.joined_on < FOR_SO_LONG
    return True


def _folded(words: Iterable[str]) -> set[str]:
    return {word.casefold().strip(" ,.;") for word in words if len(word.strip(" ,.;")) > 2}
