"""What members chose of their mails: at once but not at night, gathered once a day, or none; nothing lost, nothing twice."""

from datetime import datetime, time

import pytest
from sqlalchemy import select

from app.core.errors import Refused
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.notices.choosing import choices_of, choices_typed, keep_choices
from app.core.notices.digest import gather_digests
from app.core.notices.hours import USUAL, Choices, ToldBy, Topic
from app.core.notices.models import OutgoingMailRow
from app.core.notices.services import Letter, write_to_member
from app.core.sentences import N_
from tests.support.parallel import at_once
from tests.support.slips import acting, passed_slip, reading
from tests.support.world import World


@pytest.fixture
def group(world: World) -> Group:
    return world.group()


@pytest.fixture
def ana(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ana Sousa")


def choose(world: World, group: Group, member: MemberLine, choices: Choices) -> None:
    with acting(world) as work:
        keep_choices(work, group_id=group.id, member_id=member.id, choices=choices)
        work.commit()


def write(
    world: World, group: Group, member: MemberLine, number: int, topic: Topic | None = Topic.NEWS
) -> None:
    letter = Letter(
        kind="tests.news",
        subject=N_("News %(number)s"),
        body=N_("This is news %(number)s.\n"),
        subject_key=str(number),
        facts={"number": number},
        topic=topic,
    )
    with acting(world) as work:
        write_to_member(work, group_id=group.id, member_id=member.id, letter=letter)
        work.commit()


def mails(world: World) -> list[OutgoingMailRow]:
    with reading(world) as session:
        rows = list(session.scalars(select(OutgoingMailRow).order_by(OutgoingMailRow.id)))
        session.expunge_all()
    return rows


def gather(world: World) -> int:
    with acting(world) as work:
        written = gather_digests(work)
        work.commit()
    return written


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+00:00")


def test_who_chose_nothing_is_written_to_at_once_by_day_and_in_the_morning_by_night(
    world: World, group: Group, ana: MemberLine
) -> None:
    world.clock.move_to(at("2026-11-24T20:00"))
    write(world, group, ana, 1)
    world.clock.move_to(at("2026-11-24T22:00"))
    write(world, group, ana, 2)
    write(world, group, ana, 3, topic=None)
    assert [mail.due_at_utc for mail in mails(world)] == [
        at("2026-11-24T20:00"),
        at("2026-11-25T07:00"),
        at("2026-11-24T22:00"),
    ]
    late = mails(world)[1]
    assert (late.not_after_utc - late.due_at_utc).days == 3, "it lives as long as one that leaves at once"


def test_what_is_read_once_a_day_is_one_mail_with_everything_in_it(
    world: World, group: Group, ana: MemberLine
) -> None:
    choose(world, group, ana, Choices(news=ToldBy.DAILY))
    world.clock.move_to(at("2026-11-24T09:00"))
    write(world, group, ana, 1)
    world.pass_time(hours=8)
    write(world, group, ana, 2)
    assert gather(world) == 0
    world.clock.move_to(at("2026-11-25T07:00"))
    assert gather(world) == 1
    assert gather(world) == 0
    *gathered, digest = mails(world)
    assert [mail.state for mail in gathered] == ["gathered", "gathered"]
    assert (digest.kind, digest.state, digest.address) == (
        "notices.digest",
        "waiting",
        "person1@harbour.example",
    )
    assert digest.subject == "Harbour Referrals: your news of the day"
    assert [f"This is news {number}." in digest.body for number in (1, 2)] == [True, True]


def test_the_next_day_has_a_digest_of_its_own(world: World, group: Group, ana: MemberLine) -> None:
    choose(world, group, ana, Choices(news=ToldBy.DAILY))
    for number in (1, 2):
        write(world, group, ana, number)
        world.pass_time(days=1)
        assert gather(world) == 1
    digests = [mail for mail in mails(world) if mail.kind == "notices.digest"]
    assert ["news 1" in digests[0].body, "news 2" in digests[0].body] == [True, False]
    assert ["news 1" in digests[1].body, "news 2" in digests[1].body] == [False, True]


def test_workers_at_once_gather_everything_once(world: World, group: Group, ana: MemberLine) -> None:
    choose(world, group, ana, Choices(news=ToldBy.DAILY))
    for number in range(5):
        write(world, group, ana, number)
    world.pass_time(days=1)
    done = at_once(3, lambda _number: gather(world))
    assert sum(one for one in done if isinstance(one, int)) == 1
    (digest,) = [mail for mail in mails(world) if mail.kind == "notices.digest"]
    assert [digest.body.count(f"This is news {number}.") for number in range(5)] == [1] * 5


def test_digests_of_two_members_and_two_groups_stay_apart(
    world: World, group: Group, ana: MemberLine
) -> None:
    mill = world.group("mill")
    rui = world.member(mill, "Rui Almeida")
    for one, whose in ((group, ana), (mill, rui)):
        choose(world, one, whose, Choices(news=ToldBy.DAILY))
        write(world, one, whose, 1)
    world.pass_time(days=1)
    assert gather(world) == 2
    digests = [mail for mail in mails(world) if mail.kind == "notices.digest"]
    assert {(mail.group_id, mail.person_id) for mail in digests} == {
        (group.id, ana.person_id),
        (mill.id, rui.person_id),
    }


def test_on_the_page_only_means_no_mail_for_that_topic_alone(
    world: World, group: Group, ana: MemberLine
) -> None:
    choose(world, group, ana, Choices(news=ToldBy.PAGE))
    write(world, group, ana, 1, Topic.NEWS)
    write(world, group, ana, 2, Topic.WAITING)
    write(world, group, ana, 3, topic=None)
    assert [mail.subject for mail in mails(world)] == ["News 2", "News 3"]


def test_a_choice_is_of_one_member_and_can_be_changed(world: World, group: Group, ana: MemberLine) -> None:
    rui = world.member(group, "Rui Almeida")
    for hour in (20, 22):
        choose(world, group, ana, Choices(waiting=ToldBy.DAILY, quiet_from=time(hour), quiet_until=time(8)))
    with reading(world) as session:
        assert choices_of(session, group.id, ana.id).quiet_from == time(22)
        assert choices_of(session, group.id, rui.id) == USUAL


def test_news_of_slips_can_wait_and_a_slip_waits_as_what_needs_a_word(
    world: World, group: Group, ana: MemberLine
) -> None:
    rui = world.member(group, "Rui Almeida")
    choose(world, group, rui, Choices(waiting=ToldBy.DAILY, news=ToldBy.PAGE))
    passed_slip(world, group, ana, rui)
    assert [(mail.kind, mail.state) for mail in mails(world)] == [("referrals.slip_passed", "held")]


def test_everything_wrong_with_a_choice_is_said_at_once() -> None:
    with pytest.raises(Refused) as refused:
        choices_typed(waiting="", news="hourly", quiet_from=None, quiet_until=time(7))
    assert [(one.code, one.field) for one in refused.value.refusals] == [
        ("notices.choice_missing", "waiting"),
        ("notices.choice_missing", "news"),
        ("notices.bad_hour", "quiet_from"),
    ]
