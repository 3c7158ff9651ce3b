"""Where an outer join finds nobody, nobody stands: “Former member” is said of somebody who was erased, and of nobody else."""

import pytest
from sqlalchemy import String, literal, null, select, type_coerce

from app.core.people.former import FullName, name_or_nobody
from app.plugins.referrals.queries.one_slip import slip_for, steps_of
from tests.support.slips import acting, passed_slip, reading
from tests.support.world import World


@pytest.mark.parametrize(("name", "read"), [("Ana Sousa", "Ana Sousa"), ("", "Former member"), (None, "")])
def test_nobody_is_no_former_member(world: World, name: str | None, read: str) -> None:
    stored = null() if name is None else literal(name, String())
    with reading(world) as session:
        assert session.scalar(select(name_or_nobody(type_coerce(stored, FullName())))) == read


def test_first_name_that_is_there_stands(world: World) -> None:
    nobody, other = type_coerce(null(), FullName()), literal("Mill", String())
    with reading(world) as session:
        assert session.scalar(select(name_or_nobody(nobody, other))) == "Mill"


def test_step_that_the_house_took_is_by_nobody(world: World) -> None:
    group = world.group()
    ana, rui = world.member(group, "Ana Sousa"), world.member(group, "Rui Almeida")
    slip = passed_slip(world, group, ana, rui)
    with acting(world) as work:
        work.session.connection().exec_driver_sql("UPDATE referrals_step SET by_member_id = NULL")
        found = slip_for(work.session, group.id, slip, ana.id, now=work.now)
        assert found is not None
        assert [step.by_name for step in steps_of(work.session, group.id, found.id)] == [""]
