"""“We talked”: an arranged one-to-one becomes one record for both, by either of the two or by hand, never two."""

from dataclasses import dataclass

from app.core.errors import Refused
from app.core.ids import GroupId
from app.core.local_time import local_day
from app.core.work import UnitOfWork
from app.plugins.activities.domain.arranging import TalkAct, TalkState, after
from app.plugins.activities.domain.keys import OneToOneId
from app.plugins.activities.domain.rules import NEIGHBOUR_DAYS, TalkFacts, refusals_for_talk
from app.plugins.activities.interface import OneToOneRecorded
from app.plugins.activities.queries.arrangements import Arrangement, is_linked, open_between, zone_of
from app.plugins.activities.queries.talks import hold_pair, talk_near
from app.plugins.activities.services.arranging import OnArrangement, keep_standing, open_to
from app.plugins.activities.services.arranging_telling import AGREED_KINDS, PROPOSED_KINDS
from app.plugins.activities.services.recording import keep_for_both
from app.plugins.activities.store import NewTalk
from app.plugins.activities.store_arranging import take_out_unsent
from app.plugins.activities.store_notes import move_notes


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRecord:
    """What the record will be called if one is made, and where the other finds it."""

    public_id: str
    path: str


def talked(work: UnitOfWork, command: OnArrangement, facts: TalkFacts, record: NewRecord) -> bool:
    """Record the arranged talk for both and commit; return whether a record was made.

    Where one of the two stands on that day or the day beside it already, and no other arrangement led to it, it is the
    same talk: nothing is doubled, and the arrangement is tied to it. The notes that each prepared go with it.
    """
    wrong = refusals_for_talk(facts, today=command.today)
    found = open_to(work, command, TalkAct.RECORD, also=wrong)
    group, day = command.group, facts.held_on
    if day is None:
        raise Refused(wrong)
    hold_pair(work.session, group.id, found.one.id, found.other.id)
    near = talk_near(work.session, group.id, found.one.id, found.other.id, day)
    stands = near is not None and not is_linked(work.session, group.id, near.id)
    new = _new_talk(work, command, found, facts, record)
    talk_id = near.id if near is not None and stands else new.id
    _settle(work, group.id, found, talk_id)
    move_notes(work.session, group.id, found.id, talk_id, near.held_on if near and stands else day)
    if not stands:
        name = found.party(command.member).name
        keep_for_both(work, group, new, name=name, path=record.path)
    work.commit()
    return not stands


def settle_recorded(work: UnitOfWork, event: OneToOneRecorded) -> None:
    """Tie the agreed talk of that day to a record made by hand or by an office. The house commits it with the delivery."""
    if event.with_member_id is None:
        return
    found = open_between(work.session, event.group_id, event.member_id, event.with_member_id)
    if found is None or found.standing.state is not TalkState.AGREED or found.standing.starts_at is None:
        return
    zone = zone_of(work.session, event.group_id)
    agreed_on = local_day(found.standing.starts_at, zone)
    is_near = abs(agreed_on - event.held_on) <= NEIGHBOUR_DAYS
    has_come = found.standing.may_be_recorded(work.now, zone)
    if not is_near or not has_come or is_linked(work.session, event.group_id, event.one_to_one_id):
        return
    _settle(work, event.group_id, found, event.one_to_one_id)
    move_notes(work.session, event.group_id, found.id, event.one_to_one_id, event.held_on)


def by_hand(event: OneToOneRecorded) -> bool:
    """Return whether people recorded a talk of two members now, and no file brought it."""
    return event.batch_id is None and event.with_member_id is not None


def _settle(work: UnitOfWork, group_id: GroupId, found: Arrangement, talk_id: OneToOneId) -> None:
    standing = after(found.standing, TalkAct.RECORD, by=found.one.id)
    keep_standing(work, group_id, found, standing, {"one_to_one_id": talk_id})
    kinds = (*PROPOSED_KINDS, *AGREED_KINDS)
    take_out_unsent(work, group_id, subject_key=found.public_id, kinds=kinds)


def _new_talk(
    work: UnitOfWork, command: OnArrangement, found: Arrangement, facts: TalkFacts, record: NewRecord
) -> NewTalk:
    return NewTalk(
        id=OneToOneId(work.ids.key()),
        public_id=record.public_id,
        member_id=command.member,
        with_member_id=found.other_than(command.member).id,
        held_on=facts.held_on or command.today,
        place=facts.place,
        note=facts.note,
        recorded_by=command.member,
    )
