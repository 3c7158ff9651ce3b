"""`flask person`: export, erase and merge from the terminal; and a restore that brings nobody back."""

from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import Result
from sqlalchemy import select

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.keeping.erased import erased_before, note_erased
from app.core.notices.keeping import TEXT_KEPT, forget_texts
from app.core.notices.models import OutgoingMailRow
from app.core.notices.postman import FolderPostman
from app.core.notices.services import Letter, write_to_member
from app.core.people.models import PersonRow
from app.core.sentences import N_
from app.extensions import db
from app.plugin_runtime.jobs import core_jobs
from app.plugin_runtime.person_data import erase_person
from config import Config
from tests.support.pg_tools import put_on_path
from tests.support.slips import acting, reading
from tests.support.talks import recorded_talk
from tests.support.world import World

ADDRESS = "ana@sousa.example"
LEFT = date(2026, 10, 1)


@pytest.fixture(autouse=True)
def _programs(monkeypatch: pytest.MonkeyPatch) -> None:
    put_on_path(monkeypatch)


@pytest.fixture
def group(world: World) -> Group:
    return world.group(plugins=("attendance", "referrals", "activities"))


def run(world: World, *arguments: str, answers: str = "") -> Result:
    done = world.app.test_cli_runner().invoke(args=list(arguments), input=answers)
    with world.app.app_context():
        db.engine.dispose()
    return done


def name_of(world: World, member: MemberLine) -> str:
    with reading(world) as session:
        found = session.get(PersonRow, member.person_id)
        return found.name if found else "nobody"


def test_a_dry_run_says_what_would_go_and_changes_nothing(world: World, group: Group) -> None:
    ana = world.member(group, "Ana Sousa", email=ADDRESS, ended=LEFT)
    done = run(world, "person", "erase", ADDRESS, "--dry-run")
    assert done.exit_code == 0, done.output
    assert "A record in: Harbour Referrals." in done.stdout
    assert "account 1" in done.stdout
    assert done.stdout.endswith("Nothing was changed.\n")
    assert name_of(world, ana) == "Ana Sousa"


def test_an_erasure_asks_once_more_and_leaves_no_byte(
    world: World, group: Group, settings: Config, tmp_path: Path
) -> None:
    ana = world.member(group, "Ana Sousaxyz", email=ADDRESS, ended=LEFT)
    bo = world.member(group, "Bo Lindqvist")
    recorded_talk(world, group, ana, bo, note="A note of Sousaxyz")
    outbox = settings.instance / "outbox"
    outbox.mkdir()
    (outbox / "1.eml").write_bytes(b"To: bo@harbour.example\nSubject: Your week\n\nYou met Ana Sousaxyz.\n")
    (outbox / "2.eml").write_bytes(b"To: bo@harbour.example\nSubject: Your week\n\nNothing new.\n")
    assert run(world, "person", "erase", ADDRESS, answers="n\n").exit_code == 1
    assert name_of(world, ana) == "Ana Sousaxyz"
    done = run(world, "person", "erase", ADDRESS, answers="y\n")
    assert done.exit_code == 0, done.output
    assert "1 mails in the outbox folder removed." in done.stdout
    assert name_of(world, ana) == "Former member"
    assert [path.name for path in outbox.iterdir()] == ["2.eml"]
    assert erased_before(settings.instance) == [ana.person_id]
    if settings.database_url.startswith("sqlite"):
        for file in tmp_path.glob("test.db*"):
            assert b"ousaxyz" not in file.read_bytes(), file.name


def test_a_member_is_erased_only_if_it_is_said(world: World, group: Group) -> None:
    world.member(group, "Eva Novak", offices=[Office.PRESIDENT])
    ana = world.member(group, "Ana Sousa", email=ADDRESS)
    refused = run(world, "person", "erase", ADDRESS, "--yes")
    assert refused.exit_code == 1
    assert "is a member of Harbour Referrals today or later" in refused.stderr
    done = run(world, "person", "erase", ADDRESS, "--yes", "--also-member")
    assert done.exit_code == 0, done.output
    assert name_of(world, ana) == "Former member"


def test_the_last_leader_is_not_erased(world: World, group: Group) -> None:
    eva = world.member(group, "Eva Novak", email=ADDRESS, offices=[Office.PRESIDENT])
    refused = run(world, "person", "erase", ADDRESS, "--yes", "--also-member")
    assert refused.exit_code == 1
    assert "without anybody who can lead it" in refused.stderr
    assert name_of(world, eva) == "Eva Novak"


def test_an_export_is_a_zip_with_a_page_to_read(world: World, group: Group, tmp_path: Path) -> None:
    world.member(group, "<b>Ana</b> Sousa", email=ADDRESS)
    target = tmp_path / "ana.zip"
    done = run(world, "person", "export", ADDRESS, "--to", str(target))
    assert done.exit_code == 0, done.output
    assert target.stat().st_mode & 0o077 == 0
    with ZipFile(target) as archive:
        index = archive.read("index.html").decode()
        assert {"index.html", "house/person.csv", "harbour/member.csv"} <= set(archive.namelist())
    assert "&lt;b&gt;Ana&lt;/b&gt; Sousa" in index
    assert run(world, "person", "export", ADDRESS, "--to", str(target)).exit_code == 1


def test_two_records_are_merged_after_a_question(world: World, group: Group) -> None:
    ana = world.member(group, "Ana Sousa", email=ADDRESS, ended=LEFT)
    again = world.member(group, "Ana de Sousa", joined=date(2026, 10, 20))
    assert run(world, "person", "merge", ADDRESS, again.public_id, answers="n\n").exit_code == 1
    assert name_of(world, again) == "Ana de Sousa"
    done = run(world, "person", "merge", ADDRESS, again.public_id, answers="y\n")
    assert done.exit_code == 0, done.output
    assert (name_of(world, ana), name_of(world, again)) == ("Ana Sousa", "nobody")


def test_nobody_is_found_under_a_strange_name(world: World, group: Group) -> None:
    refused = run(world, "person", "erase", "nobody@harbour.example")
    assert refused.exit_code == 1
    assert "Nobody is called 'nobody@harbour.example' here" in refused.stderr


def test_a_restore_erases_again_who_was_erased_since(
    world: World, group: Group, settings: Config, tmp_path: Path
) -> None:
    world.member(group, "Eva Novak", offices=[Office.PRESIDENT])
    ana = world.member(group, "Ana Sousa", email=ADDRESS)
    world.close()
    copy = tmp_path / "before.givefirst-backup"
    assert run(world, "backup", "--to", str(copy)).exit_code == 0
    assert run(world, "person", "erase", ADDRESS, "--yes", "--also-member").exit_code == 0
    world.close()
    (settings.instance / "erased-people").unlink()
    restored = run(world, "restore", str(copy), "--yes")
    assert restored.exit_code == 0, restored.output
    assert "1 people who were erased since then are erased again." in restored.stdout
    assert name_of(world, ana) == "Former member"


def test_the_list_of_the_erased_names_each_once(tmp_path: Path, world: World, group: Group) -> None:
    ana = world.member(group)
    note_erased(tmp_path, [ana.person_id])
    note_erased(tmp_path, [ana.person_id])
    with (tmp_path / "erased-people").open("a") as file:
        file.write("12x")
    assert erased_before(tmp_path) == [ana.person_id]


def test_the_text_of_a_mail_is_forgotten_a_month_after_it_left(world: World, group: Group) -> None:
    ana = world.member(group)
    letter = Letter(kind="tests.word", subject=N_("A word"), body=N_("Hello.\n"), subject_key="one")
    with acting(world) as work:
        write_to_member(work, group_id=group.id, member_id=ana.id, letter=letter)
        work.session.execute(OutgoingMailRow.__table__.update().values(state="sent"))  # type: ignore[attr-defined]
        work.commit()
    world.pass_time(days=TEXT_KEPT.days)
    with acting(world) as work:
        assert forget_texts(work) == 0
    world.pass_time(minutes=1)
    with acting(world) as work:
        assert forget_texts(work) == 1
        work.commit()
        assert forget_texts(work) == 0
    with reading(world) as session:
        mail = session.scalars(select(OutgoingMailRow)).one()
        assert (mail.subject, mail.body, mail.state) == ("", "", "sent")
    with acting(world, ana) as work:
        write_to_member(work, group_id=group.id, member_id=ana.id, letter=letter)
        work.commit()
    assert world.rows("outgoing_mail") == 1


def test_the_worker_takes_traces_out_of_the_database(world: World, group: Group, settings: Config) -> None:
    ana = world.member(group, "Ana Sousaxyz", ended=LEFT)
    with acting(world) as work:
        erase_person(work, world.held.registry, ana.person_id)
        work.commit()
    world.close()
    jobs = {job.name: job for job in core_jobs(world.held, FolderPostman(settings.instance, "house"))}
    assert jobs["forgotten-mails"].run() == 0
    assert jobs["wiped-traces"].run() == 1
    with world.app.app_context():
        db.engine.dispose()
    for file in settings.instance.glob("test.db*"):
        assert b"ousaxyz" not in file.read_bytes(), file.name
