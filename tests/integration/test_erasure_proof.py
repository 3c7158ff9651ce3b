"""The proof of erasure in a small form, on both engines: it finds what is left, and nothing is."""

import pytest
from flask import Flask

from app.core.person_data import by_hand
from tests.proofs.erasure import leaving_out, load, tried
from tests.support.canary_strangers import PLACE
from tests.support.pg_tools import put_on_path


@pytest.fixture
def small_demo(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """Return an application over a demo network of one small group."""
    put_on_path(monkeypatch)
    load(app, 1, 6, 5)
    return app


def test_no_byte_of_the_erased_is_left_and_no_count_moves(small_demo: Flask) -> None:
    outcome = tried(small_demo, people=2)
    assert outcome.left == {}
    assert outcome.moved_counts == ()
    assert outcome.columns >= 55
    assert outcome.planted >= 150


def test_a_visitor_or_applicant_who_is_not_forgotten_is_found(
    small_demo: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.plugins.welcome.services.forgetting.forget_about", lambda *_args, **_more: 0)
    monkeypatch.setattr("app.plugins.joining.services.clock.forget_about", lambda *_args, **_more: 0)
    left = tried(small_demo, people=1).left
    found = {place for places in left.values() for place in places if place.startswith(PLACE)}
    assert {f"{PLACE}visitor's name", f"{PLACE}applicant's name"} <= found


def test_a_column_that_is_left_out_is_found(small_demo: Flask) -> None:
    with leaving_out("giving_ask.what"):
        outcome = tried(small_demo, people=2)
    assert {place for places in outcome.left.values() for place in places} == {"giving_ask.what"}


def test_names_in_what_others_were_told_are_found(small_demo: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(by_hand, "_told_to_others", lambda *_: {})
    left = tried(small_demo, people=1).left
    assert {"notice", "outgoing_mail"} <= left.keys()
