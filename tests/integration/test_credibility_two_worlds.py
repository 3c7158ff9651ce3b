"""Worlds that differ only in what is secret about a withheld member: everybody else is answered with the same bytes.

Compared are the pages on which records stand or would stand, the way there, mails, notices and marks of change, by who
leads, a bystander, colleagues who reported themselves, a neighbour and a stranger, in the middle of a week and after the next
counting; even how many statements an answer took. `script/proof secrecy` does the same for thousands, and everywhere.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from app.plugins.credibility.queries.shown import WITHHELD, shown_of, shown_of_all
from app.plugins.credibility.store import put_part
from tests.proofs.secrecy import PAIRS_A_FAMILY, is_caught, play
from tests.support.sealed_worlds import body_of
from tests.support.secret_families import SETTLED_DAYS
from tests.support.secret_house import SecretHouse, secret_house, secret_origin
from tests.support.secret_leaks import LEAKS, PALMS
from tests.support.secret_lives import Family, live
from tests.support.secret_looks import Compared

FAMILIES = 7
"""147 pairs; the last are newcomers."""
SLOW = pytest.mark.timeout(600)


@pytest.fixture(scope="module")
def houses(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[SecretHouse]]:
    """Yield two houses in which worlds are lived in turn."""
    folder = tmp_path_factory.mktemp("secrets")
    origin = secret_origin(folder, sqlite_template)
    with ExitStack() as stack:
        yield [stack.enter_context(secret_house(origin, folder, name)) for name in ("one", "two")]


@SLOW
def test_nobody_can_tell_one_withheld_member_from_another(
    houses: list[SecretHouse], capsys: pytest.CaptureFixture[str]
) -> None:
    found = Compared()
    play(houses, {"leader 0": PALMS}, FAMILIES, 1, found)
    with capsys.disabled():
        print(f"\nsecret worlds: {found.pairs} pairs, {found.answers} answers compared", end=" ")
    assert found.differences == []
    assert found.misplaced == 0, "in no world the record was shown"
    assert (found.pairs, found.worlds) == (FAMILIES * PAIRS_A_FAMILY, FAMILIES * 7)
    assert found.answers > 10 * found.pairs


@SLOW
@pytest.mark.parametrize("name", ["outcomes", "not asked", "opted out", "opted out later", "appeal running"])
def test_who_asks_for_a_withheld_member_gets_the_one_blank(houses: list[SecretHouse], name: str) -> None:
    """Every hook and page of the plugin asks here, and so would an interface for other plugins."""
    life = next(life for leak in LEAKS.values() for life in leak.lives if life.why == name)
    house, x = houses[0], houses[0].origin.cast.x
    live(house, Family(lives=(life,), joined_days=SETTLED_DAYS, x_says="", x_says_late=""), life)
    with house.doing() as work:
        assert shown_of(work, house.group, x.id) is WITHHELD
        seen = shown_of_all(work, house.group, [x.id, *(one.id for one in house.origin.cast.surfaced)])
    assert set(seen) == {one.id for one in house.origin.cast.surfaced}


@SLOW
def test_what_is_said_of_all_together_needs_five_whose_record_is_shown(houses: list[SecretHouse]) -> None:
    """Leaders read how many there are while there are five or more; with four the page is as if there were none."""
    house = houses[0]
    house.begin()
    words = {}
    for left in (7, 5, 4, 0):
        with house.doing() as work:
            for one in house.origin.cast.surfaced[left:]:
                put_part(work.session, house.group.id, one.id, "no", work.now)
            work.commit()
        text = str(body_of(house.clients["leader 0"].get("/g/harbour/credibility/schemes")))
        words[left] = text, f"Members whose record the group sees</dt><dd>{left}</dd>" in text
    assert {left: said for left, (_text, said) in words.items()} == {7: True, 5: True, 4: False, 0: False}
    assert words[4][0] == words[0][0]


@SLOW
@pytest.mark.parametrize("name", sorted(LEAKS))
def test_every_leak_that_is_put_in_is_seen(houses: list[SecretHouse], name: str) -> None:
    assert is_caught(houses, LEAKS[name])
