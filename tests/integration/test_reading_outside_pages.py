"""What a plugin may ask another outside a page: in a job or a handler, while the other is on in the group, and in no other group."""

from app.core.groups.services import switch_plugin
from app.plugins.attendance.interface import AttendanceHistory
from tests.support.slips import acting
from tests.support.world import World


def test_unit_of_work_finds_who_answers_while_that_plugin_is_on(world: World) -> None:
    harbour, mill = world.group(), world.group("mill")
    with acting(world) as work:
        switch_plugin(work, group_id=mill.id, plugin="attendance", is_on=False)
        work.commit()
    ana = world.member(harbour, "Ana Sousa")
    with acting(world) as work:
        history = work.reader(harbour.id, AttendanceHistory)  # type: ignore[type-abstract]  # a protocol is asked for, never made
        assert history is not None
        assert history.attended(harbour.id, ana.id) == 0
        assert work.reader(mill.id, AttendanceHistory) is None  # type: ignore[type-abstract]  # likewise
