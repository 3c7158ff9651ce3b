"""People come, go and come back: is it one record a person and group, and do offices end with the membership?"""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.core.errors import Refused
from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import (
    MemberLine,
    all_members,
    groups_of,
    member_by_key,
    members_between,
    members_on,
    offices_of_members,
    standing_of,
)
from app.core.groups.services import (
    FoundGroup,
    Profile,
    end_membership,
    found_group,
    start_membership,
    take_office,
)
from app.core.groups.welcoming import NewMember, take_in
from app.core.ids import MemberId
from app.core.people.domain.name import Name
from tests.support.town import Town
from tests.support.world import LONG_AGO

TODAY = date(2026, 11, 24)


def end(town: Town, group: Group, member: MemberLine, last_day: date) -> None:
    with town.act() as work:
        end_membership(work, group_id=group.id, member_id=member.id, last_day=last_day, reason="left")


def rejoin(town: Town, group: Group, member: MemberLine, day: date, **profile: str) -> MemberId:
    with town.act() as work:
        return start_membership(
            work, group_id=group.id, person_id=member.person_id, started_on=day, profile=Profile(**profile)
        )


def test_rejoining_continues_the_record(town: Town) -> None:
    group = town.group("rejoin")
    ana = town.member(group, "Ana Sousa", trade="Baker")
    end(town, group, ana, date(2026, 3, 31))

    assert rejoin(town, group, ana, TODAY, trade="Confectioner") == ana.id

    session = town.session
    line = member_by_key(session, group.id, ana.id)
    assert (line.public_id, line.trade, line.firm) == (ana.public_id, "Confectioner", "Sousa Ltd")
    assert (line.joined_on, line.ended_on) == (TODAY, None)
    assert [one.id for one in members_on(session, group.id, date(2026, 3, 31))] == [ana.id]
    assert members_on(session, group.id, date(2026, 4, 1)) == []
    assert [one.joined_on for one in members_between(session, group.id, LONG_AGO, TODAY)] == [TODAY]
    assert len(all_members(session, group.id)) == 1
    standing = standing_of(session, "rejoin", ana.person_id, town.now)
    assert standing is not None
    assert (standing.joined_on, standing.first_joined_on) == (TODAY, LONG_AGO)
    town.assert_ledger_whole(group)


@pytest.mark.parametrize(
    ("slug", "last_day", "again"),
    [
        ("open", None, TODAY),
        ("ends-later", date(2026, 12, 31), TODAY),
        ("ends-that-day", TODAY, TODAY),
        ("backdated", date(2026, 3, 31), date(2026, 3, 1)),
    ],
)
def test_nobody_is_a_member_twice_on_one_day(
    town: Town, slug: str, last_day: date | None, again: date
) -> None:
    group = town.group(slug)
    ana = town.member(group, ended=last_day)
    with pytest.raises(Refused, match=r"^groups\.already_member$"):
        rejoin(town, group, ana, again)


def test_member_until_a_day_to_come_has_one_trade_until_then(town: Town) -> None:
    group = town.group("one-trade")
    last_day = TODAY + timedelta(days=10)
    ana = town.member(group, "Ana Sousa", trade="Piano tuner", ended=last_day)
    with pytest.raises(Refused) as refused:
        rejoin(town, group, ana, TODAY + timedelta(days=40), trade="Baker")
    assert [(one.code, one.facts, one.field) for one in refused.value.refusals] == [
        ("groups.trade_until", {"until": last_day}, "trade")
    ]
    assert rejoin(town, group, ana, TODAY + timedelta(days=40), trade="piano  TUNER") == ana.id
    assert member_by_key(town.session, group.id, ana.id).trade == "piano  TUNER"


def test_membership_ends_with_its_last_day_and_not_before_it_began(town: Town) -> None:
    group = town.group("last-day")
    ana = town.member(group, joined=date(2026, 11, 1))
    with pytest.raises(Refused, match=r"^groups\.ends_before_start$"):
        end(town, group, ana, date(2026, 10, 31))
    end(town, group, ana, TODAY)
    session = town.session
    assert standing_of(session, "last-day", ana.person_id, town.now) is not None
    town.pass_time(hours=24)
    assert standing_of(session, "last-day", ana.person_id, town.now) is None
    with pytest.raises(Refused, match=r"^groups\.not_a_member$"):
        end(town, group, ana, TODAY)


@pytest.mark.parametrize(
    ("slug", "term", "expected"),
    [
        ("open-term", (LONG_AGO, None), date(2026, 11, 10)),
        ("term-runs-on", (LONG_AGO, date(2027, 6, 30)), date(2026, 11, 10)),
        ("term-ended-since", (LONG_AGO, date(2026, 11, 20)), date(2026, 11, 10)),
        ("term-ended-before", (LONG_AGO, date(2026, 10, 31)), date(2026, 10, 31)),
        ("term-to-come", (date(2026, 12, 1), None), date(2026, 11, 30)),
    ],
)
def test_offices_end_with_the_membership(
    town: Town, slug: str, term: tuple[date, date | None], expected: date
) -> None:
    group = town.group(slug)
    ana = town.member(group)
    work = town.work()
    first, last = term
    take_office(
        work, group_id=group.id, member_id=ana.id, office=Office.MENTOR, starts_on=first, ends_on=last
    )
    work.commit()

    end(town, group, ana, date(2026, 11, 10))

    ends_on = (
        town.work()
        .session.connection()
        .exec_driver_sql(f"SELECT ends_on FROM office_term WHERE group_id = {group.id}")
    )
    assert date.fromisoformat(str(ends_on.scalar_one())) == expected
    session = town.session
    for day in (date(2026, 11, 11), date(2026, 12, 1), date(2027, 1, 1)):
        assert offices_of_members(session, group.id, day) == {}


def test_membership_that_ends_later_does_not_lengthen_an_office(town: Town) -> None:
    group = town.group("no-longer")
    ana = town.member(group)
    work = town.work()
    until = date(2026, 11, 30)
    take_office(
        work, group_id=group.id, member_id=ana.id, office=Office.MENTOR, starts_on=LONG_AGO, ends_on=until
    )
    end_membership(work, group_id=group.id, member_id=ana.id, last_day=date(2026, 12, 31), reason="moved")
    work.commit()
    session = town.session
    assert offices_of_members(session, group.id, until) == {ana.id: (Office.MENTOR,)}
    assert offices_of_members(session, group.id, date(2026, 12, 1)) == {}


def test_one_person_in_several_groups_is_found_by_the_address_they_sign_in_with(town: Town) -> None:
    first, second = town.group("first"), town.group("second")
    ana = town.member(first, "Ana Sousa", email="ana.several@sousa.example")
    work = town.work()
    again = take_in(work, second, NewMember(name=Name(given="A."), email=" Ana.Several@Sousa.EXAMPLE "))
    work.commit()

    assert again.person_id == ana.person_id
    assert again.name == "Ana Sousa"
    assert (again.id, again.public_id) != (ana.id, ana.public_id)
    session = town.session
    assert [choice.slug for choice in groups_of(session, ana.person_id, town.now)] == ["first", "second"]
    standing = standing_of(session, "first", ana.person_id, town.now)
    assert standing is not None
    assert [choice.slug for choice in standing.other_groups] == ["second"]


def test_address_that_another_group_merely_shows_is_not_taken_for_the_same_person(town: Town) -> None:
    first, second = town.group("shown-one"), town.group("shown-two")
    shown = NewMember(name=Name(given="Rui"), email="office@shared.example")
    work = town.work()
    one = take_in(work, first, shown)
    other = take_in(work, second, shown)
    work.commit()
    assert one.person_id != other.person_id
    work = town.work()
    with pytest.raises(Refused, match=r"^groups\.already_member$"):
        take_in(work, first, shown)


def test_everything_wrong_with_a_new_member_is_said_at_once_and_nothing_is_kept(town: Town) -> None:
    group = town.group("refused")
    people = town.rows("person")
    work = town.work()
    with pytest.raises(Refused) as refused:
        take_in(work, group, NewMember(name=Name(given=""), email="not an address"))
    work.rollback()
    codes = [refusal.code for refusal in refused.value.refusals]
    assert codes == ["groups.member_name_missing", "access.bad_address"]
    assert town.rows("person") == people


def test_new_member_joins_on_the_groups_day(town: Town) -> None:
    group = town.group("auckland", zone="Pacific/Auckland")
    town.clock.move_to(datetime(2026, 11, 24, 12, 0, tzinfo=UTC))
    line = take_in(town.work(), group, NewMember(name=Name(given="Aroha")))
    assert line.joined_on == date(2026, 11, 25)


def test_group_is_founded_once_under_a_slug(town: Town) -> None:
    town.group("only-once")
    with pytest.raises(Refused) as refused:
        found_group(town.work(), FoundGroup(slug="only-once", name=" ", zone="Europe/Lisbon", currency="EUR"))
    assert [refusal.code for refusal in refused.value.refusals] == [
        "groups.name_missing",
        "groups.slug_taken",
    ]
