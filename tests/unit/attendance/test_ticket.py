"""The ticket of a scan: it keeps the instant, for half an hour, for one meeting of one group."""

from datetime import UTC, datetime, timedelta

import pytest

from app.plugins.attendance.domain.ticket import ScanTicket, ticket_after_scan

SCANNED = datetime(2026, 11, 24, 6, 52, tzinfo=UTC)
TICKET = ScanTicket(group_slug="harbour", meeting_public_id="abc", scanned_at=SCANNED)


@pytest.mark.parametrize(
    ("minutes", "is_good"), [(0, True), (10, True), (30, True), (30.1, False), (600, False), (-1, False)]
)
def test_ticket_is_good_for_half_an_hour(minutes: float, is_good: bool) -> None:
    assert TICKET.is_good("harbour", SCANNED + timedelta(minutes=minutes)) is is_good


def test_ticket_opens_nothing_in_another_group() -> None:
    assert not TICKET.is_good("mill", SCANNED)


def _scan(minutes: int, meeting: str = "abc") -> ScanTicket:
    return ScanTicket(
        group_slug="harbour", meeting_public_id=meeting, scanned_at=SCANNED + timedelta(minutes=minutes)
    )


def test_first_scan_stands_when_the_code_is_scanned_again() -> None:
    assert ticket_after_scan(TICKET, _scan(13)) == TICKET


def test_scan_after_the_ticket_died_counts_anew() -> None:
    assert ticket_after_scan(TICKET, _scan(31)) == _scan(31)


def test_scan_of_another_meeting_replaces_the_ticket() -> None:
    assert ticket_after_scan(TICKET, _scan(13, meeting="xyz")) == _scan(13, meeting="xyz")


def test_scan_without_a_ticket_gives_one() -> None:
    assert ticket_after_scan(None, TICKET) == TICKET
