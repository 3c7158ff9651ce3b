"""A plugin that is off for a group is silent there: no page, no entry, no part of a page, no file, no event, no answer.

The plugins of the tree are watched as they are; which hooks draw something is read from the hooks themselves.
"""

import csv
import html
import inspect
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from itertools import chain
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.core.clock import FixedClock
from app.core.events import DomainEvent
from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.services import end_membership
from app.core.intake.kinds import kinds_of
from app.core.local_time import Period
from app.core.work import UnitOfWork
from app.extensions import db
from app.plugin_api import Plugin, Subscription
from app.plugin_runtime.discovery import find_plugins
from app.plugin_runtime.jobs import plugin_jobs, run_all
from app.plugin_runtime.routing import ACCESS
from app.plugin_runtime.runtime import runtime
from app.plugin_runtime.switching import switch_off, switch_on
from config import PLUGINS, Config
from tests.support.access_matrix import doors
from tests.support.engines import STARTS_AT
from tests.support.slips import passed_slip
from tests.support.world import World

NAMES = [plugin.manifest.name for plugin in find_plugins(PLUGINS)]
DRAWING = [
    name
    for name, hook in vars(Plugin).items()
    if inspect.isfunction(hook) and "page" in inspect.signature(hook).parameters
]
"""The hooks that are asked while a page is drawn."""

SQLITE = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
OF_REFERRALS = "ledger_delivery WHERE subscriber = 'referrals.hand_back_slips'"


@dataclass(frozen=True, kw_only=True)
class Watched:
    """A group with everything on, a president's browser, and how often each hook of each plugin was asked."""

    app: Flask
    world: World
    group: Group
    client: FlaskClient
    pages: tuple[str, ...]
    asked: Counter[tuple[str, str]]
    off: set[str] = field(default_factory=set)

    def open_all(self) -> list[str]:
        """Open every page that plugins may add to, once each, and return what they show; one belongs to referrals."""
        self.asked.clear()
        there = [page for page in self.pages if "/referrals/" not in page or "referrals" not in self.off]
        shown = [self.client.get(page) for page in there]
        assert [one.status_code for one in shown] == [200] * len(there)
        return [one.text for one in shown]

    @property
    def plugins(self) -> Sequence[Plugin]:
        """Every plugin of the house."""
        return runtime(self.app).registry.plugins

    @property
    def everything(self) -> frozenset[str]:
        """The names of all plugins."""
        return frozenset(plugin.manifest.name for plugin in self.plugins)

    def titles(self, on: frozenset[str]) -> set[str]:
        """Return the titles of the files that can be brought where these plugins are on."""
        return {str(importer.title) for importer in runtime(self.app).registry.importers(on)}

    def offered(self) -> set[str]:
        """Return the titles of all files that the import page offers."""
        text = html.unescape(self.client.get(f"/g/{self.group.slug}/import").text)
        return {title for title in self.titles(self.everything) if title in text}

    def palms_heads(self) -> set[str]:
        """Return the words of PALMS, as the group's file has them: an amount's column is headed `TYFCB EUR`."""
        file = self.client.get(f"/g/{self.group.slug}/attendance/palms.csv")
        assert file.status_code == 200
        rows = csv.reader(file.data.decode("utf-8-sig").splitlines())
        return {word for row in rows for cell in row for word in cell.split()}

    def switch(self, name: str, *, is_on: bool) -> None:
        """Switch one plugin, as the settings page does."""
        work = self.world.work()
        act = switch_on if is_on else switch_off
        (self.off.discard if is_on else self.off.add)(name)
        act(work, runtime(self.app).registry, group_id=self.group.id, name=name)
        work.commit()


@pytest.fixture
def watched(settings: Config) -> Iterator[Watched]:
    """Yield an application in which the drawing hooks of every plugin are counted."""
    asked: Counter[tuple[str, str]] = Counter()
    plugins = find_plugins(settings.plugins)
    for plugin in plugins:
        for hook in DRAWING:
            setattr(plugin, hook, _counted(plugin, hook, asked))
    made = create_app(settings, plugins, clock=FixedClock(STARTS_AT), testing=True)
    made.config["WTF_CSRF_ENABLED"] = False
    world = World(made)
    group = world.group(plugins=NAMES)
    president = world.member(group, offices=(Office.PRESIDENT,))
    meeting, colleague = world.meeting(group), world.member(group)
    home = f"/g/{group.slug}"
    pages = (
        f"{home}/",
        f"{home}/members",
        f"{home}/members/{president.public_id}",
        f"{home}/meetings/{meeting.public_id}",
        f"{home}/referrals/pass?to={colleague.public_id}",
        f"{home}/referrals/slips/{passed_slip(world, group, president, colleague)}",
        f"{home}/import",
        f"{home}/offices/president/handover",
    )
    yield Watched(
        app=made, world=world, group=group, client=world.client(president), pages=pages, asked=asked
    )
    world.close()
    with made.app_context():
        db.engine.dispose()


def _counted(plugin: Plugin, hook: str, asked: Counter[tuple[str, str]]) -> Any:
    real = getattr(plugin, hook)

    def counted(*arguments: object) -> Any:
        asked[plugin.manifest.name, hook] += 1
        return real(*arguments)

    return counted


def test_the_drawing_hooks_are_the_ones_of_the_contract() -> None:
    assert {
        "nav_items",
        "home_panels",
        "tasks",
        "member_panels",
        "member_columns",
        "receiver_panels",
        "slip_panels",
        "meeting_panels",
    } <= set(DRAWING)


@SQLITE
@pytest.mark.parametrize("name", NAMES)
def test_a_plugin_that_is_off_is_asked_for_nothing(watched: Watched, name: str) -> None:
    watched.open_all()
    assert {hook for plugin, hook in watched.asked if plugin == name} == set(DRAWING)
    watched.switch(name, is_on=False)
    watched.open_all()
    assert [pair for pair in watched.asked if pair[0] == name] == []
    watched.switch(name, is_on=True)
    watched.open_all()
    assert {hook for plugin, hook in watched.asked if plugin == name} == set(DRAWING)


@SQLITE
def test_every_slot_is_filled_once_on_its_page(watched: Watched) -> None:
    watched.open_all()
    pages = len(watched.pages)
    once = {(name, hook): pages if hook == "nav_items" else 1 for name in NAMES for hook in DRAWING}
    assert dict(watched.asked) == once


@SQLITE
@pytest.mark.parametrize("name", NAMES)
def test_every_page_of_a_plugin_that_is_off_is_not_there(watched: Watched, name: str) -> None:
    watched.switch(name, is_on=False)
    own = [door for door in doors(watched.app, with_head=False) if door.rule.component == name]
    assert own
    strangers = watched.world.client()
    for door in own:
        client = strangers if door.rule.realm in {"door", "visit"} else watched.client
        answer = client.open(door.address.format(group=watched.group.slug), method=door.method)
        assert answer.status_code == 404, door


@SQLITE
@pytest.mark.parametrize("name", NAMES)
def test_no_page_leads_to_a_plugin_that_is_off(watched: Watched, name: str) -> None:
    own = [f"/{realm}/{watched.group.slug}/{name}" for realm in ("g", "door", "visit")]
    assert any(address in text for text in watched.open_all() for address in own)
    watched.switch(name, is_on=False)
    assert not any(address in text for text in watched.open_all() for address in own)


@SQLITE
def test_files_of_a_plugin_that_is_off_are_not_offered(watched: Watched) -> None:
    """A kind of file that several plugins read stays on offer as long as one of them is on."""
    with_importers = [plugin.manifest.name for plugin in watched.plugins if plugin.importers()]
    assert len(with_importers) > 1
    for name in with_importers:
        watched.switch(name, is_on=False)
        assert watched.offered() == watched.titles(watched.everything - {name})
        watched.switch(name, is_on=True)
        assert watched.offered() == watched.titles(watched.everything)
    for name in with_importers:
        watched.switch(name, is_on=False)
    assert watched.offered() == watched.titles(frozenset())
    assert watched.titles(frozenset()) < watched.titles(watched.everything)


@SQLITE
def test_a_file_of_a_plugin_that_is_off_is_no_kind_of_file(watched: Watched) -> None:
    """Of a kind that several plugins read, the part of the one that is off is gone."""
    registry = runtime(watched.app).registry
    for plugin in watched.plugins:
        own = {type(importer) for importer in plugin.importers()}
        left = kinds_of(registry.importers(watched.everything - {plugin.manifest.name}))
        assert own.isdisjoint(type(part) for kind in left for part in kind.parts)
        others = {one.kind for other in watched.plugins if other is not plugin for one in other.importers()}
        gone = {importer.kind for importer in plugin.importers()} - others
        assert gone.isdisjoint(kind.code for kind in left)


@SQLITE
def test_jobs_of_a_plugin_that_is_off_leave_the_group_alone(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    with_jobs = [plugin for plugin in watched.plugins if plugin.jobs()]
    assert len(with_jobs) > 1
    for plugin in with_jobs:
        noted = [
            replace(job, run=_noted(f"{plugin.manifest.name}.{job.name}", done)) for job in plugin.jobs()
        ]
        monkeypatch.setattr(plugin, "jobs", lambda noted=noted: noted)
    jobs = {job.name: job for job in plugin_jobs(runtime(watched.app))}
    run_all(list(jobs.values()))
    assert sorted(done) == sorted(jobs)
    for plugin in with_jobs:
        done.clear()
        watched.switch(plugin.manifest.name, is_on=False)
        run_all(list(jobs.values()))
        resting = {f"{plugin.manifest.name}.{job.name}" for job in plugin.jobs() if not job.also_when_off}
        assert sorted(done) == sorted(set(jobs) - resting), "all but forgetting rests"
        watched.switch(plugin.manifest.name, is_on=True)


def _noted(name: str, done: list[str]) -> Callable[[UnitOfWork, Group], int]:
    def run(_work: UnitOfWork, _group: Group) -> int:
        done.append(name)
        return 1

    return run


@SQLITE
def test_columns_of_palms_of_a_plugin_that_is_off_are_not_there(watched: Watched) -> None:
    work, held = watched.world.work(), runtime(watched.app)
    year = Period(first=date(2026, 1, 1), last=date(2026, 12, 31))

    def columns(on: frozenset[str]) -> list[str]:
        with watched.app.test_request_context():
            return [one.code for one in held.dispatch.palms_columns(work, watched.group, on, year)]

    own = {name: columns(frozenset({name})) for name in NAMES}
    all_of_them = columns(watched.everything)
    assert sum(map(bool, own.values())) > 1
    assert columns(frozenset()) == []
    assert sorted(all_of_them) == sorted(chain.from_iterable(own.values()))
    for name in filter(own.get, NAMES):
        assert set(columns(watched.everything - {name})).isdisjoint(own[name])
        work.rollback()
        assert set(own[name]) <= watched.palms_heads()
        watched.switch(name, is_on=False)
        assert watched.palms_heads().isdisjoint(own[name])


@SQLITE
def test_read_protocols_of_a_plugin_that_is_off_are_answered_by_nobody(watched: Watched) -> None:
    held = runtime(watched.app)
    work = watched.world.work()
    everything = frozenset(held.registry.by_name)
    answered = [
        (plugin.manifest.name, protocol)
        for plugin in held.registry.plugins
        for protocol in plugin.reads(work)
    ]
    assert answered
    for name, protocol in answered:
        assert held.dispatch.reader(work, everything, protocol) is not None
        assert held.dispatch.reader(work, everything - {name}, protocol) is None


@SQLITE
def test_events_do_not_reach_a_plugin_that_is_off(watched: Watched) -> None:
    held = runtime(watched.app)
    subscribed = [
        (plugin.manifest.name, one) for plugin in held.registry.plugins for one in plugin.subscriptions()
    ]
    assert subscribed
    for name, subscription in subscribed:
        happened = _wanted_event(subscription.event, watched.group)
        wanted = f"{name}.{subscription.name}"
        assert wanted in _who_hears(watched, happened)
        watched.switch(name, is_on=False)
        assert wanted not in _who_hears(watched, happened)
        watched.switch(name, is_on=True)


def _wanted_event(kind: type[DomainEvent], group: Group) -> DomainEvent:
    """Return an event of which everything is true that a subscriber may ask for; what is usually not said is not."""
    happened = object.__new__(kind)
    for told in fields(kind):
        object.__setattr__(happened, told.name, None if told.default is None else True)
    object.__setattr__(happened, "group_id", group.id)
    return happened


def _who_hears(watched: Watched, happened: DomainEvent) -> tuple[str, ...]:
    with runtime(watched.app).new_session() as session:
        return runtime(watched.app).bus.names_for(session, [happened])[0]


@SQLITE
def test_an_event_while_a_plugin_is_off_leaves_nothing_to_deliver(watched: Watched) -> None:
    for is_on in (True, False):
        watched.switch("referrals", is_on=is_on)
        leaving = watched.world.member(watched.group)
        before = watched.world.rows(OF_REFERRALS)
        work = watched.world.work()
        end_membership(
            work, group_id=watched.group.id, member_id=leaving.id, last_day=work.now.date(), reason="left"
        )
        work.commit()
        assert watched.world.rows(OF_REFERRALS) - before == (1 if is_on else 0)


@SQLITE
def test_what_waits_for_a_plugin_waits_on_while_it_is_off(watched: Watched) -> None:
    handed: list[object] = []
    held = runtime(watched.app)
    found = held.registry.subscription("referrals.hand_back_slips")
    assert found is not None
    leaving = watched.world.member(watched.group)
    _handle(found[1], _fails)
    work = watched.world.work()
    end_membership(
        work, group_id=watched.group.id, member_id=leaving.id, last_day=work.now.date(), reason="left"
    )
    work.commit()
    _handle(found[1], lambda _work, event: handed.append(event))
    for is_on in (False, True):
        watched.switch("referrals", is_on=is_on)
        watched.world.pass_time(hours=12)
        held.bus.deliver_waiting()
        assert len(handed) == (1 if is_on else 0)


def _handle(subscription: Subscription, handler: Callable[..., None]) -> None:
    """Put another handler under the subscription's own name."""
    handler.__name__ = subscription.name
    object.__setattr__(subscription, "handler", handler)


def _fails(_work: object, _event: object) -> None:
    raise RuntimeError("not now")


@SQLITE
def test_every_endpoint_of_a_plugin_is_known_to_be_its_own(watched: Watched) -> None:
    rules = watched.app.extensions[ACCESS]
    named = {endpoint: rule.component for endpoint, rule in rules.items() if endpoint.count(".") == 2}
    assert {endpoint: endpoint.split(".")[1] for endpoint in named} == named
    assert set(named.values()) == set(NAMES)


@SQLITE
def test_switching_on_prepares_the_group_each_time(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    plugin = runtime(watched.app).registry.by_name["attendance"]
    prepared: list[object] = []
    monkeypatch.setattr(plugin, "turned_on", lambda work, group_id: prepared.append(group_id))
    watched.switch("attendance", is_on=True)
    assert prepared == []
    for _time in range(2):
        watched.switch("attendance", is_on=False)
        watched.switch("attendance", is_on=True)
    assert prepared == [watched.group.id] * 2
