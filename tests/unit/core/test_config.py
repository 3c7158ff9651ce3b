"""Does a setting that cannot be used stop the start with one clear line, and is the secret key made once, for its owner alone?"""

import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from app import create_app
from config import PLUGINS, ROOT, BadSetting, Config, from_environment


def read(folder: Path, **environment: str) -> Config:
    return from_environment({"GIVEFIRST_INSTANCE": str(folder), **environment})


def line_for(folder: Path, **environment: str) -> str:
    """Return the line with which the start is refused; a second line or a traceback fails the test."""
    with pytest.raises(BadSetting) as refused:
        read(folder, **environment)
    line = str(refused.value)
    assert line
    assert "\n" not in line
    return line


def test_nothing_set_is_a_house_on_this_machine(tmp_path: Path) -> None:
    found = read(tmp_path, PATH="/bin", HOME="/root")
    assert found.database_url == f"sqlite:///{tmp_path / 'givefirst.db'}"
    assert found.migration_database_url == found.database_url
    assert (found.base_url, found.is_https, found.is_loopback) == ("http://127.0.0.1:8000", False, True)
    assert found.trusted_hosts == ("127.0.0.1", "localhost")
    assert (found.mail_url, found.plugins) == ("", PLUGINS)


@pytest.mark.parametrize("name", ["GIVEFIRST_DATABSE_URL", "GIVEFIRST_", "GIVEFIRST_DEBUG"])
def test_unknown_name_is_refused_with_the_known_ones(tmp_path: Path, name: str) -> None:
    line = line_for(tmp_path, **{name: "1"})
    assert line.startswith(f"Unknown setting {name}. Known are: ")
    assert "GIVEFIRST_DATABASE_URL" in line


@pytest.mark.parametrize(
    "url",
    [
        "groups.example.org",
        "ftp://groups.example.org",
        "https://",
        "https://:8000",
        "https://groups.example.org/app",
        "https://groups.example.org?x=1",
        "https://groups.example.org#x",
        "https://ana@groups.example.org",
        "http://groups.example.org:port",
        "http://groups.example.org:99999",
        "http://[::1",
    ],
)
def test_base_url_that_is_not_scheme_and_host_is_refused(tmp_path: Path, url: str) -> None:
    assert line_for(tmp_path, GIVEFIRST_BASE_URL=url).startswith(f"GIVEFIRST_BASE_URL={url}: ")


def test_base_url_sets_scheme_hosts_and_sender(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        GIVEFIRST_BASE_URL="https://groups.example.org:8443/",
        GIVEFIRST_TRUSTED_HOSTS="internal.example, ,groups.example.org",
    )
    assert (found.base_url, found.is_https, found.is_loopback) == (
        "https://groups.example.org:8443",
        True,
        False,
    )
    assert found.trusted_hosts == ("groups.example.org", "internal.example")
    assert found.mail_sender == "Givefirst <no-reply@groups.example.org>"


@pytest.mark.parametrize("name", ["GIVEFIRST_DATABASE_URL", "GIVEFIRST_MIGRATION_DATABASE_URL"])
@pytest.mark.parametrize(
    "url", ["mysql://root:hunter2@db/x", "postgresql://root:hunter2@db/x", "givefirst.db"]
)
def test_database_of_another_kind_is_refused_by_its_name_and_without_its_password(
    tmp_path: Path, name: str, url: str
) -> None:
    line = line_for(tmp_path, **{name: url})
    assert line.startswith(f"{name}=")
    assert "hunter2" not in line


@pytest.mark.parametrize(
    "url",
    ["mail.example.org", "http://mail.example.org", "smtp://", "smtp://ana:hunter2@mail:port", "smtp://[x"],
)
def test_mail_url_that_cannot_be_used_is_refused_without_its_password(tmp_path: Path, url: str) -> None:
    line = line_for(tmp_path, GIVEFIRST_MAIL_URL=url)
    assert line.startswith("GIVEFIRST_MAIL_URL: ")
    assert "hunter2" not in line


def test_instance_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert "cannot be made" in line_for(tmp_path / "file" / "instance")


def test_secret_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        first = read(tmp_path).secret_key
    finally:
        os.umask(before)
    assert len(first) == 64
    assert read(tmp_path).secret_key == first
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["secret_key"]


def test_secret_key_of_the_environment_goes_before_the_kept_one(tmp_path: Path) -> None:
    assert read(tmp_path, GIVEFIRST_SECRET_KEY="of the environment").secret_key == "of the environment"
    assert not (tmp_path / "secret_key").exists()


@pytest.mark.parametrize("content", ["", "short"])
def test_kept_key_that_protects_nothing_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "secret_key").write_text(content)
    assert "holds no usable secret key" in line_for(tmp_path)


def test_starts_at_the_same_moment_agree_on_one_key(tmp_path: Path) -> None:
    for round_number in range(40):
        folder = tmp_path / str(round_number)
        together, found = threading.Barrier(4), list[str]()

        def start(
            folder: Path = folder, together: threading.Barrier = together, found: list[str] = found
        ) -> None:
            together.wait()
            found.append(read(folder).secret_key)

        threads = [threading.Thread(target=start) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(found) == 4, "a start was refused"
        assert len(set(found)) == 1


@pytest.mark.parametrize(
    ("plugins", "line"),
    [
        ("teleport", "No plugin called 'teleport' is installed"),
        ("app.plugins.teleport", "There is no plugin 'app.plugins.teleport' in the tree"),
        ("teleport.plugin", "There is no plugin 'teleport.plugin' in the tree"),
        (f"{PLUGINS[0]},{PLUGINS[0]}", "Two plugins share the name attendance"),
    ],
)
def test_plugins_that_cannot_be_used_are_refused(tmp_path: Path, plugins: str, line: str) -> None:
    with pytest.raises(BadSetting) as refused:
        create_app(read(tmp_path, GIVEFIRST_PLUGINS=plugins))
    assert str(refused.value).startswith(line)
    assert "\n" not in str(refused.value)


def test_real_start_with_a_bad_setting_says_one_line_and_no_more(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", "import wsgi"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "GIVEFIRST_INSTANCE": str(tmp_path), "GIVEFIRST_COLOUR": "red"},
        capture_output=True,
        check=False,
        text=True,
    )
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith("Unknown setting GIVEFIRST_COLOUR. Known are: ")
    assert ended.stderr.count("\n") == 1
