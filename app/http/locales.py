"""Which locale a page is written in: the language of the reader, the ways of the group."""

from flask import g

from app.core.groups.domain.standing import Group
from app.core.vocabulary import STANDARD


def read_for(group: Group) -> None:
    """Note that the rest of this request is about `group`: days, times and amounts its way, and in its words."""
    g.group_locale = group.locale
    g.group_vocabulary = group.vocabulary


def group_locale_at_hand() -> str:
    """Return the locale (BCP 47) of the group that this request is about, or nothing."""
    return str(g.get("group_locale", ""))


def vocabulary_at_hand() -> str:
    """Return the key of the vocabulary pack of the group that this request is about, or the standard one."""
    return str(g.get("group_vocabulary", STANDARD))


def chosen_locale(language: str, of_group: str, of_browser: str) -> str:
    """Return the locale to write in, as Babel names it: `en_GB`.

    The person's `language` decides the words. Where the group's locale is of that language, it decides how days,
    times and amounts are written; else the browser's does, if it is of that language.
    """
    for candidate in (of_group, of_browser):
        if candidate and (not language or _language(candidate) == _language(language)):
            return candidate.replace("-", "_")
    return language.replace("-", "_")


def _language(locale: str) -> str:
    return locale.replace("_", "-").split("-")[0].casefold()
