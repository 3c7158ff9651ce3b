"""Every mail is one that a group may word its own way, or stands here with the reason why not."""

import ast
from collections.abc import Iterator

import pytest

from app.core.notices.wording import MailKind, refusals_for_words, with_places
from app.plugin_runtime.discovery import find_plugins
from app.plugin_runtime.registry import Registry
from config import PLUGINS
from tests.support.source import Module, application, read

REGISTRY = Registry(find_plugins(PLUGINS))
KINDS = [kind for _plugin, kind in REGISTRY.mails(frozenset(REGISTRY.by_name))]

_SECURITY = "whoever signs in must know the words that are the house's"
_PROMISE = "it promises what is kept secret or asks for consent: the promise is the house's to keep"
_OWN_PAGE = "its words are written on a page of its own"

UNWORDABLE = {
    "access.reset": _SECURITY,
    "access.invitation": _SECURITY,
    "access.sign-in": _SECURITY,
    "access.founding": _SECURITY,
    "notices.digest": "it is an envelope: what is in it has the group's words already",
    "attendance.care_*": _OWN_PAGE,
    "welcome.first_message": _OWN_PAGE,
    "firstyear.question": _PROMISE,
    "referrals.help_asked": _PROMISE,
    "referrals.report_*": _PROMISE,
    "referrals.prospect_forgotten": _PROMISE,
    "credibility.customer_asked": _PROMISE,
    "joining.confirm": _PROMISE,
    "joining.reference": _PROMISE,
    "joining.reference_reminder": _PROMISE,
}
"""Mails that say the same in every group; `*` stands for what is filled in."""

SAID_OTHERWISE = {
    "referrals.slip_*": "referrals.slip_step",
    "referrals.slip_edit": "referrals.slip_step",
    "credibility.appeal_ended": "credibility.appeal_upheld",
}
"""Mails whose letters carry a wording of another name."""

PASSED_ON = {
    "app/core/meetings/services/telling.py",
    "app/plugins/referrals/services/telling.py",
    "app/plugins/giving/services/telling.py",
    "app/plugins/welcome/services/visit_letters.py",
    "app/plugins/welcome/services/visit_telling.py",
    "app/plugins/joining/services/telling.py",
    "app/plugins/firstyear/services/telling.py",
    "app/plugins/credibility/services/appeal_news.py",
}
"""Files that make letters of the kind of a `News` or of its like, which is read where it is made."""

NO_MAIL = {
    "firstyear.care": "a sentence on the page only",
    "firstyear.leaver": "a sentence on the page only",
    "firstyear.mentor_answered": "a sentence on the page only",
    "firstyear.mentor_gone": "a sentence on the page only",
    "firstyear.needs_mentor": "a sentence on the page only",
    "giving.words": "a sentence on the page only",
    "giving.introduction_news": "a sentence on the page only",
}


def kinds_of(modules: tuple[Module, ...]) -> Iterator[tuple[str, str]]:
    """Yield the kind of every letter and news that is made, with its file; `*` for what is filled in."""
    constants = dict(found for module in modules for found in _constants(module))
    for module in modules:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and _name(node.func) in {"Letter", "News", "_of_one"}:
                for keyword in node.keywords:
                    if keyword.arg == "kind":
                        yield from (
                            (module.path, kind) for kind in _kinds(keyword.value, constants, module.path)
                        )


def _constants(module: Module) -> Iterator[tuple[str, str]]:
    for node in module.tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            for target in node.targets:
                if isinstance(target, ast.Name) and "." in str(node.value.value):
                    yield f"{target.id}", str(node.value.value)
                    yield f"{module.path}:{target.id}", str(node.value.value)


def _kinds(value: ast.expr, constants: dict[str, str], path: str) -> list[str]:
    if isinstance(value, ast.Constant):
        return [str(value.value)]
    if isinstance(value, ast.JoinedStr):
        return ["".join(str(one.value) if isinstance(one, ast.Constant) else "*" for one in value.values)]
    if isinstance(value, ast.IfExp):
        return [*_kinds(value.body, constants, path), *_kinds(value.orelse, constants, path)]
    name = _name(value)
    return [constants.get(f"{path}:{name}") or constants.get(name) or f"?{ast.unparse(value)}"]


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def undeclared(found: Iterator[tuple[str, str]]) -> list[str]:
    """Return the mails that nobody declared, each with what to do."""
    declared = {kind.wording for kind in KINDS}
    known = declared | UNWORDABLE.keys() | SAID_OTHERWISE.keys() | NO_MAIL.keys()
    return [
        f"{path}: {kind}: declare a MailKind in the manifest's mails, or say in UNWORDABLE why not"
        for path, kind in found
        if kind not in known and not (kind.startswith("?") and path in PASSED_ON)
    ]


# Kinds that are handed about in a variable; each is declared under its own name.
HANDED_ON = {"?kind"}


def test_every_letter_is_declared_or_says_why_not() -> None:
    found = [one for one in kinds_of(application()) if one[1] not in HANDED_ON]
    assert len(found) > 25
    assert undeclared(iter(found)) == []


def test_a_letter_that_nobody_declared_is_seen() -> None:
    made_up = read('KIND = "visits.thanks"\nLetter(kind=KIND, subject="")\nNews(kind=f"visits.{x}_y")\n')
    assert [line.split(": ")[1] for line in undeclared(kinds_of((made_up,)))] == [
        "visits.thanks",
        "visits.*_y",
    ]


def test_no_two_mails_go_by_one_name_and_each_belongs_to_its_component() -> None:
    wordings = [kind.wording for kind in KINDS]
    assert len(wordings) == len(set(wordings))
    for plugin, kind in REGISTRY.mails(frozenset(REGISTRY.by_name)):
        assert kind.wording.startswith(f"{plugin}." if plugin else ("meetings.", "groups.", "offices.")), (
            kind.wording
        )


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.wording)
def test_the_usual_words_could_be_kept_as_own_ones(kind: MailKind) -> None:
    assert kind.samples.keys() <= kind.explained.keys()
    assert refusals_for_words(kind, with_places(kind.subject), with_places(kind.body)) == []
