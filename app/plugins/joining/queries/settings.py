"""What a group has set, and the facts of the group that a mail needs."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.database import table_of
from app.core.ids import GroupId
from app.plugins.joining.domain.deciding import Rule
from app.plugins.joining.domain.settings import Settings
from app.plugins.joining.models import SettingRow

_SETTING = table_of(SettingRow)


def settings_of(session: Session, group_id: GroupId) -> Settings:
    """Return what the group has set, the usual where it set nothing."""
    row = session.execute(select(_SETTING).where(_SETTING.c.group_id == group_id)).one_or_none()
    if row is None:
        return Settings()
    return Settings(
        is_open=row.is_open,
        rule=Rule(row.rule),
        approval_days=row.approval_days,
        keep_months=row.keep_months,
        version=row.version,
    )
