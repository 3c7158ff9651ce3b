"""What giving does by itself: it asks what came of introductions, lets old ones rest, and closes what leavers left open."""

from collections.abc import Callable

from app.core.groups.domain.standing import Group
from app.core.groups.events import MembershipEnded
from app.core.groups.queries import member_by_key
from app.core.ids import GroupId
from app.core.local_time import local_day
from app.core.work import UnitOfWork
from app.plugins.giving.domain.ask import AskState
from app.plugins.giving.domain.introduction import LAPSES_AFTER, OUTCOME_ASKED_AFTER, IntroductionState
from app.plugins.giving.domain.keys import AskId, IntroductionId
from app.plugins.giving.interface import AskClosed, IntroductionEnded
from app.plugins.giving.queries.introductions import Introduction, introductions_due
from app.plugins.giving.services.telling import WHAT_CAME, News, Place, tell
from app.plugins.giving.store import close_asks_of, let_rest, let_rest_of, mark_asked

PlaceOf = Callable[[Group, str], Place]
"""Where an introduction with that public id is found: a job runs outside any request and is told."""


def ask_what_came(work: UnitOfWork, group: Group, place_of: PlaceOf) -> int:
    """Ask the two of each introduction that was made two weeks ago what came of it, once; the caller commits.

    Who has said so already, or has left, is not asked. Introductions that waited for a month rest.
    """
    for introduction_id in let_rest(work.session, group.id, work.now - LAPSES_AFTER):
        work.record(_rests(group.id, introduction_id))
    due = introductions_due(work.session, group.id, work.now - OUTCOME_ASKED_AFTER)
    asked = [one for one in due if mark_asked(work.session, group.id, one.id, work.now)]
    for one in asked:
        _ask_two(work, group, one, place_of(group, one.public_id))
    return len(asked)


def close_for_leaver(work: UnitOfWork, event: MembershipEnded) -> None:
    """Close the asks of somebody who has left, and let the introductions rest that wait for them or were theirs.

    Does nothing for somebody who is back. The house commits it with the delivery.
    """
    if member_by_key(work.session, event.group_id, event.member_id).ended_on is None:
        return
    for ask_id in close_asks_of(work.session, event.group_id, event.member_id, work.now):
        closed = AskClosed(group_id=event.group_id, ask_id=AskId(ask_id), state=AskState.CLOSED.value)
        work.record(closed)
    for introduction_id in let_rest_of(work.session, event.group_id, event.member_id):
        work.record(_rests(event.group_id, introduction_id))


def _ask_two(work: UnitOfWork, group: Group, introduction: Introduction, place: Place) -> None:
    today = local_day(work.now, group.zone)
    for side in (introduction.one, introduction.other):
        ended_on = member_by_key(work.session, group.id, side.id).ended_on
        if side.outcome or (ended_on is not None and ended_on < today):
            continue
        news = News(
            kind="giving.outcome",
            text=WHAT_CAME,
            key=introduction.public_id,
            facts={
                "name": introduction.introducer.name,
                "other": introduction.counterpart(side.id).name,
            },
            place=place,
        )
        tell(work, group, side.id, news)


def _rests(group_id: GroupId, introduction_id: int) -> IntroductionEnded:
    return IntroductionEnded(
        group_id=group_id,
        introduction_id=IntroductionId(introduction_id),
        state=IntroductionState.LAPSED.value,
    )
