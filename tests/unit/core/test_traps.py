"""Traps that were found by running them, as far as no test with a better home closes them."""

from datetime import datetime
from pathlib import Path

from flask_sqlalchemy.model import Model
from sqlalchemy import BigInteger

from app import create_app
from app.core.database import Base, UtcDateTime, table_of
from app.core.groups.models import GroupRow
from app.plugin_runtime.runtime import runtime
from config import PLUGINS
from tests.support.engines import settings_for


def test_every_table_hangs_on_our_own_base_with_our_own_types() -> None:
    rows = [mapper.class_ for mapper in Base.registry.mappers]
    assert len(rows) > 20
    assert [row.__name__ for row in rows if not issubclass(row, Base) or issubclass(row, Model)] == []
    assert Base.registry.type_annotation_map[datetime] is UtcDateTime
    columns = table_of(GroupRow).c
    assert isinstance(columns.created_at_utc.type, UtcDateTime)
    assert isinstance(columns.id.type, BigInteger)


def test_application_without_plugins_loads_none_that_happen_to_be_installed(tmp_path: Path) -> None:
    settings = settings_for(tmp_path, f"sqlite:///{tmp_path / 'none.db'}")
    assert runtime(create_app(settings, plugins=[], testing=True)).registry.plugins == ()


def test_two_applications_of_one_process_do_not_share_what_they_hold(tmp_path: Path) -> None:
    settings = settings_for(tmp_path, f"sqlite:///{tmp_path / 'two.db'}")
    bare, full = create_app(settings, plugins=[], testing=True), create_app(settings, testing=True)
    assert runtime(bare).registry.by_name == {}
    assert set(runtime(full).registry.by_name) == {name.rpartition(".")[2] for name in PLUGINS}
    assert not any("attendance" in rule.endpoint for rule in bare.url_map.iter_rules())
