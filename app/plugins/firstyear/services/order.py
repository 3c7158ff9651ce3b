"""Puts the first years of a group in order as things are today: stays that are over, owners who left, days moved by leave.

Called by handlers when somebody left or an office changed hands, and by a job, since a last day may lie ahead.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from babel.dates import format_date

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine, member_by_key, members_on, offices_of_members
from app.core.ids import MemberId
from app.core.local_time import local_day
from app.core.notices.forgetting import forget_about
from app.core.work import UnitOfWork
from app.plugins.attendance.interface import LeavesApproved
from app.plugins.firstyear.domain.dates import (
    Rest,
    after_leave,
    anniversary,
    is_resting,
    is_standing_begun,
    moved_by_leave,
    year_to_come,
)
from app.plugins.firstyear.domain.mentoring import AskState
from app.plugins.firstyear.domain.owners import Matter, owners_anew
from app.plugins.firstyear.domain.talks import SHOWN_BEFORE, Outcome, TalkKind, TalkState, renewal
from app.plugins.firstyear.interface import MentorLost, TalkSettled
from app.plugins.firstyear.queries.mentors import AskLine, open_asks
from app.plugins.firstyear.queries.stays import StayLine, running_stays, stays_begun
from app.plugins.firstyear.queries.talks import TalkLine, renewals, talks_due, talks_of_stay
from app.plugins.firstyear.services.telling import (
    IN_YOUR_CARE,
    MENTOR_GONE,
    NEEDS_MENTOR,
    TALK_DUE,
    News,
    ask_path,
    own_path,
    stay_path,
    talk_path,
    tell,
)
from app.plugins.firstyear.services.writing import new_stay, new_talk
from app.plugins.firstyear.store import add_stay, add_talks, end_ask, end_stay, name_keeper
from app.plugins.firstyear.store_talks import give_talk, mark_told, put_off, settle_talk

Holders = Mapping[MemberId, frozenset[Office]]

_WAITS_AFTER_LEAVING_WORD = timedelta(days=30)
"""Who said that they would leave and is still there a month after the anniversary gets a next renewal talk."""


def put_in_order(work: UnitOfWork, group: Group) -> int:
    """Bring everything in line with who is a member and who holds which office today; return how much was changed."""
    today = local_day(work.now, group.zone)
    members = members_on(work.session, group.id, today)
    present = frozenset(line.id for line in members)
    holders = {
        member: frozenset(offices)
        for member, offices in offices_of_members(work.session, group.id, today).items()
    }
    changed = _end_stays(work, group, present, today) + begin_standing(work, group, members, today)
    stays = running_stays(work.session, group.id)
    if not stays:
        return changed + _end_mentoring(work, group, stays, present, today)
    leaves = leaves_of(work, group, stays)
    changed += _end_mentoring(work, group, stays, present, today)
    changed += plan_renewals(work, group, stays, today)
    changed += hand_on(work, group, stays, holders, present)
    changed += _move_by_leave(work, group, leaves)
    return changed + _remind(work, group, leaves, today)


def leaves_of(work: UnitOfWork, group: Group, stays: Sequence[StayLine]) -> Mapping[MemberId, Sequence[Rest]]:
    """Return the approved leaves of the members, where attendance is on."""
    asked = work.reader(group.id, LeavesApproved)  # type: ignore[type-abstract]  # a protocol is asked for, never made
    if asked is None:
        return {}
    found = asked.of_members(group.id, [stay.member_id for stay in stays])
    return {
        member: [Rest(first=one.first, last=one.last) for one in leaves] for member, leaves in found.items()
    }


def _end_stays(work: UnitOfWork, group: Group, present: frozenset[MemberId], today: date) -> int:
    over = [
        stay
        for stay in running_stays(work.session, group.id)
        if stay.member_id not in present and stay.started_on <= today
    ]
    return sum(close_stay(work, group, stay) for stay in over)


def begin_standing(work: UnitOfWork, group: Group, members: Sequence[MemberLine], today: date) -> int:
    """Begin the renewals of members who belonged to the group before first years were kept, each about their own day."""
    near = [one for one in members if is_standing_begun(one.joined_on, one.ended_on, today)]
    begun = stays_begun(work.session, group.id) if near else frozenset()
    new = [one for one in near if (one.id, one.joined_on) not in begun]
    return sum(add_stay(work.session, new_stay(work, group.id, one.id, one.joined_on)) for one in new)


def close_stay(work: UnitOfWork, group: Group, stay: StayLine) -> bool:
    """Let a stay be over: what was due is called off, and nobody is reminded of it any more. The caller commits."""
    if not end_stay(work.session, group.id, stay.id):
        return False
    for talk in talks_of_stay(work.session, group.id, stay.id):
        forget_about(work, group.id, path=talk_path(group, talk.public_id), subject_key=talk.public_id)
        values: dict[str, Any] = {"state": TalkState.OFF.value, "wishes": "", "reason": ""}
        if settle_talk(work.session, group.id, talk.id, values):
            work.record(
                TalkSettled(
                    group_id=group.id, talk_id=talk.id, talk=talk.kind.value, state=TalkState.OFF.value
                )
            )
    forget_about(work, group.id, path=stay_path(group, stay.public_id), subject_key=stay.public_id)
    return True


def _end_mentoring(
    work: UnitOfWork, group: Group, stays: Sequence[StayLine], present: frozenset[MemberId], today: date
) -> int:
    running = {stay.id: stay for stay in stays}
    changed = 0
    for ask in open_asks(work.session, group.id):
        stay = running.get(ask.stay_id)
        if stay is None or anniversary(stay.started_on, 1) < today or ask.mentor_id == stay.member_id:
            changed += _close_ask(work, group, ask)
        elif ask.mentor_id not in present and _close_ask(work, group, ask):
            lose_mentor(work, group, stay, ask)
            changed += 1
    return changed


def _close_ask(work: UnitOfWork, group: Group, ask: AskLine) -> bool:
    forget_about(work, group.id, path=ask_path(group, ask.public_id), subject_key=ask.public_id)
    return end_ask(work.session, group.id, ask.id, AskState.OVER, work.now)


def lose_mentor(work: UnitOfWork, group: Group, stay: StayLine, ask: AskLine) -> None:
    """Tell the newcomer kindly and give the task back to the office; of somebody who had not answered, the office alone."""
    mentor = member_by_key(work.session, group.id, ask.mentor_id).name
    facts = {"mentor": mentor, "name": stay.name}
    if ask.state is AskState.ACCEPTED:
        forget_about(work, group.id, subject_key=f"{stay.public_id}:mentor")
        work.record(MentorLost(group_id=group.id, member_id=stay.member_id))
        news = News(
            kind="firstyear.mentor_gone",
            text=MENTOR_GONE,
            key=stay.public_id,
            path=own_path(group),
            facts=facts,
        )
        tell(work, group, stay.member_id, news)
    if stay.keeper_id is not None:
        news = News(
            kind="firstyear.needs_mentor",
            text=NEEDS_MENTOR,
            key=stay.public_id,
            path=stay_path(group, stay.public_id),
            facts=facts,
        )
        tell(work, group, stay.keeper_id, news)


def plan_renewals(work: UnitOfWork, group: Group, stays: Sequence[StayLine], today: date) -> int:
    """See to it that each stay has a renewal talk to come, unless somebody is about to leave."""
    standing = renewals(work.session, group.id)
    rows = []
    for stay in stays:
        talks = standing.get(stay.id, [])
        if any(talk.state is TalkState.DUE for talk in talks):
            continue
        year = talks[-1].year + 1 if talks else year_to_come(stay.started_on, today)
        leaving = bool(talks) and talks[-1].outcome == Outcome.LEAVE
        if leaving and today < anniversary(stay.started_on, year - 1) + _WAITS_AFTER_LEAVING_WORD:
            continue
        rows.append(new_talk(work, group.id, stay.id, renewal(stay.started_on, year), stay.keeper_id))
    return add_talks(work.session, rows)


def hand_on(
    work: UnitOfWork,
    group: Group,
    stays: Sequence[StayLine],
    holders: Holders,
    present: frozenset[MemberId],
) -> int:
    """Give what nobody looks after any more to the next owner."""
    by_stay = {stay.id: stay for stay in stays}
    kept = [
        Matter(key=stay.id, subject=stay.member_id, owner=stay.keeper_id, is_named=stay.is_keeper_named)
        for stay in stays
        if not stay.is_standing
    ]
    keepers = owners_anew(kept, holders, present)
    for stay in stays:
        if stay.id in keepers:
            give_keeper(work, group, stay, keepers[stay.id], is_named=False)
    due = {talk.id: talk for talk in talks_due(work.session, group.id)}
    matters = [
        Matter(key=talk.id, subject=talk.member_id, owner=talk.owner_id, is_named=talk.is_owner_named)
        for talk in due.values()
    ]
    owners = owners_anew(matters, holders, present)
    for talk in due.values():
        if talk.id in owners:
            stay = by_stay[talk.stay_id]
            owner = keepers.get(stay.id, stay.keeper_id) or owners[talk.id]
            forget_about(work, group.id, path=talk_path(group, talk.public_id), subject_key=talk.public_id)
            give_talk(work.session, group.id, talk.id, owner, is_named=False)
    return len(keepers) + len(owners)


def give_keeper(
    work: UnitOfWork, group: Group, stay: StayLine, keeper: MemberId | None, *, is_named: bool
) -> None:
    """Let somebody look after a newcomer, and tell them. The caller commits."""
    name_keeper(work.session, group.id, stay.id, keeper, is_named=is_named)
    if keeper is not None:
        news = News(
            kind="firstyear.care",
            text=IN_YOUR_CARE,
            key=stay.public_id,
            path=stay_path(group, stay.public_id),
            facts={"name": stay.name},
        )
        tell(work, group, keeper, news)


def _move_by_leave(work: UnitOfWork, group: Group, leaves: Mapping[MemberId, Sequence[Rest]]) -> int:
    moved = 0
    for talk in talks_due(work.session, group.id):
        rests = leaves.get(talk.member_id, ())
        if talk.is_moved or talk.round > 1:
            due = after_leave(talk.due_on, rests)
        elif talk.kind is TalkKind.RENEWAL:
            due = after_leave(talk.planned_on, rests)
        else:
            due = moved_by_leave(talk.planned_on, talk.started_on, rests)
        if due != talk.due_on and put_off(work.session, group.id, talk.id, due):
            forget_about(work, group.id, path=talk_path(group, talk.public_id), subject_key=talk.public_id)
            moved += 1
    return moved


def _remind(work: UnitOfWork, group: Group, leaves: Mapping[MemberId, Sequence[Rest]], today: date) -> int:
    told = 0
    for talk in talks_due(work.session, group.id, today + SHOWN_BEFORE):
        if talk.told_on is not None or talk.owner_id is None:
            continue
        if is_resting(leaves.get(talk.member_id, ()), today):
            continue
        if mark_told(work.session, group.id, talk.id, today):
            _tell_owner(work, group, talk, talk.owner_id)
            told += 1
    return told


def _tell_owner(work: UnitOfWork, group: Group, talk: TalkLine, owner: MemberId) -> None:
    day = format_date(talk.due_on, "long", locale=group.locale.replace("-", "_"))
    news = News(
        kind="firstyear.talk_due",
        text=TALK_DUE,
        key=talk.public_id,
        path=talk_path(group, talk.public_id),
        facts={"name": talk.name, "day": day},
        period=f"{talk.due_on.isoformat()} {owner}",
    )
    tell(work, group, owner, news)
