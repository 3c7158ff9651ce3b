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
    assert "Row 2: “Ana Silva” also stands in row 3." in asked
    assert '--name "Ana Silva #2=new" (becomes a member), "Ana Silva #2=Name of the member"' in asked
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


def test_answers_that_fit_nothing_in_the_file_are_refused_and_named(town: Town, tmp_path: Path) -> None:
    town.group("unfitting")
    file = tmp_path / "roster.csv"
    file.write_bytes(csv_bytes(chapter_grid()))
    given = ["--name", "Bob Tanka=nobody", "--letter", "V=P", "--column", "B=name"]
    asked = refused(town, "import", str(file), "--group", "unfitting", *given)
    assert "--name “bob tanka”: no row of the file has this name." in asked
    assert "--letter “V”" in asked
    assert "--column “B”: nothing is asked about this column." in asked
    assert said(town, "import", "list", "--group", "unfitting") == ""


def test_a_file_brought_again_with_nothing_new_says_when_it_was_taken_in(town: Town, tmp_path: Path) -> None:
    town.group("again")
    file = tmp_path / "roster.csv"
    file.write_bytes(csv_bytes(chapter_grid()))
    said(town, "import", str(file), "--group", "again")
    before = said(town, "import", "list", "--group", "again")
    told = said(town, "import", str(file), "--group", "again")
    assert f"as {before.split()[0]}." in told
    assert "Nothing in it is new. It was taken in on" in told
    assert said(town, "import", "list", "--group", "again") == before


def test_one_of_two_members_of_a_name_is_named_by_mail_address(town: Town, tmp_path: Path) -> None:
    town.group("namesakes")
    roster = tmp_path / "roster.csv"
    roster.write_text("First Name,Last Name,email\nOle,Bull,ole@one.example\nOle,Bull,ole@two.example\n")
    asked = refused(town, "import", str(roster), "--group", "namesakes")
    assert "Row 3: “Ole Bull” also stands in row 2." in asked
    both = ["--name", "Ole Bull #2=new", "--name", "Ole Bull #3=new"]
    assert "2 members were taken in." in said(town, "import", str(roster), "--group", "namesakes", *both)
    weeks = tmp_path / "weeks.csv"
    weeks.write_text("First Name,Last Name,2026-11-03\nOle,Bull,P\n")
    asked = refused(town, "import", str(weeks), "--group", "namesakes")
    assert "Row 2: 2 people of the group are called “Ole Bull”." in asked
    assert '"Ole Bull=ole@one.example" or "Ole Bull=ole@two.example"' in asked
    unclear = refused(town, "import", str(weeks), "--group", "namesakes", "--name", "Ole Bull=Ole Bull")
    assert "Several people of the group are called “Ole Bull”." in unclear
    meant = ["--name", "Ole Bull=ole@two.example"]
    assert "1 letter" in said(town, "import", str(weeks), "--group", "namesakes", *meant)
