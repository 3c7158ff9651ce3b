"""What arranged one-to-ones do by themselves: remind, rest when nothing is heard, end with a membership, be forgotten."""

from datetime import time, timedelta

from app.core.groups.domain.standing import Group
from app.core.groups.queries import members_on
from app.core.local_time import instant_of, local_day
from app.core.notices.forgetting import forget_about
from app.core.work import UnitOfWork
from app.plugins.activities.domain.arranging import KEPT_FOR, LAPSES_AFTER, TalkState, ended
from app.plugins.activities.interface import TalkCalledOff
from app.plugins.activities.queries.arrangements import (
    Arrangement,
    forgettable,
    talks_to_come,
    waiting_too_long,
    with_former_members,
)
from app.plugins.activities.services.arranging import keep_standing
from app.plugins.activities.services.arranging_telling import (
    HAS_LEFT,
    RESTS,
    Places,
    remind,
    tell_called_off,
    tell_settled,
)
from app.plugins.activities.store_arranging import mark_reminded, remove_arrangements

_AGREED_LONG_ENOUGH = timedelta(hours=12)
"""Who agreed on a talk so shortly before has its mail still on top and needs no reminder."""


def look_after_talks(work: UnitOfWork, group: Group, places: Places) -> int:
    """Call off what waits for somebody who left, let rest what nobody answered, remind of tomorrow. A job: must not commit."""
    return (
        _call_off_with_former(work, group, places)
        + _let_rest(work, group, places)
        + _remind(work, group, places)
    )


def forget_talks(work: UnitOfWork, group: Group, places: Places) -> int:
    """Forget what did not come about, with what was told of it; notes stay with their writers. A job: must not commit."""
    gone = forgettable(work.session, group.id, work.now - KEPT_FOR)
    if gone:
        remove_arrangements(work.session, group.id, [key for key, _public_id in gone])
    for _key, public_id in gone:
        forget_about(work, group.id, path=places.path(public_id), subject_key=public_id)
    return len(gone)


def _call_off_with_former(work: UnitOfWork, group: Group, places: Places) -> int:
    today = local_day(work.now, group.zone)
    found = with_former_members(work.session, group.id, today)
    if not found:
        return 0
    members = {line.id for line in members_on(work.session, group.id, today)}
    for one in found:
        stands = _end(work, group, one, TalkState.CALLED_OFF)
        left = one.other if one.one.id in members else one.one
        tell_called_off(work, group, stands, places, by=left, sentence=HAS_LEFT)
    return len(found)


def _let_rest(work: UnitOfWork, group: Group, places: Places) -> int:
    found = waiting_too_long(work.session, group.id, work.now - LAPSES_AFTER)
    for one in found:
        stands = _end(work, group, one, TalkState.LAPSED)
        for party in (one.one, one.other):
            tell_settled(work, group, stands, places, to=party, sentence=RESTS)
    return len(found)


def _remind(work: UnitOfWork, group: Group, places: Places) -> int:
    tomorrow = local_day(work.now, group.zone) + timedelta(days=1)
    end_of_tomorrow = instant_of(tomorrow + timedelta(days=1), time.min, group.zone)
    reminded = [
        one
        for one in talks_to_come(work.session, group.id, work.now, end_of_tomorrow)
        if one.changed_at_utc <= work.now - _AGREED_LONG_ENOUGH
        and mark_reminded(work.session, group.id, one.id, one.standing.sequence)
    ]
    for one in reminded:
        remind(work, group, one, places)
    return len(reminded)


def _end(work: UnitOfWork, group: Group, found: Arrangement, state: TalkState) -> Arrangement:
    standing = ended(found.standing, state)
    stands = keep_standing(work, group.id, found, standing, {"words": "", "words_by_member_id": None})
    event = TalkCalledOff(group_id=group.id, arrangement_id=found.id, state=state.value)
    work.record(event)
    return stands
