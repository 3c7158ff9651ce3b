"""Every reason that the code can give has its sentence, and every sentence gets the facts it speaks of."""

import re

import pytest

from app.core.refusals import CORE_SENTENCES
from app.plugin_runtime.discovery import find_plugins
from config import PLUGINS
from tests.support.refusals_in_code import Use, uses
from tests.support.source import application, read

SENTENCES = dict(CORE_SENTENCES)
for _plugin in find_plugins(PLUGINS):
    SENTENCES.update(_plugin.manifest.sentences)

USES = tuple(uses(application()))


def facts_spoken_of(sentence: str) -> set[str]:
    """Return the facts for which a sentence keeps a place."""
    return set(re.findall(r"%\((\w+)\)", sentence))


def without_sentence(found: tuple[Use, ...]) -> list[str]:
    """Return each use of a code that no sentence belongs to."""
    return [f"{use.place} {use.code}" for use in found if not any(use.means(code) for code in SENTENCES)]


def without_facts(found: tuple[Use, ...]) -> list[str]:
    """Return each use that lacks a fact of its sentence; uses whose facts are computed are left out."""
    return [
        f"{use.place} {code} lacks {', '.join(sorted(missing))}"
        for use in found
        if use.facts is not None
        for code in SENTENCES
        if use.means(code) and (missing := facts_spoken_of(SENTENCES[code]) - use.facts)
    ]


def test_every_refusal_has_a_sentence() -> None:
    assert without_sentence(USES) == []


def test_every_sentence_gets_its_facts() -> None:
    assert without_facts(USES) == []


def test_the_codes_of_nearly_all_uses_are_plain_to_see() -> None:
    computed = sorted({f"{use.place} {use.code}" for use in USES if "?" in use.code or use.code == "*"})
    assert computed == []
    assert len({use.code for use in USES}) > 60


def test_no_sentence_waits_for_a_refusal_that_nobody_makes() -> None:
    assert [code for code in SENTENCES if not any(use.means(code) for use in USES)] == []


def test_every_sentence_can_be_filled_in() -> None:
    filled = [sentence % dict.fromkeys(facts_spoken_of(sentence), "x") for sentence in SENTENCES.values()]
    assert [text for text in filled if "%(" in text] == []


def test_a_code_without_a_sentence_is_seen() -> None:
    made = tuple(uses([read("raise Refused([Refusal(code='groups.no_such_reason')])")]))
    assert without_sentence(made) == ["app/made_up.py:1 groups.no_such_reason"]


@pytest.mark.parametrize(
    "text",
    [
        "Refusal(code='groups.slug_taken')",
        "Refusal(code='groups.slug_taken', facts={'name': 1})",
        "def refused(what):\n facts = {'name': what}\n return Refusal(code='groups.slug_taken', facts=facts)",
        "def _no(code, **facts):\n return Refusal(code=f'groups.{code}', facts=facts)\n_no('slug_taken', name=1)",
    ],
)
def test_a_missing_fact_is_seen(text: str) -> None:
    assert without_facts(tuple(uses([read(text)])))


def test_a_fact_that_is_given_is_found_through_a_function() -> None:
    text = "def _no(code, **facts):\n return Refusal(code=f'groups.{code}', facts=facts)\n_no('slug_taken', slug=1)"
    assert [(use.code, use.facts) for use in uses([read(text)])] == [
        ("groups.slug_taken", frozenset({"slug"}))
    ]


KEEPER = "class Keeper:\n def problem(self, code, row, **facts):\n  self.problems.append(Problem(code=code, facts=facts))\n"


@pytest.mark.parametrize(
    "text",
    [
        "def f(cells, is_odd):\n code = 'x.odd' if is_odd else 'x.even'\n cells.problem(code, 1, found=2)",
        "def f(cells):\n told = {'found': 2}\n cells.problem('x.odd', 1, **told)\n cells.problem('x.even', 1, **told)",
    ],
)
def test_a_code_and_facts_that_a_method_of_another_module_gets_are_found(text: str) -> None:
    there = read(KEEPER, "app/keeper.py")
    here = read(f"from app.keeper import Keeper\n{text}")
    assert {(use.code, use.facts) for use in uses([there, here])} == {
        (code, frozenset({"found", "row", "column"})) for code in ("x.odd", "x.even")
    }


def test_facts_that_nobody_can_see_are_not_taken_for_none() -> None:
    text = "from app.keeper import Keeper\ndef f(cells, told):\n cells.problem('x.odd', 1, **told())"
    assert [use.facts for use in uses([read(KEEPER, "app/keeper.py"), read(text)])] == [None]
