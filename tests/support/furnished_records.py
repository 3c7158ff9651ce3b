"""Records of handling, which a group has only when it wants them: switched on in the demo's house."""

from app.plugin_runtime.switching import switch_on
from tests.support.browsing import DemoHouse


def switched_on_records(demo: DemoHouse) -> None:
    """Let the demo's group keep records; what its slips were said to be was counted before."""
    work = demo.world.work()
    switch_on(work, demo.world.held.registry, group_id=demo.group.id, name="credibility")
    work.commit()
