"""Slips audits on both engines: PALMS as planned before any file was written, nothing twice, undone but for what was touched."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

import pytest

from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.intake.importer import NOBODY, ImportAnswers, ImportContext, Importer, ImportPreview
from app.core.local_time import Period
from app.core.sheets import read_sheets
from app.core.sheets.spelling import folded
from app.plugins.activities.domain.rules import TalkFacts
from app.plugins.activities.plugin import ActivitiesPlugin
from app.plugins.activities.services.correcting import OnTalk, correct
from app.plugins.activities.services.slips_import import SlipsAuditImporter as OfActivities
from app.plugins.referrals.domain.slip import Act, Side
from app.plugins.referrals.plugin import ReferralsPlugin
from app.plugins.referrals.queries.boxes import box_of, open_slips_of
from app.plugins.referrals.queries.words_due import words_due
from app.plugins.referrals.services.slips_import import SlipsAuditImporter as OfReferrals
from tests.support.fixtures_slips import (
    DAY,
    MEMBERS,
    Bold,
    as_csv,
    as_xls,
    as_xlsx,
    expected_beside,
    grid,
    planned_slips,
)
from tests.support.sheets import Value
from tests.support.slips import passed_slip, reading, slip_of, take
from tests.support.talks import recorded_talk, talks
from tests.support.world import World

PLAN = planned_slips()
BESIDE = expected_beside()
HEAD: list[Value | Bold] = [
    "From",
    "To",
    "Slip Type",
    "Inside/Outside",
    "TYFCB Amount",
    "CEU Credits",
    "Detail",
]
ON_THE_DAY = Period(first=DAY, last=DAY)
EURO = ImportAnswers(currency="EUR", period_first=DAY, period_last=DAY)
PARTS: tuple[Importer, ...] = (OfReferrals(), OfActivities())
CODES = {
    "RGI": "rgi",
    "RGO": "rgo",
    "RRI": "rri",
    "RRO": "rro",
    "TYFCB": "thank_you_minor",
    "1-2-1": "talks",
    "CEU": "units",
}


@dataclass(kw_only=True)
class Chapter:
    """A group with the members of the plan, who take in files."""

    world: World
    group: Group
    members: Mapping[str, MemberLine]

    def previews(
        self, data: bytes, *, name: str = "slips 2025-02-13.xls", answers: ImportAnswers = EURO
    ) -> list[ImportPreview]:
        """Return what each part would do."""
        work = self.world.work()
        (sheet,) = read_sheets(data)
        context = ImportContext(file_name=name, file_hash="0" * 64)
        with self.world.app.test_request_context():
            shown = [
                part.preview(work, self.group, sheet, context=context, answers=answers) for part in PARTS
            ]
        work.rollback()
        return shown

    def apply(self, data: bytes, *, batch: int, answers: ImportAnswers = EURO) -> list[str]:
        """Take the file in, every part in one transaction."""
        previews = self.previews(data, answers=answers)
        assert [one.may_apply for one in previews] == [True] * len(previews)
        work = self.world.work()
        with self.world.app.test_request_context():
            said = [
                part.apply(work, self.group, one, batch) for part, one in zip(PARTS, previews, strict=True)
            ]
        work.commit()
        return said

    def undo(self, batch: int, also: frozenset[str] = frozenset()) -> list[str]:
        """Undo a batch, every part."""
        work = self.world.work()
        with self.world.app.test_request_context():
            said = [part.undo(work, self.group, batch, also_touched=also) for part in PARTS]
        work.commit()
        return said

    def touched(self, batch: int) -> list[str]:
        """Return the keys of what was touched since."""
        work = self.world.work()
        with self.world.app.test_request_context():
            found = [
                line.key for part in PARTS for line in part.undo_preview(work, self.group, batch).touched
            ]
        work.rollback()
        return found

    def palms(self) -> dict[str, dict[str, int]]:
        """Return PALMS of the day, by member, without zeros."""
        work = self.world.work()
        with self.world.app.test_request_context():
            columns = [
                column
                for plugin in (ReferralsPlugin(), ActivitiesPlugin())
                for column in plugin.palms_columns(work, self.group, ON_THE_DAY)
            ]
        work.rollback()
        return {
            name: {
                CODES[column.code]: column.values[line.id] for column in columns if column.values.get(line.id)
            }
            for name, line in self.members.items()
        }


@pytest.fixture
def chapter(world: World) -> Chapter:
    group = world.group(plugins=("attendance", "referrals", "activities"))
    return Chapter(world=world, group=group, members={name: world.member(group, name) for name in MEMBERS})


def planned_palms() -> dict[str, dict[str, int]]:
    return {
        name: {code: number for code, number in counts.items() if code != "visitors" and number}
        for name, counts in BESIDE["palms"].items()
    }


def rows_of(world: World) -> list[int]:
    return [
        world.rows(table)
        for table in ("referrals_slip", "referrals_thank_you", "activities_one_to_one", "activities_learning")
    ]


def small(*rows: list[Value | Bold]) -> bytes:
    return as_xls([HEAD, *rows])


REFERRAL: list[Value | Bold] = ["Ana Silva", "Bruno Costa", "Referral", "Inside"]
TALK: list[Value | Bold] = ["Ana Silva", "Bruno Costa", "One-to-One", "Inside"]
THANKS: list[Value | Bold] = [None, "Ana Silva", "TYFCB", None, "53.0"]
LEARNING: list[Value | Bold] = ["Ana Silva", None, "CEU", None, None, 2]


@pytest.mark.parametrize(
    "data",
    [as_xls(grid(PLAN, with_headers=True)), as_xlsx(grid(PLAN, with_headers=False))],
    ids=["older xls", "today's xlsx"],
)
def test_palms_after_a_file_is_as_planned(chapter: Chapter, data: bytes) -> None:
    chapter.apply(data, batch=1)
    assert chapter.palms() == planned_palms()
    kinds = BESIDE["kinds"]
    assert rows_of(chapter.world) == [kinds["Referral"], kinds["TYFCB"], kinds["One-to-One"], kinds["CEU"]]
    chapter.world.assert_ledger_whole(chapter.group)


def test_a_csv_asks_the_desk_about_other_groups_people_and_then_counts_the_same(chapter: Chapter) -> None:
    data = as_csv(grid(PLAN, with_headers=False))
    asked = {name.folded for shown in chapter.previews(data) for name in shown.unmatched}
    assert asked == {"marta reis", "piet de vries", "ana luz"}
    answers = replace(EURO, names=dict.fromkeys(asked, NOBODY))
    chapter.apply(data, batch=1, answers=answers)
    assert chapter.palms() == planned_palms()


def test_a_file_is_silent(chapter: Chapter) -> None:
    chapter.apply(small(REFERRAL, TALK, THANKS, LEARNING), batch=1)
    assert chapter.world.rows("notice") == 0
    assert chapter.world.rows("outgoing_mail") == 0
    assert chapter.world.rows("referrals_prospect") == 0


def test_an_imported_slip_waits_for_nobody_and_stands_below_open_ones(chapter: Chapter) -> None:
    ana, bruno = chapter.members["Ana Silva"], chapter.members["Bruno Costa"]
    chapter.apply(small(REFERRAL), batch=1)
    waiting = passed_slip(chapter.world, chapter.group, ana, bruno)
    with reading(chapter.world) as session:
        now = chapter.world.now
        due = words_due(session, chapter.group.id, bruno.id, now=now, silent_since=now, is_helper=True)
        assert [one.slip for one in due] == [waiting]
        slips = open_slips_of(session, chapter.group.id, bruno.id, 9, now=now)
        assert [one.public_id for one in slips] == [waiting]
        box = box_of(session, chapter.group.id, bruno.id, Side.RECEIVER, 1, now=now)
    assert [line.historic_on for line in box.lines] == [None, DAY]


def test_the_same_file_again_writes_nothing_and_says_what_stands(chapter: Chapter) -> None:
    data = as_xls(grid(PLAN, with_headers=False))
    chapter.apply(data, batch=1)
    before = rows_of(chapter.world)
    previews = chapter.previews(data)
    assert all(shown.overlaps for shown in previews)
    assert previews[0].totals["referrals_already_there"] == BESIDE["kinds"]["Referral"]
    chapter.apply(data, batch=2)
    assert rows_of(chapter.world) == before


def test_an_overlapping_file_adds_only_what_is_more(chapter: Chapter) -> None:
    chapter.apply(small(REFERRAL, REFERRAL, TALK, THANKS), batch=1)
    shown = chapter.previews(small(REFERRAL, REFERRAL, REFERRAL, TALK, TALK, THANKS, LEARNING))
    assert [(one["referrals"], one["referrals_already_there"]) for one in [shown[0].totals]] == [(1, 2)]
    chapter.apply(small(REFERRAL, REFERRAL, REFERRAL, TALK, TALK, THANKS, LEARNING), batch=2)
    assert rows_of(chapter.world) == [3, 1, 2, 1]


def test_the_same_rows_of_another_day_are_new(chapter: Chapter) -> None:
    chapter.apply(small(REFERRAL), batch=1)
    other_day = replace(EURO, period_first=DAY + dt.timedelta(days=7), period_last=DAY + dt.timedelta(days=7))
    chapter.apply(small(REFERRAL), batch=2, answers=other_day)
    assert chapter.world.rows("referrals_slip") == 2


def test_the_currency_is_asked_where_amounts_stand_and_guessed_as_the_groups(chapter: Chapter) -> None:
    of_referrals, of_activities = chapter.previews(small(REFERRAL, THANKS, TALK), answers=ImportAnswers())
    assert of_referrals.asks_currency
    assert not of_activities.asks_currency
    assert of_referrals.guessed.currency == "EUR"
    without, _talks = chapter.previews(small(REFERRAL), answers=ImportAnswers())
    assert not without.asks_currency


def test_an_amount_in_another_currency_is_kept_and_left_out_of_palms(chapter: Chapter) -> None:
    chapter.apply(small(THANKS), batch=1, answers=replace(EURO, currency="usd"))
    assert chapter.world.rows("referrals_thank_you") == 1
    assert chapter.palms()["Ana Silva"] == {}


def test_a_problem_of_either_part_stops_that_part(chapter: Chapter) -> None:
    bad_tier: list[Value | Bold] = ["Ana Silva", "Bruno Costa", "Referral", "Tier 9"]
    of_referrals, of_activities = chapter.previews(small(bad_tier, TALK))
    assert [problem[:17] for problem in of_referrals.problems] == ["Row 2, column D: "]
    assert of_activities.problems == []


def test_an_unknown_name_is_asked_once_with_its_rows_and_an_answer_settles_it(chapter: Chapter) -> None:
    rows: list[list[Value | Bold]] = [["A. Silva", "Bruno Costa", "Referral", "Inside"]] * 2
    shown, _other = chapter.previews(small(*rows))
    assert [(name.written, list(name.rows), name.answer) for name in shown.unmatched] == [
        ("A. Silva", [2, 3], "")
    ]
    assert not shown.may_apply
    ana = chapter.members["Ana Silva"]
    answers = replace(EURO, names={folded("A. Silva"): ana.public_id})
    chapter.apply(small(*rows), batch=1, answers=answers)
    assert chapter.palms()["Ana Silva"] == {"rgi": 2}


def test_rows_without_a_member_or_with_one_twice_are_left_out_and_said(chapter: Chapter) -> None:
    nobody = dict.fromkeys(["x one", "y two"], NOBODY)
    rows: list[list[Value | Bold]] = [
        ["X One", "Y Two", "Referral", "Inside"],
        ["Ana Silva", "Ana Silva", "Referral", "Inside"],
        ["X One", "Y Two", "One-to-One"],
        ["X One", None, "CEU", None, None, 1],
        REFERRAL,
    ]
    answers = replace(EURO, names=nobody)
    shown = chapter.previews(small(*rows), answers=answers)
    assert [sum("left out" in remark for remark in one.remarks) for one in shown] == [2, 2]
    chapter.apply(small(*rows), batch=1, answers=answers)
    assert rows_of(chapter.world) == [1, 0, 0, 0]


def test_a_one_to_one_with_another_group_counts_for_the_member_alone(chapter: Chapter) -> None:
    row: list[Value | Bold] = [
        Bold(text="Marta Reis"),
        "Ana Silva",
        "One-to-One",
        "Outside",
        None,
        None,
        "Old Town",
    ]
    chapter.apply(small(row, REFERRAL), batch=1)
    assert chapter.palms()["Ana Silva"] == {"rgi": 1, "talks": 1}
    ana = chapter.members["Ana Silva"]
    assert [line.other_name for line in talks(chapter.world, chapter.group, ana)] == ["Marta Reis (Old Town)"]


def test_that_inside_one_to_ones_count_twice_in_palms_is_said(chapter: Chapter) -> None:
    _of_referrals, of_activities = chapter.previews(small(TALK))
    assert any("counts for both" in sentence for sentence in of_activities.summary)


def test_what_was_written_down_here_in_those_days_is_said(chapter: Chapter) -> None:
    ana, bruno = chapter.members["Ana Silva"], chapter.members["Bruno Costa"]
    today = chapter.world.now.date()
    passed_slip(chapter.world, chapter.group, ana, bruno)
    recorded_talk(chapter.world, chapter.group, ana, bruno, on=today)
    answers = replace(EURO, period_first=today, period_last=today)
    shown = chapter.previews(small(REFERRAL, TALK), answers=answers)
    assert [any("counts twice" in remark for remark in one.remarks) for one in shown] == [True, True]


def test_without_a_day_everything_else_is_asked_at_once(chapter: Chapter) -> None:
    data = as_csv([HEAD, ["A. Silva", "Bruno Costa", "Referral", "Inside"], THANKS])
    shown = chapter.previews(data, name="export.csv", answers=ImportAnswers())[0]
    assert shown.asks_period
    assert shown.asks_currency
    assert len(shown.unmatched) == 1


def test_undoing_takes_everything_away(chapter: Chapter) -> None:
    before = DAY - dt.timedelta(days=7)
    chapter.apply(as_xls(grid(PLAN, with_headers=False)), batch=1)
    chapter.apply(small(REFERRAL), batch=2, answers=replace(EURO, period_first=before, period_last=before))
    said = chapter.undo(1)
    assert rows_of(chapter.world) == [1, 0, 0, 0]
    assert said[0].startswith("Taken away: 238 referrals and ")
    chapter.world.assert_ledger_whole(chapter.group)


def test_what_was_touched_since_is_listed_and_kept(chapter: Chapter) -> None:
    ana, bruno = chapter.members["Ana Silva"], chapter.members["Bruno Costa"]
    chapter.apply(small(REFERRAL, REFERRAL, TALK, LEARNING, THANKS), batch=1)
    with reading(chapter.world) as session:
        box = box_of(session, chapter.group.id, bruno.id, Side.RECEIVER, 1, now=chapter.world.now)
        slip = box.lines[0].public_id
    take(chapter.world, chapter.group, slip, bruno, Act.ACKNOWLEDGE)
    (talk,) = talks(chapter.world, chapter.group, ana)
    _correct(chapter, bruno, talk.public_id)
    keys = [f"slip:{slip}", f"talk:{talk.public_id}"]
    assert chapter.touched(1) == keys
    chapter.undo(1)
    assert rows_of(chapter.world) == [1, 0, 1, 0]
    assert slip_of(chapter.world, chapter.group, slip, bruno).historic_on == DAY


def test_what_was_touched_goes_too_when_the_leader_says_so(chapter: Chapter) -> None:
    bruno = chapter.members["Bruno Costa"]
    chapter.apply(small(REFERRAL), batch=1)
    with reading(chapter.world) as session:
        box = box_of(session, chapter.group.id, bruno.id, Side.RECEIVER, 1, now=chapter.world.now)
        slip = box.lines[0].public_id
    take(chapter.world, chapter.group, slip, bruno, Act.ACKNOWLEDGE)
    chapter.undo(1, also=frozenset(chapter.touched(1)))
    assert rows_of(chapter.world) == [0, 0, 0, 0]
    assert chapter.world.rows("referrals_step") == 0


def _correct(chapter: Chapter, member: MemberLine, talk: str) -> None:
    work = chapter.world.work(member)
    command = OnTalk(
        group=chapter.group,
        today=chapter.world.now.date(),
        member=member.id,
        member_name=member.name,
        talk=talk,
        seen_version=1,
        path="/g/harbour/activities/",
    )
    correct(work, command, TalkFacts(held_on=chapter.world.now.date(), note="It was the week after"))
