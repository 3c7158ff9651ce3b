"""When is it known what a report on handling is worth? Once somebody was in touch, or the seven days are over."""

from datetime import UTC, datetime, timedelta

import pytest

from app.plugins.credibility.domain.reports import SOON, Handed, handling_worth, may_still_be_soon

GIVEN = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
DAY, MOMENT = timedelta(days=1), timedelta(seconds=1)


def handed(contacted_at: datetime | None, *, is_historic: bool = False) -> Handed:
    return Handed(given_at=GIVEN, how_well=3, contacted_at=contacted_at, is_historic=is_historic)


@pytest.mark.parametrize(
    ("act", "at", "waits"),
    [
        (handed(None), GIVEN + DAY, True),
        (handed(None), GIVEN + SOON - MOMENT, True),
        (handed(None), GIVEN + SOON, False),
        (handed(GIVEN + DAY), GIVEN + DAY, False),
        (handed(GIVEN + 2 * DAY), GIVEN + DAY, True),
        (handed(GIVEN + 9 * DAY), GIVEN + 8 * DAY, False),
        (handed(None, is_historic=True), GIVEN, False),
    ],
)
def test_worth_is_known_with_the_first_contact_or_after_seven_days(
    act: Handed, at: datetime, *, waits: bool
) -> None:
    assert may_still_be_soon(act, at) is waits


def test_what_is_known_never_changes_with_a_later_contact() -> None:
    """Whoever was not in touch while it could be soon is worth the same, whether or not they ever are."""
    late = [handed(None), handed(GIVEN + SOON + MOMENT), handed(GIVEN + 90 * DAY)]
    assert [may_still_be_soon(act, GIVEN + SOON) for act in late] == [False] * 3
    assert {handling_worth("yes", act) for act in late} == {0.0}
    assert handling_worth("yes", handed(GIVEN + SOON)) == 1.0
