"""Commands: does each do its work, say in one line why it does not, and leave nothing half done?"""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import Result

from app.core.access.hashing import is_password
from app.core.access.queries import account_by_email
from app.core.groups.queries import MemberLine, group_by_slug, members_on, offices_of_members, switched_on
from app.core.local_time import local_day
from app.core.meetings.queries import meetings_between
from app.plugin_runtime.discovery import find_plugins
from config import PLUGINS, ROOT
from tests.support.sheets import csv_bytes
from tests.support.town import Town

PASSWORD = "four quiet herons fish"
GROUP = (
    "--name",
    "Old Harbour",
    "--zone",
    "Europe/Lisbon",
    "--currency",
    "EUR",
    "--weekday",
    "TU",
    "--at",
    "07:00",
)
ROSTER = csv_bytes(
    [
        ["First Name", "Last Name", "Email", "Profession", "Company", "Join Date"],
        ["Ana", "Sousa", "ana@roster.example", "Architect", "Casa Sousa", "2025-01-07"],
        ["Rui", "Almeida", "rui@roster.example", "Electrician", "Almeida", "2025-02-04"],
    ]
)


def run(town: Town, *arguments: str, answer: str = "") -> Result:
    return town.app.test_cli_runner().invoke(args=list(arguments), input=answer)


def refused(result: Result) -> str:
    """Return the one line with which the command was refused; anything else fails the test."""
    assert result.exit_code == 1, result.output
    assert result.stdout == ""
    lines = result.stderr.splitlines()
    assert len(lines) == 1, result.stderr
    assert lines[0].startswith("Error: ")
    return lines[0].removeprefix("Error: ")


def done(result: Result) -> str:
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    return result.stdout


def test_group_is_founded_with_its_calendar_and_everything_switched_on(town: Town) -> None:
    said = done(run(town, "group", "create", "old-harbour", *GROUP))
    assert "Old Harbour is founded. Next: flask --app wsgi account create" in said
    group = group_by_slug(town.session, "old-harbour")
    assert group is not None
    today = local_day(town.now, group.zone)
    planned = meetings_between(town.session, group.id, today, today.replace(year=2027))
    assert (len(planned), {one.local_date.weekday() for one in planned}) == (13, {1})
    offered = {plugin.manifest.name for plugin in find_plugins(PLUGINS) if plugin.manifest.on_in_new_groups}
    assert switched_on(town.session, group.id) == offered >= {"attendance", "referrals", "welcome"}
    assert "old-harbour\tOld Harbour\tEurope/Lisbon" in done(run(town, "group", "list"))
    town.assert_ledger_whole(group)


@pytest.mark.parametrize(
    ("slug", "changed", "line"),
    [
        ("Old Harbour", (), "“Old Harbour” cannot stand in an address."),
        ("mars", ("--zone", "Mars/Base"), "There is no time zone called “Mars/Base”."),
        ("bitcoin", ("--currency", "XXQ"), "There is no currency called “XXQ”."),
    ],
)
def test_group_that_cannot_be_founded_is_refused_in_one_line_and_nothing_is_kept(
    town: Town, slug: str, changed: tuple[str, ...], line: str
) -> None:
    before = town.rows("member_group"), town.rows("schedule"), town.rows("meeting")
    assert refused(run(town, "group", "create", slug, *GROUP, *changed)).startswith(line)
    assert (town.rows("member_group"), town.rows("schedule"), town.rows("meeting")) == before


def test_account_that_is_created_can_sign_in_at_once(town: Town) -> None:
    group = town.group("created")
    said = done(run(town, "account", "create", "Ana@Created.example", "--group", "created", "--name", "Ana Sousa",
                    "--office", "president", "--password", PASSWORD))  # fmt: skip
    assert "Ana Sousa can sign in at http://localhost" in said
    found = account_by_email(town.session, "ana@created.example")
    assert found is not None
    assert is_password(PASSWORD, found.password_hash)
    (member,) = members_on(town.session, group.id, local_day(town.now, group.zone))
    assert [
        office.value for office in offices_of_members(town.session, group.id, member.joined_on)[member.id]
    ] == ["president"]


def test_password_is_asked_for_where_it_is_not_given_and_is_not_shown(town: Town) -> None:
    town.group("asked")
    result = run(town, "account", "create", "ana@asked.example", "--group", "asked", "--name", "Ana",
                 answer=f"{PASSWORD}\n{PASSWORD}\n")  # fmt: skip
    assert result.exit_code == 0, result.output
    assert PASSWORD not in result.output


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("ana@x.example", "--group", "nowhere", "--name", "Ana", "--password", PASSWORD), "There is no group called 'nowhere'"),
        (("not-an-address", "--group", "{group}", "--name", "Ana", "--password", PASSWORD), "“not-an-address” is not a mail address."),
        (("ana@x.example", "--group", "{group}", "--name", " ", "--password", PASSWORD), "Write the member’s name."),
        (("ana@x.example", "--group", "{group}", "--name", "Ana", "--password", "short-one"), "A password needs at least 15 characters"),
    ],
)  # fmt: skip
def test_account_that_cannot_be_created_leaves_nobody_half_taken_in(
    town: Town, arguments: tuple[str, ...], line: str
) -> None:
    if group_by_slug(town.session, "half") is None:
        town.group("half")
    before = [town.rows(table) for table in ("person", "member", "account", "ledger_entry")]
    given = [argument.replace("{group}", "half") for argument in arguments]
    assert refused(run(town, "account", "create", *given)).startswith(line)
    assert [town.rows(table) for table in ("person", "member", "account", "ledger_entry")] == before


def test_invitation_waits_in_the_outbox_until_the_jobs_run(town: Town) -> None:
    town.group("invited")
    said = done(
        run(town, "account", "invite", "ana@invited.example", "--group", "invited", "--name", "Ana Sousa")
    )
    assert said == "The invitation to ana@invited.example is in the outbox.\n"
    assert "mail waiting: 1" in done(run(town, "jobs", "status"))
    ran = done(run(town, "jobs", "run"))
    assert "mail: 1" in ran
    assert "mail sent: 1" in done(run(town, "jobs", "status"))
    folder = town.app.extensions["givefirst.config"].instance / "outbox"
    (mail,) = folder.glob("*.eml")
    assert "http://localhost/account/link/" in mail.read_text()


@pytest.mark.parametrize(
    "arguments",
    [
        ("group", "create"),
        ("group", "create", "x", *GROUP, "--weekday", "TUESDAY"),
        ("group", "create", "x", *GROUP, "--at", "seven"),
        ("group", "create", "x", *GROUP, "--minutes", "5"),
        ("account", "create", "a@x.example", "--group", "x", "--name", "Ana", "--office", "king"),
        ("import", "no-such-file.csv", "--group", "x"),
        ("demo", "load", "--members", "1"),
        ("db", "downgrade", "core"),
        ("teleport",),
    ],
)
def test_wrong_usage_is_told_from_a_refusal_by_its_code(town: Town, arguments: tuple[str, ...]) -> None:
    result = run(town, *arguments)
    assert result.exit_code == 2, result.output
    assert "Error: " in result.stderr or "Usage: " in result.stderr


def test_import_tries_first_then_applies_and_a_second_time_changes_nothing(
    town: Town, tmp_path: Path
) -> None:
    group = town.group("roster")
    file = tmp_path / "roster.csv"
    file.write_bytes(ROSTER)
    tables = ("person", "member", "membership", "import_batch", "ledger_entry", "outgoing_mail")
    before = [town.rows(table) for table in tables]

    said = done(run(town, "import", str(file), "--group", "roster", "--dry-run"))
    assert said.endswith("Nothing was changed (dry run).\n")
    assert [town.rows(table) for table in tables] == before

    done(run(town, "import", str(file), "--group", "roster"))
    names = [line.name for line in members_on(town.session, group.id, local_day(town.now, group.zone))]
    assert names == ["Rui Almeida", "Ana Sousa"]

    done(run(town, "import", str(file), "--group", "roster"))
    assert len(members_on(town.session, group.id, local_day(town.now, group.zone))) == 2
    town.assert_ledger_whole(group)


def test_file_that_is_no_roster_is_refused_whole(town: Town, tmp_path: Path) -> None:
    town.group("no-roster")
    file = tmp_path / "letter.csv"
    file.write_text("Dear members\nplease come\n")
    before = town.rows("import_batch"), town.rows("person")
    assert "none of the kinds" in refused(run(town, "import", str(file), "--group", "no-roster"))
    assert (town.rows("import_batch"), town.rows("person")) == before


def test_plugins_are_listed_with_the_groups_in_which_they_are_on(town: Town) -> None:
    town.group("with-both")
    town.group("with-one", plugins=["referrals"])
    lines = {line.split()[0]: line for line in done(run(town, "plugins", "list")).splitlines()}
    assert set(lines) == {name.rpartition(".")[2] for name in PLUGINS}
    assert "with-both" in lines["attendance"]
    assert "with-one" not in lines["attendance"]
    assert "with-one" in lines["referrals"]


def test_real_program_says_its_refusal_in_one_line_and_no_more(tmp_path: Path) -> None:
    def flask(*arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "flask", "--app", "wsgi", *arguments],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "GIVEFIRST_INSTANCE": str(tmp_path)},
            capture_output=True,
            check=False,
            text=True,
        )

    upgraded = flask("db", "upgrade")
    assert (upgraded.returncode, upgraded.stderr) == (0, "")
    nowhere = flask("account", "invite", "ana@x.example", "--group", "nowhere", "--name", "Ana")
    assert (nowhere.returncode, nowhere.stdout) == (1, "")
    assert (
        nowhere.stderr
        == "Error: There is no group called 'nowhere'; `flask --app wsgi group list` shows them all.\n"
    )


def test_account_becomes_an_administrator_of_the_network_at_the_terminal(town: Town) -> None:
    member = town.member(town.group("admins"), email="admin@example.org")
    assert not is_site_admin(town, member)
    assert "is an administrator of the network" in done(
        run(town, "account", "make-admin", " Admin@Example.org")
    )
    assert is_site_admin(town, member)


@pytest.mark.parametrize("email", ["nobody@example.org", "not an address"])
def test_who_has_no_account_cannot_become_an_administrator(town: Town, email: str) -> None:
    assert email in refused(run(town, "account", "make-admin", email))


def is_site_admin(town: Town, member: MemberLine) -> bool:
    return bool(town.value(f"SELECT is_site_admin FROM account WHERE person_id = {member.person_id}"))
