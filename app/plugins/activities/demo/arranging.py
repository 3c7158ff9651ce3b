"""Tells the demo's story of what is being arranged: who asked whom, what is agreed, what members keep for themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import islice, pairwise
from random import Random
from typing import Any

from app.core.ids import GroupId
from app.core.local_time import instant_of
from app.core.work import UnitOfWork
from app.plugin_api import DemoGroup, MemberBrief
from app.plugins.activities.demo.words import PLACES, PREPARED, PROMISES, TALK_WORDS
from app.plugins.activities.domain.arranging import TalkState
from app.plugins.activities.domain.commitments import PromiseState
from app.plugins.activities.domain.keys import ArrangementId
from app.plugins.activities.interface import TalkAgreed, TalkAsked
from app.plugins.activities.store_arranging import PlannedTime, add_arrangement, keep_times
from app.plugins.activities.store_commitments import add_promise
from app.plugins.activities.store_notes import add_note, keep_pair_wish, keep_rhythm

_STATES = (TalkState.AGREED, TalkState.ASKED, TalkState.AGREED, TalkState.DECLINED, TalkState.ASKED)
_MOST_PAIRS = 10
_WALLS = (time(8), time(9, 30), time(12, 30), time(17))
_RHYTHMS = (4, 6, 8)


@dataclass(frozen=True, kw_only=True)
class _Told:
    """The group whose story is told, with today's members in an order of chance."""

    work: UnitOfWork
    group: DemoGroup
    chance: Random
    members: Sequence[MemberBrief]

    @property
    def group_id(self) -> GroupId:
        return GroupId(self.group.group_id)

    def to_come(self, days: int) -> datetime:
        """Return an hour of a day to come, as the group's clocks show it."""
        return instant_of(
            self.group.today + timedelta(days=days), self.chance.choice(_WALLS), self.group.zone
        )

    def ago(self, days: int) -> datetime:
        return self.work.now - timedelta(days=days, hours=self.chance.randrange(1, 9))


def fill_arranging(work: UnitOfWork, group: DemoGroup) -> None:
    """Add arranged talks in their states, notes, wishes and promises; nothing is sent, and the caller commits."""
    chance = group.chance("activities.arranging")
    members = list(group.members_on(group.today))
    chance.shuffle(members)
    told = _Told(work=work, group=group, chance=chance, members=members)
    for number, (one, other) in enumerate(islice(pairwise(members), _MOST_PAIRS)):
        _arrange(told, one, other, _STATES[number % len(_STATES)])
    for number, member in enumerate(members[:_MOST_PAIRS]):
        _promise(told, member, members[number - 1], number)
        if number % 2:
            keep_rhythm(work.session, told.group_id, member.id, chance.choice(_RHYTHMS), group.today)
    if len(members) > 1:
        keep_pair_wish(work.session, told.group_id, members[0].id, members[-1].id, weeks=12, on=group.today)


def _arrange(told: _Told, asker: MemberBrief, asked: MemberBrief, state: TalkState) -> None:
    arrangement_id, place = ArrangementId(told.work.ids.key()), told.chance.choice(PLACES)
    is_asked, is_agreed = state is TalkState.ASKED, state is TalkState.AGREED
    add_arrangement(
        told.work.session,
        {
            **_asked(told, arrangement_id, asker, asked, place),
            "waits_for_member_id": asked.id if is_asked else None,
            "state": state.value,
            "starts_at_utc": told.to_come(told.chance.randrange(3, 12)) if is_agreed else None,
            "sequence": 1 if is_agreed else 0,
            "version": 1 if is_asked else 2,
        },
    )
    if is_asked:
        times = [
            PlannedTime(starts_at_utc=told.to_come(ahead), minutes=60, is_online=False, place=place)
            for ahead in (3, 6)
        ]
        keep_times(told.work.session, told.group_id, arrangement_id, times)
    _prepare(told, asker, asked, arrangement_id)
    told.work.record(
        TalkAsked(
            group_id=told.group_id,
            arrangement_id=arrangement_id,
            asker_member_id=asker.id,
            asked_member_id=asked.id,
        )
    )
    if is_agreed:
        told.work.record(TalkAgreed(group_id=told.group_id, arrangement_id=arrangement_id, sequence=1))


def _asked(
    told: _Told, arrangement_id: ArrangementId, asker: MemberBrief, asked: MemberBrief, place: str
) -> dict[str, Any]:
    """Return what does not hang on how far the two have come."""
    days = told.chance.randrange(1, 6)
    return {
        "group_id": told.group_id,
        "id": arrangement_id,
        "public_id": told.work.ids.public_id(),
        "one_member_id": min(asker.id, asked.id),
        "other_member_id": max(asker.id, asked.id),
        "asker_member_id": asker.id,
        "minutes": 60,
        "is_online": place == "Video call",
        "place": place,
        "words": told.chance.choice(TALK_WORDS),
        "words_by_member_id": asker.id,
        "asked_at_utc": told.ago(days),
        "changed_at_utc": told.ago(days - 1),
    }


def _prepare(told: _Told, writer: MemberBrief, about: MemberBrief, arrangement_id: ArrangementId) -> None:
    add_note(
        told.work.session,
        {
            "group_id": told.group_id,
            "id": told.work.ids.key(),
            "public_id": told.work.ids.public_id(),
            "member_id": writer.id,
            "about_member_id": about.id,
            "arrangement_id": arrangement_id,
            "day": told.group.today,
            "note": told.chance.choice(PREPARED),
            "changed_at_utc": told.ago(0),
            "version": 1,
        },
    )


def _promise(told: _Told, member: MemberBrief, about: MemberBrief, number: int) -> None:
    is_done = number % 3 == 0
    add_promise(
        told.work.session,
        {
            "group_id": told.group_id,
            "id": told.work.ids.key(),
            "public_id": told.work.ids.public_id(),
            "member_id": member.id,
            "about_member_id": None if about.id == member.id else about.id,
            "words": PROMISES[number % len(PROMISES)],
            "due_on": told.group.today + timedelta(days=told.chance.randrange(0, 8)),
            "state": (PromiseState.DONE if is_done else PromiseState.OPEN).value,
            "nudged_for": None,
            "made_at_utc": told.ago(3),
            "settled_at_utc": told.ago(1) if is_done else None,
        },
    )
