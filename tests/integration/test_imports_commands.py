"""The terminal answers what the page asks: names by option, a list of files, and undoing one."""

from pathlib import Path

from tests.support.planned_roster import chapter_grid
from tests.support.sheets import csv_bytes
from tests.support.town import Town


def said(town: Town, *arguments: str) -> str:
    """Run a command that succeeds and return what it writes."""
    result = town.app.test_cli_runner().invoke(args=list(arguments))
    assert result.exit_code == 0, result.output
    return result.stdout


def refused(town: Town, *arguments: str) -> str:
    """Run a command that is refused and return why."""
    result = town.app.test_cli_runner().invoke(args=list(arguments))
    assert result.exit_code == 1, result.output
    return result.stderr


def test_import_settles_names_lists_its_files_and_undoes_one(town: Town, tmp_path: Path) -> None:
    town.group("undoing")
    file = tmp_path / "roster.csv"
    file.write_bytes(csv_bytes(chapter_grid()))
    said(town, "import", "--group", "undoing", str(file))
    twice = tmp_path / "twice.csv"
    twice.write_text("First Name,Last Name,email\nAna,Silva,\nAna,Silva,\n")
    asked = refused(town, "import", str(twice), "--group", "undoing")
    assert '--name "ana silva #2=Name of the member", =nobody or =new' in asked
    answers = ["--name", "ana silva #2=Ana Silva", "--name", "*=nobody"]
    assert "0 members were taken in." in said(town, "import", str(twice), "--group", "undoing", *answers)
    assert "names nobody" in refused(town, "import", str(twice), "--group", "undoing", "--name", "x=Nobody")
    listed = said(town, "import", "list", "--group", "undoing").splitlines()
    assert [line.split()[3] for line in listed] == ["applied", "applied"]
    batch = listed[-1].split()[0]
    assert "Nothing was changed" in said(town, "import", "undo", batch, "--dry-run")
    assert "4 members were removed." in said(town, "import", "undo", batch)
    assert "was undone" in refused(town, "import", "undo", batch)
    assert "There is no import called" in refused(town, "import", "undo", "nothing")
