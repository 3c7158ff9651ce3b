"""Recording a one-to-one, once for both: whoever comes second is told so, and nothing is doubled."""

from dataclasses import dataclass
from datetime import date

from app.core.errors import Refusal, Refused
from app.core.groups.domain.standing import Group
from app.core.ids import MemberId
from app.core.work import UnitOfWork
from app.plugins.activities.domain.keys import OneToOneId
from app.plugins.activities.domain.rules import TalkFacts, refusals_for_pair, refusals_for_talk
from app.plugins.activities.interface import OneToOneRecorded
from app.plugins.activities.queries.partners import partner
from app.plugins.activities.queries.talks import Talk, hold_pair, talk_near
from app.plugins.activities.services.telling import RECORDED, tell
from app.plugins.activities.store import NewTalk, add_talks


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordTalk:
    """A one-to-one as one of the two records it. `partner` is the public id they chose.

    `is_another` says that it is not the one that stands between them already. `path` is where the other finds it.
    """

    group: Group
    today: date
    member: MemberId
    member_name: str
    partner: str
    facts: TalkFacts
    is_another: bool = False
    public_id: str
    path: str


def record_talk(work: UnitOfWork, command: RecordTalk) -> OneToOneId:
    """Keep the one-to-one for both and tell the other; refused with every reason at once.

    Where one of the two stands on the same day or the day beside it, it is refused as `activities.recorded_already`
    unless it `is_another`.
    """
    session, group_id = work.session, command.group.id
    other = partner(session, group_id, command.partner)
    refusals = [
        *refusals_for_pair(named=command.partner, one=command.member, partner=other, today=command.today),
        *refusals_for_talk(command.facts, today=command.today),
    ]
    day = command.facts.held_on
    if refusals or other is None or day is None:
        raise Refused(refusals)
    hold_pair(session, group_id, command.member, other.member_id)
    standing = (
        None if command.is_another else talk_near(session, group_id, command.member, other.member_id, day)
    )
    if standing:
        raise Refused([_recorded_already(standing, command.member)])
    new = NewTalk(
        id=OneToOneId(work.ids.key()),
        public_id=command.public_id,
        member_id=command.member,
        with_member_id=other.member_id,
        held_on=day,
        place=command.facts.place,
        note=command.facts.note,
        recorded_by=command.member,
    )
    keep_for_both(work, command.group, new, name=command.member_name, path=command.path)
    work.commit()
    return new.id


def keep_for_both(work: UnitOfWork, group: Group, new: NewTalk, *, name: str, path: str) -> None:
    """Keep the record that one of two members made, `name`, and tell the other where it is; the caller commits."""
    add_talks(work.session, group.id, [new], work.now)
    work.record(_event(group, new))
    other = new.with_member_id if new.recorded_by == new.member_id else new.member_id
    if other is not None:
        tell(work, group.id, other, RECORDED, name=name, path=path)


def _recorded_already(standing: Talk, member: MemberId) -> Refusal:
    if standing.recorded_by_id == member:
        facts = {"day": standing.held_on}
        return Refusal(code="activities.recorded_already_by_you", facts=facts, field="same")
    name = standing.recorded_by or standing.name_of_other(member)
    return Refusal(
        code="activities.recorded_already", facts={"name": name, "day": standing.held_on}, field="same"
    )


def _event(group: Group, new: NewTalk) -> OneToOneRecorded:
    return OneToOneRecorded(
        group_id=group.id,
        one_to_one_id=new.id,
        member_id=new.member_id,
        with_member_id=new.with_member_id,
        held_on=new.held_on,
    )
