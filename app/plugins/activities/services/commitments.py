"""Promises to oneself: made in one tap, done, let go or moved, nudged once when due, forgotten in time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from app.core.errors import NotFound, Refusal, Refused
from app.core.groups.domain.standing import Group
from app.core.ids import GroupId, MemberId
from app.core.local_time import local_day
from app.core.notices.forgetting import forget_about
from app.core.notices.hours import Topic
from app.core.notices.services import Letter, notify, write_to_member
from app.core.sentences import N_
from app.core.work import UnitOfWork
from app.plugins.activities.domain.commitments import (
    KEPT_FOR,
    OPEN_KEPT_FOR,
    PromiseState,
    refusals_for_due,
    refusals_for_promise,
)
from app.plugins.activities.queries.own_notes import Promise, promise_of, promises_due
from app.plugins.activities.queries.partners import partner
from app.plugins.activities.store_commitments import (
    add_promise,
    change_promise,
    forget_promises,
    mark_nudged,
)

DUE = N_("You promised yourself: %(words)s")
DUE_BODY = N_(
    "You promised yourself until today:\n\n%(words)s\n\nDone, moved or let go, in one tap:\n\n%(url)s\n"
)
_NUDGE_LIVES = timedelta(days=2)

Address = Callable[[Group, str], str]
"""Where a promise with that public id is found: a job runs outside any request and is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MakePromise:
    """What a member will do until when; `about` is the public id of a colleague it concerns, or empty."""

    group_id: GroupId
    today: date
    member: MemberId
    words: str
    due_on: date | None
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnPromise:
    """Who acts on which promise of theirs."""

    group_id: GroupId
    today: date
    member: MemberId
    promise: str


def make_promise(work: UnitOfWork, command: MakePromise) -> str:
    """Keep the promise, for its owner alone, and return its public id; refused with every reason at once. Commits."""
    refusals = refusals_for_promise(command.words, command.due_on, today=command.today)
    about = partner(work.session, command.group_id, command.about)
    if command.about and about is None:
        refusals.append(Refusal(code="activities.partner_unknown", field="about"))
    if refusals:
        raise Refused(refusals)
    public_id = work.ids.public_id()
    add_promise(
        work.session,
        {
            "group_id": command.group_id,
            "id": work.ids.key(),
            "public_id": public_id,
            "member_id": command.member,
            "about_member_id": about.member_id if about else None,
            "words": command.words,
            "due_on": command.due_on,
            "state": PromiseState.OPEN.value,
            "made_at_utc": work.now,
        },
    )
    work.commit()
    return public_id


def settle_promise(work: UnitOfWork, command: OnPromise, state: PromiseState) -> None:
    """Note that it is done, or let go without a word. Commits."""
    _change(work, command, {"state": state.value, "settled_at_utc": work.now})


def move_promise(work: UnitOfWork, command: OnPromise, due_on: date | None) -> None:
    """Move it to another day, for which it nudges once more. Commits."""
    if refusals := refusals_for_due(due_on, today=command.today):
        raise Refused(refusals)
    _change(work, command, {"due_on": due_on})


def nudge(work: UnitOfWork, group: Group, path_of: Address, url_of: Address) -> int:
    """Nudge everybody once for what is due today, as each chose to be told, and return how many. A job: must not commit."""
    due = promises_due(work.session, group.id, local_day(work.now, group.zone))
    nudged = [one for one in due if mark_nudged(work.session, group.id, one.id, one.due_on)]
    for one in nudged:
        _tell(work, group, one, path=path_of(group, one.public_id), url=url_of(group, one.public_id))
    return len(nudged)


def forget_in_time(work: UnitOfWork, group: Group, path_of: Address) -> int:
    """Forget promises long settled or long overdue, with what was told of them. A job: must not commit."""
    today = local_day(work.now, group.zone)
    gone = forget_promises(
        work.session, group.id, settled_before=work.now - KEPT_FOR, due_before=today - OPEN_KEPT_FOR
    )
    for public_id in gone:
        forget_about(work, group.id, path=path_of(group, public_id), subject_key=public_id)
    return len(gone)


def _change(work: UnitOfWork, command: OnPromise, values: dict[str, object]) -> None:
    group_id = command.group_id
    if promise_of(work.session, group_id, command.member, command.promise) is None:
        raise NotFound
    if not change_promise(work.session, group_id, command.member, command.promise, values):
        raise Refused([Refusal(code="activities.promise_settled")])
    work.commit()


def _tell(work: UnitOfWork, group: Group, one: Promise, *, path: str, url: str) -> None:
    facts = {"words": one.words, "url": url}
    kind = "activities.promise_due"
    notify(work, group_id=group.id, member_id=one.member_id, kind=kind, text=DUE, facts=facts, path=path)
    letter = Letter(
        kind=kind,
        subject=DUE,
        body=DUE_BODY,
        subject_key=one.public_id,
        period=one.due_on.isoformat(),
        facts=facts,
        topic=Topic.WAITING,
        lives=_NUDGE_LIVES,
    )
    write_to_member(work, group_id=group.id, member_id=one.member_id, letter=letter)
