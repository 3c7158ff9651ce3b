"""Tells the demo's story: who passes slips to whom week by week, and what becomes of them.

Most are answered, some won, some lost, a few still open. The facts stand in the ledger as in any group; nobody is
mailed about them.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from random import Random

from app.core.ids import MemberId
from app.core.work import UnitOfWork
from app.plugin_api import DemoGroup, MeetingBrief, MemberBrief
from app.plugins.referrals.demo.confidence import fill_in_confidence
from app.plugins.referrals.demo.parts import Parts, parts_in
from app.plugins.referrals.demo.rows import Moment, Pile
from app.plugins.referrals.demo.words import LOST_NOTES, PROGRESS_NOTES
from app.plugins.referrals.domain.slip import ENDS, Act, SlipState

_ENDINGS = {
    SlipState.WON: 38,
    SlipState.LOST: 24,
    SlipState.NO_RESPONSE: 11,
    SlipState.WRONG_FIT: 7,
    SlipState.NOT_READY: 6,
    SlipState.DECLINED: 5,
    SlipState.WITHDRAWN: 2,
    None: 7,
}
"""What becomes of a hundred slips in the end; None: nobody has told yet."""

_MEMBER_WHO_SIGNS_IN = 2
"""The house makes its demo sign-ins first: president, secretary, member, newcomer."""


def fill(work: UnitOfWork, group: DemoGroup) -> None:
    """Add the slips of every week, and some that wait for the member who signs in; the caller commits."""
    pile = Pile(work=work, group=group, chance=group.chance("referrals"))
    giving = {member.id: pile.chance.betavariate(2, 5) for member in group.members}
    asked = {member.id: pile.chance.uniform(0.3, 2.0) for member in group.members}
    past = [one for one in group.meetings if one.starts_at_utc < work.now and one.state == "planned"]
    parts = parts_in(group, past)
    parts.give(giving)
    parts.ask(asked)
    for meeting in past:
        _fill_week(pile, meeting, giving, asked, parts)
    _play(pile, parts, past)
    _wait_for_member(pile)
    fill_in_confidence(pile)
    pile.write()


def _fill_week(
    pile: Pile,
    meeting: MeetingBrief,
    giving: Mapping[MemberId, float],
    asked: Mapping[MemberId, float],
    parts: Parts,
) -> None:
    """Let each member pass as many slips as is their habit, to those who are asked for most."""
    members = list(pile.group.members_on(meeting.local_date))
    for giver in members:
        others = [
            member
            for member in members
            if member.id != giver.id and asked[member.id] and parts.may_pass(giver.id, member.id)
        ]
        while others and pile.chance.random() < giving[giver.id]:
            receiver = pile.chance.choices(others, [asked[member.id] for member in others])[0]
            pile.add_slip(giver, receiver, _life(pile, _passed_at(pile, meeting), receiver))


def _play(pile: Pile, parts: Parts, past: Sequence[MeetingBrief]) -> None:
    """Add the slips that parts ask for, each handled within the week and reported on at once."""
    for scene in parts.scenes():
        at = past[scene.week].starts_at_utc + timedelta(minutes=40)
        life = [
            Moment(act=Act.PASS, state=SlipState.PASSED, at=at),
            Moment(act=Act.ACKNOWLEDGE, state=SlipState.ACKNOWLEDGED, at=at + timedelta(hours=5)),
            Moment(
                act=Act.PROGRESS,
                state=SlipState.IN_PROGRESS,
                at=at + timedelta(days=1),
                note=PROGRESS_NOTES[0],
            ),
            Moment(act=Act.CLOSE, state=SlipState.WON, at=at + timedelta(days=5)),
        ]
        pile.told[pile.add_slip(scene.giver, scene.receiver, life)] = scene.answer


def _passed_at(pile: Pile, meeting: MeetingBrief) -> datetime:
    """Return when it was passed: mostly at the meeting, else in the days after it, never in the future."""
    chance = pile.chance
    minutes = chance.randrange(15, 85) if chance.random() < 0.6 else chance.randrange(600, 7_000)
    latest = pile.now - timedelta(minutes=chance.randrange(5, 600))
    return min(meeting.starts_at_utc + timedelta(minutes=minutes), latest)


def _life(pile: Pile, passed_at: datetime, receiver: MemberBrief) -> list[Moment]:
    """Return the steps up to now. Who has left the group leaves nothing open behind."""
    chance = pile.chance
    ending = chance.choices(list(_ENDINGS), list(_ENDINGS.values()))[0]
    moments = [Moment(act=Act.PASS, state=SlipState.PASSED, at=passed_at)]
    answered = passed_at + timedelta(hours=chance.expovariate(1 / 20))
    if ending is SlipState.WITHDRAWN:
        moments.append(Moment(act=Act.WITHDRAW, state=ending, at=answered))
    else:
        moments.append(Moment(act=Act.ACKNOWLEDGE, state=SlipState.ACKNOWLEDGED, at=answered))
        moments += _worked_on(chance, answered, ending)
    later = [one for one in moments[1:] if one.at <= pile.now and _is_there(pile, receiver, one.at)]
    past = [moments[0], *later]
    if past[-1].state in ENDS or _is_there(pile, receiver, pile.now):
        return past
    left_by = min(past[-1].at + timedelta(weeks=2), pile.now)
    return [*past, Moment(act=Act.HAND_BACK, state=SlipState.WITHDRAWN, at=left_by)]


def _worked_on(chance: Random, answered: datetime, ending: SlipState | None) -> list[Moment]:
    if ending is SlipState.DECLINED:
        return [Moment(act=Act.DECLINE, state=ending, at=answered + timedelta(hours=3))]
    begun = answered + timedelta(days=chance.uniform(0.5, 6))
    note = chance.choice(PROGRESS_NOTES)
    moments = [Moment(act=Act.PROGRESS, state=SlipState.IN_PROGRESS, at=begun, note=note)]
    if ending is not None:
        note = chance.choice(LOST_NOTES) if ending is SlipState.LOST else ""
        closed = begun + timedelta(days=chance.uniform(1, 9) + chance.expovariate(1 / 12))
        moments.append(Moment(act=Act.CLOSE, state=ending, at=closed, note=note))
    return moments


def _is_there(pile: Pile, member: MemberBrief, instant: datetime) -> bool:
    return any(one.id == member.id for one in pile.group.members_on(pile.day_of(instant)))


def _wait_for_member(pile: Pile) -> None:
    """Give the member who signs in something to do: two new slips, one long without news, and one of their own."""
    present = sorted(pile.group.members_on(pile.group.today), key=lambda member: member.id)
    if len(present) < 7:
        return
    me, (one, two, three, four) = (
        present[_MEMBER_WHO_SIGNS_IN],
        (present[0], present[1], present[4], present[5]),
    )
    for giver, age in ((one, timedelta(hours=3)), (three, timedelta(days=2))):
        pile.add_slip(giver, me, [Moment(act=Act.PASS, state=SlipState.PASSED, at=pile.now - age)])
    since = pile.now - timedelta(days=24)
    quiet = [
        Moment(act=Act.PASS, state=SlipState.PASSED, at=since),
        Moment(act=Act.ACKNOWLEDGE, state=SlipState.ACKNOWLEDGED, at=since + timedelta(hours=5)),
        Moment(
            act=Act.PROGRESS,
            state=SlipState.IN_PROGRESS,
            at=since + timedelta(days=4),
            note=PROGRESS_NOTES[0],
        ),
    ]
    pile.add_slip(two, me, quiet)
    pile.add_slip(me, four, quiet[:2])
