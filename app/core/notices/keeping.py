"""Mails are not kept for ever: a month after they left, or could not, their text is forgotten."""

from datetime import timedelta
from typing import Any

from sqlalchemy import or_, update

from app.core.database import table_of
from app.core.notices.models import OutgoingMailRow
from app.core.work import UnitOfWork

TEXT_KEPT = timedelta(days=30)

_MAIL: Any = table_of(OutgoingMailRow)
_OVER = ("sent", "refused", "bounced", "expired", "gathered")


def forget_texts(work: UnitOfWork) -> int:
    """Empty the texts of mails that left, or never will, a month ago; return how many. The caller commits.

    That they were sent stays known, so that nothing is told twice.
    """
    emptied: Any = work.session.execute(
        update(_MAIL)
        .where(
            _MAIL.c.state.in_(_OVER),
            _MAIL.c.due_at_utc < work.now - TEXT_KEPT,
            or_(_MAIL.c.subject != "", _MAIL.c.body != "", _MAIL.c.attached != "", _MAIL.c.last_error != ""),
        )
        .values(subject="", body="", attached="", last_error="")
    )
    return int(emptied.rowcount)
