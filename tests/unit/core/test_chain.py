"""Is every alteration of the ledger found: an entry changed, missing, added, swapped, or hashed anew?"""

import dataclasses
import json
from typing import Any

import pytest

from app.core.events import Fact
from app.core.ledger.domain.chain import Entry, broken_links, canonical

Link = tuple[Entry, str]


def entry(sequence: int, previous_hash: str, **other: Any) -> Entry:
    values: dict[str, Any] = {
        "group_id": 7,
        "sequence": sequence,
        "at": f"2026-11-24T07:00:{sequence:02d}.000000Z",
        "actor": "person:12",
        "device_id": None,
        "kind": "referrals.slip_passed",
        "facts": canonical({"slip_id": sequence}),
        "previous_hash": previous_hash,
    }
    return Entry(**(values | other))


def chain(length: int) -> list[Link]:
    links: list[Link] = []
    for sequence in range(1, length + 1):
        made = entry(sequence, links[-1][1] if links else "")
        links.append((made, made.hash))
    return links


def with_entry(links: list[Link], place: int, *, rehashed: bool, **changed: Any) -> list[Link]:
    altered = dataclasses.replace(links[place][0], **changed)
    return [*links[:place], (altered, altered.hash if rehashed else links[place][1]), *links[place + 1 :]]


def test_untouched_chain_is_whole() -> None:
    assert list(broken_links(chain(5))) == []
    assert list(broken_links([])) == []


@pytest.mark.parametrize("place", range(5))
@pytest.mark.parametrize(
    "changed",
    [
        {"group_id": 8},
        {"at": "2026-11-24T07:00:00.000001Z"},
        {"actor": "person:13"},
        {"device_id": 0},
        {"kind": "referrals.slip_withdrawn"},
        {"facts": "{}"},
        {"previous_hash": "0" * 64},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_entry_altered_anywhere_is_found(place: int, changed: dict[str, Any]) -> None:
    assert list(broken_links(with_entry(chain(5), place, rehashed=False, **changed))) == [place + 1]


@pytest.mark.parametrize("place", range(4))
def test_entry_altered_and_hashed_anew_breaks_the_next_one(place: int) -> None:
    altered = with_entry(chain(5), place, rehashed=True, facts=canonical({"slip_id": 99}))
    assert list(broken_links(altered)) == [place + 2]


@pytest.mark.parametrize("place", range(4))
def test_missing_entry_is_found_at_the_one_after_it(place: int) -> None:
    links = chain(5)
    assert list(broken_links([*links[:place], *links[place + 1 :]])) == [place + 2]


@pytest.mark.parametrize("place", range(4))
def test_swapped_entries_are_found(place: int) -> None:
    links = chain(5)
    links[place], links[place + 1] = links[place + 1], links[place]
    assert list(broken_links(links)) != []


def test_entry_that_stands_twice_is_found() -> None:
    links = chain(3)
    assert list(broken_links([*links, links[-1]])) == [3]


def test_swapped_contents_under_their_own_numbers_are_found() -> None:
    links = chain(3)
    first, second = links[0][0], links[1][0]
    swapped = with_entry(
        with_entry(links, 0, rehashed=False, facts=second.facts), 1, rehashed=False, facts=first.facts
    )
    assert list(broken_links(swapped)) == [1, 2]


def test_hash_covers_every_field() -> None:
    plain = entry(1, "")
    other: dict[str, Any] = {"group_id": 8, "sequence": 2, "device_id": 1}
    changed = [
        dataclasses.replace(plain, **{field.name: other.get(field.name, "x")})
        for field in dataclasses.fields(plain)
    ]
    assert len({plain.hash, *(one.hash for one in changed)}) == len(dataclasses.fields(plain)) + 1


def test_hash_does_not_run_fields_into_each_other() -> None:
    assert entry(1, "", actor="ab", kind="c").hash != entry(1, "", actor="a", kind="bc").hash
    assert entry(1, "", actor='a","b', kind="c").hash != entry(1, "", actor="a", kind='b","c').hash


def test_same_facts_are_written_the_same() -> None:
    one: dict[str, Fact] = {"slip_id": 5, "name": "Łódź", "open": True, "until": None}
    assert canonical(one) == canonical(dict(reversed(one.items())))
    assert json.loads(canonical(one)) == one
    assert " " not in canonical(one)
