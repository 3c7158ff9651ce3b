"""What `doctor` says of sessions, the secret key and mail: in words that an administrator can act on."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import update

from app import create_app
from app.core.clock import FixedClock
from app.core.notices.models import OutgoingMailRow
from app.core.notices.services import Letter, write_to_member
from app.extensions import db
from config import Config
from tests.support.engines import STARTS_AT
from tests.support.smtp import running_postbox
from tests.support.world import World


@contextmanager
def house(settings: Config) -> Iterator[Flask]:
    app = create_app(settings, clock=FixedClock(STARTS_AT), testing=True)
    try:
        yield app
    finally:
        with app.app_context():
            db.engine.dispose()


def doctor(app: Flask) -> Result:
    return app.test_cli_runner().invoke(args=["doctor"])


def test_sessions_and_the_secret_key_are_explained(settings: Config) -> None:
    key = settings.instance / "secret_key"
    key.write_text("k" * 64)
    key.chmod(0o644)
    with house(settings) as app:
        exposed = doctor(app)
        key.chmod(0o600)
        sound = doctor(app)
    assert exposed.exit_code == 1
    assert "Other users of this machine can read it. Type: chmod 600" in exposed.stdout
    assert sound.exit_code == 0, sound.output
    assert (
        "People stay signed in for 180 days after their last visit; 0 browsers are signed in now"
        in sound.stdout
    )
    assert "changed or lost, everybody signs in anew" in sound.stdout


def test_https_house_says_that_cookies_travel_safely(settings: Config) -> None:
    with house(replace(settings, base_url="https://groups.example.org")) as app:
        said = doctor(app).stdout
    assert "The cookie __Host-givefirst travels over https only" in said
    assert "Mail comes from Givefirst <no-reply@groups.example.org>" in said


def test_mail_server_is_greeted_and_one_that_is_not_there_is_told(settings: Config) -> None:
    with running_postbox() as server, house(replace(settings, mail_url=server.url)) as app:
        assert "the server answers and takes our sign-in" in doctor(app).stdout
    with house(replace(settings, mail_url=server.url)) as app:
        gone = doctor(app)
    assert gone.exit_code == 1
    assert "The mail server does not answer as it should" in gone.stdout


def test_mail_that_waits_too_long_points_at_the_worker(app: Flask, world: World) -> None:
    group = world.group()
    ana = world.member(group)
    work = world.work()
    letter = Letter(kind="test.letter", subject="Hello", body="Hello", subject_key="one")
    write_to_member(work, group_id=group.id, member_id=ana.id, letter=letter)
    work.commit()
    assert "1 mails wait, the oldest since 2026-11-24 06:00 UTC" in doctor(app).stdout
    world.clock.advance(timedelta(minutes=16))
    late = doctor(app)
    assert late.exit_code == 1
    assert "Is the worker running?" in late.stdout


@pytest.mark.parametrize("state", ["refused", "bounced", "expired"])
def test_mail_that_did_not_arrive_is_counted(app: Flask, world: World, state: str) -> None:
    group = world.group()
    ana = world.member(group)
    work = world.work()
    letter = Letter(kind="test.letter", subject="Hello", body="Hello", subject_key="one")
    write_to_member(work, group_id=group.id, member_id=ana.id, letter=letter)
    work.session.execute(update(OutgoingMailRow).values(state=state))
    work.commit()
    assert "1 mails did not arrive" in doctor(app).stdout
