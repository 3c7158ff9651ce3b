"""A unit of work: does everything in it last together, or nothing at all?"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import ClassVar

import pytest
from sqlalchemy.exc import IntegrityError

from app.core.access.domain.code import CodeKey
from app.core.access.queries import account_of_person
from app.core.access.services.invitations import Inviting, invite
from app.core.access.services.links import LINK_MARK, LinkAddress
from app.core.events import DomainEvent
from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.groups.services import take_office
from app.core.ids import MemberId
from app.core.ledger.queries import pulse_of
from app.core.notices.services import notify
from app.core.sentences import N_
from app.core.work import UnitOfWork
from tests.support.town import Town
from tests.support.world import LONG_AGO

TABLES = ("person", "member", "notice", "outgoing_mail", "office_term", "account_link", "ledger_entry", "ledger_reason", "ledger_delivery", "ledger_head")  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Weighed(DomainEvent):
    """A thing to record."""

    kind: ClassVar[str] = "tests.weighed"

    number: int


def everything(work: UnitOfWork, group: Group, member: MemberLine) -> None:
    """Do something of every kind: rows, a notice, a mail, an event with its reason."""
    account = account_of_person(work.session, member.person_id)
    assert account is not None
    take_office(work, group_id=group.id, member_id=member.id, office=Office.MENTOR, starts_on=LONG_AGO)
    notify(work, group_id=group.id, member_id=member.id, kind="tests.told", text=N_("Something happened."))
    address = LinkAddress(template=f"http://localhost/{LINK_MARK}")
    invite(work, member, Inviting(group=group, by=None, address=address, key=CodeKey(b"key")))
    work.record(Weighed(group_id=group.id, number=1), reason="because")


def counts(town: Town) -> dict[str, int]:
    return {table: town.rows(table) for table in TABLES}


@contextmanager
def unchanged(town: Town, group: Group) -> Iterator[None]:
    """Fail where the block changes how many rows there are, or the group's pulse."""
    before = counts(town), pulse_of(town.session, group.id)
    yield
    assert (counts(town), pulse_of(town.session, group.id)) == before
    town.assert_ledger_whole(group)


def test_everything_lasts_with_one_commit(town: Town) -> None:
    group = town.group("lasts")
    member = town.member(group)
    before = counts(town)
    with town.act(member) as work:
        everything(work, group, member)
    gained = {table: count - before[table] for table, count in counts(town).items() if count != before[table]}
    assert gained == {
        "notice": 1,
        "outgoing_mail": 1,
        "office_term": 1,
        "account_link": 1,
        "ledger_entry": 3,
        "ledger_reason": 1,
    }


def test_nothing_of_a_unit_of_work_that_is_rolled_back_remains(town: Town) -> None:
    group = town.group("rolled-back")
    member = town.member(group)
    with unchanged(town, group):
        work = town.work(member)
        everything(work, group, member)
        work.session.flush()
        work.rollback()
        work.commit()


def test_nothing_remains_where_the_process_ends_before_the_commit(town: Town) -> None:
    group = town.group("ended")
    member = town.member(group)
    with unchanged(town, group):
        work = town.work(member)
        everything(work, group, member)
        work.session.flush()
        work.session.close()


def test_nothing_remains_where_the_last_row_cannot_be_kept(town: Town) -> None:
    group = town.group("refused-row")
    member = town.member(group)

    def with_a_row_of_nobody() -> None:
        with town.act(member) as work:
            everything(work, group, member)
            take_office(
                work, group_id=group.id, member_id=MemberId(-1), office=Office.MENTOR, starts_on=LONG_AGO
            )

    with unchanged(town, group), pytest.raises(IntegrityError):
        with_a_row_of_nobody()


def test_nothing_remains_where_the_ledger_cannot_be_written(town: Town) -> None:
    group = town.group("no-ledger")
    member = town.member(group)

    def with_a_fact_that_cannot_be_kept() -> None:
        with town.act(member) as work:
            everything(work, group, member)
            work.record(Weighed(group_id=group.id, number=1.5))  # type: ignore[arg-type]  # the fault is the point

    with unchanged(town, group), pytest.raises(TypeError, match="cannot stand in an event"):
        with_a_fact_that_cannot_be_kept()


def test_event_of_an_earlier_commit_is_not_recorded_again(town: Town) -> None:
    group = town.group("not-again", plugins=())
    entries = town.rows("ledger_entry")
    work = town.work()
    work.record(Weighed(group_id=group.id, number=1))
    work.commit()
    work.commit()
    work.record(Weighed(group_id=group.id, number=2))
    work.commit()
    assert town.rows("ledger_entry") == entries + 2


def test_now_is_the_same_for_all_of_a_unit_of_work(town: Town) -> None:
    work = town.work()
    first = work.now
    town.pass_time(minutes=5)
    assert work.now == first
    assert town.work().now == town.now != first


def test_row_of_one_group_cannot_hang_on_a_member_of_another(town: Town) -> None:
    own, other = town.group("own-rows"), town.group("other-rows")
    stranger = town.member(other)
    with pytest.raises(IntegrityError), town.act() as work:
        take_office(work, group_id=own.id, member_id=stranger.id, office=Office.MENTOR, starts_on=LONG_AGO)
