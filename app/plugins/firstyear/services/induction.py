"""The induction and the plan of a newcomer: steps ticked, people met or set aside, the group's own list of steps."""

from app.core.errors import NotFound, Refusal, Refused
from app.core.groups.domain.standing import Group
from app.core.ids import MemberId
from app.core.local_time import local_day
from app.core.work import UnitOfWork
from app.plugins.firstyear.domain.steps import lines_of, refusals_for_steps
from app.plugins.firstyear.interface import StepDone, StepsKept
from app.plugins.firstyear.queries.stays import (
    StayLine,
    ToMeetLine,
    people_of_plan,
    stay_in_address,
    steps_of,
)
from app.plugins.firstyear.store import keep_steps, mark_met, set_aside, tick_step


def tick(work: UnitOfWork, group: Group, stay: str, number: int, *, is_done: bool, by: MemberId) -> None:
    """Note that a step was gone through with the newcomer, or that it was not; twice changes nothing. Commits."""
    found = stay_in_address(work.session, group.id, stay)
    if found is None or number not in {one.number for one in steps_of(work.session, group.id, found.id)}:
        raise NotFound
    if tick_step(work.session, group.id, found.id, number, at=work.now if is_done else None, by=by):
        work.record(StepDone(group_id=group.id, member_id=found.member_id, number=number, is_done=is_done))
    work.commit()


def keep_own_steps(work: UnitOfWork, group: Group, steps: str, seen_version: int) -> None:
    """Keep the group's own steps, for whoever joins from now on; refused with every reason. Commits."""
    if refusals := refusals_for_steps(steps):
        raise Refused(refusals)
    text = "\n".join(lines_of(steps))
    if not keep_steps(work.session, group.id, text, work.now, seen_version):
        raise Refused([Refusal(code="firstyear.changed_meanwhile")])
    work.record(StepsKept(group_id=group.id))
    work.commit()


def meet(work: UnitOfWork, group: Group, stay: StayLine, person: str) -> ToMeetLine:
    """Note that the newcomer spoke with somebody of the plan. Commits."""
    found = _on_plan(work, group, stay, person)
    if found.met_on is None:
        mark_met(work.session, group.id, stay.id, found.member_id, local_day(work.now, group.zone))
    work.commit()
    return found


def put_aside(work: UnitOfWork, group: Group, stay: StayLine, person: str) -> ToMeetLine:
    """Take somebody off the plan; nobody is told. Commits."""
    found = _on_plan(work, group, stay, person)
    set_aside(work.session, group.id, stay.id, found.member_id)
    work.commit()
    return found


def _on_plan(work: UnitOfWork, group: Group, stay: StayLine, person: str) -> ToMeetLine:
    people = people_of_plan(work.session, group.id, stay.id, local_day(work.now, group.zone))
    found = next((one for one in people if one.public_id == person), None)
    if found is None:
        raise NotFound
    return found
