"""Marks an English sentence for the translators without translating it: the pure modules need no Flask."""


def N_(text: str) -> str:  # noqa: N802 - the name that the extraction of translatable text looks for
    """Return `text` unchanged; the edge translates it when it is shown."""
    return text
