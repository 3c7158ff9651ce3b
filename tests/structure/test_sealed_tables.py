"""Do the declarations of sealed tables keep to what core relies on, and does only their own store call their functions?"""

import re

from app.core.database import Base
from app.core.sealing import is_sealed
from app.plugin_runtime.discovery import find_plugins
from config import PLUGINS
from tests.support.source import ROOT

find_plugins(PLUGINS)  # which imports the tables of each
SEALED = [table for table in Base.metadata.sorted_tables if is_sealed(table)]
WAY_THERE = re.compile(r"\bcredibility\.sealed import\b|\bsealed\.credibility_")
"""How code gets at the functions, beside the names of the rows, of which test_credibility_secrecy.py knows."""


def test_there_are_sealed_tables_and_each_names_its_plugin() -> None:
    assert len(SEALED) >= 3
    assert [table.name for table in SEALED if not table.name.startswith(f"{table.info['sealed']}_")] == []


def test_sealed_tables_point_at_members_alone_and_nothing_points_at_them() -> None:
    """The functions that tell whether a member is named know of members; a key from outside would need rights inside."""
    pointing = {key.referred_table.name for table in SEALED for key in table.foreign_key_constraints}
    assert pointing == {"member"}
    at_them = [
        (table.name, key.referred_table.name)
        for table in Base.metadata.sorted_tables
        for key in table.foreign_key_constraints
        if is_sealed(key.referred_table)
    ]
    assert at_them == []


def test_sealed_tables_hold_no_text_about_people() -> None:
    """Export, erasure and merge go by labels and do not look behind the functions: what is sealed is numbers and codes."""
    assert [
        f"{table.name}.{column.name}"
        for table in SEALED
        for column in table.columns
        if hasattr(column.type, "label")
    ] == []


def test_only_the_store_and_the_one_reader_call_the_functions() -> None:
    home = "app/plugins/credibility/"
    calling = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "app").rglob("*.py")
        if "migrations" not in path.parts and WAY_THERE.search(path.read_text(encoding="utf-8"))
    }
    strangers = {path for path in calling if not path.startswith(f"{home}store")}
    assert strangers == {f"{home}sealed.py", f"{home}queries/secret.py"}
    assert {f"{home}store.py", f"{home}store_people.py"} <= calling
