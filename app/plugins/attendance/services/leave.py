"""Medical and family leave: asked by a member or entered by an office, approved by an office, ended early."""

from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from app.core.errors import NotFound, Refusal, Refused
from app.core.ids import GroupId, MemberId
from app.core.notices.services import notify
from app.core.sentences import N_
from app.core.work import UnitOfWork
from app.plugins.attendance.domain.asking import (
    DECIDED,
    Asked,
    Days,
    refusals_for_decision,
    refusals_for_ending,
    refusals_for_leave,
)
from app.plugins.attendance.domain.care_events import LeaveAsked, LeaveSettled
from app.plugins.attendance.queries.asking import LeaveLine, leave_in_address, leaves_of, was_member_in
from app.plugins.attendance.store_asking import NewAsk, add_leave, end_leave, one_at_a_time, settle_leave

ON_LEAVE = N_(
    "Your leave from %(first)s to %(last)s is approved. Meetings in it count as leave; a record that was submitted before stays until an office corrects it."
)
NOT_ON_LEAVE = N_("Your leave from %(first)s to %(last)s was not approved. The reason stands with it.")
ENTERED = N_(
    "A leave was entered for you, from %(first)s to %(last)s. Meetings in it count as leave; a record that was submitted before stays until an office corrects it."
)
ENDED = N_("Your leave ends on %(last)s.")


@dataclass(frozen=True, slots=True, kw_only=True)
class AskLeave:
    """Somebody asks that `member_id` be on leave; what an office enters for another is approved with that."""

    group_id: GroupId
    member_id: MemberId
    asked_by: MemberId
    kind: str
    first_day: date | None
    last_day: date | None
    note: str
    path: str = ""
    locale: str = "en"

    @property
    def days(self) -> Days | None:
        """The days, where both were given."""
        if self.first_day is None or self.last_day is None:
            return None
        return Days(first=self.first_day, last=self.last_day)

    @property
    def is_entered(self) -> bool:
        """Whether an office enters it for somebody else."""
        return self.asked_by != self.member_id


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideLeave:
    """An office says yes or no, with a word."""

    group_id: GroupId
    public_id: str
    decider: MemberId
    is_approved: bool
    word: str
    path: str = ""
    locale: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class EndLeave:
    """An approved leave ends earlier: the member is back, or an office was told so."""

    group_id: GroupId
    public_id: str
    by: MemberId
    last_day: date | None
    seen_version: int
    path: str = ""
    locale: str = "en"


def ask_leave(work: UnitOfWork, command: AskLeave) -> None:
    """Keep a leave, and commit; refused where it shares a day with another one that stands."""
    one_at_a_time(work.session, command.group_id, command.member_id)
    standing = [
        line.days
        for line in leaves_of(work.session, command.group_id, command.member_id)
        if line.state in {Asked.ASKED, Asked.APPROVED} and line.days.first <= line.days.last
    ]
    days = command.days
    was_member = days is not None and was_member_in(work.session, command.group_id, command.member_id, days)
    refusals = refusals_for_leave(command.kind, days, command.note, standing, was_member=was_member)
    if refusals or days is None:
        raise Refused(refusals)
    ask = NewAsk(
        key=work.ids.key(),
        public_id=work.ids.public_id(),
        group_id=command.group_id,
        member_id=command.member_id,
        kind=command.kind,
        note=command.note,
        asked_by=command.asked_by,
        asked_at=work.now,
        is_approved=command.is_entered,
    )
    add_leave(work.session, ask, days)
    work.record(
        LeaveAsked(
            group_id=command.group_id,
            leave_id=ask.key,
            member_id=command.member_id,
            first_day=days.first,
            last_day=days.last,
        )
    )
    if command.is_entered:
        _record(work, command.group_id, ask.key, command.member_id, state=Asked.APPROVED, last_day=days.last)
        _tell(
            work, command.group_id, command.member_id, ENTERED, days, path=command.path, locale=command.locale
        )
    work.commit()


def decide_leave(work: UnitOfWork, command: DecideLeave) -> LeaveLine:
    """Settle a leave once, tell the member, and return it as it stood."""
    found = _leave(work, command.group_id, command.public_id)
    state = Asked.APPROVED if command.is_approved else Asked.DECLINED
    refusals = refusals_for_decision(
        found.state,
        command.word,
        decider=command.decider,
        about=found.member_id,
        is_approved=command.is_approved,
    )
    if refusals:
        raise Refused(refusals)
    if not settle_leave(
        work.session, command.group_id, found.id, state, word=command.word, by=command.decider, at=work.now
    ):
        raise Refused([Refusal(code="attendance.decided_already")])
    _record(work, command.group_id, found.id, found.member_id, state=state, last_day=found.days.last)
    text = ON_LEAVE if command.is_approved else NOT_ON_LEAVE
    _tell(work, command.group_id, found.member_id, text, found.days, path=command.path, locale=command.locale)
    work.commit()
    return found


def withdraw_leave(work: UnitOfWork, group_id: GroupId, public_id: str, member_id: MemberId) -> None:
    """Take an own leave back while nobody has decided; a second time changes nothing."""
    found = _leave(work, group_id, public_id)
    if found.member_id != member_id:
        raise NotFound
    if found.state is Asked.WITHDRAWN:
        work.rollback()
        return
    if found.state in DECIDED or not settle_leave(
        work.session, group_id, found.id, Asked.WITHDRAWN, word="", by=member_id, at=work.now
    ):
        raise Refused([Refusal(code="attendance.decided_already")])
    _record(work, group_id, found.id, member_id, state=Asked.WITHDRAWN, last_day=found.days.last)
    work.commit()


def end_leave_early(work: UnitOfWork, command: EndLeave) -> None:
    """Let an approved leave end earlier, tell the member where it was not their own doing, and commit."""
    found = _leave(work, command.group_id, command.public_id)
    refusals = refusals_for_ending(found.state, found.days, command.last_day)
    if refusals or command.last_day is None:
        raise Refused(refusals)
    if not end_leave(
        work.session,
        command.group_id,
        found.id,
        command.last_day,
        by=command.by,
        seen_version=command.seen_version,
    ):
        raise Refused([Refusal(code="attendance.changed_meanwhile")])
    _record(
        work, command.group_id, found.id, found.member_id, state=Asked.APPROVED, last_day=command.last_day
    )
    if command.by != found.member_id:
        shorter = Days(first=found.days.first, last=command.last_day)
        _tell(
            work, command.group_id, found.member_id, ENDED, shorter, path=command.path, locale=command.locale
        )
    work.commit()


def _leave(work: UnitOfWork, group_id: GroupId, public_id: str) -> LeaveLine:
    found = leave_in_address(work.session, group_id, public_id)
    if found is None:
        raise NotFound
    return found


def _record(
    work: UnitOfWork, group_id: GroupId, key: int, member_id: MemberId, *, state: Asked, last_day: date
) -> None:
    work.record(
        LeaveSettled(
            group_id=group_id, leave_id=key, member_id=member_id, state=state.value, last_day=last_day
        )
    )


def _tell(
    work: UnitOfWork, group_id: GroupId, member_id: MemberId, text: str, days: Days, *, path: str, locale: str
) -> None:
    notify(
        work,
        group_id=group_id,
        member_id=member_id,
        kind="attendance.leave",
        text=text,
        facts={
            name: format_date(day, "long", locale=locale.replace("-", "_"))
            for name, day in (("first", days.first), ("last", days.last))
        },
        path=path,
    )
