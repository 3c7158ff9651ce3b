"""How many statements does the home page cost with every plugin on, and do they stay as many when the group grows?"""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from app.cli.demo_network import build, plans
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine, all_members, group_by_slug
from app.plugin_runtime.switching import switch_on
from app.plugins.welcome.domain.visitor import About
from app.plugins.welcome.services.visitors import NoteVisitor, note_visitor
from tests.support.slips import acting
from tests.support.world import LONG_AGO, World

PRESIDENT = 37
MEMBER = 28
"""The most statements of the home page of each, the three of the gate among them."""
TODAY = date(2026, 11, 24)
"""The morning of a meeting, when most is to be said."""
MEMBERS, WEEKS = 8, 6
"""The size of the demo before it grows; small, so that it is there soon."""
GROWTH = 24

HOW_TO_ASK = """
Whoever adds a part to the home page: ask nothing that the page knows (page.viewer, page.meetings_near); share a question of
several of your parts with page.asked_once, and one that other plugins have you answered with work.asked_once; join what
you ask into a statement that you send anyway; ask nothing on behalf of a viewer who is shown none of it. docs/plugins.md
has more ("What a part asks"). Where a part does need a statement of its own, raise the number here by that one, and say
in the commit what it buys."""


def demo_group(world: World) -> tuple[Group, MemberLine, MemberLine]:
    """Return the demo's harbour with every plugin on, its president and a member without an office."""
    work = world.work()
    with world.app.app_context():  # as under the command that fills it
        build(work, world.held.registry, plans(1, MEMBERS, WEEKS, 7)[0], 7)
        work.commit()
        group = group_by_slug(work.session, "harbour")
        assert group is not None
        for plugin in world.held.registry.plugins:
            switch_on(work, world.held.registry, group_id=group.id, name=plugin.manifest.name)
        work.commit()
    by_mail = {one.email: one for one in all_members(work.session, group.id)}
    work.session.close()
    return group, by_mail["president@harbour.example"], by_mail["member@harbour.example"]


def grow(world: World, group: Group, by: MemberLine) -> None:
    """Take in many members and plan many meetings, and note many visitors."""
    for number in range(GROWTH):
        world.member(group, joined=LONG_AGO if number % 3 else TODAY - timedelta(days=10))
        world.meeting(group, TODAY + timedelta(weeks=20 + number))
        with acting(world, by) as work:
            note_visitor(
                work,
                NoteVisitor(
                    group=group,
                    about=About(name=f"Visitor No{number}", kind="first"),
                    came_on=TODAY,
                    invited_by=by.public_id,
                    noted_by=by.id,
                    public_id=work.ids.public_id(),
                ),
            )


def asked(world: World, viewer: MemberLine) -> Sequence[str]:
    """Return of each statement of the viewer's home page which tables it reads."""
    client = world.client(viewer)
    assert client.get("/g/harbour/").status_code == 200  # notes that the session is in use, once
    with world.statements() as statements:
        assert client.get("/g/harbour/").status_code == 200
    return [", ".join(dict.fromkeys(re.findall(r"(?:FROM|JOIN) +(\w+)", one))) for one in statements]


def test_the_home_page_costs_few_statements_and_no_more_in_a_group_that_has_grown(world: World) -> None:
    group, president, member = demo_group(world)
    small = {viewer.id: asked(world, viewer) for viewer in (president, member)}
    for viewer, most in ((president, PRESIDENT), (member, MEMBER)):
        tables = small[viewer.id]
        told = "\n".join(f"{number:3} {one}" for number, one in enumerate(tables, 1))
        assert len(tables) <= most, f"{len(tables)} statements, at most {most}:\n{told}\n{HOW_TO_ASK}"
    grow(world, group, president)
    for viewer in (president, member):
        assert asked(world, viewer) == small[viewer.id], HOW_TO_ASK
