"""The one question to whoever left: noted, asked by mail after the last day, answered without an account, forgotten."""

from datetime import date, datetime, time, timedelta

from babel.dates import format_date

from app.core.errors import NotFound, Refusal, Refused
from app.core.groups.domain.office import LEADERS
from app.core.groups.domain.standing import Group
from app.core.groups.queries import member_by_key, members_on, office_holders
from app.core.ids import MemberId
from app.core.local_time import instant_of, local_day
from app.core.notices.forgetting import forget_about
from app.core.work import UnitOfWork
from app.http.outside import path_of, signed_in
from app.plugins.firstyear.domain.leaving import KEPT_FOR, ExitState, ask_on, refusals_for_answer
from app.plugins.firstyear.interface import LeaverAsked
from app.plugins.firstyear.queries.exits import (
    ExitLine,
    exit_in_address,
    exits_of_member,
    exits_to_forget,
    exits_waiting,
)
from app.plugins.firstyear.services.telling import LEAVER, ONE_QUESTION, News, exits_path, tell, write
from app.plugins.firstyear.store_talks import add_exit, change_exit

_PURPOSE = "firstyear exit 1"


def token_of(group: Group, leaver: str) -> str:
    """Return what stands in the link to the question, for the leaver with that public id."""
    return signed_in(group, _PURPOSE).token(leaver)


def leaver_of(work: UnitOfWork, group: Group, token: str) -> ExitLine | None:
    """Return whom a link is of, or None where this house did not write it for this group."""
    try:
        told = signed_in(group, _PURPOSE).read(token)
    except ValueError:
        return None
    return exit_in_address(work.session, group.id, told) if isinstance(told, str) else None


def note_leaver(work: UnitOfWork, group: Group, member_id: MemberId, ended_on: date) -> None:
    """Keep that somebody leaves and tell those who lead; does nothing where it was long ago. The caller commits."""
    today = local_day(work.now, group.zone)
    line = member_by_key(work.session, group.id, member_id)
    day = ask_on(ended_on, today)
    if day is None or line.ended_on != ended_on:
        return
    for former in exits_of_member(work.session, group.id, member_id):
        if former.ended_on != ended_on:
            call_off(work, group, former, frozenset({ExitState.WAITING}))
    public_id = work.ids.public_id()
    row = {
        "group_id": group.id,
        "id": work.ids.key(),
        "public_id": public_id,
        "member_id": member_id,
        "ended_on": ended_on,
        "ask_on": day,
        "state": ExitState.WAITING.value,
        "answer": "",
    }
    if not add_exit(work.session, row):
        return
    shown = format_date(day, "long", locale=group.locale.replace("-", "_"))
    news = News(
        kind="firstyear.leaver",
        text=LEAVER,
        key=public_id,
        path=exits_path(group),
        facts={"name": line.name, "day": shown},
    )
    for leader in office_holders(work.session, group.id, LEADERS, today):
        if leader != member_id:
            tell(work, group, leader, news)


def ask_leavers(work: UnitOfWork, group: Group) -> int:
    """Ask those whose day has come, once each; who is back is not asked. The house commits it."""
    today = local_day(work.now, group.zone)
    waiting = exits_waiting(work.session, group.id)
    if not waiting:
        return 0
    present = {line.id for line in members_on(work.session, group.id, today)}
    asked = 0
    for leaver in waiting:
        if leaver.ended_on < today and leaver.member_id in present:
            call_off(work, group, leaver, frozenset({ExitState.WAITING}))
        elif leaver.ask_on < today:
            asked += _ask(work, group, leaver, today)
    return asked


def _ask(work: UnitOfWork, group: Group, leaver: ExitLine, today: date) -> bool:
    values = {"state": ExitState.ASKED.value, "forget_on": today + KEPT_FOR}
    if not change_exit(work.session, group.id, leaver.id, frozenset({ExitState.WAITING}), values):
        return False
    path = path_of("visit.firstyear.question", group, token=token_of(group, leaver.public_id))
    news = News(
        kind="firstyear.question",
        text=ONE_QUESTION,
        key=leaver.public_id,
        path=path,
        facts={"name": leaver.first_name, "days": KEPT_FOR.days},
        not_after=_end_of(today + timedelta(days=14), group.zone),
    )
    write(work, group, leaver.member_id, news)
    work.record(LeaverAsked(group_id=group.id, exit_id=leaver.id))
    return True


def answer(work: UnitOfWork, group: Group, leaver: ExitLine, words: str) -> None:
    """Keep what a leaver answered; it can be changed until it is forgotten. Commits."""
    if refusals := refusals_for_answer(words):
        raise Refused(refusals)
    values = {"state": ExitState.ANSWERED.value, "answer": words, "answered_at_utc": work.now}
    before = frozenset({ExitState.ASKED, ExitState.ANSWERED})
    if not change_exit(work.session, group.id, leaver.id, before, values):
        raise Refused([Refusal(code="firstyear.answer_over")])
    work.commit()


def ask_nothing(work: UnitOfWork, group: Group, leaver: str) -> ExitLine:
    """Let a leaver not be asked; a second time changes nothing. Refused once they were asked. Commits."""
    found = exit_in_address(work.session, group.id, leaver)
    if found is None:
        raise NotFound
    values = {"state": ExitState.NOT_ASKED.value, "forget_on": local_day(work.now, group.zone)}
    is_done = change_exit(work.session, group.id, found.id, frozenset({ExitState.WAITING}), values)
    if not is_done and found.state is not ExitState.NOT_ASKED:
        raise Refused([Refusal(code="firstyear.asked_leaver")])
    work.commit()
    return found


def call_off(work: UnitOfWork, group: Group, leaver: ExitLine, before: frozenset[ExitState]) -> None:
    """Ask nothing of somebody who stayed or is back; a mail that has not left does not leave. The caller commits."""
    today = local_day(work.now, group.zone)
    values = {"state": ExitState.OFF.value, "forget_on": today}
    if change_exit(work.session, group.id, leaver.id, before, values):
        forget_about(work, group.id, subject_key=leaver.public_id)


def forget_leavers(work: UnitOfWork, group: Group) -> int:
    """Forget the answers whose time is over, with the mails and notices. The house commits it."""
    today = local_day(work.now, group.zone)
    gone = 0
    for leaver in exits_to_forget(work.session, group.id, today):
        values = {"answer": "", "forgotten_at_utc": work.now}
        gone += change_exit(work.session, group.id, leaver.id, frozenset(ExitState), values)
        path = path_of("visit.firstyear.question", group, token=token_of(group, leaver.public_id))
        forget_about(work, group.id, path=path, subject_key=leaver.public_id)
    return gone


def _end_of(day: date, zone: str) -> datetime:
    return instant_of(day, time(20), zone)
