"""A member asks, others answer, the asker closes."""

from dataclasses import dataclass
from datetime import date

from app.core.errors import NotFound, Refusal, Refused
from app.core.groups.domain.standing import Group
from app.core.groups.queries import member_by_key
from app.core.ids import MemberId
from app.core.work import UnitOfWork
from app.plugins.giving.domain.ask import (
    AskFacts,
    AskState,
    is_settling_in,
    reads_learn_about_me,
    refusals_for_ask,
    refusals_for_reply,
)
from app.plugins.giving.domain.keys import AskId, ReplyId
from app.plugins.giving.interface import AskAnswered, AskClosed, AskOpened
from app.plugins.giving.queries.asks import AskLine, ask_by_public_id
from app.plugins.giving.services.telling import ANSWERED, News, Place, tell
from app.plugins.giving.store import add_ask, add_reply, close_ask


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAsk:
    """What a member asks, as they typed it."""

    group: Group
    today: date
    member: MemberId
    facts: AskFacts
    public_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OnAsk:
    """Who acts on which ask. `place` is where the asker finds it."""

    group: Group
    today: date
    member: MemberId
    member_name: str
    ask: str
    place: Place


def open_ask(work: UnitOfWork, command: OpenAsk) -> AskId:
    """Keep the ask; refused with every reason at once. In the settling-in period it reads “learn about me”. Commits."""
    group, facts = command.group, command.facts
    refusals = refusals_for_ask(facts, command.today)
    if refusals or facts.until_on is None:
        raise Refused(refusals)
    joined_on = member_by_key(work.session, group.id, command.member).joined_on
    settling_in = is_settling_in(joined_on, command.today, group.settling_in_days)
    ask_id = AskId(work.ids.key())
    is_learning = reads_learn_about_me(facts.kind, settling_in=settling_in)
    add_ask(
        work.session,
        {
            "group_id": group.id,
            "id": ask_id,
            "public_id": command.public_id,
            "asker_member_id": command.member,
            "kind": facts.kind,
            "is_learning": is_learning,
            "what": facts.what,
            "why": facts.why,
            "until_on": facts.until_on,
            "state": AskState.OPEN.value,
            "opened_at_utc": work.now,
        },
    )
    work.record(
        AskOpened(
            group_id=group.id,
            ask_id=ask_id,
            asker_member_id=command.member,
            ask=facts.kind,
            is_learning=is_learning,
            until_on=facts.until_on,
        )
    )
    work.commit()
    return ask_id


def answer_ask(work: UnitOfWork, command: OnAsk, words: str) -> None:
    """Keep the answer for asker and helper alone, and tell the asker; refused with every reason at once. Commits."""
    ask = _found(work, command)
    refusals = refusals_for_reply(
        words,
        is_own=ask.asker_id == command.member,
        is_open=ask.is_open_on(command.today),
        has_replied=ask.is_answered_by_viewer,
    )
    if refusals:
        raise Refused(refusals)
    reply_id = ReplyId(work.ids.key())
    values = {
        "group_id": command.group.id,
        "id": reply_id,
        "public_id": work.ids.public_id(),
        "ask_id": ask.id,
        "helper_member_id": command.member,
        "words": words,
        "at_utc": work.now,
    }
    if not add_reply(work.session, values):
        raise Refused([Refusal(code="giving.answered_already")])
    event = AskAnswered(
        group_id=command.group.id, ask_id=ask.id, reply_id=reply_id, helper_member_id=command.member
    )
    work.record(event)
    news = News(
        kind="giving.answered",
        text=ANSWERED,
        key=f"{ask.public_id} {command.member}",
        facts={"name": command.member_name},
        place=command.place,
    )
    tell(work, command.group, ask.asker_id, news)
    work.commit()


def close_own_ask(work: UnitOfWork, command: OnAsk, *, has_helped: bool) -> None:
    """Close the ask, by its asker alone; refused where it was closed before. Commits."""
    ask = _found(work, command)
    if ask.asker_id != command.member:
        raise NotFound
    state = AskState.HELPED if has_helped else AskState.CLOSED
    if not close_ask(work.session, command.group.id, ask.id, state, work.now):
        raise Refused([Refusal(code="giving.ask_closed_already")])
    work.record(AskClosed(group_id=command.group.id, ask_id=ask.id, state=state.value))
    work.commit()


def _found(work: UnitOfWork, command: OnAsk) -> AskLine:
    ask = ask_by_public_id(work.session, command.group.id, command.ask, command.member)
    if ask is None:
        raise NotFound
    return ask
