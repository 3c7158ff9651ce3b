"""What attendance holds of a member beyond their labelled columns: the keys they set for the door, and trends."""

from typing import Any

from sqlalchemy import and_, delete, exists, update

from app.core.groups.domain.standing import Group
from app.core.ids import MemberId
from app.core.work import UnitOfWork
from app.plugins.attendance.models import MarkRow
from app.plugins.attendance.models_care import CareRow, CareStepRow
from app.plugins.attendance.models_door import MemberKeyRow

_KEY: Any = MemberKeyRow.__table__
_MARK: Any = MarkRow.__table__
_CARE: Any = CareRow.__table__
_STEP: Any = CareStepRow.__table__


def erase_keys(work: UnitOfWork, group: Group, member_id: MemberId) -> int:
    """Take away the PIN and code of the door, and by which phone the member signed in."""
    work.session.execute(
        update(_MARK)
        .where(_MARK.c.group_id == group.id, _MARK.c.member_id == member_id, _MARK.c.device_key.is_not(None))
        .values(device_key=None)
    )
    return _without_key(work, group, member_id)


def make_room(work: UnitOfWork, group: Group, kept: MemberId, gone: MemberId) -> None:
    """Let the key and the trends of `gone` go where `kept` has the same: one human has one of each."""
    _without_key(work, group, gone)
    same = _CARE.alias("same")
    double = and_(
        _CARE.c.group_id == group.id,
        _CARE.c.member_id == gone,
        exists().where(
            same.c.group_id == group.id,
            same.c.member_id == kept,
            same.c.pattern == _CARE.c.pattern,
            same.c.newest_on == _CARE.c.newest_on,
        ),
    )
    found = work.session.scalars(_CARE.select().with_only_columns(_CARE.c.id).where(double)).all()
    work.session.execute(delete(_STEP).where(_STEP.c.group_id == group.id, _STEP.c.care_id.in_(found)))
    work.session.execute(delete(_CARE).where(_CARE.c.group_id == group.id, _CARE.c.id.in_(found)))


def _without_key(work: UnitOfWork, group: Group, member_id: MemberId) -> int:
    gone = work.session.execute(
        delete(_KEY)
        .where(_KEY.c.group_id == group.id, _KEY.c.member_id == member_id)
        .returning(_KEY.c.member_id)
    )
    return len(gone.all())
