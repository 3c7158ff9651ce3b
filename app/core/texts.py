"""Sentences in a person's language, outside any request: for mail and notices, which are written where facts change."""

from collections.abc import Mapping
from functools import cache
from gettext import NullTranslations, translation
from pathlib import Path
from typing import Any

from app.core.vocabulary import STANDARD, reworded

CATALOGUES = Path(__file__).resolve().parent.parent / "translations"


def translated(
    language: str, sentence: str, facts: Mapping[str, Any] | None = None, *, vocabulary: str = STANDARD
) -> str:
    """Return `sentence`, marked with `N_`, in `language` (BCP 47), with `%(name)s` filled in from `facts`.

    `vocabulary` is the pack of the group that the sentence is about; the facts are never reworded.
    """
    text = reworded(vocabulary, language, sentence, _catalogue(language).gettext(sentence))
    return text % facts if facts else text


@cache
def _catalogue(language: str) -> NullTranslations:
    names = [language.replace("-", "_"), language.split("-", maxsplit=1)[0]]
    return translation("messages", localedir=CATALOGUES, languages=names, fallback=True)
