"""Do the commands decide rightly: how to get an environment, what to install again, how to call pytest, what to check?"""

from pathlib import Path

import pytest

from steps import checks, pins, sizes, testing
from steps.environment import Machine, Way, way_to_make
from steps.project import ROOT, StepFailedError, instance_folder
from steps.stamps import Stamp, fingerprint

A_HASH = "--hash=sha256:" + "0" * 64
PINNED = f"flask==3.1.3 \\\n    {A_HASH}\n    # via -r requirements.in\n"
PINNED_DEV = f"{PINNED}pytest==9.2.0 {A_HASH}\n"


@pytest.mark.parametrize(
    ("machine", "way"),
    [
        (Machine(has_uv=True, has_ensurepip=True, may_install_packages=True), "uv"),
        (Machine(has_uv=False, has_ensurepip=True, may_install_packages=True), "venv"),
        (Machine(has_uv=False, has_ensurepip=False, may_install_packages=True), "apt"),
        (Machine(has_uv=False, has_ensurepip=False, may_install_packages=False), "ask"),
    ],
)
def test_the_quickest_way_that_needs_no_question_makes_the_environment(machine: Machine, way: Way) -> None:
    assert way_to_make(machine) == way


def test_a_step_is_repeated_only_when_its_input_changes(tmp_path: Path) -> None:
    stamp = Stamp(path=tmp_path / "new folder" / "stamp")
    assert not stamp.shows(fingerprint("flask==3.1.3"))

    stamp.leave(fingerprint("flask==3.1.3"))

    assert stamp.shows(fingerprint("flask==3.1.3"))
    assert not stamp.shows(fingerprint("flask==3.1.4"))


def test_a_step_whose_stamp_was_removed_is_repeated(tmp_path: Path) -> None:
    stamp = Stamp(path=tmp_path / "stamp")
    stamp.leave("done")

    stamp.remove()

    assert not stamp.shows("done")


def test_text_moved_from_one_input_to_the_next_changes_the_fingerprint() -> None:
    assert fingerprint("ab", "c") != fingerprint("a", "bc")


def test_the_instance_folder_is_the_named_one_or_stands_in_the_checkout(tmp_path: Path) -> None:
    assert instance_folder({"GIVEFIRST_INSTANCE": str(tmp_path)}) == tmp_path.resolve()
    assert instance_folder({}) == ROOT / "instance"


@pytest.mark.parametrize(
    "arguments",
    [
        ["-n", "0"],
        ["-n0"],
        ["-nauto"],
        ["--numprocesses=4"],
        ["--pdb"],
        ["-s"],
        ["tests/a.py"],
        ["tests/a.py::test_b"],
    ],
)
def test_arguments_that_ask_for_one_process_or_one_file_are_left_alone(arguments: list[str]) -> None:
    assert testing.pytest_arguments(arguments) == arguments


@pytest.mark.parametrize(
    "arguments", [[], ["tests/unit"], ["-k", "slip"], ["--no-header"], ["-m", "not browser"]]
)
def test_whole_folders_run_in_parallel(arguments: list[str]) -> None:
    assert testing.pytest_arguments(arguments) == [*testing.PARALLEL, *arguments]


NO_BROWSER = testing.Found(what="Chromium", environ={}, missing="Type this.")
A_BROWSER = testing.Found(what="Chromium", environ={"CHROMIUM": "/usr/bin/chromium"}, missing="")


def test_a_missing_browser_is_said_and_the_other_tests_still_run(capsys: pytest.CaptureFixture[str]) -> None:
    assert testing.insist([NO_BROWSER], {"HOME": "/h"}) == {"HOME": "/h"}
    assert "MISSING Chromium: Type this." in capsys.readouterr().out


@pytest.mark.parametrize("value", ["true", "1", "yes"])
def test_a_missing_browser_fails_the_run_where_ci_is_set(value: str) -> None:
    with pytest.raises(StepFailedError, match="nothing may be missing"):
        testing.insist([NO_BROWSER], {"CI": value})


@pytest.mark.parametrize("value", ["", "0", "false", "No"])
def test_ci_that_is_set_to_no_fails_nothing(value: str) -> None:
    assert testing.insist([NO_BROWSER], {"CI": value}) == {"CI": value}


def test_the_browser_that_was_found_is_told_to_the_tests() -> None:
    assert testing.insist([A_BROWSER], {"CI": "true"}) == {"CI": "true", "CHROMIUM": "/usr/bin/chromium"}


def _requirements(
    folder: Path, *, runtime: str = PINNED, dev: str = PINNED_DEV, asked: str = "flask\n"
) -> Path:
    (folder / "requirements.in").write_text(asked)
    (folder / "requirements-dev.in").write_text(
        "# for the tests\n-c requirements.txt\npytest>=9  # the runner\n"
    )
    (folder / "requirements.txt").write_text(runtime)
    (folder / "requirements-dev.txt").write_text(dev)
    return folder


def test_hashed_pins_pass_the_audit_and_are_counted(tmp_path: Path) -> None:
    assert pins.audit(_requirements(tmp_path)) == pins.Audit(looked_at=3, faults=())


@pytest.mark.parametrize(
    ("runtime", "fault"),
    [
        ("flask==3.1.3\n", "requirements.txt: flask==3.1.3 carries no hash."),
        (f"--index-url https://x.example/simple\n{PINNED}", "names a place to install from"),
        (f"--find-links /somewhere\n{PINNED}", "names a place to install from"),
        (f"-i x\n{PINNED}", "names a place to install from"),
        (
            PINNED.replace("3.1.3", "3.1.2"),
            "flask is 3.1.2 in requirements.txt and 3.1.3 in requirements-dev.txt.",
        ),
        (f"click==8.5.1 {A_HASH}\n", "requirements.in asks for flask, which is not compiled"),
        ("# nothing\n", "requirements.txt: nothing was looked at; it holds no pin."),
        (f"flask>=3 {A_HASH}\n", "requirements.txt: 'flask>=3' is no pin of the form name==version."),
    ],
)
def test_a_fault_in_the_pins_is_named(tmp_path: Path, runtime: str, fault: str) -> None:
    faults = pins.audit(_requirements(tmp_path, runtime=runtime)).faults

    assert any(fault in found for found in faults), faults


def test_the_same_package_may_be_pinned_differently_for_different_pythons(tmp_path: Path) -> None:
    both = (
        f"flask==3.1.3 ; python_version < '3.12' {A_HASH}\nflask==3.2.0 ; python_version >= '3.12' {A_HASH}\n"
    )

    assert pins.audit(_requirements(tmp_path, runtime=both)).faults == ()


def test_a_file_of_401_lines_is_too_long_and_one_of_400_is_not() -> None:
    assert list(sizes.faults_of("long.py", "x = 1\n" * 400)) == []
    assert "401 lines; 400 at most" in next(sizes.faults_of("long.py", "x = 1\n" * 401))


def test_a_function_is_too_long_from_its_41st_line_not_counting_its_docstring() -> None:
    documented = 'def told():\n    """Says.\n\n    More.\n    """\n'

    assert list(sizes.faults_of("a.py", documented + "    x = 1\n" * 39)) == []
    assert list(sizes.faults_of("a.py", documented + "    x = 1\n" * 40)) == [
        "a.py:1: told has 41 lines; 40 at most."
    ]


def test_a_migration_may_write_down_a_table_as_long_as_it_is() -> None:
    table = "def upgrade():\n" + "    x = 1\n" * 60

    assert list(sizes.faults_of("migrations/versions/0001_core.py", table)) == []
    assert len(list(sizes.faults_of("app/migrations_of_birds.py", table))) == 1


def _check(name: str, ran: list[str], *, passes: bool) -> checks.Check:
    def run() -> checks.Outcome:
        ran.append(name)
        return checks.Outcome(passed=passes, output=f"what {name} says")

    return checks.Check(name=name, run=run)


def test_every_check_runs_and_says_its_line_even_after_one_failed(capsys: pytest.CaptureFixture[str]) -> None:
    ran: list[str] = []
    failing, passing = _check("lint", ran, passes=False), _check("types", ran, passes=True)

    assert checks.run_all([failing, passing]) == 1

    printed = capsys.readouterr().out
    assert ran == ["lint", "types"]
    assert "FAILED  lint" in printed
    assert "what lint says" in printed
    assert "ok      types" in printed
    assert "what types says" not in printed
    assert "1 of 2 checks passed." in printed


def test_checks_are_chosen_by_name_and_an_unknown_name_lists_the_known() -> None:
    assert [check.name for check in checks.select(["pins", "lint"])] == ["pins", "lint"]
    assert checks.select([]) == checks.CHECKS
    with pytest.raises(ValueError, match="No check is called spelling; there are lint, "):
        checks.select(["spelling"])
