"""Addresses written late are those written at once, and so are those of rules whose text the tests keep read."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.routing import BuildError, Map, Rule

from app.http.late_rules import LateRule
from tests.support.compiled import KeptRule

RULES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("/", "home", {}),
    ("/g/<group>/", "group", {}),
    ("/g/<group>/meetings/<meeting>", "meeting", {}),
    ("/g/<group>/page/<int:number>", "numbered", {}),
    ("/g/<group>/first", "first", {"defaults": {"number": 1}}),
    ("/files/<path:name>", "file", {}),
)


def _map(kind: type[Rule]) -> Map:
    return Map([kind(rule, endpoint=endpoint, **more) for rule, endpoint, more in RULES])


def _address(kind: type[Rule], endpoint: str, values: dict[str, object]) -> str:
    """Return the address, or the refusal's words where the values lead to none."""
    try:
        return _map(kind).bind("givefirst.example", url_scheme="https").build(endpoint, values)
    except BuildError as refusal:
        return str(refusal)


TEXTS = st.text(min_size=1, max_size=12)


@given(
    endpoint=st.sampled_from([endpoint for _rule, endpoint, _more in RULES]),
    values=st.fixed_dictionaries(
        {"group": TEXTS, "meeting": TEXTS, "name": TEXTS, "number": st.integers(0, 99)},
        optional={"self": TEXTS},
    ),
)
@pytest.mark.parametrize("kind", [LateRule, KeptRule])
def test_late_rule_writes_what_an_early_one_writes(
    kind: type[Rule], endpoint: str, values: dict[str, object]
) -> None:
    assert _address(kind, endpoint, values) == _address(Rule, endpoint, values)


@pytest.mark.parametrize(
    ("path", "endpoint"), [("/g/harbour/page/7", "numbered"), ("/files/a/b.txt", "file")]
)
def test_rule_that_was_read_before_reads_what_a_new_one_reads(path: str, endpoint: str) -> None:
    first, second, new = (_map(kind).bind("givefirst.example") for kind in (KeptRule, KeptRule, LateRule))
    assert first.match(path) == second.match(path) == new.match(path)
    assert new.match(path)[0] == endpoint


@pytest.mark.parametrize("kind", [LateRule, KeptRule])
def test_missing_value_is_told_alike(kind: type[Rule]) -> None:
    _map(kind)
    told = _address(kind, "meeting", {"group": "harbour"})
    assert told == _address(Rule, "meeting", {"group": "harbour"})
    assert "Did you forget to specify values ['meeting']?" in told


def test_nothing_is_compiled_before_an_address_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    compile_now = Rule._compile_builder  # noqa: SLF001  # what is to be late

    def noted(rule: Rule, append_unknown: bool = True) -> object:
        compiled.append(rule.rule)
        return compile_now(rule, append_unknown)

    monkeypatch.setattr(Rule, "_compile_builder", noted)
    addresses = _map(LateRule).bind("givefirst.example")
    assert addresses.match("/g/harbour/meetings/m1") == ("meeting", {"group": "harbour", "meeting": "m1"})
    assert compiled == []
    assert [addresses.build("group", {"group": "harbour"}) for _ in range(2)] == ["/g/harbour/"] * 2
    assert compiled == ["/g/<group>/"]
