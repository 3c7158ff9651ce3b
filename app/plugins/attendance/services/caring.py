"""An office looks after a member: a friendly call first, then a note, then a letter; each noted, and closed with a reason."""

from dataclasses import dataclass

from app.core.errors import NotFound, Refusal, Refused
from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import offices_of_members
from app.core.ids import MemberId
from app.core.local_time import local_day
from app.core.notices.services import Letter, notify, write_to_member
from app.core.sentences import N_
from app.core.work import UnitOfWork
from app.plugins.attendance.domain.care_events import CareMoved, CareStepTaken, CareWordsKept
from app.plugins.attendance.domain.care_patterns import CareNumbers, refusals_for_numbers
from app.plugins.attendance.domain.care_trail import (
    CareState,
    Step,
    WantedStep,
    Words,
    filled,
    office_for,
    refusals_for_closing,
    refusals_for_step,
    refusals_for_words,
)
from app.plugins.attendance.queries.care import CareLine, cares_in, steps_of
from app.plugins.attendance.store_care import add_step, keep_numbers, keep_words, move_care

WRITTEN = N_("You have a letter from %(name)s. Only you and the office that looks after members can read it.")
_SEEN_BY_AN_OFFICE = (CareState.OPEN, CareState.CLOSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Carer:
    """Who looks after somebody: a member with the offices they hold today."""

    member_id: MemberId
    name: str
    offices: frozenset[Office]


def cares_for(work: UnitOfWork, group: Group, carer: Carer) -> list[CareLine]:
    """Return the open and closed conversations that are this carer's to lead; never one about themselves."""
    found = cares_in(work.session, group.id, _SEEN_BY_AN_OFFICE)
    if not found:
        return []
    holders = offices_of_members(work.session, group.id, local_day(work.now, group.zone))
    return [
        care
        for care in found
        if care.member_id != carer.member_id and office_for(holders, care.member_id) in carer.offices
    ]


def care_for(work: UnitOfWork, group: Group, carer: Carer, public_id: str) -> CareLine:
    """Return one conversation that is this carer's to lead; for anybody else there is none."""
    found = next((care for care in cares_for(work, group, carer) if care.public_id == public_id), None)
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeStep:
    """A carer calls or writes; `path` is where the member reads what was written."""

    carer: Carer
    public_id: str
    wanted: WantedStep
    seen_version: int
    path: str = ""


def take_step(work: UnitOfWork, group: Group, command: TakeStep) -> None:
    """Note the step, send what is written, and commit; refused out of order or where somebody was quicker."""
    care = care_for(work, group, command.carer, command.public_id)
    today = local_day(work.now, group.zone)
    done = {line.step for line in steps_of(work.session, group.id, [care.id]).get(care.id, [])}
    refusals = refusals_for_step(
        care.state,
        command.wanted,
        done,
        noticed_on=local_day(care.noticed_at_utc, group.zone),
        today=today,
    )
    if refusals or command.wanted.done_on is None:
        raise Refused(refusals)
    wanted = _with_names(command, care, group)
    _move(work, group, care, command.seen_version)
    add_step(
        work.session,
        group.id,
        key=work.ids.key(),
        care_id=care.id,
        wanted=wanted,
        done_on=command.wanted.done_on,
        by=command.carer.member_id,
        at=work.now,
    )
    work.record(
        CareStepTaken(group_id=group.id, care_id=care.id, member_id=care.member_id, step=wanted.step.value)
    )
    if wanted.is_sent:
        _send(work, group, care, command, wanted)
    work.commit()


def close_care(
    work: UnitOfWork, group: Group, carer: Carer, public_id: str, *, reason: str, seen_version: int
) -> None:
    """Close the conversation with a reason that stays with the office, and commit."""
    care = care_for(work, group, carer, public_id)
    if refusals := refusals_for_closing(care.state, reason):
        raise Refused(refusals)
    _move(
        work,
        group,
        care,
        seen_version,
        state=CareState.CLOSED.value,
        closed_at_utc=work.now,
        closed_by_member_id=carer.member_id,
        close_reason=reason.strip(),
    )
    work.record(
        CareMoved(group_id=group.id, care_id=care.id, member_id=care.member_id, state=CareState.CLOSED.value)
    )
    work.commit()


def keep_own_words(work: UnitOfWork, group: Group, step: Step, words: Words) -> None:
    """Keep the group's own words for a step, and commit."""
    if refusals := refusals_for_words(words.subject, words.body):
        raise Refused(refusals)
    if not keep_words(work.session, group.id, step, words, work.now):
        raise Refused([Refusal(code="attendance.changed_meanwhile")])
    work.record(CareWordsKept(group_id=group.id, step=step.value))
    work.commit()


def keep_own_numbers(work: UnitOfWork, group: Group, numbers: CareNumbers) -> None:
    """Keep the group's own numbers, and commit; they count from the next look on."""
    if refusals := refusals_for_numbers(numbers):
        raise Refused(refusals)
    if not keep_numbers(work.session, group.id, numbers, work.now):
        raise Refused([Refusal(code="attendance.changed_meanwhile")])
    work.record(CareWordsKept(group_id=group.id, step="numbers"))
    work.commit()


def _move(work: UnitOfWork, group: Group, care: CareLine, seen_version: int, **said: object) -> None:
    if not move_care(work.session, group.id, care.id, seen_version=seen_version, **said):
        raise Refused([Refusal(code="attendance.changed_meanwhile")])


def _with_names(command: TakeStep, care: CareLine, group: Group) -> WantedStep:
    facts = {"first_name": care.first_name, "group": group.name, "sender": command.carer.name}
    wanted = command.wanted
    return WantedStep(
        step=wanted.step,
        done_on=wanted.done_on,
        note=wanted.note,
        subject=" ".join(filled(wanted.subject, facts).split()),
        body=filled(wanted.body, facts),
    )


def _send(work: UnitOfWork, group: Group, care: CareLine, command: TakeStep, wanted: WantedStep) -> None:
    """Write to the member: what a person chose to send, never by itself."""
    letter = Letter(
        kind=f"attendance.care_{wanted.step.value}",
        subject=N_("%(subject)s"),
        body=N_("%(body)s"),
        subject_key=care.public_id,
        facts={"subject": wanted.subject, "body": wanted.body},
        period=f"{command.seen_version}",
    )
    write_to_member(work, group_id=group.id, member_id=care.member_id, letter=letter)
    notify(
        work,
        group_id=group.id,
        member_id=care.member_id,
        kind="attendance.care",
        text=WRITTEN,
        facts={"name": command.carer.name},
        path=command.path,
    )
