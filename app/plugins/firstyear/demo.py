"""Fills a demo group with first years: inductions under way, mentors who said yes, one talk that is due. Nothing is sent."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine, all_members, members_on, offices_of_members
from app.core.ids import GroupId, MemberId
from app.core.texts import translated
from app.core.work import UnitOfWork
from app.plugin_api import DemoGroup
from app.plugins.firstyear.domain.dates import months_after
from app.plugins.firstyear.domain.keys import StayId
from app.plugins.firstyear.domain.leaving import KEPT_FOR, LONG_OVER, ExitState
from app.plugins.firstyear.domain.mentoring import EXPERIENCED_AFTER, AskState
from app.plugins.firstyear.domain.owners import owner_for
from app.plugins.firstyear.domain.plan import Known, people_to_meet
from app.plugins.firstyear.domain.steps import USUAL
from app.plugins.firstyear.domain.talks import (
    KEPT_MONTHS,
    SHOWN_BEFORE,
    Outcome,
    SeenBy,
    TalkKind,
    TalkState,
    first_talks,
)
from app.plugins.firstyear.models import (
    ExitRow,
    MentorAskRow,
    MentorOfferRow,
    StayRow,
    StepRow,
    TalkRow,
    ToMeetRow,
)
from app.plugins.firstyear.queries.stays import group_of, running_stays
from app.plugins.firstyear.queries.talks import talks_due
from app.plugins.firstyear.services.order import begin_standing, hand_on, plan_renewals
from app.plugins.firstyear.services.writing import new_talk
from app.plugins.firstyear.store_talks import mark_told

_FIRST_YEAR = timedelta(days=330)
_MOST = 4
_SETTLED_AFTER = timedelta(days=42)
_ANSWER = "It was a good time. The early hour did not go with the school run any more."
_WORDS = (
    "Knows about half of the group by now. Would like to sit with somebody new each time.",
    "The first referral came last month. Asks for a short word on how slips are followed up.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Story:
    """What every part of one first year needs to know."""

    work: UnitOfWork
    group: Group
    members: list[MemberLine]
    holders: Mapping[MemberId, frozenset[Office]]
    today: date
    chance: Any

    def row(self, stay_id: StayId, **values: Any) -> dict[str, Any]:
        """Return a row that belongs to a stay."""
        return {"group_id": self.group.id, "stay_id": stay_id, **values}


def fill_demo(work: UnitOfWork, group: DemoGroup) -> None:
    """Give everybody who joined within the last year their first year, as it would stand today."""
    house = group_of(work.session, GroupId(group.group_id))
    members = members_on(work.session, house.id, group.today)
    held = offices_of_members(work.session, house.id, group.today)
    story = _Story(
        work=work,
        group=house,
        members=members,
        holders={member: frozenset(offices) for member, offices in held.items()},
        today=group.today,
        chance=group.chance("firstyear"),
    )
    owned: Counter[MemberId] = Counter()
    has_due = False
    for line in _newest(members, group.today):
        keeper = owner_for(line.id, story.holders, owned)
        if keeper is not None:
            owned[keeper] += 1
        stay_id = _stay(story, line, keeper)
        _induction(story, stay_id, line, keeper)
        _plan(story, stay_id, line)
        _mentor(story, stay_id, line)
        has_due = _talks(story, stay_id, line, keeper, has_due=has_due)
    _offer(story)
    _leavers(story)
    _standing(story)


def _standing(story: _Story) -> None:
    """Begin the renewals of members of long standing, as the house would, but for the mails."""
    session, group_id = story.work.session, story.group.id
    begin_standing(story.work, story.group, story.members, story.today)
    plan_renewals(story.work, story.group, running_stays(session, group_id), story.today)
    present = frozenset(line.id for line in story.members)
    hand_on(story.work, story.group, running_stays(session, group_id), story.holders, present)
    for talk in talks_due(session, group_id, story.today + SHOWN_BEFORE):
        mark_told(session, group_id, talk.id, story.today)


def _newest(members: list[MemberLine], today: date) -> list[MemberLine]:
    """Return at most four who joined within the year; of a group that began within it, the newest alone."""
    in_order = sorted(members, key=lambda one: (one.joined_on, one.id))
    recent = [one for one in in_order if one.joined_on > today - _FIRST_YEAR]
    return recent[-_MOST:] if recent and len(recent) < len(members) / 2 else in_order[-1:]


def _stay(story: _Story, line: MemberLine, keeper: MemberId | None) -> StayId:
    stay_id = StayId(story.work.ids.key())
    row = {
        "group_id": story.group.id,
        "id": stay_id,
        "public_id": story.work.ids.public_id(),
        "member_id": line.id,
        "started_on": line.joined_on,
        "earlier_until": None,
        "has_plan": True,
        "keeper_member_id": keeper,
        "is_keeper_named": False,
        "state": "running",
        "version": 1,
    }
    story.work.session.execute(insert(StayRow), [row])
    return stay_id


def _induction(story: _Story, stay_id: StayId, line: MemberLine, keeper: MemberId | None) -> None:
    language = story.group.locale.partition("-")[0]
    done = len(USUAL) if line.joined_on + _SETTLED_AFTER < story.today else len(USUAL) // 2
    begun = _noon(line.joined_on, story.group.zone)
    rows = [
        story.row(
            stay_id,
            number=number,
            text=translated(language, text),
            done_at_utc=begun if number <= done else None,
            done_by_member_id=keeper if number <= done else None,
        )
        for number, text in enumerate(USUAL, start=1)
    ]
    story.work.session.execute(insert(StepRow), rows)


def _plan(story: _Story, stay_id: StayId, line: MemberLine) -> None:
    known = {
        one.id: Known(
            member_id=one.id, joined_on=one.joined_on, trade=one.trade, holds_office=one.id in story.holders
        )
        for one in story.members
    }
    met = min(line.joined_on + timedelta(days=9), story.today)
    rows = [
        story.row(
            stay_id,
            member_id=one.member_id,
            position=position,
            reason=one.reason.value,
            met_on=None if position else met,
            is_set_aside=False,
        )
        for position, one in enumerate(people_to_meet(known[line.id], known.values(), story.today))
    ]
    if rows:
        story.work.session.execute(insert(ToMeetRow), rows)


def _mentor(story: _Story, stay_id: StayId, line: MemberLine) -> None:
    long_here = [
        one
        for one in story.members
        if one.id != line.id and one.joined_on <= min(line.joined_on, story.today - EXPERIENCED_AFTER)
    ]
    if not long_here:
        return
    in_office = [one for one in long_here if Office.MENTOR in story.holders.get(one.id, frozenset())]
    asked = min(_noon(line.joined_on, story.group.zone), story.work.now)
    row = story.row(
        stay_id,
        id=story.work.ids.key(),
        public_id=story.work.ids.public_id(),
        mentor_member_id=story.chance.choice(in_office or long_here).id,
        state=AskState.ACCEPTED.value,
        asked_by_member_id=None,
        asked_at_utc=asked,
        answered_at_utc=asked,
        ended_at_utc=None,
    )
    story.work.session.execute(insert(MentorAskRow), [row])


def _talks(
    story: _Story, stay_id: StayId, line: MemberLine, keeper: MemberId | None, *, has_due: bool
) -> bool:
    """Write the talks: those of before were held, one of the group is due now; return whether one is."""
    is_recent = line.joined_on > story.today - _FIRST_YEAR
    planned = first_talks(line.joined_on, line.joined_on if is_recent else story.today)
    past = [one for one in planned if one.planned_on <= story.today]
    now = None if has_due else (past or planned)[-1 if past else 0]
    rows = []
    for one in planned:
        row = new_talk(story.work, story.group.id, stay_id, one, keeper)
        row |= {"held_on": None, "settled_by_member_id": None, "forget_on": None}
        if one.planned_on <= story.today + SHOWN_BEFORE:
            row["told_on"] = story.today
        if one is now:
            row |= {"due_on": story.today + timedelta(days=6), "is_moved": True, "told_on": story.today}
        elif one in past and keeper is not None:
            row |= {
                "state": TalkState.HELD.value,
                "held_on": one.planned_on,
                "outcome": Outcome.RENEW.value if one.kind is TalkKind.RENEWAL else Outcome.WELL.value,
                "seen_by": SeenBy.COMMITTEE.value,
                "words": story.chance.choice(_WORDS),
                "settled_by_member_id": keeper,
                "forget_on": months_after(one.planned_on, KEPT_MONTHS),
            }
        rows.append(row)
    story.work.session.execute(insert(TalkRow), rows)
    return has_due or now is not None


def _offer(story: _Story) -> None:
    """Let one member who holds no office be glad to be a mentor."""
    willing = [
        one
        for one in story.members
        if one.joined_on < story.today - _FIRST_YEAR and one.id not in story.holders
    ]
    if willing:
        row = {
            "group_id": story.group.id,
            "member_id": story.chance.choice(willing).id,
            "offered_at_utc": story.work.now,
        }
        story.work.session.execute(insert(MentorOfferRow), [row])


def _leavers(story: _Story) -> None:
    """Let those who left lately have been asked; one in two told something."""
    gone = [
        one
        for one in all_members(story.work.session, story.group.id)
        if one.ended_on is not None and story.today - LONG_OVER <= one.ended_on < story.today
    ]
    rows = [
        {
            "group_id": story.group.id,
            "id": story.work.ids.key(),
            "public_id": story.work.ids.public_id(),
            "member_id": one.id,
            "ended_on": one.ended_on,
            "ask_on": one.ended_on,
            "state": (ExitState.ANSWERED if number % 2 == 0 else ExitState.ASKED).value,
            "answer": _ANSWER if number % 2 == 0 else "",
            "answered_at_utc": story.work.now if number % 2 == 0 else None,
            "forget_on": story.today + KEPT_FOR,
        }
        for number, one in enumerate(gone)
    ]
    if rows:
        story.work.session.execute(insert(ExitRow), rows)


def _noon(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(12), tzinfo=ZoneInfo(zone))
