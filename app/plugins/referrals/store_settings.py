"""Writing what a group has set about its referrals; nothing is overwritten that was not seen."""

from typing import Any

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.core.errors import Refusal, Refused
from app.core.ids import GroupId
from app.plugins.referrals.models_settings import SettingRow
from app.plugins.referrals.queries.settings import Settings

_SETTING: Any = SettingRow.__table__


def keep_settings(session: Session, group_id: GroupId, wanted: Settings) -> None:
    """Keep what is wanted over the version that was seen; else refused as `referrals.settings_changed_meanwhile`."""
    is_kept = _first(session, group_id, wanted) if wanted.version == 0 else _next(session, group_id, wanted)
    if not is_kept:
        raise Refused([Refusal(code="referrals.settings_changed_meanwhile")])


def _first(session: Session, group_id: GroupId, wanted: Settings) -> bool:
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    values = {"group_id": group_id, "prospect_months": wanted.prospect_months, "version": 1}
    put = dialect.insert(SettingRow).values(values).on_conflict_do_nothing()
    return session.execute(put.returning(SettingRow.version)).one_or_none() is not None


def _next(session: Session, group_id: GroupId, wanted: Settings) -> bool:
    changed = (
        update(_SETTING)
        .where(_SETTING.c.group_id == group_id, _SETTING.c.version == wanted.version)
        .values(prospect_months=wanted.prospect_months, version=wanted.version + 1)
        .returning(_SETTING.c.version)
    )
    return session.execute(changed).one_or_none() is not None
