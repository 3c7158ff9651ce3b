"""Deciding on a disagreement: two write their word, a third where they differ; what is not decided in time counts on."""

from dataclasses import dataclass, replace

from app.core.errors import NotFound, Refusal, Refused
from app.core.groups.domain.standing import Group
from app.core.ids import MemberId
from app.core.work import UnitOfWork
from app.plugins.credibility.domain.appeals import (
    KEPT_FOR,
    THIRD_HAS,
    AppealState,
    Outcome,
    asked_next,
    is_to_remind,
    outcome_of,
    refusals_for_word,
)
from app.plugins.credibility.interface import AppealEnded
from app.plugins.credibility.queries import secret
from app.plugins.credibility.queries.appeals import Appeal, appeal_by_public_id, open_appeals
from app.plugins.credibility.queries.choices import constants_in_force
from app.plugins.credibility.services.appeal_news import (
    Question,
    ask_no_more,
    ask_to_decide,
    forget_news,
    remind_to_decide,
    tell_end,
    tell_reporter,
)
from app.plugins.credibility.services.appealing import DECIDERS, eligible_for
from app.plugins.credibility.services.counting import take_away
from app.plugins.credibility.store_appeals import (
    add_deciders,
    drop_deciders,
    end_appeal,
    forget_appeals,
    keep_word,
    mark_void,
    note_reminded,
    one_at_a_time,
    put_off,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decide:
    """The word of one who decides (uphold or keep), with its reason."""

    group: Group
    member: MemberId
    appeal: str
    says: str
    reason: str


def decide(work: UnitOfWork, command: Decide) -> None:
    """Keep the word, end the appeal where two agree, ask a third where two differ, and commit."""
    group, session = command.group, work.session
    one_at_a_time(session, group.id)
    appeal = appeal_by_public_id(session, group.id, command.appeal)
    own = None if appeal is None else appeal.decider(command.member)
    if appeal is None or own is None:
        raise NotFound
    if not appeal.is_open:
        raise Refused([Refusal(code="credibility.appeal_over")])
    if not own.says and (refusals := refusals_for_word(command.says, command.reason)):
        raise Refused(refusals)
    word = {"says": command.says, "reason": command.reason, "said_at_utc": work.now}
    if not keep_word(session, group.id, appeal.id, command.member, word):
        raise Refused([Refusal(code="credibility.said_before")])
    ask_no_more(work, group, appeal.public_id, command.member)
    outcome = outcome_of([*appeal.says, command.says])
    if outcome is Outcome.THIRD:
        _ask_third(work, group, appeal)
    elif outcome is not Outcome.WAITING:
        _end(work, group, appeal, AppealState(outcome.value))
    work.commit()


def look_after(work: UnitOfWork, group: Group) -> int:
    """End what was not decided in time, remind, and ask others in the place of members who left; return how many.

    The caller commits.
    """
    done = 0
    one_at_a_time(work.session, group.id)
    for appeal in open_appeals(work.session, group.id):
        if work.now >= appeal.due_at:
            _end(work, group, appeal, AppealState.LAPSED)
            done += 1
        else:
            done += _replace_who_left(work, group, appeal)
            done += _remind(work, group, appeal)
    return done


def forget_old(work: UnitOfWork, group: Group) -> int:
    """Forget reasons and decisions a year after the end, with what was told of them; return how many. The caller commits."""
    gone = forget_appeals(work.session, group.id, work.now - KEPT_FOR)
    forget_news(work, group, gone)
    return len(gone)


def _remind(work: UnitOfWork, group: Group, appeal: Appeal) -> int:
    """Remind those whose word is missing, once, when the end is near."""
    if not is_to_remind(appeal.due_at, work.now):
        return 0
    missing = [one.member_id for one in appeal.deciders if not one.says]
    told = note_reminded(work.session, group.id, appeal.id, missing, work.now)
    remind_to_decide(work, group, Question(public_id=appeal.public_id, due_at=appeal.due_at), told)
    return len(told)


def _ask_third(work: UnitOfWork, group: Group, appeal: Appeal) -> None:
    due_at = max(appeal.due_at, work.now + THIRD_HAS)
    if due_at > appeal.due_at:
        put_off(work.session, group.id, appeal.id, due_at)
    _ask(work, group, replace(appeal, due_at=due_at), 1, without=())


def _replace_who_left(work: UnitOfWork, group: Group, appeal: Appeal) -> int:
    row = secret.evidence_by_key(work.session, group.id, appeal.evidence_id)
    if row is None:
        return 0
    present = eligible_for(work, group, row)
    left = [one.member_id for one in appeal.deciders if not one.says and one.member_id not in present]
    drop_deciders(work.session, group.id, appeal.id, left)
    for member_id in left:
        ask_no_more(work, group, appeal.public_id, member_id)
    asked = len(appeal.deciders) - len(left)
    wanted = DECIDERS + (outcome_of(appeal.says) is Outcome.THIRD)
    if asked < wanted:
        return len(_ask(work, group, appeal, wanted - asked, without=left))
    return 0


def _ask(
    work: UnitOfWork, group: Group, appeal: Appeal, count: int, *, without: list[MemberId] | tuple[()]
) -> list[MemberId]:
    row = secret.evidence_by_key(work.session, group.id, appeal.evidence_id)
    if row is None:
        return []
    taken = {one.member_id for one in appeal.deciders} | set(without)
    asked = asked_next(eligible_for(work, group, row), taken, appeal.public_id, count)
    add_deciders(work.session, group.id, appeal.id, asked)
    ask_to_decide(work, group, Question(public_id=appeal.public_id, due_at=appeal.due_at), asked)
    if is_to_remind(appeal.due_at, work.now):
        note_reminded(work.session, group.id, appeal.id, asked, work.now)
    return asked


def _end(work: UnitOfWork, group: Group, appeal: Appeal, state: AppealState) -> None:
    """End it: an upheld one takes the report away for good; any other lets it count again from the next weekly day."""
    end_appeal(work.session, group.id, appeal.id, state, work.now)
    ask_no_more(work, group, appeal.public_id)
    row = secret.evidence_by_key(work.session, group.id, appeal.evidence_id)
    if state is AppealState.UPHELD and row is not None:
        mark_void(work.session, group.id, row.facet, row.slip_id, row.report_number)
        take_away(work, group, [row], constants_in_force(work.session, group.id))
        tell_reporter(work, group, row)
    tell_end(work, group, appeal, state)
    work.record(AppealEnded(group_id=group.id, appeal_id=appeal.id))
