"""When are two spellings the same words? Spaces, invisible marks, case and typographic variants do not count."""

import re
import unicodedata

# Control characters, soft hyphens, zero-width spaces and direction marks: pasted along, never meant. The joiners
# U+200C and U+200D stay, since in Persian and in Indian scripts they are part of a name.
_INVISIBLE = dict.fromkeys(
    [code for code in (*range(0x20), *range(0x7F, 0xA0)) if not chr(code).isspace()]
    + [0xAD, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF]
)
# Word processors replace these behind the writer's back.
_TYPOGRAPHIC = str.maketrans("\u2018\u2019\u02bc\u2010\u2011\u2012\u2013\u2014", "'''-----")
_EAST_ASIAN = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_EAST_ASIAN_ONLY = re.compile(f"[{_EAST_ASIAN}]+")
_SPACE_IN_EAST_ASIAN = re.compile(f"(?<=[{_EAST_ASIAN}]) (?=[{_EAST_ASIAN}])")


def tidy(text: str) -> str:
    """Return the text with single spaces, none at its ends, and without invisible marks; letters are untouched."""
    return " ".join(unicodedata.normalize("NFC", text.translate(_INVISIBLE)).split())


def folded(text: str) -> str:
    """Return the form by which two spellings are compared: space, case, width and typography folded away.

    Accents stay: José and Jose may be two people. Spaces inside Chinese, Japanese and Korean names go.
    """
    wide = unicodedata.normalize("NFKC", tidy(text).translate(_TYPOGRAPHIC))
    cased = unicodedata.normalize("NFKC", wide.casefold())
    return _SPACE_IN_EAST_ASIAN.sub("", tidy(cased))


def letters_only(text: str) -> str:
    """Return folded letters and digits without accents, spaces or signs: how the words of a header are compared."""
    bare = unicodedata.normalize("NFD", folded(text))
    return "".join(letter for letter in bare if letter.isalnum())


def is_east_asian(text: str) -> bool:
    """Is the text written in Chinese, Japanese or Korean characters only?"""
    return _EAST_ASIAN_ONLY.fullmatch(tidy(text).replace(" ", "")) is not None


def has_east_asian(text: str) -> bool:
    """Does the text hold a Chinese, Japanese or Korean character?"""
    return _EAST_ASIAN_ONLY.search(text) is not None
