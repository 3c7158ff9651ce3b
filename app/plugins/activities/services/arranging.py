"""Two members arrange a one-to-one: ask, answer, move, call off. Whoever asks second finds the ask of the first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.core.errors import NotFound, Refusal, Refused
from app.core.groups.domain.standing import Group
from app.core.ids import GroupId, MemberId
from app.core.work import UnitOfWork
from app.plugins.activities.domain.arranging import Arranged, TalkAct, TalkState, after, refusals_for_act
from app.plugins.activities.domain.keys import ArrangementId
from app.plugins.activities.domain.rules import refusals_for_pair, too_long
from app.plugins.activities.domain.times import LONGEST_WORDS, Proposal, instants_of, refusals_for_proposal
from app.plugins.activities.interface import TalkAgreed, TalkAsked, TalkCalledOff
from app.plugins.activities.queries.arrangements import Arrangement, arrangement_for, open_between
from app.plugins.activities.queries.partners import partner
from app.plugins.activities.queries.talks import hold_pair
from app.plugins.activities.services.arranging_telling import (
    NOT_NOW,
    STAYS,
    Places,
    tell_agreed,
    tell_called_off,
    tell_of_times,
    tell_settled,
)
from app.plugins.activities.store_arranging import PlannedTime, add_arrangement, keep_step, keep_times


@dataclass(frozen=True, slots=True, kw_only=True)
class AskForTalk:
    """A member asks another, by public id, for a one-to-one; `public_id` is what the new arrangement will be called."""

    group: Group
    today: date
    member: MemberId
    partner: str
    proposal: Proposal
    public_id: str
    places: Places


@dataclass(frozen=True, slots=True, kw_only=True)
class OnArrangement:
    """Who acts on which arrangement, at which version they saw it."""

    group: Group
    today: date
    member: MemberId
    arrangement: str
    seen_version: int
    places: Places


def ask_for_talk(work: UnitOfWork, command: AskForTalk) -> str:
    """Keep the ask, tell the other, commit, and return the public id of the arrangement of the two.

    Where the two arrange a talk already, whoever began, nothing is kept and that one's public id is returned. Refused
    with every reason at once.
    """
    session, group = work.session, command.group
    other = partner(session, group.id, command.partner)
    about_pair = refusals_for_pair(
        named=command.partner, one=command.member, partner=other, today=command.today
    )
    if other is not None and not about_pair:
        hold_pair(session, group.id, command.member, other.member_id)
        if standing := open_between(session, group.id, command.member, other.member_id):
            return standing.public_id
    refusals = [*about_pair, *refusals_for_proposal(command.proposal, now=work.now, zone=group.zone)]
    if refusals or other is None:
        raise Refused(refusals)
    arrangement_id = ArrangementId(work.ids.key())
    if not add_arrangement(session, _first_values(work, command, arrangement_id, other.member_id)):
        raise Refused([Refusal(code="activities.arranged_already")])
    keep_times(session, group.id, arrangement_id, planned(command.proposal, group.zone))
    work.record(
        TalkAsked(
            group_id=group.id,
            arrangement_id=arrangement_id,
            asker_member_id=command.member,
            asked_member_id=other.member_id,
        )
    )
    found = _found(work, group.id, command.public_id, command.member)
    tell_of_times(work, group, found, command.places)
    work.commit()
    return command.public_id


def accept(work: UnitOfWork, command: OnArrangement, number: int) -> None:
    """Agree on the proposed time with that number, from 0; both get the entry for their calendars. Commits."""
    found = open_to(work, command, TalkAct.ACCEPT, choice=number)
    standing = after(found.standing, TalkAct.ACCEPT, by=command.member, choice=number)
    chosen = found.times[number]
    agreed = {"minutes": chosen.minutes, "is_online": chosen.is_online, "place": chosen.place}
    now_stands = keep_standing(work, command.group.id, found, standing, agreed)
    work.record(TalkAgreed(group_id=command.group.id, arrangement_id=found.id, sequence=standing.sequence))
    tell_agreed(work, command.group, now_stands, command.places, found.party(command.member))
    work.commit()


def propose(work: UnitOfWork, command: OnArrangement, proposal: Proposal) -> None:
    """Propose other times, in answer to an ask or to move what is agreed; what is agreed stands until then. Commits."""
    wrong = refusals_for_proposal(proposal, now=work.now, zone=command.group.zone)
    found = open_to(work, command, TalkAct.PROPOSE, also=wrong)
    times = instants_of(proposal, command.group.zone)
    standing = after(found.standing, TalkAct.PROPOSE, by=command.member, times=times)
    said = {"words": proposal.words, "words_by_member_id": command.member}
    now_stands = keep_standing(
        work, command.group.id, found, standing, said, times=planned(proposal, command.group.zone)
    )
    tell_of_times(work, command.group, now_stands, command.places)
    work.commit()


def decline(work: UnitOfWork, command: OnArrangement, words: str) -> None:
    """Say kindly that it does not suit: an ask ends, an agreed talk stays as it was. Commits."""
    found = open_to(work, command, TalkAct.DECLINE, also=_about(words))
    standing = after(found.standing, TalkAct.DECLINE, by=command.member)
    now_stands = keep_standing(work, command.group.id, found, standing, _said(words, command.member))
    sentence = STAYS if standing.state is TalkState.AGREED else NOT_NOW
    to = found.other_than(command.member)
    tell_settled(work, command.group, now_stands, command.places, to=to, sentence=sentence)
    work.commit()


def call_off(work: UnitOfWork, command: OnArrangement, words: str) -> None:
    """Call it off: what was not sent yet is not sent, and it leaves both calendars. Commits."""
    found = open_to(work, command, TalkAct.CALL_OFF, also=_about(words))
    standing = after(found.standing, TalkAct.CALL_OFF, by=command.member)
    now_stands = keep_standing(work, command.group.id, found, standing, _said(words, command.member))
    work.record(TalkCalledOff(group_id=command.group.id, arrangement_id=found.id, state=standing.state.value))
    by = found.party(command.member)
    tell_called_off(work, command.group, now_stands, command.places, by=by)
    work.commit()


def planned(proposal: Proposal, zone: str) -> list[PlannedTime]:
    """Return the proposed times as they are kept, the first first."""
    return [
        PlannedTime(
            starts_at_utc=instant,
            minutes=proposal.minutes or 0,
            is_online=proposal.is_online,
            place=proposal.place,
        )
        for instant in instants_of(proposal, zone)
    ]


def open_to(
    work: UnitOfWork, command: OnArrangement, act: TalkAct, *, also: Sequence[Refusal] = (), choice: int = 0
) -> Arrangement:
    """Return the arrangement if its member may do this to it as they saw it; refused with `also` and every reason.

    To those who are neither of the two there is none (`NotFound`).
    """
    found = _found(work, command.group.id, command.arrangement, command.member)
    refusals = refusals_for_act(
        found.standing, act, by=command.member, now=work.now, zone=command.group.zone, choice=choice
    )
    if found.standing.is_open and found.version != command.seen_version:
        refusals = [Refusal(code="activities.arranged_meanwhile")]
    if refusals or also:
        raise Refused([*refusals, *also])
    return found


def keep_standing(
    work: UnitOfWork,
    group_id: GroupId,
    found: Arrangement,
    standing: Arranged,
    values: Mapping[str, Any],
    *,
    times: list[PlannedTime] | None = None,
) -> Arrangement:
    """Keep how it stands now, and return it; refused where somebody was faster. The caller commits."""
    columns = {
        "state": standing.state.value,
        "waits_for_member_id": standing.waits_for,
        "starts_at_utc": standing.starts_at,
        "sequence": standing.sequence,
        "changed_at_utc": work.now,
    }
    session = work.session
    if not keep_step(session, group_id, found.id, seen_version=found.version, values=columns | dict(values)):
        raise Refused([Refusal(code="activities.arranged_meanwhile")])
    keep_times(session, group_id, found.id, times or [])
    return _found(work, group_id, found.public_id, found.one.id)


def _found(work: UnitOfWork, group_id: GroupId, public_id: str, member: MemberId) -> Arrangement:
    found = arrangement_for(work.session, group_id, public_id, member)
    if found is None:
        raise NotFound
    return found


def _about(words: str) -> list[Refusal]:
    return too_long({"words": (words, LONGEST_WORDS)})


def _said(words: str, member: MemberId) -> Mapping[str, Any]:
    return {"words": words, "words_by_member_id": member if words else None}


def _first_values(
    work: UnitOfWork, command: AskForTalk, arrangement_id: ArrangementId, other: MemberId
) -> Mapping[str, Any]:
    proposal = command.proposal
    return {
        "group_id": command.group.id,
        "id": arrangement_id,
        "public_id": command.public_id,
        "one_member_id": min(command.member, other),
        "other_member_id": max(command.member, other),
        "asker_member_id": command.member,
        "waits_for_member_id": other,
        "state": TalkState.ASKED.value,
        "starts_at_utc": None,
        "minutes": proposal.minutes,
        "is_online": proposal.is_online,
        "place": proposal.place,
        "words": proposal.words,
        "words_by_member_id": command.member if proposal.words else None,
        "sequence": 0,
        "asked_at_utc": work.now,
        "changed_at_utc": work.now,
        "version": 1,
    }
