"""Which messages stand in a text copied from a chat: who sent each, and the line it begins with.

Known shapes: WhatsApp on both kinds of phone, Telegram, Signal, a name before a colon, and plain text. Whatever has
another shape is read as plain text: a paragraph is a message.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

MOST_LETTERS = 20_000
MOST_MESSAGES = 200

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufe0f]")
_DAY = r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\.?|\d{1,2}\.? \w{3,12}\.? \d{2,4}"
_CLOCK = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[APap]\.?\s?[Mm]\.?)?"
_STAMP = rf"(?:(?:{_DAY})(?:,? | at |,? um )?)?(?:{_CLOCK})"
_HEADERS = (
    # [24/11/26, 06:12:33] Ben Ferreira: text      [2026-11-24 06:12] Ben Ferreira: text
    re.compile(rf"\[{_STAMP}\] ?~? ?(?P<sender>[^:\[\]]{{1,80}}): ?(?P<text>.*)"),
    # 24/11/2026, 06:12 - Ben Ferreira: text
    re.compile(rf"{_STAMP} [-–—] ~? ?(?P<sender>[^:]{{1,80}}): ?(?P<text>.*)"),
    # Ben Ferreira, [24.11.2026 06:12]: text       Ben Ferreira (06:12): text
    re.compile(rf"(?P<sender>[^:\[\](),]{{1,80}}),? [\[(]{_STAMP}[\])]:? ?(?P<text>.*)"),
)
_SYSTEM = re.compile(rf"(?:\[{_STAMP}\]|{_STAMP} [-–—]) .*")
NAMED = re.compile(r"(?P<sender>[^\W\d_][^:\n,;!?]{0,60}): (?P<text>.+)")
"""A line that begins like a name and a colon; whether it is somebody's name, members tell."""
_SIGNED = re.compile(r"(?:.*\s)?[-–—~/]\s?(?P<name>[^\W\d_][\w'’. -]{0,60}?)[\s.!]*")
_SIGNED_TAIL = re.compile(r"[\W_]*\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message of a chat: the sender as the chat names them (or nothing), the text, and its first line as it stood."""

    sender: str
    text: str
    quote: str


@dataclass(slots=True)
class _Draft:
    sender: str
    lines: list[str]
    quote: str


def messages_in(pasted: str) -> list[Message]:
    """Return the messages of a pasted text, in order; empty ones and remarks of the chat itself are left out.

    Of more than `MOST_MESSAGES` there is one more than that, so that nobody takes them for all.
    """
    drafts: list[_Draft] = []
    is_open = False
    for raw in pasted[:MOST_LETTERS].splitlines():
        line = visible(raw).strip()
        header = next((found for shape in _HEADERS if (found := shape.fullmatch(line))), None)
        if header is not None:
            drafts.append(_Draft(header["sender"].strip(), [header["text"]], line))
            is_open = True
        elif _SYSTEM.fullmatch(line):
            is_open = False
        elif not line:
            is_open = is_open and bool(drafts) and bool(drafts[-1].sender)
        elif is_open:
            drafts[-1].lines.append(line)
            drafts[-1].quote = drafts[-1].quote if drafts[-1].lines[0] else f"{drafts[-1].quote} {line}"
        else:
            drafts.append(_Draft("", [line], line))
            is_open = True
    return [
        Message(sender=one.sender, text="\n".join(one.lines).strip(), quote=one.quote)
        for one in drafts[: MOST_MESSAGES + 1]
        if "".join(one.lines).strip()
    ]


def signature_of(text: str) -> str:
    """Return the name that a message is signed with on its last line, behind a dash, or nothing."""
    last = text.rstrip().splitlines()[-1] if text.strip() else ""
    last = _SIGNED_TAIL.sub("", last)
    found = _SIGNED.fullmatch(last)
    return found["name"].strip() if found else ""


def visible(text: str) -> str:
    """Return text without marks of direction and joiners, with plain spaces and apostrophes."""
    plain = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    return plain.replace("\u202f", " ").replace("\u00a0", " ").replace("’", "'")


def folded(text: str) -> str:
    """Return text as it is compared: small letters, without accents."""
    split = unicodedata.normalize("NFKD", visible(text)).casefold()
    return "".join(letter for letter in split if not unicodedata.combining(letter))


def words_of(text: str) -> Sequence[str]:
    """Return the words of a text as they are compared."""
    return re.findall(r"[^\W_]+(?:['-][^\W_]+)*", folded(text))
