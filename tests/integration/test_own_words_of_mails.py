"""A group's own words in its mails: kept by one of two, said from then on, and the usual ones come back."""

import pytest
from sqlalchemy import select

from app.core.errors import Refused
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.notices.models import OutgoingMailRow
from app.core.notices.own_words import back_to_usual, keep_own_words, own_words, worded_mails
from app.core.notices.services import Letter, write_to_address, write_to_member
from app.core.notices.wording import MailKind
from app.core.sentences import N_
from tests.support.slips import acting, reading
from tests.support.world import World

THANKS = MailKind(
    wording="tests.thanks", title="Thanks", subject="Thanks of %(name)s", body="From %(name)s:\n%(link)s\n"
)


@pytest.fixture
def group(world: World) -> Group:
    return world.group()


@pytest.fixture
def ana(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ana Sousa")


def keep(world: World, group: Group, body: str, *, seen: int = 0, subject: str = "{headline}") -> None:
    with acting(world) as work:
        keep_own_words(work, group.id, THANKS, subject=subject, body=body, seen_version=seen)


def letter(about: str, name: str = "Ben {link}") -> Letter:
    return Letter(
        kind="tests.anything",
        wording="tests.thanks",
        subject=N_("Thanks of %(name)s"),
        body=N_("From %(name)s:\n%(link)s\n"),
        subject_key=about,
        facts={"name": name, "link": "https://x"},
    )


def written(world: World, group: Group, member: MemberLine, about: str) -> tuple[str, str]:
    with acting(world) as work:
        write_to_member(work, group_id=group.id, member_id=member.id, letter=letter(about))
        work.commit()
    with reading(world) as session:
        row = session.execute(
            select(OutgoingMailRow.subject, OutgoingMailRow.body).where(OutgoingMailRow.subject_key == about)
        ).one()
    return row.subject, row.body


def test_a_mail_speaks_in_own_words_from_then_on_and_facts_stay_as_they_are(
    world: World, group: Group, ana: MemberLine
) -> None:
    assert written(world, group, ana, "1") == ("Thanks of Ben {link}", "From Ben {link}:\nhttps://x\n")
    keep(world, group, "Dear {reader} of {group}, {name} wrote: {link}")
    assert written(world, group, ana, "2") == (
        "Thanks of Ben {link}",
        "Dear Ana of Harbour Referrals, Ben {link} wrote: https://x",
    )
    assert written(world, group, ana, "1")[1] == "From Ben {link}:\nhttps://x\n", "what was written stays"


def test_own_words_are_of_one_group_alone(world: World, group: Group) -> None:
    keep(world, group, "Own: {link}")
    other = world.group("uptown")
    there = world.member(other, "Carla Reis")
    assert written(world, other, there, "1")[1] == "From Ben {link}:\nhttps://x\n"


def test_people_of_no_account_read_the_groups_words_too(world: World, group: Group) -> None:
    keep(world, group, "Dear {reader}, {name} wrote: {link}")
    with acting(world) as work:
        write_to_address(work, group_id=group.id, address="v@x.example", language="en", letter=letter("v"))
        work.commit()
    with reading(world) as session:
        body = session.scalar(select(OutgoingMailRow.body).where(OutgoingMailRow.subject_key == "v"))
    assert body == "Dear , Ben {link} wrote: https://x"


def test_of_two_who_change_the_same_words_one_is_told(world: World, group: Group) -> None:
    keep(world, group, "First: {link}")
    with pytest.raises(Refused) as refused:
        keep(world, group, "Second: {link}")
    assert refused.value.has("notices.words_changed_meanwhile")
    keep(world, group, "Second: {link}", seen=1)
    with pytest.raises(Refused):
        keep(world, group, "Third: {link}", seen=1)
    with reading(world) as session:
        assert own_words(session, group.id, "tests.thanks").body == "Second: {link}"


def test_the_usual_words_come_back_and_an_old_page_still_cannot_overwrite(
    world: World, group: Group, ana: MemberLine
) -> None:
    keep(world, group, "Own: {link}")
    with acting(world) as work:
        back_to_usual(work, group.id, THANKS, seen_version=1)
    assert written(world, group, ana, "1")[1] == "From Ben {link}:\nhttps://x\n"
    with reading(world) as session:
        assert worded_mails(session, group.id) == frozenset()
    for old in (0, 1):
        with pytest.raises(Refused):
            keep(world, group, "Late: {link}", seen=old)
    keep(world, group, "New: {link}", seen=2)


def test_words_without_their_link_are_not_kept(world: World, group: Group) -> None:
    with pytest.raises(Refused) as refused:
        keep(world, group, "No way to get there", subject="{what}")
    assert [one.code for one in refused.value.refusals] == ["notices.unknown_place", "notices.place_missing"]
    with reading(world) as session:
        assert worded_mails(session, group.id) == frozenset()
