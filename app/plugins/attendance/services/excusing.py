"""An excuse is asked for one meeting, before or after it, decided by an office, and stands beside the letter."""

from dataclasses import dataclass

from babel.dates import format_date

from app.core.errors import NotFound, Refusal, Refused
from app.core.ids import GroupId, MemberId
from app.core.notices.services import notify
from app.core.sentences import N_
from app.core.work import UnitOfWork
from app.plugins.attendance.domain.asking import (
    DECIDED,
    Asked,
    refusals_for_decision,
    refusals_for_excuse,
)
from app.plugins.attendance.domain.care_events import ExcuseAsked, ExcuseSettled
from app.plugins.attendance.queries.asking import ExcuseLine, excuse_in_address, states_for_meeting
from app.plugins.attendance.queries.roster import Roster, RosterLine, roster_in_address
from app.plugins.attendance.store_asking import (
    NewAsk,
    add_excuse,
    one_at_a_time,
    put_excuses_beside_marks,
    settle_excuse,
)

EXCUSED = N_("Your excuse for %(day)s is approved. It stands beside your letter, which stays as it is.")
NOT_EXCUSED = N_("Your excuse for %(day)s was not approved. The reason stands with it.")
ENTERED = N_("An excuse was entered for you for %(day)s. It stands beside your letter, which stays as it is.")


@dataclass(frozen=True, slots=True, kw_only=True)
class AskExcuse:
    """Somebody asks that `member_id` be excused for a meeting; an office that enters it for another approves it with that.

    `path` is where the notice leads.
    """

    group_id: GroupId
    meeting_public_id: str
    member_id: MemberId
    asked_by: MemberId
    kind: str
    note: str
    path: str = ""
    locale: str = "en"

    @property
    def is_entered(self) -> bool:
        """Whether an office enters it for somebody else."""
        return self.asked_by != self.member_id


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideExcuse:
    """An office says yes or no, with a word; `path` is where the member's notice leads."""

    group_id: GroupId
    public_id: str
    decider: MemberId
    is_approved: bool
    word: str
    path: str = ""
    locale: str = "en"


def ask_excuse(work: UnitOfWork, command: AskExcuse) -> None:
    """Keep an excuse, and commit; refused while one waits, and after two decisions."""
    one_at_a_time(work.session, command.group_id, command.member_id)
    roster, line = _found(work, command)
    before = states_for_meeting(work.session, command.group_id, roster.meeting.id, command.member_id)
    refusals = refusals_for_excuse(
        command.kind,
        command.note,
        takes_place=roster.meeting.takes_place,
        was_member=line is not None and line.was_member,
        before=before,
    )
    if refusals:
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
    if not add_excuse(work.session, ask, meeting_id=roster.meeting.id, number=len(before) + 1):
        raise Refused([Refusal(code="attendance.excuse_asked_already", field="meeting")])
    work.record(
        ExcuseAsked(
            group_id=command.group_id,
            excuse_id=ask.key,
            meeting_id=roster.meeting.id,
            member_id=command.member_id,
        )
    )
    if command.is_entered:
        _approved_by_entering(work, command, roster, ask.key)
    work.commit()


def decide_excuse(work: UnitOfWork, command: DecideExcuse) -> ExcuseLine:
    """Settle an excuse once, tell the member, and return it as it stood; an approved one goes beside the letter."""
    found = _excuse(work, command.group_id, command.public_id)
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
    if not settle_excuse(
        work.session, command.group_id, found.id, state, word=command.word, by=command.decider, at=work.now
    ):
        raise Refused([Refusal(code="attendance.decided_already")])
    if command.is_approved:
        put_excuses_beside_marks(work.session, command.group_id, [found.meeting_id])
    _settled(work, command.group_id, found, state)
    notify(
        work,
        group_id=command.group_id,
        member_id=found.member_id,
        kind="attendance.excuse",
        text=EXCUSED if command.is_approved else NOT_EXCUSED,
        facts={"day": format_date(found.local_date, "long", locale=_babel(command.locale))},
        path=command.path,
    )
    work.commit()
    return found


def withdraw_excuse(work: UnitOfWork, group_id: GroupId, public_id: str, member_id: MemberId) -> None:
    """Take an own excuse back while nobody has decided; a second time changes nothing."""
    found = _excuse(work, group_id, public_id)
    if found.member_id != member_id:
        raise NotFound
    if found.state is Asked.WITHDRAWN:
        work.rollback()
        return
    if found.state in DECIDED or not settle_excuse(
        work.session, group_id, found.id, Asked.WITHDRAWN, word="", by=member_id, at=work.now
    ):
        raise Refused([Refusal(code="attendance.decided_already")])
    _settled(work, group_id, found, Asked.WITHDRAWN)
    work.commit()


def _approved_by_entering(work: UnitOfWork, command: AskExcuse, roster: Roster, key: int) -> None:
    put_excuses_beside_marks(work.session, command.group_id, [roster.meeting.id])
    work.record(
        ExcuseSettled(
            group_id=command.group_id,
            excuse_id=key,
            meeting_id=roster.meeting.id,
            member_id=command.member_id,
            state=Asked.APPROVED.value,
        )
    )
    notify(
        work,
        group_id=command.group_id,
        member_id=command.member_id,
        kind="attendance.excuse",
        text=ENTERED,
        facts={"day": format_date(roster.meeting.local_date, "long", locale=_babel(command.locale))},
        path=command.path,
    )


def _found(work: UnitOfWork, command: AskExcuse) -> tuple[Roster, RosterLine | None]:
    roster = roster_in_address(work.session, command.group_id, command.meeting_public_id)
    if roster is None:
        raise Refused([Refusal(code="attendance.choose_a_meeting", field="meeting")])
    return roster, next((line for line in roster.lines if line.member_id == command.member_id), None)


def _excuse(work: UnitOfWork, group_id: GroupId, public_id: str) -> ExcuseLine:
    found = excuse_in_address(work.session, group_id, public_id)
    if found is None:
        raise NotFound
    return found


def _settled(work: UnitOfWork, group_id: GroupId, found: ExcuseLine, state: Asked) -> None:
    work.record(
        ExcuseSettled(
            group_id=group_id,
            excuse_id=found.id,
            meeting_id=found.meeting_id,
            member_id=found.member_id,
            state=state.value,
        )
    )


def _babel(locale: str) -> str:
    """Return the group's locale (`en-GB`) as the dates' library writes it."""
    return locale.replace("-", "_")
