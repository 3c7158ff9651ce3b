"""What a group is set to now, with the number of its last change."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.database import table_of
from app.core.groups.domain.settings import GroupSettings
from app.core.groups.models import GroupRow
from app.core.ids import GroupId

_GROUP = table_of(GroupRow)


def settings_of(session: Session, group_id: GroupId) -> GroupSettings:
    """Return the settings of the group; there must be one."""
    row = session.execute(
        select(
            _GROUP.c.name,
            _GROUP.c.vocabulary,
            _GROUP.c.zone,
            _GROUP.c.locale,
            _GROUP.c.settling_in_days,
            _GROUP.c.is_found_by_others,
            _GROUP.c.version,
        ).where(_GROUP.c.id == group_id)
    ).one()
    return GroupSettings(
        name=row.name,
        vocabulary=row.vocabulary,
        zone=row.zone,
        locale=row.locale,
        settling_in_days=row.settling_in_days,
        is_found_by_others=row.is_found_by_others,
        version=row.version,
    )
