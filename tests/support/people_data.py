"""Erasing, exporting and merging people in tests, one line each."""

from collections.abc import Mapping
from datetime import date

import pytest

from app.core.errors import Refused
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.groups.services import end_membership
from app.core.person_data.exported import Part
from app.plugin_runtime.person_data import Erasure, erase_person, export_person, merge_people
from tests.support.slips import acting, reading
from tests.support.world import World

LEFT = date(2026, 10, 1)


PLUGINS = ("attendance", "referrals", "giving", "activities", "dues", "welcome")


def leaves(world: World, group: Group, member: MemberLine, last_day: date = LEFT) -> None:
    with acting(world) as work:
        end_membership(work, group_id=group.id, member_id=member.id, last_day=last_day, reason="left")
        work.commit()


def erased(world: World, member: MemberLine) -> Erasure:
    with acting(world) as work:
        done = erase_person(work, world.held.registry, member.person_id)
        work.commit()
        return done


def exported(world: World, member: MemberLine) -> Mapping[str, Part]:
    with reading(world):
        work = world.work()
        parts = export_person(work, world.held.registry, member.person_id)
        work.rollback()
    return {part.group.slug if part.group else "": part for part in parts}


def merged(world: World, kept: MemberLine, gone: MemberLine) -> None:
    with acting(world) as work:
        merge_people(work, world.held.registry, kept.person_id, gone.person_id)
        work.commit()


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {one.code for one in refused.value.refusals}
