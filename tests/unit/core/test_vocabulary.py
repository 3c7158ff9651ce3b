"""Vocabulary packs: whole words are renamed, and nothing else, in every sentence the project has."""

import ast
import re
from collections.abc import Iterator

import pytest

from app.core.sentences import N_
from app.core.texts import translated
from app.core.vocabulary import PACKS, STANDARD, pack_called, reworded
from tests.support.source import ROOT

PLACE = re.compile(r"%(?:\(\w+\))?[#0\-+]*[\d.]*[a-zA-Z]|%%|\{\w*\}")
IN_TEMPLATES = re.compile(
    r"""\b(?:_|ngettext)\(\s*('(?:[^'\\]|\\.)*'|"[^"]*")(?:\s*,\s*('(?:[^'\\]|\\.)*'|"[^"]*"))?"""
)
SAID_BY = {"_", "_l", "N_", "gettext", "lazy_gettext", "ngettext", "lazy_ngettext"}
OTHERS = tuple(pack for pack in PACKS.values() if pack.key != STANDARD)


def sentences_of_the_project() -> Iterator[str]:
    """Yield every sentence of code and templates that goes through gettext."""
    for file in (ROOT / "app").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAID_BY:
                for given in node.args:
                    if isinstance(given, ast.Constant) and isinstance(given.value, str):
                        yield given.value
    for file in (ROOT / "app").rglob("*.html"):
        for found in IN_TEMPLATES.finditer(file.read_text()):
            yield from (ast.literal_eval(text) for text in found.groups() if text)


SENTENCES = tuple(sorted(set(sentences_of_the_project())))


def said(pack: str, sentence: str) -> str:
    """Return an English sentence in the words of a pack."""
    return reworded(pack, "en-GB", sentence, sentence)


@pytest.mark.parametrize(
    ("pack", "sentence", "expected"),
    [
        ("chapter", "Your group", "Your chapter"),
        ("chapter", "Groups of the town", "Chapters of the town"),
        ("chapter", "THE GROUP", "THE CHAPTER"),
        ("chapter", "the group’s day", "the chapter’s day"),
        ("tips", "All slips of the group.", "All tips of the club."),
        ("tips", "A referral slip", "A tip"),
        ("leads", "Referrals given inside", "Leads given inside"),
        ("roundtable", "Vice-president", "Deputy moderator"),
        ("roundtable", "The president ends the meeting.", "The moderator ends the roundtable."),
    ],
)
def test_a_word_is_renamed_in_each_of_its_forms(pack: str, sentence: str, expected: str) -> None:
    assert said(pack, sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "%(group)s",
        "%(slip)d of %(meeting)s",
        "{group}",
        "old-group",
        "groups.csv",
        "/g/group/slip",
        "slip@group.example",
        "grouping",
        "subgroup",
        "RGI RGO RRI RRO",
    ],
)
def test_what_is_no_word_of_its_own_stays(sentence: str) -> None:
    assert [said(pack.key, sentence) for pack in OTHERS] == [sentence] * len(OTHERS)


def test_a_percent_sign_before_a_word_is_no_place_for_a_fact() -> None:
    assert said("tips", "at least 70 % slips") == "at least 70 % tips"


def test_the_standard_pack_changes_nothing() -> None:
    assert [one for one in SENTENCES if said(STANDARD, one) != one] == []


def test_the_project_has_sentences_and_each_pack_changes_some() -> None:
    assert len(SENTENCES) > 700
    assert all(any(said(pack.key, one) != one for one in SENTENCES) for pack in OTHERS)


@pytest.mark.parametrize("pack", [pack.key for pack in OTHERS])
def test_no_pack_breaks_a_place_for_a_fact(pack: str) -> None:
    broken = [one for one in SENTENCES if PLACE.findall(one) != PLACE.findall(said(pack, one))]
    assert broken == []


@pytest.mark.parametrize("pack", [pack.key for pack in OTHERS])
def test_saying_it_in_the_words_of_a_pack_twice_changes_nothing_more(pack: str) -> None:
    assert [one for one in SENTENCES if said(pack, said(pack, one)) != said(pack, one)] == []


@pytest.mark.parametrize("pack", [pack.key for pack in OTHERS])
def test_no_pack_leaves_an_article_that_does_not_fit(pack: str) -> None:
    changed = [said(pack, one) for one in SENTENCES if said(pack, one) != one]
    new_words = {word.said for words in PACKS[pack].words.values() for word in words}
    wrong = [f"an {word}" for word in new_words if word[0] not in "aeiou"]
    wrong += [f"a {word}" for word in new_words if word[0] in "aeiou"]
    assert [
        text for text in changed for error in wrong if re.search(rf"\b{error}\b", text, re.IGNORECASE)
    ] == []


def test_a_whole_sentence_that_a_pack_replaces_is_one_of_the_project() -> None:
    replaced = [sentence for pack in OTHERS for sentence in pack.sentences]
    assert replaced
    assert [one for one in replaced if one not in SENTENCES] == []


def test_what_people_wrote_stays_as_they_wrote_it() -> None:
    sentence = N_("%(name)s passed you a slip.")
    written = translated("en-GB", sentence, {"name": "Slip & Group Ltd"}, vocabulary="tips")
    assert written == "Slip & Group Ltd passed you a tip."


def test_a_translated_sentence_keeps_its_words_where_the_pack_has_none_of_that_language() -> None:
    assert reworded("tips", "de-DE", "A slip", "Ein Slip") == "Ein Slip"


def test_a_sentence_that_is_not_translated_is_in_english_in_every_language() -> None:
    assert reworded("tips", "de-DE", "A slip", "A slip") == "A tip"


def test_a_pack_that_is_no_more_means_the_standard_words() -> None:
    assert pack_called("gone").key == STANDARD
    assert said("gone", "A slip of the group") == "A slip of the group"
