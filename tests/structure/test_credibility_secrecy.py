"""Who may look at counted reports is a matter of imports: one reader, the store, and nobody else; and no event moves a mark."""

import ast
import inspect
from collections.abc import Iterator
from typing import Final, get_args, get_type_hints

import pytest
from sqlalchemy import Float

from app.core.database import Base
from app.core.events import DomainEvent
from app.plugin_api import Plugin
from app.plugin_runtime.discovery import find_plugins
from app.plugins.credibility import interface, models
from app.plugins.credibility.plugin import CredibilityPlugin
from app.plugins.credibility.queries import shown
from app.plugins.referrals import interface as referrals
from config import PLUGINS
from tests.support.source import Module, application, imported_names, read

HOME: Final = "app/plugins/credibility"
OF_REPORTS: Final = {"EvidenceRow", "PairRow", "StandingRow"}
"""Counted reports, and what is computed from them."""
OF_APPEALS: Final = {"AppealRow", "AppearedRow", "DeciderRow", "VoidRow"}
"""Who disagreed with which report: for the member and those who decide."""
READS_APPEALS: Final = {f"{HOME}/queries/appeals.py", f"{HOME}/queries/waiting.py"}
OPEN_EVENTS: Final = {"credibility.scheme_chosen", "credibility.network_scheme_made"}
"""What the whole group may notice, or the network: how records are computed is published."""


def imports_of(module: Module, prefix: str) -> Iterator[str]:
    """Yield each name below `prefix` that the module imports, in full."""
    yield from (name for name in imported_names(module.tree).values() if name.startswith(prefix))


def is_migration(module: Module) -> bool:
    return "/migrations/" in module.path


def may_read_reports(path: str) -> bool:
    """Whether the module is the one reader, a part of the store, or where the tables are described."""
    name = path.removeprefix(f"{HOME}/")
    return path.startswith(HOME) and (name == "queries/secret.py" or name.startswith(("store", "models")))


def is_of_reports(name: str) -> bool:
    """Whether the import gives a table of counted reports: by its name, or with the whole module."""
    return name.rpartition(".")[2] in OF_REPORTS | {"models"}


def is_of_appeals(name: str) -> bool:
    """Whether the import gives a table of appeals."""
    return name.rpartition(".")[2] in OF_APPEALS | {"models_appeals"}


def readers_past_the_one(modules: tuple[Module, ...]) -> list[str]:
    """Return every module that gets at the tables of counted reports and may not."""
    return [
        f"{module.path}: {name}"
        for module in modules
        if not may_read_reports(module.path) and not is_migration(module)
        for name in imports_of(module, "app.plugins.credibility.models")
        if is_of_reports(name) or (is_of_appeals(name) and module.path not in READS_APPEALS)
    ]


def tables_named_in(modules: tuple[Module, ...]) -> list[str]:
    """Return every module elsewhere that writes the name of a table of counted reports: SQL by hand."""
    tables = {getattr(models, name).__tablename__ for name in OF_REPORTS}
    return [
        f"{module.path}: {table}"
        for module in modules
        if not may_read_reports(module.path) and not is_migration(module)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for table in tables
        if table in node.value
    ]


def importers_of_the_reader(modules: tuple[Module, ...]) -> list[str]:
    """Return every module outside the plugin that imports its reader, or anything but its interface."""
    return [
        f"{module.path}: {name}"
        for module in modules
        if not module.path.startswith(HOME)
        for name in imports_of(module, "app.plugins.credibility")
        if not name.startswith(interface.__name__)
    ]


def test_only_the_reader_and_the_store_know_the_tables_of_counted_reports() -> None:
    assert readers_past_the_one(application()) == []
    assert tables_named_in(application()) == []


def test_nobody_outside_the_plugin_imports_more_than_its_interface() -> None:
    assert importers_of_the_reader(application()) == []


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("from app.plugins.credibility.models import EvidenceRow", "app/plugins/credibility/web/own.py"),
        (
            "from app.plugins.credibility.models import StandingRow",
            "app/plugins/credibility/queries/shown.py",
        ),
        ("from app.plugins.credibility.models_appeals import AppealRow", "app/web/home.py"),
        ("import app.plugins.credibility.models as m", "app/plugins/referrals/web/slips.py"),
    ],
)
def test_an_import_past_the_reader_is_seen(text: str, path: str) -> None:
    assert readers_past_the_one((read(text, path),))


def test_sql_by_hand_and_an_import_from_elsewhere_are_seen() -> None:
    assert tables_named_in((read("x = 'SELECT good FROM credibility_standing'"),))
    assert importers_of_the_reader((read("from app.plugins.credibility.queries import secret"),))


def test_a_table_that_weighs_members_is_one_of_counted_reports() -> None:
    """A new table with a number of some member's is caught here: whoever adds one puts it behind the reader."""
    weighing = {
        mapper.class_.__name__
        for mapper in Base.registry.mappers
        if str(mapper.local_table).startswith("credibility_")
        and any(isinstance(column.type, Float) for column in mapper.local_table.columns)
        and any(key.column.table.name == "member" for key in mapper.local_table.foreign_keys)
    }
    assert weighing == OF_REPORTS


def events_of(module: object) -> Iterator[type[DomainEvent]]:
    for one in vars(module).values():
        if inspect.isclass(one) and issubclass(one, DomainEvent) and one is not DomainEvent:
            yield one


def test_no_event_of_records_or_reports_moves_a_mark_of_change() -> None:
    unsealed = {event.kind for event in events_of(interface) if not event.sealed}
    assert unsealed == OPEN_EVENTS
    assert referrals.ReportGiven.sealed
    published = {event for event in CredibilityPlugin.manifest.publishes if not event.sealed}
    assert {event.kind for event in published} == OPEN_EVENTS


def test_withheld_holds_nothing_and_is_one_and_the_same() -> None:
    assert shown.Withheld() == shown.WITHHELD
    assert get_type_hints(shown.Withheld) == {}
    assert shown.Withheld.__slots__ == ()
    assert set(get_args(shown.Shown)) == {shown.Surfaced, shown.Withheld}


def test_no_file_of_the_group_and_no_subscriber_gets_at_a_record() -> None:
    """Records stand on pages alone: in no column of PALMS, in no file that goes with an office, in no sealed event."""
    answered = {name for name in vars(CredibilityPlugin) if inspect.isfunction(getattr(Plugin, name, None))}
    assert not answered & {"palms_columns", "handover_files"}
    asked = [
        f"{plugin.manifest.name}: {event.kind}"
        for plugin in find_plugins(PLUGINS)
        if plugin.manifest.name != "credibility"
        for subscription in plugin.subscriptions()
        for event in [subscription.event]
        if event.kind.startswith("credibility.") and event.sealed
    ]
    assert asked == []
