"""The link that stands under mails that can wait: what it stops, whose choice it changes, and how that is kept."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.core.database import table_of
from app.core.groups.models import MemberRow
from app.core.ids import GroupId, MemberId
from app.core.notices.choosing import choices_of, keep_choices
from app.core.notices.hours import Choices, ToldBy, Topic
from app.core.notices.models import OutgoingMailRow
from app.core.work import UnitOfWork

_MAIL = table_of(OutgoingMailRow)


class Stoppable(StrEnum):
    """What one press stops: the mails of one topic, or of both, where a digest brings both."""

    WAITING = Topic.WAITING.value
    NEWS = Topic.NEWS.value
    DIGEST = "digest"

    @property
    def topics(self) -> frozenset[Topic]:
        """The topics whose mails it is about."""
        return frozenset(Topic) if self is Stoppable.DIGEST else frozenset({Topic(self.value)})


@dataclass(frozen=True, slots=True, kw_only=True)
class StopLine:
    """What the link under one mail is about: whose mails of which group, and in which language it is said."""

    group_id: GroupId
    group_slug: str
    group_name: str
    member_public_id: str
    what: Stoppable
    language: str
    written_at: datetime


StopLink = Callable[[StopLine], str]
"""Returns the whole address at which the reader stops such mails."""


def choose_by_link(
    work: UnitOfWork, *, group_id: GroupId, member_id: MemberId, what: Stoppable, chosen: Choices
) -> None:
    """Keep of `chosen` what is about `what` alone, and drop what was still to leave of a topic that is stopped. Commits."""
    stands = choices_of(work.session, group_id, member_id)
    kept = stands
    for topic in what.topics:
        kept = kept.told({topic}, chosen.of(topic))
    keep_choices(work, group_id=group_id, member_id=member_id, choices=kept)
    _drop_unsent(work.session, group_id, member_id, what, kept)
    work.commit()


def _drop_unsent(
    session: Session, group_id: GroupId, member_id: MemberId, what: Stoppable, kept: Choices
) -> None:
    stopped = {topic.value for topic in what.topics if kept.of(topic) is ToldBy.PAGE}
    if len(stopped) == len(Topic):
        stopped.add(Stoppable.DIGEST.value)
    person = select(MemberRow.person_id).where(MemberRow.group_id == group_id, MemberRow.id == member_id)
    session.execute(
        update(_MAIL)
        .where(
            _MAIL.c.group_id == group_id,
            _MAIL.c.person_id == person.scalar_subquery(),
            _MAIL.c.topic.in_(sorted(stopped)),
            _MAIL.c.state.in_(("waiting", "held")),
            _MAIL.c.leased_until_utc.is_(None),
        )
        .values(state="expired")
    )
