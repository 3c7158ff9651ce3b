"""Are the people of the demo network believable: different, of many languages, and as many as are promised?"""

import itertools

import pytest

from app.cli.demo_network import plans
from app.cli.demo_people import FAMILY, GIVEN, HARBOUR, IN_BOTH, MILL, TRADES

SEED = 7


def test_harbour_has_26_of_today_and_three_who_left_and_mill_18_with_the_one_in_both() -> None:
    harbour, mill = plans(2, None, None, SEED)
    assert len(harbour.people) - harbour.leaving == 26
    assert (len(mill.people), mill.leaving) == (18, 0)
    assert (harbour.weeks, mill.weeks) == (40, 10)
    assert [one for one in mill.people if one in harbour.people] == [
        one for one in HARBOUR if one.given == IN_BOTH
    ]


def test_nobody_shares_a_name_or_a_firm() -> None:
    everyone = [*HARBOUR, *MILL]
    assert len({(one.given, one.family) for one in everyone}) == len(everyone)
    assert len({one.firm for one in everyone}) == len(everyone)


@pytest.mark.parametrize("people", [HARBOUR, MILL], ids=["harbour", "mill"])
def test_no_trade_is_there_twice(people: tuple[object, ...]) -> None:
    trades = [one.trade for one in HARBOUR if one in people] or [one.trade for one in MILL]
    assert len(set(trades)) == len(trades)


def test_names_use_letters_of_many_languages() -> None:
    letters = {letter for one in HARBOUR for letter in one.given + one.family}
    samples = {
        "Portuguese": "ãç",
        "Polish": "ś",
        "Turkish": "ış",
        "Scandinavian": "Øå",
        "Irish": "á",
        "French": "è",
    }
    assert [language for language, sample in samples.items() if not letters & set(sample)] == []


def test_lists_to_invent_people_from_hold_nothing_twice() -> None:
    for words in (GIVEN, FAMILY, TRADES):
        assert len(set(words)) == len(words) >= 20


@pytest.mark.parametrize(("groups", "members", "weeks"), [(1, None, None), (2, 5, 4), (5, 40, 12)])
def test_network_of_another_size_is_as_asked_for(groups: int, members: int | None, weeks: int | None) -> None:
    made = plans(groups, members, weeks, SEED)
    assert len(made) == groups
    assert len({plan.slug for plan in made}) == groups
    for plan in made:
        assert members is None or len(plan.people) - plan.leaving == members
        assert weeks is None or plan.weeks == weeks


def test_same_seed_plans_the_same_people_and_another_seed_others() -> None:
    def people(seed: int) -> list[object]:
        return list(itertools.chain.from_iterable(plan.people for plan in plans(4, 30, 8, seed)))

    assert people(7) == people(7)
    assert people(7) != people(8)
