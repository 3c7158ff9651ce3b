"""A leader confirms what members wrote to the chat, one by one; the text they pasted is never kept."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.core.errors import NotFound, Refusal, Refused
from app.core.ids import GroupId, MemberId
from app.core.work import UnitOfWork
from app.plugins.attendance.domain.answers import Intent, Said, Via, refusals_for_apology
from app.plugins.attendance.queries.roster import Roster, roster_in_address
from app.plugins.attendance.services.answering import ahead_of, note_answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """What a leader confirms of one message; `place` names the row of the form, for what is in the way."""

    place: str
    member_public_id: str
    intent: Intent
    substitute_name: str = ""


def take_apologies(
    work: UnitOfWork,
    *,
    group_id: GroupId,
    meeting_public_id: str,
    leader_id: MemberId,
    confirmed: Sequence[Confirmed],
) -> int:
    """Keep what was confirmed, all or nothing, and commit; return for how many members."""
    roster = roster_in_address(work.session, group_id, meeting_public_id)
    if roster is None:
        raise NotFound
    refusals = [*_refusals(work, roster, confirmed), *_said_twice(roster, confirmed)]
    if refusals:
        raise Refused(refusals)
    said = {one.member_public_id: one for one in confirmed}
    for one in said.values():
        line = roster.line_of(one.member_public_id)
        if line is None:
            raise NotFound
        answer = Said(
            member_id=line.member_id,
            intent=one.intent,
            via=Via.LEADER,
            substitute_name=one.substitute_name if one.intent is Intent.SUBSTITUTE else "",
            said_by=leader_id,
        )
        note_answer(work, group_id, roster.meeting, answer)
    work.commit()
    return len(said)


def _refusals(work: UnitOfWork, roster: Roster, confirmed: Sequence[Confirmed]) -> list[Refusal]:
    """Return every reason against each row, beside the row it concerns; what concerns the meeting once."""
    refusals: dict[tuple[str, str], Refusal] = {}
    for one in confirmed:
        line = roster.line_of(one.member_public_id)
        found = refusals_for_apology(
            ahead_of(roster.meeting),
            one.intent,
            one.substitute_name,
            was_member=line is not None and line.was_member,
            now=work.now,
        )
        for refusal in found:
            field = f"{one.place}{refusal.field}" if refusal.field else ""
            refusals[refusal.code, field] = replace(refusal, field=field)
    return list(refusals.values())


def _said_twice(roster: Roster, confirmed: Sequence[Confirmed]) -> list[Refusal]:
    """Return a reason for every member who stands in the list with two different answers."""
    by_member: dict[str, set[tuple[Intent, str]]] = {}
    for one in confirmed:
        by_member.setdefault(one.member_public_id, set()).add((one.intent, one.substitute_name.strip()))
    twice = [public_id for public_id, said in by_member.items() if len(said) > 1]
    names = [line.name for public_id in twice if (line := roster.line_of(public_id))]
    return [Refusal(code="attendance.said_twice", facts={"name": name}) for name in names]
