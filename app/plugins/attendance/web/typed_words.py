"""Translated sentences as plain text, for modules that make many of them."""

import flask_babel


def gettext(sentence: str, **facts: object) -> str:
    """Return the sentence in the reader's language, with its facts."""
    return str(flask_babel.gettext(sentence, **facts))


def ngettext(one: str, many: str, number: int, **facts: object) -> str:
    """Return the sentence for one or for many, `%(num)d` of them, in the reader's language."""
    return str(flask_babel.ngettext(one, many, number, **facts))
