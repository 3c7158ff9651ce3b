"""The link under a mail that can wait: what it stops, what it cannot touch, and how it travels over a real SMTP server."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.notices.choosing import choices_of, keep_choices
from app.core.notices.digest import gather_digests
from app.core.notices.hours import Choices, ToldBy, Topic
from app.core.notices.models import OutgoingMailRow
from app.core.notices.outbox import send_due
from app.core.notices.postman import SmtpPostman
from app.core.notices.services import Letter, write_to_address, write_to_member
from app.core.notices.stopping import Stoppable, choose_by_link
from app.core.sentences import N_
from app.core.work import HOUSE, UnitOfWork
from app.http.stop_links import stop_link
from tests.support.letters import SENDER
from tests.support.slips import acting, reading
from tests.support.smtp import Received, running_postbox
from tests.support.world import World

STOPPED = Choices(waiting=ToldBy.PAGE, news=ToldBy.PAGE)


@pytest.fixture
def group(world: World) -> Group:
    return world.group()


@pytest.fixture
def ana(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ana Sousa")


def write(world: World, group: Group, member: MemberLine, about: str, topic: Topic | None) -> None:
    letter = Letter(
        kind="tests.news", subject=N_("News"), body=N_("Some news.\n"), subject_key=about, topic=topic
    )
    with acting(world) as work:
        write_to_member(work, group_id=group.id, member_id=member.id, letter=letter)
        work.commit()


def choose(world: World, group: Group, member: MemberLine, choices: Choices) -> None:
    with acting(world) as work:
        keep_choices(work, group_id=group.id, member_id=member.id, choices=choices)
        work.commit()


def sent(world: World) -> list[Received]:
    def new_work() -> tuple[Session, UnitOfWork]:
        session = world.held.new_session()
        return session, world.held.work(session, HOUSE)

    with running_postbox() as postbox, world.app.app_context():
        send_due(new_work, SmtpPostman(f"smtp://{postbox.host}:{postbox.port}", SENDER, stop_link))
        return list(postbox.messages)


def states(world: World) -> dict[str, str]:
    with reading(world) as session:
        rows = session.execute(select(OutgoingMailRow.subject_key, OutgoingMailRow.state)).all()
        return {row.subject_key: row.state for row in rows}


def test_mail_that_can_wait_has_a_button_for_mail_programs_and_a_line_for_its_reader(
    world: World, group: Group, ana: MemberLine
) -> None:
    world.pass_time(hours=3)  # nobody is written to in their quiet hours
    write(world, group, ana, "waits", Topic.WAITING)
    [received] = sent(world)
    header = str(received.message["List-Unsubscribe"])
    link = header.removeprefix("<").removesuffix(">")
    assert header == f"<{link}>"
    assert link.startswith("http://localhost/stop/harbour/")
    assert received.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert link in received.text
    assert received.text.startswith("Some news.\n")
    assert "you need not sign in" in received.text


def test_mail_that_always_comes_has_neither(world: World, group: Group, ana: MemberLine) -> None:
    write(world, group, ana, "security", None)
    with acting(world) as work:
        letter = Letter(kind="tests.visit", subject=N_("You"), body=N_("Come.\n"), subject_key="v")
        write_to_address(work, group_id=group.id, address="v@x.example", language="en", letter=letter)
        work.commit()
    received = sent(world)
    assert len(received) == 2
    assert [one.message["List-Unsubscribe"] for one in received] == [None, None]
    assert all("/stop/" not in one.text for one in received)


def test_a_digest_is_stopped_as_a_whole(world: World, group: Group, ana: MemberLine) -> None:
    choose(world, group, ana, Choices(news=ToldBy.DAILY))
    write(world, group, ana, "news", Topic.NEWS)
    world.pass_time(days=1)
    with acting(world) as work:
        assert gather_digests(work) == 1
        work.commit()
    [received] = sent(world)
    path = urlsplit(str(received.message["List-Unsubscribe"]).strip("<>")).path
    client = world.client()
    assert client.post(path, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    with reading(world) as session:
        chosen = choices_of(session, group.id, ana.id)
    assert (chosen.waiting, chosen.news) == (ToldBy.PAGE, ToldBy.PAGE)


Choose = Callable[[Stoppable, Choices], None]


@pytest.fixture
def by_link(world: World, group: Group, ana: MemberLine) -> Choose:
    def press(what: Stoppable, chosen: Choices) -> None:
        with acting(world) as work:
            choose_by_link(work, group_id=group.id, member_id=ana.id, what=what, chosen=chosen)

    return press


def test_what_was_still_to_leave_of_a_stopped_topic_does_not_leave(
    world: World, group: Group, ana: MemberLine, by_link: Choose
) -> None:
    ben = world.member(group, "Ben Castro")
    write(world, group, ana, "news", Topic.NEWS)
    write(world, group, ana, "waits", Topic.WAITING)
    write(world, group, ana, "security", None)
    write(world, group, ben, "bens", Topic.NEWS)
    by_link(Stoppable.NEWS, STOPPED)
    assert states(world) == {"news": "expired", "waits": "waiting", "security": "waiting", "bens": "waiting"}
    write(world, group, ana, "later", Topic.NEWS)
    assert "later" not in states(world), "who wants none is written none"


def test_the_link_of_one_topic_leaves_the_other_the_hours_and_other_groups_alone(
    world: World, group: Group, ana: MemberLine, by_link: Choose
) -> None:
    chosen = Choices(waiting=ToldBy.DAILY, news=ToldBy.AT_ONCE)
    choose(world, group, ana, chosen)
    by_link(Stoppable.NEWS, STOPPED)
    with reading(world) as session:
        assert choices_of(session, group.id, ana.id) == chosen.told({Topic.NEWS}, ToldBy.PAGE)
