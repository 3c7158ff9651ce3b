"""Forgetting: whoever is forgotten stands in no notice and in no mail any more, sent or unsent."""

from typing import Any

from sqlalchemy import ColumnElement, delete, or_
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.dml import ReturningDelete

from app.core.ids import GroupId
from app.core.notices.models import NoticeRow, OutgoingMailRow
from app.core.work import UnitOfWork


def forget_about(work: UnitOfWork, group_id: GroupId, *, path: str = "", subject_key: str = "") -> int:
    """Delete the group's notices that lead to `path` or below it, and its mails about `subject_key` or `<subject_key>:…`.

    Mails that have left go too: they hold an address and a text. Returns how many rows went; the caller commits.
    """
    gone = 0
    if path:
        gone += _gone(
            work,
            delete(NoticeRow)
            .where(NoticeRow.group_id == group_id, _begins(NoticeRow.path, path, ends=("/", "?", "#")))
            .returning(NoticeRow.id),
        )
    if subject_key:
        gone += _gone(
            work,
            delete(OutgoingMailRow)
            .where(
                OutgoingMailRow.group_id == group_id,
                _begins(OutgoingMailRow.subject_key, subject_key, ends=(":",)),
            )
            .returning(OutgoingMailRow.id),
        )
    return gone


def _begins(column: InstrumentedAttribute[str], begin: str, *, ends: tuple[str, ...]) -> ColumnElement[bool]:
    return or_(column == begin, *(column.startswith(begin + end, autoescape=True) for end in ends))


def _gone(work: UnitOfWork, statement: ReturningDelete[Any]) -> int:
    return len(work.session.execute(statement).all())
