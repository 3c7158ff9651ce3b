"""Letters to people who are no person of the house, letters that become pointless, and forgetting whom they name."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.notices.choosing import keep_choices
from app.core.notices.digest import gather_digests
from app.core.notices.forgetting import forget_about
from app.core.notices.hours import Choices, ToldBy, Topic
from app.core.notices.models import NoticeRow, OutgoingMailRow
from app.core.notices.services import Letter, notify, write_to_address, write_to_member
from app.core.sentences import N_
from tests.support.slips import acting, reading
from tests.support.world import World


@pytest.fixture
def group(world: World) -> Group:
    return world.group()


@pytest.fixture
def ana(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ana Sousa")


def letter(
    about: str, *, topic: Topic | None = None, lives: timedelta | None = None, period: str = ""
) -> Letter:
    return Letter(
        kind="tests.visit",
        subject=N_("Your visit"),
        body=N_("See you on Tuesday.\n"),
        subject_key=about,
        period=period,
        topic=topic,
        lives=lives,
    )


def write(world: World, group: Group, address: str, about: str) -> int | None:
    with acting(world) as work:
        put = write_to_address(work, group_id=group.id, address=address, language="en", letter=letter(about))
        work.commit()
    return put


def mails(world: World) -> list[tuple[str, str, str]]:
    query = select(OutgoingMailRow.address, OutgoingMailRow.subject_key, OutgoingMailRow.state)
    with reading(world) as session:
        return [
            (row.address, row.subject_key, row.state)
            for row in session.execute(query.order_by(OutgoingMailRow.id))
        ]


def test_stranger_is_written_to_once_however_the_address_is_spelt(world: World, group: Group) -> None:
    assert write(world, group, "zita@visit.example", "7") is not None
    assert write(world, group, " Zita@Visit.example", "7") is None
    assert write(world, group, "rui@visit.example", "7") is not None
    assert write(world, group, "zita@visit.example", "8") is not None
    assert [(address, about) for address, about, _ in mails(world)] == [
        ("zita@visit.example", "7"),
        ("rui@visit.example", "7"),
        ("zita@visit.example", "8"),
    ]


def test_forgetting_takes_mails_and_notices_about_one_and_leaves_those_about_others(
    world: World, group: Group, ana: MemberLine
) -> None:
    for about in ("7", "7:reminder", "77"):
        write(world, group, "zita@visit.example", about)
    with acting(world) as work:
        for path in ("/g/x/visitors/7", "/g/x/visitors/7/call", "/g/x/visitors/77"):
            notify(
                work,
                group_id=group.id,
                member_id=ana.id,
                kind="tests.visit",
                text=N_("Zita comes."),
                path=path,
            )
        work.commit()
    with acting(world) as work:
        assert forget_about(work, group.id, path="/g/x/visitors/7", subject_key="7") == 4
        work.commit()
    assert [about for _, about, _ in mails(world)] == ["77"]
    with reading(world) as session:
        assert list(session.scalars(select(NoticeRow.path))) == ["/g/x/visitors/77"]


def test_forgetting_in_one_group_leaves_the_other_alone(world: World, group: Group) -> None:
    write(world, group, "zita@visit.example", "7")
    with acting(world) as work:
        assert forget_about(work, world.group("mill").id, subject_key="7") == 0


def test_letter_that_would_leave_after_it_is_pointless_is_not_written(
    world: World, group: Group, ana: MemberLine
) -> None:
    """Late in the evening a letter with a topic waits for the morning; by then a letter for one hour is pointless."""
    world.clock.move_to(datetime(2026, 11, 24, 22, tzinfo=UTC))
    with acting(world) as work:
        for number, lives in enumerate((timedelta(hours=1), timedelta(days=1))):
            about = letter(str(number), topic=Topic.NEWS, lives=lives)
            write_to_member(work, group_id=group.id, member_id=ana.id, letter=about)
        work.commit()
    assert [about for _, about, _ in mails(world)] == ["1"]


def test_digest_leaves_out_what_is_pointless_by_then(world: World, group: Group, ana: MemberLine) -> None:
    world.clock.move_to(datetime(2026, 11, 24, 9, tzinfo=UTC))
    with acting(world) as work:
        keep_choices(work, group_id=group.id, member_id=ana.id, choices=Choices(news=ToldBy.DAILY))
        for number, lives in enumerate((timedelta(hours=23), timedelta(days=3))):
            about = letter(str(number), topic=Topic.NEWS, lives=lives)
            write_to_member(work, group_id=group.id, member_id=ana.id, letter=about)
        work.commit()
    world.pass_time(days=2)
    with acting(world) as work:
        assert gather_digests(work) == 1
        work.commit()
    assert [state for _, _, state in mails(world)] == ["expired", "gathered", "waiting"]
