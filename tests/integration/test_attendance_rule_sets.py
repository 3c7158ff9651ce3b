"""Rules on real meetings: versions with their days, two leaders at once, and a trial that equals what later happens."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from app.core.errors import Refused
from app.core.local_time import Period
from app.plugins.attendance.domain.rule_presets import PRESETS
from app.plugins.attendance.domain.rule_set import RuleSet
from app.plugins.attendance.domain.rule_standing import MemberStanding, State
from app.plugins.attendance.domain.rule_trial import days_to_try, trial
from app.plugins.attendance.queries.rule_sets import rule_book_of
from app.plugins.attendance.queries.standings import lives_between, standing_of_member, standings_of
from app.plugins.attendance.services.rule_sets import change_cut_off
from tests.support.rule_weeks import LAST_WEEK, TODAY, RuleWeeks
from tests.support.world import World

LETTERS = {
    "Ana Sousa": "A L A P P P L P S P P A P",
    "Ben Okoro": "P P P S S S P P P P L L L",
    "Rui Mota": "M M M M M M M M M P P P P",
    "Ines Carvalho": "P P P P P P P P P P A A A",
}


@pytest.fixture
def weeks(world: World) -> RuleWeeks:
    return RuleWeeks(world)


def _stand(weeks: RuleWeeks, day: date) -> dict[str, MemberStanding]:
    work = weeks.world.work()
    book = rule_book_of(work.session, weeks.group.id)
    found = standings_of(work.session, weeks.group, book, day)
    work.rollback()
    return {line.member.name: line.stands for line in found}


def _tried(weeks: RuleWeeks, rules: RuleSet, day: date) -> dict[str, MemberStanding]:
    work = weeks.world.work()
    book = rule_book_of(work.session, weeks.group.id)
    days = days_to_try(day)
    lives = lives_between(work.session, weeks.group.id, book, Period(first=days[-1], last=day))
    found = trial(book, rules, lives, [day])
    work.rollback()
    return {one.who.name: one.chosen for one in found[0].members}


def _in_short(
    stands: dict[str, MemberStanding],
) -> dict[str, list[tuple[str, State, Fraction | None, list[str]]]]:
    return {
        name: [
            (one.limit.key, one.state, one.value, [counted.fact.meeting for counted in one.counted])
            for one in member.limits
        ]
        for name, member in stands.items()
    }


@pytest.mark.parametrize("preset", [name for name in PRESETS if name != "none"])
def test_trial_equals_what_stands_once_the_rules_are_on(weeks: RuleWeeks, preset: str) -> None:
    weeks.weeks(LETTERS)
    tried = _tried(weeks, PRESETS[preset], TODAY)
    weeks.rule(PRESETS[preset])
    assert _in_short(_stand(weeks, TODAY)) == _in_short(tried)


@pytest.mark.parametrize(
    "preset", ["six-months", "in-a-row", "substitutes", "medical-leave", "late-substitute"]
)
def test_same_weeks_after_the_switch_stand_as_the_trial_said(weeks: RuleWeeks, preset: str) -> None:
    """Tried on 13 past weeks, switched on with a fresh start; 13 weeks later the same letters say the same."""
    weeks.weeks(LETTERS)
    tried = _tried(weeks, PRESETS[preset], LAST_WEEK)
    weeks.rule(PRESETS[preset], fresh_start=True)
    later = LAST_WEEK + timedelta(weeks=13)
    weeks.world.clock.move_to(datetime(2027, 2, 16, 12, tzinfo=UTC))
    weeks.weeks(LETTERS, last=later)
    happened = _stand(weeks, later)
    assert {
        name: [(one.state, one.value, len(one.counted)) for one in member.limits]
        for name, member in happened.items()
    } == {
        name: [(one.state, one.value, len(one.counted)) for one in member.limits]
        for name, member in tried.items()
    }
    assert max(member.state for member in happened.values()) >= State.NEAR


def test_past_days_stand_as_they_stood_before_the_change(weeks: RuleWeeks) -> None:
    weeks.weeks(LETTERS)
    weeks.rule(PRESETS["six-months"])
    before = _stand(weeks, TODAY)
    weeks.rule(PRESETS["half-years"], on=TODAY + timedelta(days=7), seen=2)
    assert _stand(weeks, TODAY) == before
    assert [one.limit.key for one in _stand(weeks, TODAY + timedelta(days=7))["Ana Sousa"].limits] == [
        "absences"
    ]


def test_records_not_submitted_say_nothing(weeks: RuleWeeks) -> None:
    meetings = weeks.weeks({"Ana Sousa": "A A A"})
    weeks.rule(PRESETS["six-months"])
    session = weeks.world.work().session
    session.connection().exec_driver_sql(
        f"UPDATE attendance_record SET state = 'reopened' WHERE meeting_id = {meetings[0].id}"
    )
    session.commit()
    assert _stand(weeks, TODAY)["Ana Sousa"].limits[0].value == 2


def test_of_two_leaders_with_the_same_version_the_second_is_refused(weeks: RuleWeeks) -> None:
    assert weeks.rule(PRESETS["six-months"], seen=1) == 2
    with pytest.raises(Refused) as refused:
        weeks.rule(PRESETS["quarters"], seen=1)
    assert refused.value.has("attendance.changed_meanwhile")
    assert weeks.world.rows("attendance_rule_set") == 2


def test_change_of_the_past_is_refused(weeks: RuleWeeks) -> None:
    with pytest.raises(Refused) as refused:
        weeks.rule(PRESETS["six-months"], on=TODAY - timedelta(days=1))
    assert refused.value.has("attendance.cut_off_in_the_past")


def test_ledger_tells_rules_and_cut_off_apart(weeks: RuleWeeks) -> None:
    def events() -> list[str]:
        session = weeks.world.work().session
        rows = session.connection().exec_driver_sql("SELECT kind FROM ledger_entry ORDER BY sequence")
        found = [str(row[0]) for row in rows if str(row[0]).startswith("attendance.")]
        session.rollback()
        return found

    weeks.rule(PRESETS["six-months"])
    assert events() == ["attendance.rules_changed"]
    weeks.rule(PRESETS["presentations"], seen=2)
    assert events()[1:] == ["attendance.cut_off_changed", "attendance.rules_changed"]
    change_cut_off(
        weeks.world.work(weeks.leader), weeks.group.id, cut_off_minutes=20, effective_on=TODAY, today=TODAY
    )
    assert events()[3:] == ["attendance.cut_off_changed"]
    weeks.world.assert_ledger_whole(weeks.group)


def test_cut_off_alone_leaves_the_rest_of_the_rules(weeks: RuleWeeks) -> None:
    weeks.rule(PRESETS["presentations"])
    change_cut_off(
        weeks.world.work(weeks.leader), weeks.group.id, cut_off_minutes=20, effective_on=TODAY, today=TODAY
    )
    work = weeks.world.work()
    rules = rule_book_of(work.session, weeks.group.id).versions[-1].rules
    work.rollback()
    assert rules.limits == PRESETS["presentations"].limits
    assert (rules.cut_off.kind.value, rules.cut_off.minutes) == ("agenda", 20)


def test_times_of_early_leaving_and_excuses_reach_the_rules(weeks: RuleWeeks) -> None:
    weeks.weeks({"Ana Sousa": "P A S", "Ben Okoro": "P A S"})
    weeks.rule(PRESETS["excused"])
    connection = weeks.world.work().session.connection()
    of_ana = f"member_id = {weeks.ana.id}"
    connection.exec_driver_sql(
        f"UPDATE attendance_mark SET left_early_at_utc = updated_at_utc WHERE status = 'P' AND {of_ana}"
    )
    connection.exec_driver_sql(
        f"UPDATE attendance_mark SET excuse = 'weather' WHERE status = 'A' AND {of_ana}"
    )
    connection.exec_driver_sql(
        f"UPDATE attendance_mark SET arrived_at_utc = updated_at_utc WHERE status = 'S' AND {of_ana}"
    )
    connection.commit()
    # half for leaving early, nothing for the weather, half for a substitute who came a week after the cut-off
    found = _stand(weeks, TODAY)
    assert [found[name].limits[0].value for name in ("Ana Sousa", "Ben Okoro")] == [Fraction(1), Fraction(1)]
    work = weeks.world.work()
    book = rule_book_of(work.session, weeks.group.id)
    line = standing_of_member(work.session, weeks.group, book, weeks.ana, TODAY)
    work.rollback()
    assert [one.weight for one in line.stands.limits[0].counted] == [Fraction(1, 2), Fraction(1, 2)]
