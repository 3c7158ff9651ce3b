"""Are two copies of a table equal, row by row? A count and a sum of row hashes, whatever order the rows stand in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b

_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class TableDigest:
    """How many rows a table has, and the sum of their 128-bit hashes in hexadecimal."""

    rows: int
    sum: str


def digest_of(rows: Iterable[bytes]) -> TableDigest:
    """Return the digest of a table from its rows, each as the bytes that tell it from every other."""
    count, total = 0, 0
    for row in rows:
        count += 1
        total += int.from_bytes(blake2b(row, digest_size=_BYTES).digest(), "big")
    return TableDigest(rows=count, sum=f"{total % (1 << (8 * _BYTES)):032x}")


def differences(expected: Mapping[str, TableDigest], found: Mapping[str, TableDigest]) -> list[str]:
    """Return a line for each table that is missing, is too many, or does not hold the same rows."""
    lines = [f"the table {name} is missing" for name in sorted(expected.keys() - found.keys())]
    lines += [f"the table {name} is one too many" for name in sorted(found.keys() - expected.keys())]
    for name in sorted(expected.keys() & found.keys()):
        was, now = expected[name], found[name]
        if was.rows != now.rows:
            lines.append(f"the table {name} has {now.rows} rows instead of {was.rows}")
        elif was != now:
            lines.append(f"the table {name} has other rows")
    return lines
