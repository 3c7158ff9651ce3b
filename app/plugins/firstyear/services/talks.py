"""A talk took place, is put on another day, is left out, or goes to somebody else; what was written is forgotten in time."""

from dataclasses import dataclass
from datetime import date

from app.core.errors import NotFound, Refusal, Refused
from app.core.groups.domain.standing import Group
from app.core.groups.queries import members_on
from app.core.ids import MemberId
from app.core.local_time import local_day
from app.core.notices.forgetting import forget_about
from app.core.work import UnitOfWork
from app.plugins.firstyear.domain.dates import months_after
from app.plugins.firstyear.domain.talks import (
    KEPT_MONTHS,
    LONGEST_WORDS,
    Held,
    Outcome,
    Planned,
    TalkKind,
    TalkState,
    refusals_for_day,
    refusals_for_held,
    refusals_for_reason,
)
from app.plugins.firstyear.interface import TalkMoved, TalkSettled
from app.plugins.firstyear.queries.talks import TalkLine, talk_in_address, talks_to_forget
from app.plugins.firstyear.services.order import put_in_order
from app.plugins.firstyear.services.telling import talk_path
from app.plugins.firstyear.services.writing import new_talk
from app.plugins.firstyear.store import add_talks
from app.plugins.firstyear.store_talks import forget_talk, give_talk, keep_wishes, settle_talk


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldTalk:
    """The owner tells that a talk took place and what came of it, over the version that was seen."""

    group: Group
    talk: str
    by: MemberId
    held: Held
    seen_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveTalk:
    """A talk is put on `until`, or left out where that is None and `is_skipped`, for a reason."""

    group: Group
    talk: str
    by: MemberId
    reason: str
    until: date | None
    is_skipped: bool
    seen_version: int


def hold_talk(work: UnitOfWork, command: HoldTalk) -> None:
    """Keep what came of a talk; a renewal talk brings the next one. Commits."""
    group, held = command.group, command.held
    found = _due(work, group, command.talk)
    today = local_day(work.now, group.zone)
    refusals = refusals_for_held(found.kind, held, started_on=found.started_on, today=today)
    if refusals or held.held_on is None:
        raise Refused(refusals)
    values = {
        "state": TalkState.HELD.value,
        "held_on": held.held_on,
        "outcome": held.outcome,
        "words": held.words,
        "seen_by": held.seen_by,
        "owner_member_id": command.by,
        "settled_by_member_id": command.by,
        "forget_on": months_after(held.held_on, KEPT_MONTHS),
    }
    _settle(work, group, found, values, command.seen_version)
    if held.outcome == Outcome.AGAIN and held.again_on is not None:
        again = Planned(kind=found.kind, year=found.year, planned_on=held.again_on)
        row = new_talk(work, group.id, found.stay_id, again, command.by, round_=found.round + 1)
        add_talks(work.session, [row])
    put_in_order(work, group)
    work.commit()


def move_talk(work: UnitOfWork, command: MoveTalk) -> None:
    """Put a talk on another day or leave it out, with the reason. Commits."""
    group = command.group
    found = _due(work, group, command.talk)
    today = local_day(work.now, group.zone)
    refusals = refusals_for_reason(command.reason)
    if not command.is_skipped:
        refusals += refusals_for_day(command.until, today, field="until")
    if refusals:
        raise Refused(refusals)
    if command.is_skipped:
        values = {
            "state": TalkState.SKIPPED.value,
            "reason": command.reason,
            "settled_by_member_id": command.by,
            "forget_on": months_after(today, KEPT_MONTHS),
        }
        _settle(work, group, found, values, command.seen_version)
        put_in_order(work, group)
    elif command.until is not None:
        values = {"due_on": command.until, "is_moved": True, "reason": command.reason, "told_on": None}
        if not settle_talk(work.session, group.id, found.id, values, command.seen_version):
            raise Refused([Refusal(code="firstyear.changed_meanwhile")])
        _not_reminded(work, group, found)
        work.record(TalkMoved(group_id=group.id, talk_id=found.id, due_on=command.until))
    work.commit()


def change_owner(work: UnitOfWork, group: Group, talk: str, owner: str) -> None:
    """Give a due talk to another member of today, who is told. Commits."""
    found = _due(work, group, talk)
    today = local_day(work.now, group.zone)
    chosen = next(
        (line for line in members_on(work.session, group.id, today) if line.public_id == owner), None
    )
    if chosen is None or chosen.id == found.member_id:
        raise Refused([Refusal(code="firstyear.nobody_such", field="owner")])
    if chosen.id != found.owner_id:
        _not_reminded(work, group, found)
        give_talk(work.session, group.id, found.id, chosen.id, is_named=True)
        put_in_order(work, group)
    work.commit()


def wish(work: UnitOfWork, group: Group, talk: str, *, viewer: MemberId, wishes: str) -> None:
    """Keep what a member wants from the next year, for the two who talk about it. Commits."""
    found = talk_in_address(work.session, group.id, talk)
    if found is None or found.member_id != viewer or found.kind is not TalkKind.RENEWAL:
        raise NotFound
    if len(wishes) > LONGEST_WORDS:
        raise Refused([Refusal(code="firstyear.too_long", facts={"longest": LONGEST_WORDS}, field="wishes")])
    if not keep_wishes(work.session, group.id, found.id, wishes):
        raise Refused([Refusal(code="firstyear.settled_already")])
    work.commit()


def forget_talks(work: UnitOfWork, group: Group) -> int:
    """Forget what was written of talks twelve months after they were settled. The house commits it."""
    due = talks_to_forget(work.session, group.id, local_day(work.now, group.zone))
    for talk_id, public_id in due:
        forget_talk(work.session, group.id, talk_id, work.now)
        forget_about(work, group.id, path=talk_path(group, public_id), subject_key=public_id)
    return len(due)


def _due(work: UnitOfWork, group: Group, talk: str) -> TalkLine:
    found = talk_in_address(work.session, group.id, talk)
    if found is None:
        raise NotFound
    if found.state is not TalkState.DUE:
        raise Refused([Refusal(code="firstyear.settled_already")])
    return found


def _settle(
    work: UnitOfWork, group: Group, found: TalkLine, values: dict[str, object], seen_version: int
) -> None:
    if not settle_talk(work.session, group.id, found.id, values, seen_version):
        raise Refused([Refusal(code="firstyear.changed_meanwhile")])
    _not_reminded(work, group, found)
    work.record(
        TalkSettled(group_id=group.id, talk_id=found.id, talk=found.kind.value, state=str(values["state"]))
    )


def _not_reminded(work: UnitOfWork, group: Group, found: TalkLine) -> None:
    forget_about(work, group.id, path=talk_path(group, found.public_id), subject_key=found.public_id)
