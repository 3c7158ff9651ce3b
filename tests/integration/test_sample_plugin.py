"""A plugin from elsewhere: built as a wheel, installed, found by its entry point, switched on and off in a group."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, inspect

from config import PLUGINS
from tests.support.wheel import SAMPLE_PLUGIN, build_wheel, install, run_python

WITH_LUNCHES = ",".join((*PLUGINS, "lunches"))
PACKAGE = "givefirst_sample_lunches"


@dataclass(frozen=True, kw_only=True)
class House:
    """A house of its own: an instance folder, a database, and the folder in which wheels are installed."""

    settings: dict[str, str]
    site: Path

    def flask(
        self, *command: str, plugins: str = WITH_LUNCHES, site: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a command of the house."""
        settings = {**self.settings, "GIVEFIRST_PLUGINS": plugins}
        return run_python("-m", "flask", "--app", "wsgi", *command, settings=settings, site=site or self.site)

    def tables(self) -> set[str]:
        """Return the tables of the database."""
        engine = create_engine(self.settings["GIVEFIRST_MIGRATION_DATABASE_URL"])
        names = set(inspect(engine).get_table_names())
        engine.dispose()
        return names


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel of the sample plugin."""
    return build_wheel(SAMPLE_PLUGIN, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def site(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which the wheel is installed."""
    folder = tmp_path_factory.mktemp("site")
    install(wheel, folder)
    return folder


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def house(
    request: pytest.FixtureRequest, site: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """Yield a house with the wheel beside it and an empty database, on each engine."""
    instance = tmp_path_factory.mktemp("instance")
    if request.param == "sqlite":
        url = f"sqlite:///{instance / 'house.db'}"
        yield House(settings=_settings(instance, url, url), site=site)
        return
    server = request.getfixturevalue("postgres_server")
    database = server.create_template(lambda _empty: None)
    yield House(settings=_settings(instance, database.web_url, database.owner_url), site=site)
    server.drop(database)


@pytest.fixture
def bare(site: Path, tmp_path: Path) -> House:
    """Return a house with the wheel beside it and no database: for what goes wrong before one is asked for."""
    url = f"sqlite:///{tmp_path / 'house.db'}"
    return House(settings=_settings(tmp_path, url, url), site=site)


@pytest.fixture(scope="module")
def upgraded(house: House) -> House:
    """Return the house with its tables made by the command that the README names."""
    finished = house.flask("db", "upgrade")
    assert finished.returncode == 0, finished.stderr
    assert "lunches: nothing → lunches_0001" in finished.stdout
    return house


@pytest.fixture(scope="module")
def seen(upgraded: House) -> dict[str, Any]:
    """Return what people saw in that house, tried out in a process of its own."""
    finished = run_python(
        "-m",
        "tests.support.lunch_visit",
        settings={**upgraded.settings, "GIVEFIRST_PLUGINS": WITH_LUNCHES},
        site=upgraded.site,
    )
    assert finished.returncode == 0, finished.stderr
    found: dict[str, Any] = json.loads(finished.stdout)
    return found


def test_the_wheel_brings_its_templates_and_its_migrations(site: Path) -> None:
    assert (site / PACKAGE / "web/templates/lunches/lunches.html").is_file()
    assert (site / PACKAGE / "migrations/versions/0001_answers.py").is_file()


def test_an_upgrade_makes_its_table_and_a_version_table_of_its_own(upgraded: House) -> None:
    assert {"lunches_answer", "alembic_version_lunches", "alembic_version_core"} <= upgraded.tables()
    status = upgraded.flask("db", "status")
    assert (status.returncode, "lunches: lunches_0001\n" in status.stdout) == (0, True)


def test_its_models_and_its_migration_agree(seen: dict[str, Any]) -> None:
    assert seen["difference"] == []


def test_it_is_listed_among_the_plugins_with_the_groups_that_use_it(seen: dict[str, Any]) -> None:
    (line,) = [line for line in seen["listed"].splitlines() if line.startswith("lunches 1.0.0: ")]
    assert line.endswith("On in: harbour.")


def test_off_it_answers_404_and_is_silent_everywhere(seen: dict[str, Any]) -> None:
    assert seen["off"] == {"page": 404, "shown": [], "at_the_meeting": False}
    assert (seen["post_while_off"], seen["off_read"]) == (404, None)


def test_on_its_page_entry_panels_and_task_are_there(seen: dict[str, Any]) -> None:
    assert seen["switched"] == 303
    assert seen["on"] == {"page": 200, "shown": ["nav", "panel", "task"], "at_the_meeting": True}


def test_switched_on_in_one_group_it_stays_off_in_another(seen: dict[str, Any]) -> None:
    assert seen["other_group"] == 404


def test_it_stands_behind_the_gate_of_the_house(seen: dict[str, Any]) -> None:
    assert (seen["signed_out"], seen["stranger_group"]) == (303, 404)


def test_who_lacks_its_permission_is_told_kindly_which_office_has_it(seen: dict[str, Any]) -> None:
    status, text = seen["table_member"]
    assert (status, seen["table_president"]) == (403, 200)
    assert "President, Vice-president, Secretary-treasurer, Visitor host" in text


def test_its_refusals_are_shown_all_at_once_in_its_own_words_and_change_nothing(seen: dict[str, Any]) -> None:
    status, text = seen["refused"]
    assert (status, seen["rows_refused"]) == (422, 0)
    assert "Say whether you come." in text
    assert "Please shorten this to 120 characters; it has 121." in text


def test_an_answer_is_kept_and_seen_where_it_belongs(seen: dict[str, Any]) -> None:
    assert seen["kept"] == 303
    assert "You come." in seen["own_page"]
    assert "Ana Sousa" in seen["table"]
    assert "No nuts" in seen["table"]


def test_its_task_is_gone_once_it_is_done(seen: dict[str, Any]) -> None:
    assert seen["after_answer"]["shown"] == ["nav"]


def test_other_plugins_may_read_from_it_while_it_is_on(seen: dict[str, Any]) -> None:
    assert seen["read"] == 1


def test_its_subscription_hears_that_a_member_left(seen: dict[str, Any]) -> None:
    today, next_week = seen["after_leaving"]
    assert (today, next_week) == (2, 0)


def test_off_again_it_is_silent_and_on_again_nothing_was_lost(seen: dict[str, Any]) -> None:
    assert seen["off_again"] == {"page": 404, "shown": [], "at_the_meeting": False}
    assert seen["on_again"] == 2


def test_without_the_wheel_the_house_starts_and_names_the_orphan(upgraded: House, tmp_path: Path) -> None:
    status = upgraded.flask("db", "status", plugins=",".join(PLUGINS), site=tmp_path)
    assert status.returncode == 0, status.stderr
    assert "lunches: orphan, its code is not installed; its tables stay as they are" in status.stdout
    upgrade = upgraded.flask("db", "upgrade", plugins=",".join(PLUGINS), site=tmp_path)
    assert (upgrade.returncode, upgrade.stdout) == (0, "Everything is up to date.\n")


def test_named_but_not_installed_it_stops_the_start_with_one_clear_line(bare: House, tmp_path: Path) -> None:
    finished = bare.flask("db", "status", site=tmp_path)
    assert finished.returncode == 1
    assert finished.stderr.splitlines() == [
        "No plugin called 'lunches' is installed (installed: none); check GIVEFIRST_PLUGINS."
    ]


def test_made_for_another_contract_it_stops_the_start_with_one_clear_line(
    bare: House, tmp_path: Path
) -> None:
    altered = _altered(bare.site, tmp_path, "plugin.py", 'version="1.0.0",', 'version="1.0.0", api=999,')
    finished = bare.flask("db", "status", site=altered)
    assert finished.returncode == 1
    assert finished.stderr.splitlines() == [
        "Plugin lunches 1.0.0 is made for contract 999, this house offers 1; install a version of it that fits."
    ]


def test_a_plugin_that_cannot_be_imported_shows_its_own_error(bare: House, tmp_path: Path) -> None:
    altered = _altered(
        bare.site,
        tmp_path,
        "services.py",
        "from dataclasses",
        "import a_library_nobody_has\nfrom dataclasses",
    )
    finished = bare.flask("db", "status", site=altered)
    assert finished.returncode != 0
    assert "No module named 'a_library_nobody_has'" in finished.stderr
    assert "services.py" in finished.stderr


def _settings(instance: Path, url: str, owner_url: str) -> dict[str, str]:
    return {
        "GIVEFIRST_INSTANCE": str(instance),
        "GIVEFIRST_DATABASE_URL": url,
        "GIVEFIRST_MIGRATION_DATABASE_URL": owner_url,
        "GIVEFIRST_BASE_URL": "http://localhost",
    }


def _altered(site: Path, folder: Path, name: str, old: str, new: str) -> Path:
    """Return a copy of the installed wheel in which `old` is replaced by `new` in one file."""
    copy = folder / "altered"
    shutil.copytree(site, copy, ignore=shutil.ignore_patterns("__pycache__"))
    file = copy / PACKAGE / name
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))
    return copy
