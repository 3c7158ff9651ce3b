"""Rules as text: what is wrong is named all at once, each with its place, and what is right comes back as it was."""

import json
from typing import Any

import pytest

from app.core.errors import Refused
from app.plugins.attendance.domain.rule_presets import PRESETS
from app.plugins.attendance.domain.rule_set import RuleSet
from app.plugins.attendance.domain.rule_set_json import MOST_PARTS, rules_from_json, rules_to_json

COUNT = {"key": "a", "name": "A", "kind": "count", "what": ["absent"], "window": {"kind": "all"}}
TOTAL = {"key": "t", "name": "T", "kind": "total"}
LIMIT = {"key": "l", "name": "L", "measure": "a", "reached": 3, "near": 2}


def _said(**changes: Any) -> str:
    return json.dumps({"schema": 1, "name": "Ours", "measures": [COUNT], "limits": [LIMIT]} | changes)


def _problems(text: str) -> dict[str, str]:
    with pytest.raises(Refused) as refused:
        rules_from_json(text)
    return {one.field: one.code.removeprefix("attendance.rules_") for one in refused.value.refusals}


@pytest.mark.parametrize("name", PRESETS)
def test_preset_comes_back_from_its_text_as_it_was(name: str) -> None:
    text = rules_to_json(PRESETS[name])
    assert rules_from_json(text) == PRESETS[name]
    assert rules_to_json(rules_from_json(text)) == text


def test_group_without_rules_of_its_own_counts_nothing() -> None:
    assert rules_from_json("{}") == RuleSet(name="")


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("[]", {"rules": "shape"}),
        ("{", {"rules": "shape"}),
        (_said(schema=2), {"schema": "schema"}),
        (_said(schema=True), {"schema": "schema"}),
        (_said(name="  "), {"name": "missing"}),
        (_said(name="x" * 81), {"name": "too_long"}),
        (_said(colour="red"), {"colour": "unknown_name"}),
        (_said(cut_off={"kind": "sundial"}), {"cut_off.kind": "unknown_word"}),
        (_said(cut_off={"minutes": 500}), {"cut_off.minutes": "whole_number"}),
        (_said(cut_off={"minutes": "1/2"}), {"cut_off.minutes": "whole_number"}),
        (_said(weights={"late": -1}), {"weights.late": "number"}),
        (_said(weights={"late": "much"}), {"weights.late": "number"}),
        (_said(weights={"lazy": 1}), {"weights.lazy": "unknown_name"}),
        (_said(excused={"weather": 2}), {"excused.weather": "number"}),
        (_said(excused={"Bad Weather": 0}), {"excused.Bad Weather": "bad_key"}),
        (_said(measures="all"), {"measures": "shape", "limits[0].measure": "unknown_measure"}),
        (_said(measures=[COUNT, COUNT]), {"measures[1].key": "twice"}),
        (_said(measures=[COUNT | {"what": []}]), {"measures[0].what": "missing"}),
        (_said(measures=[COUNT | {"what": ["asleep"]}]), {"measures[0].what[0]": "unknown_word"}),
        (_said(measures=[COUNT | {"excused_too": "no"}]), {"measures[0].excused_too": "shape"}),
        (
            _said(measures=[COUNT | {"window": {"kind": "rolling"}}]),
            {"measures[0].window.length": "whole_number"},
        ),
        (
            _said(measures=[COUNT, {"key": "e", "name": "E", "kind": "every", "number": 2, "parts": []}]),
            {"measures[1].parts": "missing"},
        ),
        (
            _said(measures=[COUNT, TOTAL | {"parts": [{"measure": "a"}] * 7}]),
            {"measures[1].parts": "too_many"},
        ),
        (
            _said(
                measures=[
                    {"key": "t", "name": "T", "kind": "total", "parts": [{"measure": "a"}]},
                    COUNT,
                ]
            ),
            {"measures[0].parts[0].measure": "unknown_measure"},
        ),
        (
            _said(
                measures=[
                    COUNT,
                    {"key": "b", "name": "B", "kind": "beyond", "parts": [{"measure": "a"}], "allowed": "c"},
                ]
            ),
            {"measures[1].allowed": "unknown_measure"},
        ),
        (
            _said(measures=[COUNT | {"key": "d", "kind": "depends", "parts": [{"measure": "d"}]}], limits=[]),
            {
                "measures[0].what": "unknown_name",
                "measures[0].window": "unknown_name",
                "measures[0].parts[0].measure": "unknown_measure",
                "measures[0].number": "number",
                "measures[0].then": "number",
                "measures[0].otherwise": "number",
            },
        ),
        (_said(limits=[LIMIT | {"near": 3}]), {"limits[0].near": "near"}),
        (_said(limits=[LIMIT | {"side": "less_than", "near": 2}]), {"limits[0].near": "near"}),
        (_said(limits=[LIMIT, LIMIT]), {"limits[1].key": "twice"}),
        (
            _said(
                name=1,
                cut_off=[],
                measures=[COUNT | {"kind": "mood"}],
                limits=[LIMIT | {"reached": "many", "near": None}],
            ),
            {
                "name": "missing",
                "cut_off": "shape",
                "measures[0].kind": "unknown_word",
                "limits[0].reached": "number",
            },
        ),
    ],
)
def test_every_problem_is_named_with_its_place(text: str, problems: dict[str, str]) -> None:
    assert _problems(text) == problems


def test_total_may_have_six_parts() -> None:
    rules = rules_from_json(_said(measures=[COUNT, TOTAL | {"parts": [{"measure": "a"}] * MOST_PARTS}]))
    assert len(rules.measure("t").parts) == MOST_PARTS == 6


def test_numbers_stay_exact() -> None:
    rules = rules_from_json(_said(weights={"late": 0.1, "absent": "1/3", "left_early": "0,5"}))
    assert json.loads(rules_to_json(rules))["weights"] == {
        "absent": "1/3",
        "late": "1/10",
        "left_early": "1/2",
    }
