"""Months of a group: every meeting in its own month, whatever order they come in, and shares of those who came."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from app.plugins.attendance.domain.months import MeetingCounts, months_of
from app.plugins.attendance.domain.palms import NOTHING, Palms

COUNTS = st.builds(
    MeetingCounts,
    on=st.dates(date(2024, 1, 1), date(2027, 12, 31)),
    palms=st.builds(
        Palms, **dict.fromkeys(["present", "absent", "late", "medical", "substitute"], st.integers(0, 60))
    ),
)


def test_a_month_says_how_many_were_in_the_room_and_on_time() -> None:
    held = [
        MeetingCounts(on=date(2026, 9, 29), palms=Palms(present=10)),
        MeetingCounts(on=date(2026, 10, 6), palms=Palms(present=14, late=2, absent=1)),
        MeetingCounts(on=date(2026, 10, 13), palms=Palms(present=16, substitute=1, medical=1)),
    ]
    september, october = months_of(held)
    assert (september.first, september.meetings, september.share_on_time) == (date(2026, 9, 29), 1, 1.0)
    assert (october.first, october.last, october.meetings) == (date(2026, 10, 6), date(2026, 10, 13), 2)
    assert october.in_the_room == 16
    assert october.share_on_time == 30 / 32
    assert october.palms == Palms(present=30, late=2, absent=1, substitute=1, medical=1)


def test_a_month_in_which_nobody_came_has_no_share() -> None:
    (month,) = months_of([MeetingCounts(on=date(2026, 8, 4), palms=Palms(absent=12))])
    assert month.share_on_time is None
    assert month.in_the_room == 0


@given(st.lists(COUNTS, max_size=30), st.randoms(use_true_random=False))
def test_no_meeting_is_lost_and_order_does_not_matter(held: list[MeetingCounts], chance: object) -> None:
    shuffled = list(held)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random of Hypothesis
    months = months_of(shuffled)
    assert months == months_of(held)
    assert sum(month.meetings for month in months) == len(held)
    assert sum((month.palms for month in months), NOTHING) == sum((one.palms for one in held), NOTHING)
    assert [month.first for month in months] == sorted(month.first for month in months)
