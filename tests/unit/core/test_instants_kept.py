"""How is an instant kept: refused without a zone, in UTC, and the same again when it is read?"""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Dialect
from sqlalchemy.dialects import postgresql, sqlite

from app.core.clock import FixedClock
from app.core.database import UtcDateTime, utc_text

KIND = UtcDateTime()
SQLITE: Dialect = sqlite.dialect()
POSTGRESQL: Dialect = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy gives it no types
NAIVE = datetime(2026, 11, 24, 7)  # noqa: DTZ001  # the naive value is the point


@pytest.mark.parametrize("dialect", [SQLITE, POSTGRESQL], ids=["sqlite", "postgresql"])
def test_naive_value_is_refused_and_named(dialect: Dialect) -> None:
    with pytest.raises(ValueError, match=r"datetime\.datetime\(2026, 11, 24, 7, 0\) has no time zone"):
        KIND.process_bind_param(NAIVE, dialect)


@pytest.mark.parametrize("dialect", [SQLITE, POSTGRESQL], ids=["sqlite", "postgresql"])
def test_nothing_stays_nothing(dialect: Dialect) -> None:
    assert KIND.process_bind_param(None, dialect) is None
    assert KIND.process_result_value(None, dialect) is None


def test_text_is_utc_of_fixed_width() -> None:
    in_karachi = datetime(2026, 11, 24, 3, 4, 5, tzinfo=timezone(timedelta(hours=5)))
    assert utc_text(in_karachi) == "2026-11-23T22:04:05.000000Z"
    assert utc_text(datetime(87, 1, 2, tzinfo=UTC)) == "0087-01-02T00:00:00.000000Z"


def test_what_sqlite_keeps_is_read_back_as_the_same_aware_instant() -> None:
    instant = datetime(2026, 10, 25, 0, 30, 0, 1, tzinfo=UTC)
    read = KIND.process_result_value(KIND.process_bind_param(instant, SQLITE), SQLITE)
    assert read == instant
    assert read is not None
    assert read.utcoffset() == timedelta(0)


def test_what_postgresql_gives_in_its_own_zone_is_turned_to_utc() -> None:
    given = datetime(2026, 11, 24, 8, tzinfo=timezone(timedelta(hours=1)))
    read = KIND.process_result_value(given, POSTGRESQL)
    assert read is not None
    assert (read.hour, read.utcoffset()) == (7, timedelta(0))


def test_clock_of_tests_needs_an_aware_instant() -> None:
    with pytest.raises(ValueError, match="aware"):
        FixedClock(NAIVE)
