"""What a group has set about its referrals, and whose prospects a shorter time would reach."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from app.core.ids import GroupId
from app.plugins.referrals.domain.expiry import MONTHS_KEPT
from app.plugins.referrals.domain.keys import ProspectId
from app.plugins.referrals.domain.slip import ENDS
from app.plugins.referrals.models import ProspectRow, SlipRow
from app.plugins.referrals.models_settings import SettingRow

_SETTING: Any = SettingRow.__table__
_SLIP: Any = SlipRow.__table__
_PROSPECT: Any = ProspectRow.__table__


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a group has its referrals; `version` is 0 where it never changed anything."""

    prospect_months: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A prospect who is kept after the slip ended: since when, and until which day."""

    id: ProspectId
    closed_at: datetime
    expires_on: date


def settings_of(session: Session, group_id: GroupId) -> Settings:
    """Return what the group has set."""
    query = select(_SETTING.c.prospect_months, _SETTING.c.version).where(_SETTING.c.group_id == group_id)
    row = session.execute(query).one_or_none()
    if row is None:
        return Settings(prospect_months=MONTHS_KEPT, version=0)
    return Settings(prospect_months=row.prospect_months, version=row.version)


def kept_after_the_end(session: Session, group_id: GroupId) -> list[Kept]:
    """Return the prospects of ended slips who are not forgotten yet."""
    query = (
        select(_PROSPECT.c.id, _SLIP.c.closed_at_utc, _PROSPECT.c.expires_on)
        .select_from(_PROSPECT)
        .join(_SLIP, and_(_SLIP.c.group_id == _PROSPECT.c.group_id, _SLIP.c.prospect_id == _PROSPECT.c.id))
        .where(
            _PROSPECT.c.group_id == group_id,
            _PROSPECT.c.redacted_at_utc.is_(None),
            _PROSPECT.c.expires_on.is_not(None),
            _SLIP.c.closed_at_utc.is_not(None),
            _SLIP.c.state.in_(sorted(ENDS)),
        )
        .order_by(_PROSPECT.c.id)
    )
    return [
        Kept(id=ProspectId(row.id), closed_at=row.closed_at_utc, expires_on=row.expires_on)
        for row in session.execute(query)
    ]
