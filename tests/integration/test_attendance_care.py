"""Care from real records on both engines: the member first, then the office; what a correction removes goes away by itself."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from app.core.errors import NotFound, Refused
from app.core.groups.domain.office import Office
from app.plugins.attendance.domain.care_patterns import USUAL, CareNumbers, Pattern
from app.plugins.attendance.domain.care_trail import CareState, Step, Words
from app.plugins.attendance.domain.status import Status
from app.plugins.attendance.queries.care import own_words, steps_of
from app.plugins.attendance.queries.care_numbers import numbers_of
from app.plugins.attendance.services.caring import (
    care_for,
    close_care,
    keep_own_numbers,
    keep_own_words,
)
from app.plugins.attendance.services.excusing import AskExcuse, ask_excuse
from app.plugins.attendance.services.recording import ReopenRecord, reopen_record
from tests.support.chapter import Chapter
from tests.support.parallel import at_once
from tests.support.world import World


@pytest.fixture
def chapter(world: World) -> Iterator[Chapter]:
    with world.app.app_context():
        yield Chapter(world)


def test_third_absence_is_told_to_the_member_and_to_nobody_else(chapter: Chapter) -> None:
    chapter.miss_three()
    care = chapter.care()
    assert (care.member_id, care.pattern, care.count, care.state) == (
        chapter.ana.id,
        Pattern.ABSENCES,
        3,
        CareState.NOTICED,
    )
    assert any("changed lately" in text for text in chapter.notices(chapter.ana))
    assert chapter.of(chapter.mia) == []
    assert chapter.notices(chapter.committee) == []
    assert chapter.world.rows("outgoing_mail") == 0
    chapter.world.assert_ledger_whole(chapter.group)


def test_two_absences_are_nothing(chapter: Chapter) -> None:
    for meeting in chapter.meetings[:2]:
        chapter.submit(meeting, came=(chapter.leader, chapter.committee))
    assert chapter.cares() == []


def test_looking_again_notices_nothing_twice(chapter: Chapter) -> None:
    chapter.miss_three()
    assert [chapter.look(), chapter.look()] == [0, 0]
    assert len(chapter.notices(chapter.ana)) == 1


def test_many_who_look_at_once_notice_it_once(chapter: Chapter) -> None:
    for meeting in chapter.meetings[:2]:
        chapter.submit(meeting, came=(chapter.leader, chapter.committee))
    with chapter.opened() as work:
        keep_own_numbers(work, chapter.group, CareNumbers(absences=2))
    answers = at_once(6, lambda _number: chapter.look())
    assert sorted(str(one) for one in answers) == ["0"] * 5 + ["1"]
    assert (len(chapter.cares()), len(chapter.notices(chapter.ana))) == (1, 1)


def test_office_knows_once_the_member_looked(chapter: Chapter) -> None:
    chapter.miss_three()
    assert chapter.see(chapter.committee) == 0
    assert chapter.of(chapter.mia) == []
    assert chapter.see(chapter.ana) == 1
    (care,) = chapter.of(chapter.mia)
    assert (care.state, care.seen_at_utc) == (CareState.OPEN, chapter.world.now)


def test_office_knows_after_three_days_and_not_before(chapter: Chapter) -> None:
    chapter.miss_three()
    chapter.world.pass_time(days=2, hours=23)
    chapter.look()
    assert chapter.of(chapter.mia) == []
    chapter.world.pass_time(hours=1)
    chapter.look()
    (care,) = chapter.of(chapter.mia)
    assert (care.state, care.seen_at_utc) == (CareState.OPEN, None)


def test_only_the_right_office_is_told_and_never_the_one_concerned(chapter: Chapter) -> None:
    chapter.miss_three()
    chapter.see(chapter.ana)
    president = chapter.carer(chapter.leader, Office.PRESIDENT)
    assert chapter.of(president) == []
    with pytest.raises(NotFound), chapter.opened() as work:
        care_for(work, chapter.group, president, chapter.care().public_id)
    assert chapter.of(chapter.carer(chapter.ana, Office.MEMBERSHIP_COMMITTEE)) == []


def test_correction_that_removes_the_trend_closes_what_no_office_has_seen(chapter: Chapter) -> None:
    chapter.miss_three()
    chapter.mark(chapter.meetings[0], chapter.ana, Status.PRESENT, seen=1, reason="She was there.")
    assert chapter.care().state is CareState.GONE
    chapter.world.pass_time(days=9)
    chapter.look()
    assert chapter.of(chapter.mia) == []


def test_reopened_record_removes_the_trend_until_it_is_submitted_again(chapter: Chapter) -> None:
    chapter.miss_three()
    with chapter.opened() as work:
        reopen_record(
            work,
            ReopenRecord(
                group_id=chapter.group.id,
                meeting_public_id=chapter.meetings[2].public_id,
                leader_id=chapter.leader.id,
                seen_version=1,
                reason="Two names were swapped.",
            ),
        )
    assert chapter.care().state is CareState.GONE
    chapter.submit(chapter.meetings[2])
    assert chapter.care().state is CareState.NOTICED


def test_open_conversation_says_that_the_trend_holds_no_more(chapter: Chapter) -> None:
    chapter.miss_three()
    chapter.see(chapter.ana)
    chapter.mark(chapter.meetings[0], chapter.ana, Status.PRESENT, seen=1, reason="She was there.")
    (care,) = chapter.of(chapter.mia)
    assert (care.state, care.gone_at_utc) == (CareState.OPEN, chapter.world.now)


def test_approved_excuse_takes_an_absence_out(chapter: Chapter) -> None:
    chapter.miss_three()
    with chapter.opened() as work:
        ask_excuse(
            work,
            AskExcuse(
                group_id=chapter.group.id,
                meeting_public_id=chapter.meetings[0].public_id,
                member_id=chapter.ana.id,
                asked_by=chapter.leader.id,
                kind="illness",
                note="",
            ),
        )
    chapter.look()
    assert chapter.care().state is CareState.GONE


def test_call_note_and_letter_in_their_order_and_only_what_is_sent_leaves_the_office(
    chapter: Chapter,
) -> None:
    chapter.miss_three()
    chapter.see(chapter.ana)
    with pytest.raises(Refused):
        chapter.step(Step.NOTE)
    for kind in Step:
        chapter.step(kind)
    with chapter.opened() as work:
        (steps,) = steps_of(work.session, chapter.group.id, [chapter.care().id]).values()
    assert [line.step for line in steps] == list(Step)
    assert [line.body for line in steps] == ["", "Hello Ana", "Hello Ana"]
    assert chapter.world.rows("outgoing_mail") == 2
    session = chapter.world.work().session
    mails = session.connection().exec_driver_sql("SELECT subject, body FROM outgoing_mail").all()
    session.rollback()
    assert all("private word" not in f"{mail}" for mail in mails)
    assert mails[0].subject == "About Harbour Referrals"


def test_two_carers_at_once_take_one_step(chapter: Chapter) -> None:
    chapter.miss_three()
    chapter.see(chapter.ana)
    stale = chapter.care().version
    chapter.step(Step.CALL)
    with pytest.raises(Refused) as refused:
        chapter.step(Step.CALL, seen=stale)
    assert refused.value.has("attendance.changed_meanwhile")


def test_closed_conversation_stays_closed_until_a_further_absence(chapter: Chapter) -> None:
    chapter.miss_three()
    chapter.see(chapter.ana)
    with chapter.opened() as work:
        close_care(
            work,
            chapter.group,
            chapter.mia,
            chapter.care().public_id,
            reason="She has a new job; all is well.",
            seen_version=chapter.care().version,
        )
    chapter.look()
    assert chapter.care().state is CareState.CLOSED
    chapter.submit(chapter.meetings[3], came=(chapter.leader, chapter.committee))
    assert [care.state for care in chapter.cares()] == [CareState.NOTICED, CareState.CLOSED]


def test_who_left_is_not_looked_after(chapter: Chapter) -> None:
    chapter.miss_three()
    session = chapter.world.work().session
    session.connection().exec_driver_sql(
        f"UPDATE membership SET ended_on = '2026-11-12' WHERE member_id = {chapter.ana.id}"
    )
    session.commit()
    chapter.world.pass_time(days=9)
    chapter.look()
    assert chapter.care().state is CareState.GONE


def test_words_and_numbers_of_the_group_are_kept_by_version(chapter: Chapter) -> None:
    words = Words(subject="Hello", body="How are you, {first_name}?")
    with chapter.opened() as work:
        keep_own_words(work, chapter.group, Step.NOTE, words)
        with pytest.raises(Refused):
            keep_own_words(work, chapter.group, Step.NOTE, words)
    with chapter.opened() as work:
        assert own_words(work.session, chapter.group.id, Step.NOTE) == Words(
            subject="Hello", body="How are you, {first_name}?", version=1
        )
        assert numbers_of(work.session, chapter.group.id) == USUAL
        keep_own_numbers(work, chapter.group, CareNumbers(absences=5))
        assert numbers_of(work.session, chapter.group.id) == CareNumbers(absences=5, version=1)
        with pytest.raises(Refused):
            keep_own_numbers(work, chapter.group, CareNumbers(absences=6))


def test_nothing_of_care_moves_the_counter_that_pages_poll(chapter: Chapter) -> None:
    chapter.miss_three()

    def pulse() -> int:
        session = chapter.world.work().session
        found: int = (
            session.connection()
            .exec_driver_sql(f"SELECT pulse FROM ledger_head WHERE group_id = {chapter.group.id}")
            .scalar_one()
        )
        session.rollback()
        return found

    before = pulse()
    chapter.see(chapter.ana)
    chapter.step(Step.CALL)
    assert pulse() == before
    assert isinstance(chapter.world.now, datetime)
