"""An office is offered: the first yes takes it, the others are told, and nothing is asked after it is pointless."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.core.errors import NotFound, Refused
from app.core.groups.domain.office import Office, Term
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine, office_terms
from app.core.groups.services import end_membership, take_office
from app.core.local_time import local_day
from app.core.notices.models import NoticeRow, OutgoingMailRow
from app.core.offices.queries import holds_office, waiting_for, words_of_office
from app.core.offices.services.offers import (
    OfferOffice,
    OnOffer,
    accept,
    decline,
    expire_offers,
    offer_office,
    withdraw,
)
from app.core.offices.services.words import InOffice, forget_old_words, write_word
from app.core.work import Actor, UnitOfWork
from tests.support.parallel import at_once
from tests.support.slips import acting, reading
from tests.support.world import World

FIRST = date(2027, 1, 1)


@pytest.fixture
def group(world: World) -> Group:
    return world.group()


@pytest.fixture
def president(world: World, group: Group) -> MemberLine:
    return world.member(group, "Paula Reis", offices=(Office.PRESIDENT,))


@pytest.fixture
def people(world: World, group: Group) -> list[MemberLine]:
    world.pass_time(hours=3)  # nobody is written to in their quiet hours
    return [world.member(group, name) for name in ("Ana Sousa", "Ben Castro", "Carla Dias")]


def offered(
    world: World, group: Group, by: MemberLine, people: list[MemberLine], *, last: date | None = None
) -> str:
    with acting(world) as work:
        command = OfferOffice(
            office=Office.EDUCATION,
            term=Term(first=FIRST, last=last),
            asked=[one.public_id for one in people],
            by=by.id,
            base_url="http://localhost",
        )
        return offer_office(work, group, command)


Act = Callable[[UnitOfWork, Group, OnOffer], None]


def say(world: World, group: Group, member: MemberLine, offer: str, act: Act = accept) -> None:
    with acting(world, member) as work:
        act(work, group, OnOffer(offer=offer, member_id=member.id, link="http://localhost/x"))


def refused(world: World, group: Group, member: MemberLine, offer: str, act: Act = accept) -> str:
    with pytest.raises(Refused) as found:
        say(world, group, member, offer, act)
    return found.value.refusals[0].code


def mails(world: World, kind: str) -> list[str]:
    with reading(world) as session:
        rows = session.execute(
            select(OutgoingMailRow.address, OutgoingMailRow.state)
            .where(OutgoingMailRow.kind == kind)
            .order_by(OutgoingMailRow.address)
        )
        return [f"{row.address.partition('@')[0]} {row.state}" for row in rows]


def notices(world: World, member: MemberLine) -> list[str]:
    with reading(world) as session:
        query = select(NoticeRow.text).where(NoticeRow.member_id == member.id).order_by(NoticeRow.id)
        return list(session.scalars(query))


def test_first_yes_takes_the_office_and_the_others_are_told(
    world: World, group: Group, president: MemberLine, people: list[MemberLine]
) -> None:
    ana, ben, carla = people
    offer = offered(world, group, president, people)
    assert len(mails(world, "offices.asked")) == 3
    say(world, group, carla, offer, decline)
    assert len(mails(world, "offices.asked")) == 2, "who answered is not asked any more"
    say(world, group, ben, offer)
    with reading(world) as session:
        terms = [one for one in office_terms(session, group.id, FIRST) if one.office is Office.EDUCATION]
        assert [(one.member_id, one.starts_on, one.ends_on) for one in terms] == [(ben.id, FIRST, None)]
    assert mails(world, "offices.asked") == []
    assert len(mails(world, "offices.taken")) == 1
    assert notices(world, ana)[-1] == "An office you were asked for is taken: Education"
    assert len(notices(world, carla)) == 1, "who said no is told no more of it"
    assert notices(world, president) == ["Ben Castro takes an office: Education, from 1 January 2027 on"]
    assert "Ben" not in " ".join(notices(world, ana)), "who was asked too is not told who took it"
    assert refused(world, group, ana, offer) == "offices.offer_taken"
    assert refused(world, group, ben, offer, decline) == "offices.offer_taken"


def test_of_many_who_say_yes_in_one_instant_one_has_it(
    world: World, group: Group, president: MemberLine, people: list[MemberLine]
) -> None:
    offer = offered(world, group, president, people)

    def take(number: int) -> str:
        member = people[number]
        work = world.held.work(world.held.new_session(), Actor(person_id=member.person_id))
        with work.session:
            try:
                accept(work, group, OnOffer(offer=offer, member_id=member.id))
            except Refused as late:
                return late.refusals[0].code
            return "has it"

    said = at_once(len(people), take)
    assert sorted(map(str, said)) == ["has it", "offices.offer_taken", "offices.offer_taken"]
    with reading(world) as session:
        terms = office_terms(session, group.id, FIRST)
    assert len([one for one in terms if one.office is Office.EDUCATION]) == 1


def test_who_said_no_may_still_say_yes_and_leaders_hear_when_nobody_is_left(
    world: World, group: Group, president: MemberLine, people: list[MemberLine]
) -> None:
    offer = offered(world, group, president, people[:2])
    for one in people[:2]:
        say(world, group, one, offer, decline)
        say(world, group, one, offer, decline)
    assert notices(world, president) == [
        "Everybody who was asked for an office said no: Education, from 1 January 2027 on."
    ]
    say(world, group, people[0], offer)
    with reading(world) as session:
        assert holds_office(session, group.id, people[0].id, Office.EDUCATION, FIRST)


def test_who_was_not_asked_has_no_offer(
    world: World, group: Group, president: MemberLine, people: list[MemberLine]
) -> None:
    offer = offered(world, group, president, people[:1])
    uptown = world.group("uptown")
    elsewhere = world.member(uptown)
    for act in (accept, decline):
        for member, where in ((people[1], group), (president, group), (elsewhere, uptown)):
            with pytest.raises(NotFound):
                say(world, where, member, offer, act)


def test_withdrawn_offer_asks_nobody_any_more(
    world: World, group: Group, president: MemberLine, people: list[MemberLine]
) -> None:
    offer = offered(world, group, president, people)
    with acting(world) as work:
        withdraw(work, group, offer)
    assert mails(world, "offices.asked") == []
    assert notices(world, people[0])[-1].endswith("The question is withdrawn; you need do nothing.")
    assert refused(world, group, people[0], offer) == "offices.offer_withdrawn"
    with acting(world) as work, pytest.raises(Refused):
        withdraw(work, group, offer)


def test_offer_is_over_when_its_term_begins_and_who_leads_is_told_once(
    world: World, group: Group, president: MemberLine, people: list[MemberLine]
) -> None:
    offer = offered(world, group, president, people)
    with reading(world) as session:
        ends = session.scalars(select(OutgoingMailRow.not_after_utc)).all()
        assert {one.date() for one in ends} <= {FIRST} | {
            world.now.date() + timedelta(days=days) for days in range(5)
        }
    world.pass_time(days=(FIRST - local_day(world.now, group.zone)).days)
    assert refused(world, group, people[0], offer) == "offices.offer_expired"
    for expected in (1, 0):
        with acting(world) as work:
            assert expire_offers(work, group) == expected
            work.commit()
    assert notices(world, president) == ["Nobody took an office in time: Education, from 1 January 2027 on."]
    with reading(world) as session:
        assert waiting_for(session, group.id, people[0].id, local_day(world.now, group.zone)) == []


def test_mail_never_leaves_after_the_term_began(
    world: World, group: Group, president: MemberLine, people: list[MemberLine]
) -> None:
    world.pass_time(days=(FIRST - local_day(world.now, group.zone)).days - 1)
    offered(world, group, president, people)
    with reading(world) as session:
        for ends in session.scalars(select(OutgoingMailRow.not_after_utc)):
            assert local_day(ends, group.zone) <= FIRST
            assert ends.hour == 0


def test_who_leaves_before_the_term_ends_or_holds_the_office_cannot_take_it(
    world: World, group: Group, president: MemberLine, people: list[MemberLine]
) -> None:
    ana, ben, _carla = people
    with acting(world) as work:
        end_membership(work, group_id=group.id, member_id=ana.id, last_day=date(2027, 3, 1), reason="left")
        take_office(
            work, group_id=group.id, member_id=ben.id, office=Office.EDUCATION, starts_on=date(2026, 1, 1)
        )
        work.commit()
    offer = offered(world, group, president, people, last=date(2027, 12, 31))
    assert refused(world, group, ana, offer) == "offices.leaves_before"
    assert refused(world, group, ben, offer) == "groups.office_held_already"
    short = offered(world, group, president, [ana], last=date(2027, 2, 28))
    say(world, group, ana, short)


def test_what_goes_with_an_office_is_forgotten_two_years_after_it_was_written(
    world: World, group: Group, president: MemberLine
) -> None:
    on = InOffice(group=group, office=Office.PRESIDENT, member_id=president.id)
    with acting(world) as work:
        write_word(work, on, "Rui has the key.")
    with acting(world) as work, pytest.raises(NotFound):
        write_word(work, InOffice(group=group, office=Office.MENTOR, member_id=president.id), "Mine?")
    world.pass_time(days=729)
    with acting(world) as work:
        assert forget_old_words(work) == 0
    world.pass_time(days=2)
    with acting(world) as work:
        assert forget_old_words(work) == 1
        work.commit()
    with reading(world) as session:
        assert words_of_office(session, group.id, Office.PRESIDENT) == []
