"""Changing what a group is called and how it is written; a new zone takes the coming meetings along."""

from dataclasses import replace

from babel import localedata
from sqlalchemy import select

from app.core.errors import Refusal, Refused
from app.core.groups.domain.settings import GroupSettings, changed_fields, refusals_for_settings
from app.core.groups.events import GroupChanged
from app.core.groups.models import GroupRow
from app.core.ids import GroupId
from app.core.meetings.domain.meeting import instants
from app.core.meetings.models import MeetingRow, ScheduleRow
from app.core.vocabulary import PACKS
from app.core.work import UnitOfWork


def change_settings(work: UnitOfWork, group_id: GroupId, wanted: GroupSettings) -> tuple[str, ...]:
    """Set the group to what is wanted and return the names of what changed; the caller commits.

    `wanted.version` is the one that was on the page; refused as `groups.changed_meanwhile` where somebody else
    changed the group since, unless both want the same.
    """
    query = select(GroupRow).where(GroupRow.id == group_id).with_for_update()
    row = work.session.scalars(query.execution_options(populate_existing=True)).one()
    before = _settings(row)
    wanted = replace(wanted, name=wanted.name.strip())
    changed = changed_fields(before, wanted)
    if not changed:
        return ()
    if wanted.version != before.version:
        raise Refused([Refusal(code="groups.changed_meanwhile")])
    if refusals := refusals_for_settings(wanted, packs=PACKS, locales=_known_locales(before, wanted)):
        raise Refused(refusals)
    row.name, row.vocabulary, row.zone = wanted.name, wanted.vocabulary, wanted.zone
    row.locale, row.settling_in_days = wanted.locale, wanted.settling_in_days
    row.is_found_by_others = wanted.is_found_by_others
    row.version = before.version + 1
    if wanted.zone != before.zone:
        _move_to_zone(work, group_id, before.zone, wanted.zone)
    work.session.flush()
    work.record(GroupChanged(group_id=group_id, changed=", ".join(changed)))
    return changed


def _settings(row: GroupRow) -> GroupSettings:
    return GroupSettings(
        name=row.name,
        vocabulary=row.vocabulary,
        zone=row.zone,
        locale=row.locale,
        settling_in_days=row.settling_in_days,
        is_found_by_others=row.is_found_by_others,
        version=row.version,
    )


def _known_locales(before: GroupSettings, wanted: GroupSettings) -> frozenset[str]:
    """Return which of the two locales may stand: the one in force, and a new one that there is."""
    is_there = localedata.exists(wanted.locale.replace("-", "_"))
    return frozenset({before.locale} | ({wanted.locale} if is_there else set()))


def _move_to_zone(work: UnitOfWork, group_id: GroupId, old: str, new: str) -> None:
    """Let every schedule and every meeting still to begin keep its time on the clock, now in the new zone."""
    schedules = select(ScheduleRow).where(ScheduleRow.group_id == group_id, ScheduleRow.zone == old)
    for schedule in work.session.scalars(schedules):
        schedule.zone = new
    meetings = select(MeetingRow).where(
        MeetingRow.group_id == group_id, MeetingRow.zone == old, MeetingRow.starts_at_utc > work.now
    )
    for meeting in work.session.scalars(meetings):
        minutes = round((meeting.ends_at_utc - meeting.starts_at_utc).total_seconds() / 60)
        meeting.zone = new
        meeting.starts_at_utc, meeting.ends_at_utc = instants(
            meeting.local_date, meeting.wall_time, new, minutes
        )
        meeting.version += 1
