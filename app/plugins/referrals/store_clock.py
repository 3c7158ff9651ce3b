"""Writing how far the clock of a slip has come, each move once however many workers make it."""

from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.core.ids import GroupId, MemberId
from app.plugins.referrals.domain.clock import Move
from app.plugins.referrals.domain.keys import SlipId
from app.plugins.referrals.models_clock import ClockRow

_CLOCK: Any = ClockRow.__table__
_COLUMN = {Move.FIRST: "first_at_utc", Move.SECOND: "second_at_utc", Move.ASK_GIVER: "asked_at_utc"}


def note_move(session: Session, group_id: GroupId, slip_id: SlipId, move: Move, now: datetime) -> bool:
    """Note that the move is made, and return whether it was not made before."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    begun = dialect.insert(ClockRow).values(group_id=group_id, slip_id=slip_id)
    session.execute(begun.on_conflict_do_nothing())
    column = _COLUMN[move]
    noted = session.execute(
        update(_CLOCK)
        .where(_CLOCK.c.group_id == group_id, _CLOCK.c.slip_id == slip_id, _CLOCK.c[column].is_(None))
        .values({column: now})
        .returning(_CLOCK.c.slip_id)
    )
    return noted.one_or_none() is not None


def keep_answer(
    session: Session, group_id: GroupId, slip_id: SlipId, *, wants_help: bool, now: datetime
) -> bool:
    """Keep what the giver said of the office's help, and return whether it is another answer than before."""
    kept = session.execute(
        update(_CLOCK)
        .where(
            _CLOCK.c.group_id == group_id,
            _CLOCK.c.slip_id == slip_id,
            _CLOCK.c.asked_at_utc.is_not(None),
            _CLOCK.c.wants_help.is_distinct_from(wants_help),
        )
        .values(wants_help=wants_help, said_at_utc=now)
        .returning(_CLOCK.c.slip_id)
    )
    return kept.one_or_none() is not None


def keep_help(
    session: Session, group_id: GroupId, slip_id: SlipId, *, helper: MemberId, now: datetime
) -> bool:
    """Keep who of the office has spoken with the receiver, and return whether nobody had before."""
    kept = session.execute(
        update(_CLOCK)
        .where(
            _CLOCK.c.group_id == group_id,
            _CLOCK.c.slip_id == slip_id,
            _CLOCK.c.wants_help.is_(True),
            _CLOCK.c.helper_member_id.is_(None),
        )
        .values(helper_member_id=helper, helped_at_utc=now)
        .returning(_CLOCK.c.slip_id)
    )
    return kept.one_or_none() is not None
