"""What a network may set: each constant within its bounds, so that the promises of every scheme hold."""

from datetime import date, timedelta

import pytest
from flask import Flask
from flask_babel import Babel, force_locale

from app.core.errors import Refusal
from app.plugins.credibility.domain.network import SETTINGS, network_constants, refusals_for_scheme
from app.plugins.credibility.domain.scheme import MONTHLY, SMALL_GROUP, STANDARD, Constants
from app.plugins.credibility.web.scheme_forms import typed_number
from app.plugins.credibility.web.words import share_of

TODAY = date(2026, 11, 23)
USUAL: dict[str, float | None] = {name: getattr(STANDARD, name) for name in SETTINGS}


def refused(**values: float | None) -> list[Refusal]:
    return refusals_for_scheme("Ours", TODAY, {**USUAL, **values}, TODAY)


@pytest.mark.parametrize("constants", [STANDARD, SMALL_GROUP, MONTHLY])
def test_what_ships_could_be_a_networks_scheme(constants: Constants) -> None:
    values = {name: getattr(constants, name) for name in SETTINGS}
    assert refusals_for_scheme("Ours", TODAY, values, TODAY) == []
    assert network_constants(values) == constants


@pytest.mark.parametrize("name", SETTINGS)
def test_each_constant_keeps_its_bounds(name: str) -> None:
    bounds = SETTINGS[name]
    step = 1 if bounds.is_whole else 0.01
    for fits in (bounds.least, bounds.most):
        assert refused(**{name: fits}) == []
    for wrong in (bounds.least - step, bounds.most + step, None, float("nan"), float("inf")):
        assert [one.field for one in refused(**{name: wrong})] == [name]


@pytest.mark.parametrize("name", [name for name, bounds in SETTINGS.items() if bounds.is_whole])
def test_days_and_counts_are_whole(name: str) -> None:
    (refusal,) = refused(**{name: SETTINGS[name].least + 0.5})
    assert refusal.code == "credibility.whole_out_of_bounds"


def test_no_network_can_name_who_reported_nor_give_somebody_two_voices() -> None:
    """Fewer than five reports or three colleagues would name their authors; the cap and the weight of a bad report are nobody's."""
    assert (SETTINGS["min_outcomes"].least, SETTINGS["min_independent"].least) == (5, 3)
    assert not {"cap", "bad_weight"} & SETTINGS.keys()
    made = network_constants({**USUAL, "cap": 9.0, "bad_weight": 9.0})
    assert (made.cap, made.bad_weight) == (1.0, 1.0)


@pytest.mark.parametrize(
    ("name", "day", "fields"),
    [
        ("Ours", TODAY + timedelta(days=400), []),
        ("", TODAY, ["name"]),
        ("x" * 61, TODAY, ["name"]),
        ("Ours", TODAY - timedelta(days=1), ["effective_on"]),
        ("Ours", None, ["effective_on"]),
        (" ", None, ["name", "effective_on"]),
    ],
)
def test_version_has_a_name_and_a_day_that_is_not_over(
    name: str, day: date | None, fields: list[str]
) -> None:
    assert [one.field for one in refusals_for_scheme(name, day, USUAL, TODAY)] == fields


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("3", 3.0),
        ("0.75", 0.75),
        ("0,75", 0.75),
        ("1/3", 1 / 3),
        ("1/0", None),
        ("-1", None),
        ("1e9", None),
        ("", None),
        (None, None),
        ("three", None),
        ("\u0663", 3.0),
        ("1234567", None),
    ],
)
def test_numbers_are_read_as_people_write_them(typed: str | None, value: float | None) -> None:
    assert typed_number(typed) == value


@pytest.fixture
def app() -> Flask:
    app = Flask("words")
    Babel(app)
    return app


@pytest.mark.parametrize("name", SETTINGS)
def test_what_the_form_holds_is_what_it_reads(app: Flask, name: str) -> None:
    """A version made over another without a change is the same: a third stays a third, to the last bit."""
    typed = (getattr(STANDARD, name), SETTINGS[name].least, SETTINGS[name].most, 0.123456789, 5 / 7, 20 / 3)
    for locale in ("en", "de", "fr", "ar"):
        with app.test_request_context(), force_locale(locale):
            assert [typed_number(share_of(value)) for value in typed] == list(typed)


@pytest.mark.parametrize(
    ("value", "locale", "written"),
    [
        (0.5, "en", "0.5"),
        (0.5, "de", "0,5"),
        (365.0, "de", "365"),
        (0.1234567, "en", "0.1234567"),
        (1 / 3, "de", "1/3"),
        (0.0, "en", "0"),
        (2.1 * 0.75, "en", "1.575"),
    ],
)
def test_constants_are_written_with_all_their_digits(
    app: Flask, value: float, locale: str, written: str
) -> None:
    with app.test_request_context(), force_locale(locale):
        assert share_of(value) == written
