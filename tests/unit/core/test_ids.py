"""Do keys grow, never repeat, and fit the database; do ids and secrets look as addresses need them?"""

import threading

import pytest

from app.core.ids import Ids, RandomIds, SeededIds

SOURCES = [RandomIds(), SeededIds(seed=3)]
BIGGEST_KEY = 2**63 - 1


@pytest.mark.parametrize("ids", SOURCES, ids=["random", "seeded"])
def test_each_key_is_greater_than_the_one_before(ids: Ids) -> None:
    keys = [ids.key() for _ in range(5_000)]
    assert keys == sorted(set(keys))
    assert keys[-1] <= BIGGEST_KEY


def test_threads_that_share_a_source_never_get_the_same_key() -> None:
    ids, per_thread = RandomIds(), 2_000
    lists: list[list[int]] = [[] for _ in range(8)]

    def take(keys: list[int]) -> None:
        keys.extend(ids.key() for _ in range(per_thread))

    threads = [threading.Thread(target=take, args=(keys,)) for keys in lists]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len({key for keys in lists for key in keys}) == 8 * per_thread
    assert all(keys == sorted(keys) for keys in lists)


def test_keys_grow_even_where_the_machines_clock_goes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    nanoseconds = iter([2_000_000_000_000_000_000, 1_000_000_000_000_000_000, 1_999_999_999_999_000_000])
    monkeypatch.setattr("app.core.ids.time.time_ns", lambda: next(nanoseconds))
    ids = RandomIds()
    first, second, third = ids.key(), ids.key(), ids.key()
    assert first < second < third


@pytest.mark.parametrize("ids", SOURCES, ids=["random", "seeded"])
def test_public_ids_are_short_and_have_no_look_alikes(ids: Ids) -> None:
    found = {ids.public_id() for _ in range(2_000)}
    assert len(found) == 2_000
    assert {len(one) for one in found} == {12}
    assert set("".join(found)).isdisjoint("01lioIO -_/%")


@pytest.mark.parametrize("ids", SOURCES, ids=["random", "seeded"])
def test_secrets_hold_256_bits_and_need_no_quoting_in_an_address(ids: Ids) -> None:
    secrets = {ids.secret() for _ in range(500)}
    assert len(secrets) == 500
    assert all(len(one) >= 43 and one.replace("-", "").replace("_", "").isalnum() for one in secrets)


def test_same_seed_gives_the_same_ids_and_another_seed_others() -> None:
    def drawn(seed: int) -> list[object]:
        ids = SeededIds(seed)
        return [value for _ in range(20) for value in (ids.key(), ids.public_id(), ids.secret())]

    assert drawn(7) == drawn(7)
    assert drawn(7)[1] != drawn(8)[1]
