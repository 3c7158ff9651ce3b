"""How entries are chained: each hash covers the entry and the hash before it, so a change anywhere shows."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.core.events import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One ledger entry as it is hashed. `at` is UTC text of fixed width; `facts` is canonical JSON."""

    group_id: int
    sequence: int
    at: str
    actor: str
    device_id: int | None
    kind: str
    facts: str
    previous_hash: str

    @property
    def hash(self) -> str:
        """The SHA-256 of the entry and of the hash before it, 64 hexadecimal digits."""
        covered = [
            self.group_id,
            self.sequence,
            self.at,
            self.actor,
            self.device_id,
            self.kind,
            self.facts,
            self.previous_hash,
        ]
        return hashlib.sha256(
            json.dumps(covered, ensure_ascii=False, separators=(",", ":")).encode()
        ).hexdigest()


def canonical(facts: Mapping[str, Fact]) -> str:
    """Return `facts` as JSON that is the same for the same facts: sorted keys, no spaces."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def broken_links(entries: Iterable[tuple[Entry, str]]) -> Iterator[int]:
    """Yield the sequence of every entry that does not follow from the one before it.

    `entries` are pairs of an entry and its stored hash, of one group, in order of sequence.
    """
    expected_sequence, expected_hash = 1, ""
    for entry, stored_hash in entries:
        follows = entry.sequence == expected_sequence and entry.previous_hash == expected_hash
        if not follows or entry.hash != stored_hash:
            yield entry.sequence
        expected_sequence, expected_hash = entry.sequence + 1, stored_hash
