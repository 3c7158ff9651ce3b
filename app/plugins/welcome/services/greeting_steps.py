"""What a greeter does for the guest, tapped off and taken back; nobody but the greeter and the hosts sees it."""

from app.core.errors import NotFound, Refusal, Refused
from app.core.groups.domain.standing import Group
from app.core.groups.queries import member_by_public_id
from app.core.ids import MemberId
from app.core.work import UnitOfWork
from app.plugins.welcome.domain.greeting import INTRODUCTIONS, Step
from app.plugins.welcome.queries.greetings import GreetingLine
from app.plugins.welcome.store_greeting import note_step, undo_step


def do_step(work: UnitOfWork, group: Group, line: GreetingLine, step: str, introduced_to: str) -> None:
    """Note a step; an introduction may say to whom (a member's public id), or leave it open. Commits."""
    done, other = _step(step), None
    if done in INTRODUCTIONS and introduced_to:
        found = member_by_public_id(work.session, group.id, introduced_to)
        if found is None or found.id == line.newcomer_id:
            raise Refused([Refusal(code="welcome.no_such_introduction", field="with_member")])
        other = MemberId(found.id)
    note_step(work.session, group.id, line.id, done.value, with_member=other, at=work.now)
    work.commit()


def take_step_back(work: UnitOfWork, group: Group, line: GreetingLine, step: str) -> None:
    """Take a step back; one that was not done is no matter. Commits."""
    undo_step(work.session, group.id, line.id, _step(step).value)
    work.commit()


def _step(step: str) -> Step:
    try:
        return Step(step)
    except ValueError:
        raise NotFound from None
