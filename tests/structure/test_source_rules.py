"""Rules of the house that a glance at the code can break: who commits, who reads the clock, who reads the settings."""

import ast
from collections.abc import Iterator

import pytest

from tests.support.source import Module, application, dotted, full_names_used, read

COMMITS_ITSELF = {
    "app/core/work.py": {"self.session"},  # the one commit of the house
    "app/plugin_runtime/migrations.py": {
        "connection"
    },  # Alembic's own transactions: no fact of a group is changed
}
"""Who may call `commit` on something other than a unit of work, and on what."""

TELLS_THE_TIME = {"app/core/clock.py", "app/core/ids.py"}
CLOCKS = (
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "datetime.datetime.today",
    "datetime.date.today",
    "time.time",
    "time.time_ns",
    "time.localtime",
    "time.gmtime",
    "sqlalchemy.func.now",
    "sqlalchemy.func.current_timestamp",
)
ENVIRONMENT = ("os.environ", "os.environb", "os.getenv", "os.putenv")


def commits(module: Module) -> Iterator[str]:
    """Yield each place that ends a transaction and is neither a unit of work nor excepted."""
    allowed = COMMITS_ITSELF.get(module.path, set())
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        receiver = dotted(node.func.value)
        is_work = _maker_of(node.func.value).split(".")[-1].lstrip("_") in {"work", "request_work"}
        if node.func.attr == "commit" and not is_work and receiver not in allowed:
            yield f"{module.path}:{node.lineno} {receiver or 'something'}.commit()"
        if node.func.attr in {"begin", "begin_nested"} and not module.path.startswith("migrations/"):
            yield f"{module.path}:{node.lineno} {receiver or 'something'}.{node.func.attr}() commits at its end"


def _maker_of(receiver: ast.expr) -> str:
    """Return the name of what is committed, or of what made it: `page.work`, `held.work(…)`, `self._work(session)`."""
    return dotted(receiver.func if isinstance(receiver, ast.Call) else receiver)


def uses(module: Module, banned: tuple[str, ...]) -> Iterator[str]:
    """Yield each use of a banned thing, under whatever name it was imported."""
    for name, line in full_names_used(module):
        if name in banned:
            yield f"{module.path}:{line} {name}"


def test_only_the_unit_of_work_commits() -> None:
    assert [place for module in application() for place in commits(module)] == []


def test_only_the_clock_and_the_ids_tell_the_time() -> None:
    elsewhere = [module for module in application() if module.path not in TELLS_THE_TIME]
    assert [place for module in elsewhere for place in uses(module, CLOCKS)] == []


def test_the_application_reads_no_environment_outside_config() -> None:
    assert [place for module in application() for place in uses(module, ENVIRONMENT)] == []


@pytest.mark.parametrize(
    "text",
    [
        "def keep(session): session.commit()",
        "def keep(held): held.new_session().commit()",
        "def keep(engine):\n with engine.begin() as connection: pass",
    ],
)
def test_a_commit_past_the_unit_of_work_is_seen(text: str) -> None:
    assert list(commits(read(text)))


def test_a_commit_of_a_unit_of_work_is_no_fault() -> None:
    assert not list(
        commits(
            read("def view(page, work, held):\n page.work.commit()\n work.commit()\n held.work(s).commit()")
        )
    )


@pytest.mark.parametrize(
    "text",
    [
        "import datetime as dt\nx = dt.datetime.now()",
        "from datetime import datetime as d\nx = d.now()",
        "from time import time\nx = time()",
        "from sqlalchemy import func\nx = func.now()",
    ],
)
def test_a_hidden_clock_is_seen(text: str) -> None:
    assert list(uses(read(text), CLOCKS))


@pytest.mark.parametrize("text", ["import os\nx = os.environ['A']", "from os import getenv as g\nx = g('A')"])
def test_a_hidden_setting_is_seen(text: str) -> None:
    assert list(uses(read(text), ENVIRONMENT))
