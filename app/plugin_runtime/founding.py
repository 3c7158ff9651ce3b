"""Founding a group whole: the group, its founder as president, its meetings, and the plugins that suit it."""

from collections.abc import Mapping, Sequence

from app.core.errors import Refused
from app.core.founding.domain.address_name import address_name
from app.core.founding.domain.asked import Asked, refusals_for
from app.core.founding.domain.rhythm import first_meeting, first_possible_day
from app.core.founding.network import begin_founding, make_site_admin
from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import group_by_slug
from app.core.groups.services import FoundGroup, Profile, found_group, start_membership, take_office
from app.core.ids import AccountId, PersonId
from app.core.local_time import local_day
from app.core.meetings.services import add_schedule, plan_ahead
from app.core.work import UnitOfWork
from app.plugin_api import FoundingField, Plugin
from app.plugin_runtime.registry import Registry
from app.plugin_runtime.switching import switch_on


def plugins_at_first(registry: Registry, kind: str) -> Sequence[Plugin]:
    """Return the plugins that are on in a new group of this kind."""
    return [
        plugin
        for plugin in registry.plugins
        if plugin.manifest.on_in_new_groups and kind in plugin.manifest.suits
    ]


def founding_fields(registry: Registry) -> Mapping[str, Sequence[FoundingField]]:
    """Return what the plugins ask of a founder, by plugin; the first field is asked first."""
    fields = {
        plugin.manifest.name: plugin.founding_fields()
        for plugin in registry.plugins
        if plugin.manifest.on_in_new_groups
    }
    return {name: asked for name, asked in fields.items() if asked}


def found_whole_group(
    work: UnitOfWork,
    registry: Registry,
    asked: Asked,
    *,
    account_id: AccountId,
    person_id: PersonId,
    email: str,
) -> Group:
    """Found the group as it was asked for and return it; refused with every reason at once. The caller commits.

    The founder becomes a member and the president. Whoever founds the first group of the network decides for it.
    """
    refusals = refusals_for(asked)
    if refusals:
        raise Refused(refusals)
    is_first = begin_founding(work)
    group = found_group(work, _command(work, asked))
    today = local_day(work.now, group.zone)
    member_id = start_membership(
        work,
        group_id=group.id,
        person_id=person_id,
        started_on=today,
        profile=Profile(email=email),
        is_newcomer=False,
    )
    take_office(work, group_id=group.id, member_id=member_id, office=Office.PRESIDENT, starts_on=today)
    _plan(work, group, asked)
    for plugin in plugins_at_first(registry, asked.kind):
        name = plugin.manifest.name
        switch_on(work, registry, group_id=group.id, name=name)
        plugin.founded(work, group, asked.answers.get(name, {}))
    if is_first:
        make_site_admin(work, account_id)
    return group


def free_address_name(work: UnitOfWork, name: str) -> str:
    """Return the first address name made from `name` that no group has; other foundings wait until the commit."""
    begin_founding(work)
    number = 1
    while group_by_slug(work.session, address_name(name, number)) is not None:
        number += 1
    return address_name(name, number)


def _command(work: UnitOfWork, asked: Asked) -> FoundGroup:
    return FoundGroup(
        slug=free_address_name(work, asked.name),
        name=" ".join(asked.name.split()),
        zone=asked.zone,
        currency=asked.currency,
        locale=asked.locale,
        kind=asked.kind,
        vocabulary=asked.vocabulary,
    )


def _plan(work: UnitOfWork, group: Group, asked: Asked) -> None:
    possible = first_possible_day(work.now, asked.wall_time, group.zone)
    first = first_meeting(asked.rule, max(asked.first_day or possible, possible))
    add_schedule(
        work,
        group,
        rule=asked.rule,
        starts_on=first,
        wall_time=asked.wall_time,
        minutes=asked.minutes,
        place=asked.place,
        call_link=asked.call_link,
    )
    plan_ahead(work, group, local_day(work.now, group.zone))
