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
