"""Writing what a member keeps for themself alone: notes of talks, wishes how often to talk."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, exists, insert, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.core.ids import GroupId, MemberId
from app.plugins.activities.domain.keys import ArrangementId, OneToOneId
from app.plugins.activities.models_arranging import PairWishRow, RhythmRow, TalkNoteRow

_NOTE: Any = TalkNoteRow.__table__
_RHYTHM: Any = RhythmRow.__table__
_WISH: Any = PairWishRow.__table__


def add_note(session: Session, values: Mapping[str, Any]) -> None:
    """Keep a first note of a member about a talk."""
    session.execute(insert(_NOTE).values(dict(values)))


def change_note(
    session: Session, group_id: GroupId, note_id: int, *, seen_version: int, text: str, at: datetime
) -> bool:
    """Keep other words of a note; return False where it changed since it was seen."""
    changed = session.execute(
        update(_NOTE)
        .where(_NOTE.c.group_id == group_id, _NOTE.c.id == note_id, _NOTE.c.version == seen_version)
        .values(note=text, changed_at_utc=at, version=seen_version + 1)
        .returning(_NOTE.c.id)
    )
    return changed.one_or_none() is not None


def remove_note(session: Session, group_id: GroupId, member_id: MemberId, public_id: str) -> bool:
    """Delete a note of its writer; return False where they have none of that name."""
    gone = session.execute(
        delete(_NOTE)
        .where(_NOTE.c.group_id == group_id, _NOTE.c.member_id == member_id, _NOTE.c.public_id == public_id)
        .returning(_NOTE.c.id)
    )
    return gone.one_or_none() is not None


def move_notes(
    session: Session, group_id: GroupId, arrangement_id: ArrangementId, talk_id: OneToOneId, day: date
) -> None:
    """Let what each prepared for an arranged talk stand with its record, but for whom a note stands there already."""
    theirs = _NOTE.alias("theirs")
    stands = exists().where(
        theirs.c.group_id == group_id,
        theirs.c.one_to_one_id == talk_id,
        theirs.c.member_id == _NOTE.c.member_id,
    )
    session.execute(
        update(_NOTE)
        .where(_NOTE.c.group_id == group_id, _NOTE.c.arrangement_id == arrangement_id, ~stands)
        .values(one_to_one_id=talk_id, day=day)
    )


def keep_rhythm(
    session: Session, group_id: GroupId, member_id: MemberId, weeks: int | None, on: date
) -> None:
    """Keep every how many weeks the member would like a talk with anybody; None takes the wish away."""
    _keep_wish(session, _RHYTHM, {"group_id": group_id, "member_id": member_id}, weeks, on)


def keep_pair_wish(
    session: Session,
    group_id: GroupId,
    member_id: MemberId,
    about: MemberId,
    *,
    weeks: int | None,
    on: date,
) -> None:
    """Keep every how many weeks the member would like to talk to that colleague; None takes the wish away."""
    keys = {"group_id": group_id, "member_id": member_id, "about_member_id": about}
    _keep_wish(session, _WISH, keys, weeks, on)


def _keep_wish(session: Session, table: Any, keys: Mapping[str, int], weeks: int | None, on: date) -> None:
    is_it = [table.c[name] == value for name, value in keys.items() if name != "group_id"]
    if weeks is None:
        session.execute(delete(table).where(table.c.group_id == keys["group_id"], *is_it))
        return
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    row = dialect.insert(table).values({**keys, "weeks": weeks, "since": on})
    session.execute(row.on_conflict_do_update(index_elements=list(keys), set_={"weeks": row.excluded.weeks}))
