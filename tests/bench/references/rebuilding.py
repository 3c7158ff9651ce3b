"""What is a rebuild of records measured beside? The shortest program on sqlite3 that makes the same rows, all in one hold."""

import sqlite3
from collections.abc import Iterator
from itertools import groupby
from typing import Any

HALF_LIFE, CAP, BAD_WEIGHT, NOTHING = 365.0, 1.0, 1.0, 1e-12
ROWS = """
    SELECT facet, about_member_id, by_member_id, day, worth, weight, is_independent, published_on
    FROM credibility_evidence WHERE group_id = ? AND NOT is_frozen ORDER BY facet, about_member_id, id
"""
PAIR = """
    INSERT INTO credibility_pair
    (group_id, facet, about_member_id, by_member_id, n, good, bad, good_in, bad_in, day, independent)
    VALUES (?,?,?,?,?,?,?,?,?,?,?)
"""
STANDING = """
    INSERT INTO credibility_standing
    (group_id, facet, about_member_id, good, bad, day, outcomes, independent,
     shown_good, shown_bad, shown_day, shown_outcomes, shown_independent, shown_on)
    VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)
"""
Row = tuple[Any, ...]


def rebuild(connection: sqlite3.Connection, group_id: int) -> int:
    """Make every record of a group anew and return how many there are."""
    connection.execute("BEGIN IMMEDIATE")
    pairs: list[Row] = []
    standings: list[Row] = []
    rows = connection.execute(ROWS, (group_id,)).fetchall()
    for (facet, about), found in groupby(rows, key=lambda row: row[:2]):
        of_member = list(found)
        sums, voices = _folded(of_member)
        published = [row for row in of_member if row[7] is not None]
        shown = sums if len(published) == len(of_member) else _folded(published)[0]
        shown_on = max((row[7] for row in published), default=None)
        standings.append((group_id, facet, about, *sums, *shown, shown_on))
        pairs += [(group_id, facet, about, by, *voice) for by, voice in voices.items()]
    for table, statement, new in (("pair", PAIR, pairs), ("standing", STANDING, standings)):
        connection.execute(f"DELETE FROM credibility_{table} WHERE group_id = ?", (group_id,))
        connection.executemany(statement, new)
    connection.execute("COMMIT")
    return len(standings)


def _folded(rows: list[Row]) -> tuple[Row, dict[int, Row]]:
    """Return good, bad, day, outcomes, independent of a member, and the voices by colleague."""
    good = bad = day = 0.0
    outcomes = independents = 0
    voices: dict[int, Row] = {}
    for _facet, _about, by, t, worth, weight, independent, _published in rows:
        n, g, b, g_in, b_in, pair_day, count = voices.get(by, (0.0, 0.0, 0.0, 0.0, 0.0, t, 0))
        left = _fading(t - pair_day)
        n, g, b, g_in, b_in = n * left, g * left, b * left, g_in * left, b_in * left
        pair_day = max(t, pair_day)
        if outcomes:
            left = _fading(t - day)
            good, bad, day = good * left, bad * left, max(t, day)
        else:
            day = t
        late = _fading(pair_day - t)
        n += late
        g += weight * worth * late
        b += BAD_WEIGHT * weight * (1.0 - worth) * late
        share = min(n, CAP) / n if n > NOTHING else 0.0
        lag = _fading(day - pair_day)
        good = max(0.0, good + (share * g - g_in) * lag)
        bad = max(0.0, bad + (share * b - b_in) * lag)
        outcomes += 1
        independents += bool(independent) and count == 0
        voices[by] = (n, g, b, share * g, share * b, pair_day, count + bool(independent))
    return (good, bad, day, outcomes, independents), voices


def _fading(days: float) -> float:
    return float(2.0 ** (-days / HALF_LIFE)) if days > 0 else 1.0


def records(connection: sqlite3.Connection) -> Iterator[Row]:
    """Yield every row that a rebuild makes, in one order: what two rebuilds have to agree on, bit for bit."""
    yield from connection.execute(
        "SELECT * FROM credibility_pair ORDER BY group_id, facet, about_member_id, by_member_id"
    )
    yield from connection.execute(
        "SELECT * FROM credibility_standing ORDER BY group_id, facet, about_member_id"
    )
