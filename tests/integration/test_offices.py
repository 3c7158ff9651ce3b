"""Who holds which office today, when today is the group's own day?"""

from datetime import UTC, date, datetime

import pytest

from app.core.errors import Refused
from app.core.groups.domain.office import LEADERS, Office
from app.core.groups.queries import office_holders, office_terms, offices_of_members, standing_of
from app.core.groups.services import leave_office, take_office
from tests.support.town import Town
from tests.support.world import LONG_AGO

FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)


@pytest.mark.parametrize(
    ("slug", "zone", "before", "at_last"),
    [
        ("kiritimati", "Pacific/Kiritimati", datetime(2026, 11, 30, 9, 59, tzinfo=UTC), datetime(2026, 12, 31, 9, 59, tzinfo=UTC)),
        ("honolulu", "Pacific/Honolulu", datetime(2026, 12, 1, 9, 59, tzinfo=UTC), datetime(2027, 1, 1, 9, 59, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_term_begins_and_ends_at_midnight_of_the_group(
    town: Town, slug: str, zone: str, before: datetime, at_last: datetime
) -> None:
    group = town.group(slug, zone=zone)
    ana = town.member(group)
    work = town.work()
    take_office(
        work, group_id=group.id, member_id=ana.id, office=Office.PRESIDENT, starts_on=FIRST, ends_on=LAST
    )
    work.commit()

    def held_at(now: datetime) -> frozenset[Office]:
        standing = standing_of(town.session, slug, ana.person_id, now)
        assert standing is not None
        return standing.offices

    assert held_at(before) == frozenset()
    assert held_at(before.replace(hour=10, minute=0)) == {Office.PRESIDENT}
    assert held_at(at_last) == {Office.PRESIDENT}
    assert held_at(at_last.replace(hour=10, minute=0)) == frozenset()


def test_one_member_holds_several_offices_in_their_order(town: Town) -> None:
    group = town.group("several")
    ana = town.member(group, offices=[Office.EDUCATION, Office.PRESIDENT])
    rui = town.member(group, offices=[Office.MENTOR])
    session = town.session
    assert offices_of_members(session, group.id, LAST) == {
        ana.id: (Office.PRESIDENT, Office.EDUCATION),
        rui.id: (Office.MENTOR,),
    }
    assert office_holders(session, group.id, LEADERS, LAST) == [ana.id]
    assert [(line.office, line.member_name) for line in office_terms(session, group.id, LAST)] == [
        (Office.PRESIDENT, ana.name),
        (Office.MENTOR, rui.name),
        (Office.EDUCATION, ana.name),
    ]


def test_office_that_is_left_ends_with_its_last_day_and_stands_in_the_ledger(town: Town) -> None:
    group = town.group("left")
    ana = town.member(group, offices=[Office.PRESIDENT, Office.MENTOR])
    entries = town.rows("ledger_entry")
    work = town.work()
    leave_office(work, group_id=group.id, member_id=ana.id, office=Office.PRESIDENT, last_day=FIRST)
    work.commit()
    session = town.session
    assert offices_of_members(session, group.id, FIRST)[ana.id] == (Office.PRESIDENT, Office.MENTOR)
    assert offices_of_members(session, group.id, LAST)[ana.id] == (Office.MENTOR,)
    assert town.rows("ledger_entry") == entries + 1
    town.assert_ledger_whole(group)


def test_leaving_does_not_lengthen_a_term_that_ends_anyway(town: Town) -> None:
    group = town.group("no-later")
    ana = town.member(group)
    work = town.work()
    take_office(
        work, group_id=group.id, member_id=ana.id, office=Office.MENTOR, starts_on=LONG_AGO, ends_on=FIRST
    )
    work.commit()
    work = town.work()
    with pytest.raises(Refused, match=r"^groups\.holds_no_such_office$"):
        leave_office(work, group_id=group.id, member_id=ana.id, office=Office.MENTOR, last_day=LAST)
    assert offices_of_members(town.session, group.id, FIRST) == {ana.id: (Office.MENTOR,)}
    assert offices_of_members(town.session, group.id, LAST) == {}


def test_term_that_ends_on_that_day_anyway_ends_once(town: Town) -> None:
    group = town.group("ends-once")
    ana = town.member(group)
    with town.act() as work:
        take_office(
            work, group_id=group.id, member_id=ana.id, office=Office.MENTOR, starts_on=LONG_AGO, ends_on=LAST
        )
    entries = town.rows("ledger_entry")
    with town.act() as work:
        leave_office(work, group_id=group.id, member_id=ana.id, office=Office.MENTOR, last_day=LAST)
    assert town.rows("ledger_entry") == entries


def test_office_that_is_not_held_cannot_be_left(town: Town) -> None:
    group = town.group("not-held")
    ana = town.member(group, offices=[Office.MENTOR])
    with pytest.raises(Refused, match=r"^groups\.holds_no_such_office$"):
        leave_office(town.work(), group_id=group.id, member_id=ana.id, office=Office.EDUCATION, last_day=LAST)


def test_term_that_ends_before_it_begins_is_refused(town: Town) -> None:
    group = town.group("backwards")
    ana = town.member(group)
    with pytest.raises(Refused, match=r"^groups\.term_backwards$"):
        take_office(
            town.work(),
            group_id=group.id,
            member_id=ana.id,
            office=Office.MENTOR,
            starts_on=LAST,
            ends_on=FIRST,
        )
