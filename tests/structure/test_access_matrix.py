"""Every page of the URL map × everybody × own, other and unknown group × plugins on and off: the gate answers as declared.

The gate is the real one; the views behind it are probes, so that a page which is shut is told from a thing that is
not there. What is expected comes from the declared rules (`tests/support/access_matrix.py`).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from flask import Flask

from app import create_app
from app import setup as house_setup
from app.core.access.domain.permission import Permission, for_members
from app.core.clock import FixedClock
from app.core.groups.domain.office import Office
from app.core.groups.services import switch_plugin
from app.extensions import db, limiter
from app.plugin_runtime import gate
from app.plugin_runtime.discovery import find_plugins
from app.plugin_runtime.gate import AccessRule
from app.plugin_runtime.runtime import runtime
from app.web.group_pages import CORE_GROUP_PAGES
from config import Config
from tests.support.access_matrix import (
    Answered,
    Cell,
    Verdict,
    answer,
    cells,
    doors,
    expected,
    faults,
    probed,
    probed_plugin,
    switches,
    verdict_of,
)
from tests.support.compiled import compile_once
from tests.support.engines import STARTS_AT
from tests.support.visitors import HERE, NOWHERE, THERE, Town, town
from tests.support.world import World

FEWEST_CELLS = 5_000
SQLITE = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
POSTGRES = pytest.mark.parametrize(
    "settings", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)


@dataclass(frozen=True, kw_only=True)
class Guarded:
    """An application whose views are probes, with everybody before its pages."""

    app: Flask
    world: World
    town: Town

    @property
    def permissions(self) -> dict[str, Permission]:
        """Every permission that is declared."""
        return runtime(self.app).registry.permissions

    def switch(self, on: frozenset[str]) -> None:
        """Switch these plugins on in both groups, and every other one off."""
        work = self.world.work()
        for group in (self.town.here, self.town.there):
            for plugin in runtime(self.app).registry.by_name:
                switch_plugin(work, group_id=group.id, plugin=plugin, is_on=plugin in on)
        work.commit()

    def answers(
        self,
        groups: tuple[str, ...],
        on: frozenset[str],
        *,
        with_head: bool = False,
        of: frozenset[str] | None = None,
    ) -> list[Answered]:
        """Return the answers to all of the matrix for these groups and plugins, at the doors of the components `of`."""
        self.switch(on)
        tried = cells(self.app, self.town.visitors, groups, on, with_head=with_head, of=of)
        return [answer(self.app, cell) for cell in tried]


@pytest.fixture
def guarded(settings: Config, monkeypatch: pytest.MonkeyPatch) -> Iterator[Guarded]:
    """Yield the application with a probe behind every gate."""
    monkeypatch.setattr(house_setup, "CORE_GROUP_PAGES", [probed(page) for page in CORE_GROUP_PAGES])
    plugins = [probed_plugin(plugin) for plugin in find_plugins(settings.plugins)]
    made = create_app(settings, plugins, clock=FixedClock(STARTS_AT), testing=True)
    made.config["WTF_CSRF_ENABLED"] = False
    compile_once(made)
    world = World(made)
    yield Guarded(app=made, world=world, town=town(world))
    world.close()
    with made.app_context():
        db.engine.dispose()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out what costs time and decides nothing about access: counting requests, drawing the pages of failures."""
    monkeypatch.setattr(limiter, "enabled", False)
    monkeypatch.setattr("app.http.errors.render_template", lambda _template, **_context: "")


def whole_matrix(guarded: Guarded) -> list[Answered]:
    """Return the answer of every cell.

    The own group with all plugins on, with none, and each plugin's pages with that plugin alone off; other groups with
    all on.
    """
    everything, *some, nothing = switches(guarded.app)
    answered = guarded.answers((HERE,), everything, with_head=True)
    answered += guarded.answers((THERE, NOWHERE), everything)
    for on in some:
        answered += guarded.answers((HERE,), on, of=everything - on)
    return answered + guarded.answers((HERE,), nothing)


@SQLITE
@pytest.mark.timeout(900)  # thousands of requests: minutes where the machine has other work
def test_every_page_admits_whom_its_rule_admits_and_nobody_else(
    guarded: Guarded, quick: None, capsys: pytest.CaptureFixture[str]
) -> None:
    answered = whole_matrix(guarded)
    with capsys.disabled():
        print(f"\naccess matrix: {len(answered)} cells", end=" ")
    assert faults(answered, guarded.permissions) == []
    assert len(answered) >= FEWEST_CELLS
    assert {one.cell.door.endpoint for one in answered if one.verdict is Verdict.ADMITTED} == {
        door.endpoint for door in doors(guarded.app) if door.rule.realm != "house"
    }
    assert_every_rule_counts(answered, guarded.permissions)


def assert_every_rule_counts(answered: list[Answered], permissions: dict[str, Permission]) -> None:
    """Fail where a page could lose or change its rule without the matrix saying so."""
    opened = for_members("test:anything:do", "do anything")
    nobody = Permission(name="test:nothing:do", title="do nothing", offices=frozenset({Office.EDUCATION}))
    offered = {**permissions, opened.name: opened, nobody.name: nobody}
    for endpoint in {one.cell.door.endpoint for one in answered}:
        of_page = [one for one in answered if one.cell.door.endpoint == endpoint]
        for changed in _changed_rules(of_page[0].cell.door.rule, permissions):
            moved = [replace(one, cell=_under(one.cell, changed)) for one in of_page]
            assert faults(moved, offered), f"{endpoint} could be {changed} and nobody would notice"


def _changed_rules(rule: AccessRule, permissions: dict[str, Permission]) -> list[AccessRule]:
    """Return what the page's rule must not become: another realm, another plugin's, open to more or fewer."""
    others = {"group": "visit", "visit": "group", "door": "visit"}
    moved = replace(
        rule, realm=others[rule.realm], permission="public" if rule.realm != "visit" else "test:anything:do"
    )
    unswitched = replace(rule, component="" if rule.component else "attendance")
    changed = [moved, unswitched]
    if rule.realm == "group":
        is_open = permissions[rule.permission].members
        changed.append(replace(rule, permission="test:nothing:do" if is_open else "test:anything:do"))
    return changed


def _under(cell: Cell, rule: AccessRule) -> Cell:
    return replace(cell, door=replace(cell.door, rule=rule))


@POSTGRES
def test_the_gate_answers_alike_on_postgresql(guarded: Guarded, quick: None) -> None:
    some = {
        "stranger",
        "member",
        "president",
        "mentor",
        "former president",
        "president of the other",
        "screen",
    }
    visitors = [visitor for visitor in guarded.town.visitors if visitor.name in some]
    on = switches(guarded.app)[0]
    guarded.switch(on)
    answered = [answer(guarded.app, cell) for cell in cells(guarded.app, visitors, (HERE,), on)]
    assert faults(answered, guarded.permissions) == []
    assert len(answered) > 400


@SQLITE
@pytest.mark.parametrize(
    ("part", "instead"),
    [
        ("_is_on", lambda component, on: True),
        ("_is_on", lambda component, on: not component),
        ("_not_yours", lambda permission, standing: ("open", 200, {"X-Passed-The-Gate": "yes"})),
        ("device_by_token", lambda session, group_id, token, now: None),
        ("to_sign_in", lambda: ("", 404)),
    ],
    ids=["switch ignored", "plugin never on", "offices ignored", "no device known", "strangers told nothing"],
)
def test_a_gate_that_lost_a_part_is_seen(
    guarded: Guarded, quick: None, monkeypatch: pytest.MonkeyPatch, part: str, instead: object
) -> None:
    monkeypatch.setattr(gate, part, instead)
    everything, *_some, nothing = switches(guarded.app)
    some = guarded.town.visitor("member"), guarded.town.visitor("stranger"), guarded.town.visitor("screen")
    answered = []
    for on in (everything, nothing):
        guarded.switch(on)
        answered += [answer(guarded.app, cell) for cell in cells(guarded.app, some, (HERE,), on)]
    assert faults(answered, guarded.permissions)


@SQLITE
def test_a_page_mounted_without_a_gate_is_seen(guarded: Guarded) -> None:
    views = guarded.app.view_functions
    views["group.settings"] = lambda group: ("open", 200, {"X-Passed-The-Gate": "yes"})
    stranger = [guarded.town.visitor("stranger")]
    on = switches(guarded.app)[0]
    guarded.switch(on)
    found = faults(
        [answer(guarded.app, cell) for cell in cells(guarded.app, stranger, (HERE,), on)], guarded.permissions
    )
    assert {line.split()[1] for line in found} == {"group.settings"}


@SQLITE
def test_pages_outside_the_groups_ask_for_a_sign_in_where_they_say_so(guarded: Guarded) -> None:
    """These have no gate before them: each view asks by itself, so the real views answer, each time to a new browser."""
    outside = [door for door in doors(guarded.app) if door.rule.realm == "house"]
    stranger = guarded.town.visitor("stranger")
    for door in outside:
        limiter.reset()
        cell = Cell(door=door, visitor=stranger, group=HERE, on=frozenset())
        is_sent = answer(guarded.app, cell).verdict is Verdict.TO_SIGN_IN
        demanded = expected(cell, guarded.permissions) is Verdict.TO_SIGN_IN
        assert is_sent == demanded or door.endpoint == "account.sign_out", door


@SQLITE
def test_a_page_that_is_not_there_and_one_that_is_not_yours_look_alike(guarded: Guarded) -> None:
    member = guarded.town.visitor("member").client
    answers = [member.get(f"/g/{group}/settings") for group in (THERE, NOWHERE)]
    answers.append(member.get("/g/harbour/no-such-page"))
    guarded.switch(frozenset())
    answers.append(member.get("/g/harbour/referrals/"))
    assert {verdict_of(one.status_code, one.headers) for one in answers} == {Verdict.NOT_THERE}
    assert len({one.data for one in answers}) == 1
