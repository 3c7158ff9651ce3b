"""Forgetting a prospect: every text that a slip holds about them, and what its two sides wrote on it."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.core.ids import GroupId
from app.plugins.referrals.domain.keys import ProspectId, SlipId
from app.plugins.referrals.models import ProspectRow, SlipRow, StepRow, ThankYouRow
from app.plugins.referrals.models_rights import ThankYouVersionRow

_PROSPECT: Any = ProspectRow.__table__
_SLIP: Any = SlipRow.__table__
_STEP: Any = StepRow.__table__
_THANKS: Any = ThankYouRow.__table__
_BEFORE: Any = ThankYouVersionRow.__table__


def redact(
    session: Session,
    group_id: GroupId,
    slip_id: SlipId,
    prospect_id: ProspectId,
    now: datetime,
    *,
    has_objected: bool = False,
) -> bool:
    """Empty every text of the slip that may name its prospect; False where somebody else did so first.

    The slip itself stays, and counts. Its version grows, so that a form filled in before cannot write the name back.
    """
    objected = {"objected_at_utc": now} if has_objected else {}
    forgotten = session.execute(
        update(_PROSPECT)
        .where(
            _PROSPECT.c.group_id == group_id,
            _PROSPECT.c.id == prospect_id,
            _PROSPECT.c.redacted_at_utc.is_(None),
        )
        .values(name="", contact="", agreed_how="", redacted_at_utc=now, **objected)
        .returning(_PROSPECT.c.id)
    )
    if forgotten.one_or_none() is None:
        return False
    _empty_words(session, group_id, slip_id)
    return True


def _empty_words(session: Session, group_id: GroupId, slip_id: SlipId) -> None:
    of_slip = (_SLIP.c.group_id == group_id, _SLIP.c.id == slip_id)
    session.execute(update(_SLIP).where(*of_slip).values(about="", known_how="", version=_SLIP.c.version + 1))
    session.execute(
        update(_STEP).where(_STEP.c.group_id == group_id, _STEP.c.slip_id == slip_id).values(note="")
    )
    thanks = select(_THANKS.c.id).where(_THANKS.c.group_id == group_id, _THANKS.c.slip_id == slip_id)
    session.execute(
        update(_BEFORE)
        .where(_BEFORE.c.group_id == group_id, _BEFORE.c.thank_you_id.in_(thanks))
        .values(note="")
    )
    session.execute(
        update(_THANKS).where(_THANKS.c.group_id == group_id, _THANKS.c.slip_id == slip_id).values(note="")
    )
