"""Somebody joined: their first year begins, with a keeper, the steps of the induction, a plan and the days of talks."""

from datetime import date
from typing import Any

from app.core.groups.domain.standing import Group
from app.core.groups.events import MembershipEnded, MembershipStarted, OfficeLeft, RecordsMerged
from app.core.groups.queries import MemberLine, members_on, offices_of_members
from app.core.ids import GroupId, MemberId
from app.core.local_time import local_day
from app.core.texts import translated
from app.core.work import UnitOfWork
from app.plugins.activities.interface import ProfilesTold
from app.plugins.firstyear.domain.dates import anniversary
from app.plugins.firstyear.domain.keys import StayId
from app.plugins.firstyear.domain.leaving import ExitState
from app.plugins.firstyear.domain.plan import Known, may_have_plan, people_to_meet
from app.plugins.firstyear.domain.steps import USUAL, lines_of
from app.plugins.firstyear.domain.talks import first_talks
from app.plugins.firstyear.interface import StayBegun
from app.plugins.firstyear.queries.exits import exits_of_member
from app.plugins.firstyear.queries.stays import (
    earlier_stays,
    group_of,
    has_stay,
    own_steps,
    running_stays,
    stay_of_member,
)
from app.plugins.firstyear.services.leaving import call_off, note_leaver
from app.plugins.firstyear.services.order import close_stay, put_in_order
from app.plugins.firstyear.services.writing import new_stay, new_talk
from app.plugins.firstyear.store import add_people, add_stay, add_steps, add_talks


def of_a_newcomer(event: MembershipStarted) -> bool:
    """Return whether somebody joined, and was not just put on the list of a group that they belonged to before."""
    return event.is_newcomer


def begin_stay(work: UnitOfWork, event: MembershipStarted) -> None:
    """Begin the first year of somebody who joined, for the first time or again. The house commits it."""
    session, group = work.session, group_of(work.session, event.group_id)
    today = local_day(work.now, group.zone)
    day = max(today, event.started_on)
    members = members_on(session, group.id, day)
    own = next((line for line in members if line.id == event.member_id), None)
    if own is None or own.joined_on != event.started_on:
        return
    if has_stay(session, group.id, event.member_id, event.started_on):
        return
    earlier = earlier_stays(session, group.id, event.member_id, event.started_on)
    _end_what_was(work, group, event.member_id)
    earlier_until = earlier[0][1] if earlier else None
    has_plan = may_have_plan(event.started_on, earlier_until, today)
    stay_id = _keep_stay(work, group, event, earlier_until, has_plan=has_plan)
    planned = first_talks(event.started_on, today)
    add_talks(session, [new_talk(work, group.id, stay_id, one, None) for one in planned])
    if anniversary(event.started_on, 1) >= today:
        add_steps(session, _steps(work, group, stay_id))
    if has_plan:
        add_people(session, _people(work, group, stay_id, own, members))
    work.record(StayBegun(group_id=group.id, member_id=event.member_id, is_again=earlier_until is not None))
    put_in_order(work, group)


def _end_what_was(work: UnitOfWork, group: Group, member_id: MemberId) -> None:
    """Close an earlier stay of somebody who is back, and ask them nothing about having left."""
    former = stay_of_member(work.session, group.id, member_id)
    if former is not None:
        close_stay(work, group, former)
    for leaver in exits_of_member(work.session, group.id, member_id):
        call_off(work, group, leaver, frozenset({ExitState.WAITING, ExitState.ASKED}))


def _keep_stay(
    work: UnitOfWork,
    group: Group,
    event: MembershipStarted,
    earlier_until: date | None,
    *,
    has_plan: bool,
) -> StayId:
    row = new_stay(
        work,
        group.id,
        event.member_id,
        event.started_on,
        earlier_until=earlier_until,
        has_plan=has_plan,
    )
    add_stay(work.session, row)
    return StayId(row["id"])


def order_after_office(work: UnitOfWork, event: OfficeLeft) -> None:
    """Hand on what the holder of an office looked after. The house commits it."""
    _order(work, event.group_id)


def order_after_leaving(work: UnitOfWork, event: MembershipEnded) -> None:
    """Note that a leaver is to be asked, and hand on what they held once their last day is over. The house commits it."""
    group = group_of(work.session, event.group_id)
    note_leaver(work, group, event.member_id, event.ended_on)
    put_in_order(work, group)


def order_after_merge(work: UnitOfWork, event: RecordsMerged) -> None:
    """Hand on what somebody would look after for themself, now that two records are one human. The house commits it."""
    _order(work, event.group_id)


def _order(work: UnitOfWork, group_id: GroupId) -> None:
    group = group_of(work.session, group_id)
    if running_stays(work.session, group_id):
        put_in_order(work, group)


def _steps(work: UnitOfWork, group: Group, stay_id: StayId) -> list[dict[str, Any]]:
    own = lines_of(own_steps(work.session, group.id).steps)
    language = group.locale.partition("-")[0]
    lines = own or [translated(language, one, vocabulary=group.vocabulary) for one in USUAL]
    return [
        {"group_id": group.id, "stay_id": stay_id, "number": number, "text": line}
        for number, line in enumerate(lines, start=1)
    ]


def _people(
    work: UnitOfWork, group: Group, stay_id: StayId, own: MemberLine, members: list[MemberLine]
) -> list[dict[str, Any]]:
    """Return the people of the plan, chosen by what each has said of themselves and by office."""
    today = local_day(work.now, group.zone)
    offices = offices_of_members(work.session, group.id, today)
    interests = _interests(work, group, [line.id for line in members])

    def known(line: MemberLine) -> Known:
        return Known(
            member_id=line.id,
            joined_on=line.joined_on,
            trade=line.trade,
            holds_office=line.id in offices,
            interests=interests.get(line.id, ()),
        )

    found = people_to_meet(known(own), [known(line) for line in members], today)
    return [
        {
            "group_id": group.id,
            "stay_id": stay_id,
            "member_id": one.member_id,
            "position": position,
            "reason": one.reason.value,
            "met_on": None,
            "is_set_aside": False,
        }
        for position, one in enumerate(found)
    ]


def _interests(work: UnitOfWork, group: Group, member_ids: list[MemberId]) -> dict[MemberId, tuple[str, ...]]:
    profiles = work.reader(group.id, ProfilesTold)  # type: ignore[type-abstract]  # a protocol is asked for, never made
    if profiles is None:
        return {}
    return {member: one.interests for member, one in profiles.of_members(group.id, member_ids).items()}
