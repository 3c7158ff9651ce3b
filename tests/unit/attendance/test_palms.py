"""PALMS totals: one letter a member and meeting, late never also present."""

import pytest

from app.core.ids import MeetingId, MemberId
from app.plugins.attendance.domain.palms import NOTHING, Palms, palms_of_letters, palms_of_marks
from app.plugins.attendance.domain.status import Status

ANA, BEN = MemberId(1), MemberId(2)
P, A, L, M, S = Status


def test_letters_are_counted_in_their_order() -> None:
    palms = palms_of_letters([P, P, L, A, S, M, None, P])
    assert palms.letters() == (3, 1, 1, 1, 1)
    assert (palms.recorded, palms.came) == (7, 4)


def test_who_has_no_mark_has_nothing() -> None:
    assert palms_of_letters([None, None]) == NOTHING


def test_marks_of_a_period_are_counted_by_member() -> None:
    marks = [(MeetingId(1), ANA, P), (MeetingId(2), ANA, L), (MeetingId(1), BEN, A)]
    assert palms_of_marks(marks) == {ANA: Palms(present=1, late=1), BEN: Palms(absent=1)}


def test_two_marks_of_one_member_for_one_meeting_are_a_defect() -> None:
    with pytest.raises(ValueError, match="two marks"):
        palms_of_marks([(MeetingId(1), ANA, P), (MeetingId(1), ANA, L)])


def test_sheets_are_added_up_letter_by_letter() -> None:
    assert Palms(present=1, substitute=2) + Palms(present=3, medical=1) == Palms(
        present=4, medical=1, substitute=2
    )
