"""Do readers really only read, and do writers at once lose nothing, on both engines?"""

import threading

import pytest
from sqlalchemy import text

from app.core.database import transaction_mode
from app.extensions import db
from tests.support.parallel import at_once
from tests.support.town import Town

THREADS, EACH = 8, 25


def test_write_in_a_reading_transaction_fails_and_the_next_one_may_write(town: Town) -> None:
    statement = text("INSERT INTO ledger_head (group_id, sequence, pulse, hash) VALUES (-1, 0, 0, '')")
    with transaction_mode("read"), pytest.raises(Exception, match=r"(?i)read.?only"), town.act() as work:
        work.session.execute(statement)
    with town.act() as work:
        work.session.execute(statement)
        work.session.execute(text("DELETE FROM ledger_head WHERE group_id = -1"))


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_request_that_reads_cannot_write(town: Town, method: str) -> None:
    with town.app.test_request_context("/", method=method):
        town.app.preprocess_request()
        with pytest.raises(Exception, match=r"(?i)read.?only"):
            db.session.execute(text("DELETE FROM notice"))
        db.session.rollback()


def test_request_that_writes_can_write_even_after_one_that_read(town: Town) -> None:
    for method in ("GET", "POST"):
        with town.app.test_request_context("/", method=method):
            town.app.preprocess_request()
            db.session.execute(text("SELECT count(*) FROM notice"))
            if method == "POST":
                db.session.execute(text("DELETE FROM notice WHERE id = -1"))
            db.session.rollback()


def test_readers_are_not_held_up_by_a_writer_and_see_the_facts_of_their_beginning(town: Town) -> None:
    group = town.group("reading", plugins=())
    writer = town.work()
    writer.session.execute(text(f"UPDATE member_group SET name = 'Later' WHERE id = {group.id}"))
    assert town.value(f"SELECT name FROM member_group WHERE id = {group.id}") == group.name
    writer.commit()
    assert town.value(f"SELECT name FROM member_group WHERE id = {group.id}") == "Later"


def test_threads_that_read_and_then_write_lose_no_update_and_none_finds_the_database_locked(
    town: Town,
) -> None:
    group = town.group("counter", plugins=())
    read = text(f"SELECT version FROM member_group WHERE id = {group.id}")
    lock = text(f"SELECT version FROM member_group WHERE id = {group.id} FOR UPDATE")
    write = text(f"UPDATE member_group SET version = :version WHERE id = {group.id}")
    reading = read if town.session.get_bind().dialect.name == "sqlite" else lock
    failures: list[Exception] = []
    guard = threading.Lock()

    def count(_number: int) -> None:
        for _turn in range(EACH):
            try:
                with town.act() as work:
                    version = work.session.execute(reading).scalar_one()
                    work.session.execute(write, {"version": version + 1})
            except Exception as failure:  # noqa: BLE001  # whatever a writer runs into fails the test
                with guard:
                    failures.append(failure)

    at_once(THREADS, count)
    assert failures == []
    assert town.value(f"SELECT version FROM member_group WHERE id = {group.id}") == THREADS * EACH + 1
