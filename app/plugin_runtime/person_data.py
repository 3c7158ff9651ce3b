"""Exporting, erasing and merging a person across the house: what the models declare, and what each plugin adds, on or off."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, select

from app.core.access.models import AccountRow
from app.core.database import table_of
from app.core.errors import Refusal, Refused
from app.core.groups.domain.standing import Group
from app.core.groups.events import MemberErased, RecordsMerged
from app.core.groups.queries import all_groups
from app.core.groups.services import end_membership
from app.core.ids import MemberId, PersonId
from app.core.local_time import local_day
from app.core.people.models import PersonRow
from app.core.person_data.by_hand import erase_by_hand
from app.core.person_data.declared import Keys
from app.core.person_data.erasing import erase_declared
from app.core.person_data.exported import Part
from app.core.person_data.exporting import exported_of
from app.core.person_data.merging import (
    hand_over_person,
    keep_later_seat,
    let_own_ones_go,
    point_at_kept,
    refusals_for_both,
    shared_groups,
)
from app.core.person_data.who import Words, keys_of, memberships_running, memberships_today, words_for
from app.core.work import UnitOfWork
from app.plugin_runtime.registry import Registry


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """What an erasure took away, by table; `words` are what may stand in files beside the database."""

    person_id: PersonId
    groups: Sequence[str]
    by_table: Counter[str]
    words: Words


def export_person(work: UnitOfWork, registry: Registry, person_id: PersonId) -> list[Part]:
    """Return everything the house holds of a person that they may read, group by group. Writes nothing."""
    keys = keys_of(work.session, person_id)
    parts = [Part(group=None, stores=exported_of(work.session, keys, None))]
    for group, member_id in _groups_of(work, keys):
        added = [one for plugin in registry.plugins for one in plugin.export_person(work, group, member_id)]
        parts.append(Part(group=group, stores=[*exported_of(work.session, keys, group.id), *added]))
    return parts


def erase_person(
    work: UnitOfWork, registry: Registry, person_id: PersonId, *, also_members: bool = False
) -> Erasure:
    """Erase a person from every store of the database; the caller commits.

    Their row stays without a name, so that every count of others stays as it is. Refused while they are a member somewhere:
    a membership that ends today runs until midnight. With `also_members` (a restored back-up knows them as members still)
    it is ended without asking.
    """
    keys = keys_of(work.session, person_id)
    if also_members:
        _end_what_runs(work, keys)
    elif refusals := _refusals_for_erasing(work, keys):
        raise Refused(refusals)
    words = words_for(work.session, person_id)
    groups = _groups_of(work, keys)
    by_table: Counter[str] = Counter()
    for group, member_id in groups:
        for plugin in registry.plugins:
            by_table[plugin.manifest.name] += plugin.erase_person(work, group, member_id)
    by_table.update(erase_by_hand(work.session, keys, words))
    by_table.update(erase_declared(work.session, keys))
    person = work.session.get_one(PersonRow, person_id)
    if person.erased_at_utc is None:
        person.erased_at_utc = work.now
        for group, member_id in groups:
            work.record(MemberErased(group_id=group.id, member_id=member_id))
    work.session.flush()
    return Erasure(
        person_id=person_id, groups=[group.name for group, _key in groups], by_table=+by_table, words=words
    )


def merge_people(work: UnitOfWork, registry: Registry, kept_id: PersonId, gone_id: PersonId) -> Counter[str]:
    """Make two people's records those of `kept_id`, and remove the other; return how many keys moved, by table.

    Refused with every reason where both were members of a group at once, something stands between the two, or both have
    what one human has once. The caller commits; the ledger goes on naming both.
    """
    kept, gone = keys_of(work.session, kept_id), keys_of(work.session, gone_id)
    if refusals := _refusals_for_people(work, kept_id, gone_id):
        raise Refused(refusals)
    groups = {group.id: group for group in all_groups(work.session)}
    found: list[Refusal] = []
    for both in shared_groups(kept, gone):
        for plugin in registry.plugins:
            plugin.merge_people(work, groups[both.group_id], both.kept, both.gone)
        let_own_ones_go(work.session, both)
        found += refusals_for_both(work.session, both, groups[both.group_id].name)
    if found:
        raise Refused(found)
    moved: Counter[str] = Counter()
    for both in shared_groups(kept, gone):
        keep_later_seat(work.session, both)
        moved.update(point_at_kept(work.session, both))
        work.record(RecordsMerged(group_id=both.group_id, kept_member_id=both.kept, gone_member_id=both.gone))
    hand_over_person(work.session, kept, gone)
    person = table_of(PersonRow)
    work.session.execute(delete(person).where(person.c.id == gone_id))
    work.session.expire_all()
    return moved


def erased_people(work: UnitOfWork) -> list[PersonId]:
    """Return the keys of everybody who was erased."""
    query = select(PersonRow.id).where(PersonRow.erased_at_utc.is_not(None)).order_by(PersonRow.id)
    return [PersonId(found) for found in work.session.scalars(query)]


def _groups_of(work: UnitOfWork, keys: Keys) -> list[tuple[Group, MemberId]]:
    groups = {group.id: group for group in all_groups(work.session)}
    return [(groups[group_id], member_id) for group_id, member_id in keys.members]


def _end_what_runs(work: UnitOfWork, keys: Keys) -> None:
    for group, member_id in _groups_of(work, keys):
        yesterday = local_day(work.now, group.zone) - timedelta(days=1)
        for running in memberships_running(work.session, group.id, member_id):
            end_membership(
                work,
                group_id=group.id,
                member_id=member_id,
                last_day=max(running, yesterday),
                reason="erased",
            )


def _refusals_for_erasing(work: UnitOfWork, keys: Keys) -> list[Refusal]:
    refusals = [
        Refusal(code="people.still_a_member", facts={"group": group.name})
        for group, _member_id in _groups_of(work, keys)
        if group.name in memberships_today(work.session, keys.person_id, local_day(work.now, group.zone))
    ]
    accounts = select(AccountRow.person_id).where(AccountRow.is_site_admin.is_(True))
    admins = set(work.session.scalars(accounts))
    if admins == {keys.person_id}:
        refusals.append(Refusal(code="people.last_admin"))
    return refusals


def _refusals_for_people(work: UnitOfWork, kept_id: PersonId, gone_id: PersonId) -> list[Refusal]:
    if kept_id == gone_id:
        return [Refusal(code="people.one_already")]
    people = (work.session.get_one(PersonRow, key) for key in (kept_id, gone_id))
    return [Refusal(code="people.erased_already") for one in people if one.erased_at_utc is not None][:1]
