"""The life of a record: draft, submitted, reopened, submitted again."""

import pytest

from app.plugins.attendance.domain.record import (
    Record,
    RecordState,
    refusals_for_reopening,
    refusals_for_submitting,
)

DRAFT = Record()
SUBMITTED = DRAFT.submitted()
REOPENED = SUBMITTED.reopened()


@pytest.mark.parametrize(
    ("record", "state", "version"),
    [
        (DRAFT, RecordState.DRAFT, 0),
        (SUBMITTED, RecordState.SUBMITTED, 1),
        (REOPENED, RecordState.REOPENED, 2),
        (REOPENED.submitted(), RecordState.SUBMITTED, 3),
    ],
)
def test_each_change_of_state_is_a_new_version(record: Record, state: RecordState, version: int) -> None:
    assert (record.state, record.version) == (state, version)


@pytest.mark.parametrize(("record", "is_open"), [(DRAFT, True), (SUBMITTED, False), (REOPENED, True)])
def test_only_a_submitted_record_is_closed(record: Record, is_open: bool) -> None:
    assert record.is_open is is_open


def test_submitted_record_is_not_submitted_again() -> None:
    assert [refusal.code for refusal in refusals_for_submitting(SUBMITTED)] == [
        "attendance.already_submitted"
    ]
    with pytest.raises(ValueError, match="already_submitted"):
        SUBMITTED.submitted()


@pytest.mark.parametrize("record", [DRAFT, REOPENED])
def test_open_record_is_not_reopened(record: Record) -> None:
    assert [refusal.code for refusal in refusals_for_reopening(record)] == ["attendance.still_open"]
    with pytest.raises(ValueError, match="still_open"):
        record.reopened()
