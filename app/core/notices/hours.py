"""When a mail that can wait leaves: at once, in the digest of the day, or not at all, and never in somebody's night."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum

from app.core.local_time import instant_of, local_datetime


class Topic(StrEnum):
    """What a mail that can wait is about. A mail without a topic leaves at once, whatever its reader chose."""

    WAITING = "waiting"
    NEWS = "news"


class ToldBy(StrEnum):
    """How a member is told of something beside their page, where it stands in any case."""

    AT_ONCE = "at-once"
    DAILY = "daily"
    PAGE = "page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What one member of a group chose. Quiet hours are wall times in the group's zone; the same twice means none."""

    waiting: ToldBy = ToldBy.AT_ONCE
    news: ToldBy = ToldBy.AT_ONCE
    quiet_from: time = time(21)
    quiet_until: time = time(7)

    def of(self, topic: Topic) -> ToldBy:
        """Return how the member wants to be told of `topic`."""
        return self.waiting if topic is Topic.WAITING else self.news

    def told(self, topics: Collection[Topic], how: "ToldBy") -> "Choices":
        """Return the same choices with another way of being told of `topics`."""
        return replace(
            self,
            waiting=how if Topic.WAITING in topics else self.waiting,
            news=how if Topic.NEWS in topics else self.news,
        )


USUAL = Choices()
"""What holds for everyone who chose nothing."""


def leaves_at(now: datetime, choices: Choices, zone: str) -> datetime:
    """Return when a mail written at `now` leaves: at once, or when the quiet hours it falls into are over."""
    local = local_datetime(now, zone)
    wall, begins, ends = local.time(), choices.quiet_from, choices.quiet_until
    if begins <= ends:
        is_quiet, day = begins <= wall < ends, local.date()
    else:
        is_quiet, day = wall >= begins or wall < ends, local.date() + timedelta(days=wall >= begins)
    return max(now, instant_of(day, ends, zone)) if is_quiet else now


def digest_at(now: datetime, choices: Choices, zone: str) -> datetime:
    """Return when the next digest leaves after `now`: once a day, at the end of the quiet hours."""
    today = local_datetime(now, zone).date()
    first, second = (instant_of(today + timedelta(days=days), choices.quiet_until, zone) for days in (0, 1))
    return first if first > now else second
