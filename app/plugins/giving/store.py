"""Writing asks, replies, introductions and words, each act one statement that lets the database decide."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, or_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.core.ids import GroupId, MemberId
from app.plugins.giving.domain.ask import AskState
from app.plugins.giving.domain.introduction import IntroductionState
from app.plugins.giving.models import AskRow, IntroductionRow, ReplyRow, TestimonialRow, ThanksRow

_ASK: Any = AskRow.__table__
_INTRODUCTION: Any = IntroductionRow.__table__
_REPLY: Any = ReplyRow.__table__
_THANKS: Any = ThanksRow.__table__
_TESTIMONIAL: Any = TestimonialRow.__table__

WORDS: Mapping[str, Any] = {"thanks": _THANKS, "testimonial": _TESTIMONIAL}
"""The tables of words that stand on a member's page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What both have said to an introduction by now."""

    one_says: str
    other_says: str


def add_ask(session: Session, values: Mapping[str, Any]) -> None:
    """Keep an ask."""
    session.execute(insert(_ASK).values(values))


def close_ask(session: Session, group_id: GroupId, ask_id: int, state: AskState, at: datetime) -> bool:
    """Close an open ask; return False where it was closed before."""
    changed = session.execute(
        update(_ASK)
        .where(_ASK.c.group_id == group_id, _ASK.c.id == ask_id, _ASK.c.state == AskState.OPEN.value)
        .values(state=state.value, closed_at_utc=at)
        .returning(_ASK.c.id)
    )
    return changed.one_or_none() is not None


def close_asks_of(session: Session, group_id: GroupId, member_id: MemberId, at: datetime) -> list[int]:
    """Close every open ask of a member; return their keys."""
    closed = session.scalars(
        update(_ASK)
        .where(
            _ASK.c.group_id == group_id,
            _ASK.c.asker_member_id == member_id,
            _ASK.c.state == AskState.OPEN.value,
        )
        .values(state=AskState.CLOSED.value, closed_at_utc=at)
        .returning(_ASK.c.id)
    )
    return sorted(closed)


def add_reply(session: Session, values: Mapping[str, Any]) -> bool:
    """Keep an answer; return False where this member has answered the ask before."""
    return _added_once(session, _REPLY, values)


def add_introduction(session: Session, values: Mapping[str, Any]) -> None:
    """Keep an introduction that both are asked about."""
    session.execute(insert(_INTRODUCTION).values(values))


def keep_word(
    session: Session, group_id: GroupId, introduction_id: int, *, side: str, word: str
) -> Said | None:
    """Keep what one of the two says (`side` is one or other), unless they spoke before or it is settled: then None.

    Whoever speaks second waits for the first, and is told of both.
    """
    says = _INTRODUCTION.c[f"{side}_says"]
    row = session.execute(
        update(_INTRODUCTION)
        .where(_is(group_id, introduction_id), says == "", *_stands_at(IntroductionState.OFFERED))
        .values({says: word})
        .returning(_INTRODUCTION.c.one_says, _INTRODUCTION.c.other_says)
    ).one_or_none()
    return Said(one_says=row.one_says, other_says=row.other_says) if row else None


def settle(
    session: Session, group_id: GroupId, introduction_id: int, state: IntroductionState, at: datetime
) -> bool:
    """Settle an introduction that still waits; return False where it was settled before."""
    made = {"made_at_utc": at} if state is IntroductionState.MADE else {}
    changed = session.execute(
        update(_INTRODUCTION)
        .where(_is(group_id, introduction_id), *_stands_at(IntroductionState.OFFERED))
        .values(state=state.value, **made)
        .returning(_INTRODUCTION.c.id)
    )
    return changed.one_or_none() is not None


def let_rest(session: Session, group_id: GroupId, offered_before: datetime) -> list[int]:
    """Let the introductions rest that were offered before then and still wait; return their keys."""
    return _lapsed(session, group_id, _INTRODUCTION.c.offered_at_utc < offered_before)


def let_rest_of(session: Session, group_id: GroupId, member_id: MemberId) -> list[int]:
    """Let the introductions rest that wait and name a member who has left; return their keys."""
    named = [_INTRODUCTION.c[f"{who}_member_id"] == member_id for who in ("introducer", "one", "other")]
    return _lapsed(session, group_id, or_(*named))


def mark_asked(session: Session, group_id: GroupId, introduction_id: int, at: datetime) -> bool:
    """Note that the two were asked what came of it; return False where they were asked before."""
    changed = session.execute(
        update(_INTRODUCTION)
        .where(_is(group_id, introduction_id), _INTRODUCTION.c.asked_at_utc.is_(None))
        .values(asked_at_utc=at)
        .returning(_INTRODUCTION.c.id)
    )
    return changed.one_or_none() is not None


def keep_outcome(
    session: Session, group_id: GroupId, introduction_id: int, *, side: str, outcome: str
) -> bool:
    """Keep what one of the two says came of it, over what they said before; return False where it was not made."""
    changed = session.execute(
        update(_INTRODUCTION)
        .where(_is(group_id, introduction_id), *_stands_at(IntroductionState.MADE))
        .values({_INTRODUCTION.c[f"{side}_outcome"]: outcome})
        .returning(_INTRODUCTION.c.id)
    )
    return changed.one_or_none() is not None


def add_words(session: Session, words: str, values: Mapping[str, Any]) -> bool:
    """Keep a thank-you or a testimonial (`words` names which); return False where the author's stands already."""
    return _added_once(session, WORDS[words], values)


def remove_words(session: Session, words: str, group_id: GroupId, words_id: int) -> None:
    """Take a thank-you or a testimonial away with what was written."""
    table = WORDS[words]
    session.execute(delete(table).where(table.c.group_id == group_id, table.c.id == words_id))


def hide_words(
    session: Session, words: str, group_id: GroupId, words_id: int, hidden_at: datetime | None
) -> None:
    """Hide words from everybody but their author and whom they are about, or with None show them again."""
    table = WORDS[words]
    session.execute(
        update(table)
        .where(table.c.group_id == group_id, table.c.id == words_id)
        .values(hidden_at_utc=hidden_at)
    )


def _is(group_id: GroupId, introduction_id: int) -> ColumnElement[bool]:
    found: ColumnElement[bool] = (_INTRODUCTION.c.group_id == group_id) & (
        _INTRODUCTION.c.id == introduction_id
    )
    return found


def _stands_at(state: IntroductionState) -> tuple[ColumnElement[bool], ...]:
    return (_INTRODUCTION.c.state == state.value,)


def _lapsed(session: Session, group_id: GroupId, which: ColumnElement[bool]) -> list[int]:
    settled = session.scalars(
        update(_INTRODUCTION)
        .where(_INTRODUCTION.c.group_id == group_id, which, *_stands_at(IntroductionState.OFFERED))
        .values(state=IntroductionState.LAPSED.value)
        .returning(_INTRODUCTION.c.id)
    )
    return sorted(settled)


def _added_once(session: Session, table: Any, values: Mapping[str, Any]) -> bool:
    """Insert the row unless one with the same unique facts stands; return whether it was inserted."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    row = dialect.insert(table).values(dict(values)).on_conflict_do_nothing().returning(table.c.id)
    return session.scalar(row) is not None
