"""What docs/rules.md says of rules is true: its example is read, its presets and measures are those there are."""

import re
from pathlib import Path

from app.plugins.attendance.domain.rule_presets import PRESETS
from app.plugins.attendance.domain.rule_set import Happening, MeasureKind, WindowKind
from app.plugins.attendance.domain.rule_set_json import rules_from_json, rules_to_json

TEXT = (Path(__file__).parents[3] / "docs/rules.md").read_text()


def _first_cells(heading: str) -> set[str]:
    table = TEXT.split(f"## {heading}\n")[1].split("\n## ")[0]
    cells = re.findall(r"^\| (`[^|]*`) \|", table, re.MULTILINE)
    return {name for cell in cells for name in re.findall(r"`([^`]+)`", cell)}


def test_example_is_a_rule_set() -> None:
    example = re.search(r"```json\n(.*?)```", TEXT, re.DOTALL)
    assert example
    rules = rules_from_json(example[1])
    assert [one.key for one in rules.measures] == ["absent", "sent", "missed"]
    assert rules_from_json(rules_to_json(rules)) == rules


def test_every_preset_and_every_measure_stands_in_its_table() -> None:
    assert _first_cells("Presets") == set(PRESETS)
    assert _first_cells("Measures") == {kind.value for kind in MeasureKind}


def test_every_word_of_the_text_is_explained() -> None:
    words = {one.value for one in (*Happening, *WindowKind)}
    assert [word for word in words if f"`{word}`" not in TEXT and f'"{word}"' not in TEXT] == []
