"""What activities hold of a member beyond their labelled columns: wishes, and arrangements where two records become one."""

from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, or_, select, update

from app.core.groups.domain.standing import Group
from app.core.ids import GroupId, MemberId
from app.core.work import UnitOfWork
from app.plugins.activities.domain.arranging import OPEN, TalkState
from app.plugins.activities.models_arranging import (
    ArrangementRow,
    PairWishRow,
    RhythmRow,
    TalkNoteRow,
    TalkTimeRow,
)

_ARRANGEMENT: Any = ArrangementRow.__table__
_TIME: Any = TalkTimeRow.__table__
_NOTE: Any = TalkNoteRow.__table__
_RHYTHM: Any = RhythmRow.__table__
_WISH: Any = PairWishRow.__table__
_OPEN = [state.value for state in OPEN]


def forget_wishes(work: UnitOfWork, group: Group, member_id: MemberId) -> int:
    """Take away how often the member wished to talk, and how often others wished to talk to them; must not commit."""
    own = and_(_WISH.c.group_id == group.id, _of_wish(member_id))
    wishes = work.session.execute(delete(_WISH).where(own).returning(_WISH.c.weeks)).all()
    rhythm = and_(_RHYTHM.c.group_id == group.id, _RHYTHM.c.member_id == member_id)
    return len(wishes) + len(
        work.session.execute(delete(_RHYTHM).where(rhythm).returning(_RHYTHM.c.weeks)).all()
    )


def make_room(work: UnitOfWork, group: Group, kept: MemberId, gone: MemberId) -> None:
    """Let the arrangements, notes and wishes of `gone` fit beside those of `kept`; must not commit.

    What the two records arranged with each other is nothing. Of two open arrangements with one colleague that of `kept`
    goes on. The pair of every other arrangement of `gone` is written anew, since the lower key stands first in it.
    """
    _forget_between(work, group.id, kept, gone)
    rows = work.session.execute(
        select(_ARRANGEMENT).where(_ARRANGEMENT.c.group_id == group.id, _is_of(gone))
    ).all()
    for row in rows:
        _point_at_kept(work, row, kept, gone)
    _let_double_wishes_go(work, group.id, kept, gone)


def _forget_between(work: UnitOfWork, group_id: GroupId, kept: MemberId, gone: MemberId) -> None:
    between = (
        select(_ARRANGEMENT.c.id)
        .where(_ARRANGEMENT.c.group_id == group_id, _is_of(kept), _is_of(gone))
        .scalar_subquery()
    )
    work.session.execute(
        update(_NOTE)
        .where(_NOTE.c.group_id == group_id, _NOTE.c.arrangement_id.in_(between))
        .values(arrangement_id=None)
    )
    work.session.execute(
        delete(_TIME).where(_TIME.c.group_id == group_id, _TIME.c.arrangement_id.in_(between))
    )
    work.session.execute(
        delete(_ARRANGEMENT).where(_ARRANGEMENT.c.group_id == group_id, _ARRANGEMENT.c.id.in_(between))
    )


def _point_at_kept(work: UnitOfWork, row: Any, kept: MemberId, gone: MemberId) -> None:
    """Let one arrangement of `gone` be of `kept`; it rests where `kept` has an open one with the same colleague."""
    columns = (
        "one_member_id",
        "other_member_id",
        "asker_member_id",
        "waits_for_member_id",
        "words_by_member_id",
    )
    now = {name: kept if getattr(row, name) == gone else getattr(row, name) for name in columns}
    pair = sorted((now["one_member_id"], now["other_member_id"]))
    now |= {"one_member_id": pair[0], "other_member_id": pair[1]}
    stands = select(_ARRANGEMENT.c.id).where(
        _ARRANGEMENT.c.group_id == row.group_id,
        _ARRANGEMENT.c.one_member_id == pair[0],
        _ARRANGEMENT.c.other_member_id == pair[1],
        _ARRANGEMENT.c.state.in_(_OPEN),
    )
    if row.state in _OPEN and work.session.scalar(stands) is not None:
        now |= {"state": TalkState.LAPSED.value, "waits_for_member_id": None, "changed_at_utc": work.now}
    work.session.execute(
        update(_ARRANGEMENT)
        .where(_ARRANGEMENT.c.group_id == row.group_id, _ARRANGEMENT.c.id == row.id)
        .values(now)
    )


def _let_double_wishes_go(work: UnitOfWork, group_id: GroupId, kept: MemberId, gone: MemberId) -> None:
    """Take away wishes between the two records, and those of which the other record has the same."""
    same = _WISH.alias("same")
    as_wisher = and_(
        _WISH.c.member_id == gone,
        exists().where(
            same.c.group_id == group_id,
            same.c.member_id == kept,
            same.c.about_member_id == _WISH.c.about_member_id,
        ),
    )
    as_wished = and_(
        _WISH.c.about_member_id == gone,
        exists().where(
            same.c.group_id == group_id,
            same.c.about_member_id == kept,
            same.c.member_id == _WISH.c.member_id,
        ),
    )
    two = (kept, gone)
    between = and_(_WISH.c.member_id.in_(two), _WISH.c.about_member_id.in_(two))
    work.session.execute(
        delete(_WISH).where(_WISH.c.group_id == group_id, or_(between, as_wisher, as_wished))
    )


def _is_of(member_id: MemberId) -> ColumnElement[bool]:
    return or_(_ARRANGEMENT.c.one_member_id == member_id, _ARRANGEMENT.c.other_member_id == member_id)


def _of_wish(member_id: MemberId) -> ColumnElement[bool]:
    return or_(_WISH.c.member_id == member_id, _WISH.c.about_member_id == member_id)
