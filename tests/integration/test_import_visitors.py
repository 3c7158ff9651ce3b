"""Visitors from files on both engines: counted as planned, nothing twice, nothing kept beyond a year, undone."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.intake.importer import NOBODY, ImportAnswers
from app.core.intake.merging import FilePreview
from app.core.local_time import Period
from app.core.sheets.spelling import folded
from app.plugins.welcome.domain.visitor import About, VisitorKind
from app.plugins.welcome.plugin import WelcomePlugin
from app.plugins.welcome.queries.visitors import VisitorLine, visitors_between
from app.plugins.welcome.services.visitors import CompleteVisitor, NoteVisitor, complete_visitor, note_visitor
from tests.support import fixtures_slips as slips
from tests.support.fixtures_visitors import (
    CONTAINERS,
    FORMER,
    HEAD,
    MEMBERS,
    PlannedVisit,
    expected_beside,
    file_of,
    grid,
    planned_visits,
    row_of,
)
from tests.support.imports import applied, looked_at, taken_in, undone, what_undoing_takes
from tests.support.sheets import Value, csv_bytes
from tests.support.world import World

PLAN = planned_visits()
FILE = file_of(grid(PLAN), "csv")
SAID = ImportAnswers(names={folded(FORMER): NOBODY})
EVER = (dt.date(2020, 1, 1), dt.date(2030, 1, 1))
ALL_DAYS = Period(first=EVER[0], last=EVER[1])
MEETING_DAYS = (dt.date(2026, 10, 6), dt.date(2026, 10, 13), dt.date(2026, 10, 27))


@dataclass(frozen=True, kw_only=True)
class House:
    """A group with the members of the plan and its meetings."""

    world: World
    group: Group
    members: Mapping[str, MemberLine]

    def visitors(self) -> dict[tuple[str, dt.date], VisitorLine]:
        """Return the visitors who are not forgotten, by name and day."""
        work = self.world.work()
        lines = visitors_between(work.session, self.group.id, *EVER)
        work.rollback()
        return {(line.about.name, line.came_on): line for line in lines}

    def palms_v(self, period: Period = ALL_DAYS) -> dict[str, int]:
        """Return how many visitors each member invited."""
        work = self.world.work()
        with self.world.app.test_request_context():
            (column,) = WelcomePlugin().palms_columns(work, self.group, period)
        work.rollback()
        return {
            name: column.values[line.id] for name, line in self.members.items() if column.values.get(line.id)
        }

    def look(self, data: bytes, said: ImportAnswers = SAID) -> FilePreview:
        """Return what a file would do."""
        return looked_at(self.world, self.group, data, said=said)[1]


@pytest.fixture
def house(world: World) -> House:
    group = world.group(plugins=("attendance", "referrals", "activities", "welcome"))
    for day in MEETING_DAYS:
        world.meeting(group, day)
    return House(world=world, group=group, members={name: world.member(group, name) for name in MEMBERS})


def a_file(*changes: Mapping[str, Value]) -> bytes:
    """Return a file of visits of Vera Nunes on 27 October, each with these cells changed."""
    visit = PlannedVisit(
        given="Vera", family="Nunes", day=dt.date(2026, 10, 27), inviter="", written="Visitor", kind="first"
    )
    rows = []
    for change in changes:
        row = row_of(visit)
        for heading, value in change.items():
            row[HEAD.index(heading)] = value
        rows.append(row)
    return csv_bytes([list(HEAD), *rows])


@pytest.mark.parametrize("container", CONTAINERS)
def test_palms_counts_the_visitors_as_planned(house: House, container: str) -> None:
    taken_in(house.world, house.group, file_of(grid(PLAN), container), said=SAID)
    assert house.palms_v() == expected_beside()["palms_v"]


def test_the_preview_counts_as_planned(house: House) -> None:
    shown = house.look(FILE).whole
    assert {kind: shown.totals[kind] for kind in expected_beside()["kinds"]} == expected_beside()["kinds"]
    assert (shown.kind, shown.totals["new"], shown.totals["counted_only"]) == ("visitors", 8, 1)
    assert any("nothing of its name or contact is kept" in line for line in shown.summary)
    assert any("8 October 2026" in line for line in shown.remarks)


def test_visitor_alone_is_a_repeat_visit_where_the_name_came_before(house: House) -> None:
    taken_in(house.world, house.group, FILE, said=SAID)
    kinds = {day: line.about.kind for (name, day), line in house.visitors().items() if name == "Vera Nunes"}
    assert kinds == {dt.date(2026, 10, 6): "first", dt.date(2026, 10, 13): "repeat"}


def test_visitor_alone_is_a_repeat_visit_where_the_group_knows_an_earlier_one(house: House) -> None:
    taken_in(house.world, house.group, FILE, said=SAID)
    shown = house.look(a_file({})).whole
    assert shown.totals["repeat"] == 1


def test_the_same_file_twice_changes_nothing(house: House) -> None:
    taken_in(house.world, house.group, FILE, said=SAID)
    again = file_of(grid(PLAN), "xlsx")
    shown = house.look(again).whole
    assert (shown.totals["new"], shown.totals["already_there"]) == (0, 8)
    assert shown.overlaps == [
        "8 visits stand already and are not written again. Rows: 4, 5, 6, 7, 8, 9, 10, 11."
    ]
    taken_in(house.world, house.group, again, said=SAID)
    assert house.world.rows("welcome_visitor") == 8


def test_nothing_personal_is_stored_of_who_came_more_than_a_year_ago(house: House) -> None:
    taken_in(house.world, house.group, FILE, said=SAID)
    assert "Olga Brito" not in {name for name, _day in house.visitors()}
    session = house.world.work().session
    stored = session.connection().exec_driver_sql("SELECT name, email, note FROM welcome_visitor").all()
    session.rollback()
    assert [tuple(row) for row in stored if "Olga" in str(row) or row[0] == ""] == [("", "", "")]


def test_a_day_off_the_calendar_is_kept_without_a_meeting(house: House) -> None:
    taken_in(house.world, house.group, FILE, said=SAID)
    found = house.visitors()
    assert found["Zita Reis", dt.date(2026, 10, 8)].meeting_public_id == ""
    assert found["Walt Ortiz", dt.date(2026, 10, 6)].meeting_public_id != ""


def test_an_inviter_who_is_nobody_is_asked_about_and_the_visitor_is_kept_without_one(house: House) -> None:
    asked = house.look(FILE, ImportAnswers()).whole
    assert [name.written for name in asked.unmatched] == [FORMER]
    assert not asked.may_apply
    taken_in(house.world, house.group, FILE, said=SAID)
    found = house.visitors()["Yann Le Goff", dt.date(2026, 10, 13)]
    assert (found.invited_by, found.about.kind) == (None, "substitute")


def test_the_address_stands_in_the_note(house: House) -> None:
    taken_in(house.world, house.group, FILE, said=SAID)
    found = house.visitors()["Walt Ortiz", dt.date(2026, 10, 6)]
    assert found.about.note == "Rua do Cais 5, Lisboa, 1200-001, Portugal"
    assert (found.about.firm, found.about.email) == ("Ortiz & Filhos", "walt@visitor.example")


def test_who_was_noted_at_the_door_is_not_written_again(house: House) -> None:
    work = house.world.work()
    note_visitor(
        work,
        NoteVisitor(
            group=house.group,
            about=About(name="vera  nunes", kind=VisitorKind.GUEST.value),
            came_on=dt.date(2026, 10, 27),
            invited_by="",
            noted_by=house.members[MEMBERS[0]].id,
            public_id=work.ids.public_id(),
        ),
    )
    shown = house.look(a_file({})).whole
    assert (shown.totals["new"], shown.totals["already_there"]) == (0, 1)


def test_a_visit_that_the_file_tells_twice_is_written_once(house: House) -> None:
    shown = house.look(a_file({}, {"Email": ""})).whole
    assert (shown.totals["new"], shown.totals["twice"]) == (1, 1)
    assert "Row 3 tells the same visit as row 2; it was left out." in shown.remarks


def test_two_people_of_one_name_stay_two(house: House) -> None:
    shown = house.look(a_file({}, {"Email": "other@visitor.example"})).whole
    assert (shown.totals["new"], shown.totals["twice"]) == (2, 0)


def test_undone_only_what_somebody_completed_stays(house: House) -> None:
    batch = taken_in(house.world, house.group, FILE, said=SAID)
    found = house.visitors()["Walt Ortiz", dt.date(2026, 10, 6)]
    complete_visitor(
        house.world.work(),
        CompleteVisitor(
            group=house.group,
            visitor=found.public_id,
            about=About(name="Walt Ortiz", kind="first", phone="1"),
            came_on=found.came_on,
            invited_by="",
            seen_version=1,
        ),
    )
    shown = what_undoing_takes(house.world, house.group, batch)
    assert [line.text for line in shown.touched] == ["Walt Ortiz, who came on 6 October 2026: changed since."]
    assert undone(house.world, house.group, batch).startswith("Taken away: 7 visits. 1 stays")
    assert [name for name, _day in house.visitors()] == ["Walt Ortiz"]
    house.world.assert_ledger_whole(house.group)


def test_undone_with_its_tick_goes_what_was_completed(house: House) -> None:
    batch = taken_in(house.world, house.group, a_file({}))
    (found,) = house.visitors().values()
    complete_visitor(
        house.world.work(),
        CompleteVisitor(
            group=house.group,
            visitor=found.public_id,
            about=About(name="Vera Nunes", kind="first"),
            came_on=found.came_on,
            invited_by="",
            seen_version=1,
        ),
    )
    (line,) = what_undoing_takes(house.world, house.group, batch).touched
    undone(house.world, house.group, batch, line.key)
    assert house.world.rows("welcome_visitor") == 0


def test_the_visitors_of_a_slips_audit_count_in_palms_as_planned(world: World) -> None:
    group = world.group(plugins=("attendance", "referrals", "activities", "welcome"))
    members = {name: world.member(group, name) for name in slips.MEMBERS}
    house = House(world=world, group=group, members=members)
    plan = slips.planned_slips()
    planned = {
        name: counts["visitors"]
        for name, counts in slips.expected_beside()["palms"].items()
        if counts.get("visitors")
    }
    data = slips.as_xls(slips.grid(plan, with_headers=True))
    said = ImportAnswers(currency="EUR")
    taken_in(world, group, data, said=said)
    assert house.palms_v(Period(first=slips.DAY, last=slips.DAY)) == planned
    again = slips.as_csv(slips.grid(plan, with_headers=True))
    _batch, shown = looked_at(world, group, again, said=said)
    assert (shown.whole.totals["visitors"], shown.whole.totals["visitors_already_there"]) == (
        0,
        sum(planned.values()),
    )


def test_a_slips_audit_is_undone_with_its_visitors(house: House) -> None:
    rows = [["From", "To", "Slip Type"], [MEMBERS[0], "Vera Nunes", "Visitor"]]
    day = dt.date(2026, 10, 27)
    batch, _shown = looked_at(
        house.world, house.group, csv_bytes(rows), said=ImportAnswers(period_first=day, period_last=day)
    )
    applied(house.world, house.group, batch)
    (found,) = house.visitors().values()
    assert (found.about.name, found.about.kind, found.invited_by_name) == ("Vera Nunes", "first", MEMBERS[0])
    undone(house.world, house.group, batch)
    assert house.world.rows("welcome_visitor") == 0
