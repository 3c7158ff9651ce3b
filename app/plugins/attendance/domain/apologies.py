"""What people wrote to their group's chat, as answers: who, and whether they are late, cannot come, or send somebody.

It only ever proposes. Where two members fit, or two answers, or none, that part stays open; a leader confirms each.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from app.plugins.attendance.domain.answers import LONGEST_NAME, Intent
from app.plugins.attendance.domain.apology_words import APOLOGIES, DENIED, LATE, SENDS, STANDS_IN
from app.plugins.attendance.domain.chat_text import (
    NAMED,
    Message,
    folded,
    messages_in,
    signature_of,
    visible,
    words_of,
)

LONGEST_QUOTE = 300
_MOST_WORDS_OF_A_NAME = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownMember:
    """A member who may have written: `key` is the public id."""

    key: str
    name: str
    first_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What one message seems to say. `fitting` are the members it may be of: exactly one is a proposal, more stay open."""

    quote: str
    fitting: tuple[str, ...]
    intent: Intent | None
    substitute_name: str = ""

    @property
    def member(self) -> str:
        """The member it is of, or nothing where that is open."""
        return self.fitting[0] if len(self.fitting) == 1 else ""


def proposals_from(pasted: str, members: Sequence[KnownMember]) -> list[Proposal]:
    """Return what each message of a pasted text seems to say, in the order of the text; never raises."""
    return [_proposal(part, members) for message in messages_in(pasted) for part in _parted(message, members)]


def intent_of(text: str) -> tuple[Intent | None, str]:
    """Return which answer a message gives, and the name of who comes instead; None where it is open."""
    name, says_so = substitute_in(text)
    plain = folded(text)
    if _has(DENIED, plain):
        return None, ""
    is_late, is_away = _has(LATE, plain), _has(APOLOGIES, plain)
    if says_so:
        return (None, "") if is_late else (Intent.SUBSTITUTE, name)
    if is_late and is_away:
        return None, ""
    if is_late:
        return Intent.LATE, ""
    return (Intent.APOLOGIES, "") if is_away else (None, "")


def substitute_in(text: str) -> tuple[str, bool]:
    """Return the name of who comes instead, and whether the message speaks of one; the name may be left out."""
    tokens = visible(text).split()
    plain = [folded(token).strip('.,;!?()"') for token in tokens]
    says_so = False
    for patterns, is_behind in ((STANDS_IN, False), (SENDS, True)):
        for first, last in _spans(patterns, plain):
            name = _name_after(tokens, last) if is_behind else _name_before(tokens, first)
            if name:
                return name[:LONGEST_NAME], True
            says_so = says_so or not is_behind or _is_clear(plain[first:last])
    return "", says_so


def members_in(text: str, members: Sequence[KnownMember]) -> tuple[str, ...]:
    """Return the members whom a text names: by full name, else by a first name written with a capital."""
    said = f" {' '.join(words_of(text))} "
    full = [one for one in members if _phrase(one.name) in said]
    rest = said
    for one in full:
        rest = rest.replace(_phrase(one.name), " ")
    capitals = {word for token in visible(text).split() if token[:1].isupper() for word in words_of(token)}
    first = [
        one
        for one in members
        if one not in full and _phrase(one.first_name) in rest and set(words_of(one.first_name)) <= capitals
    ]
    return tuple(one.key for one in (*full, *first))


def sender_among(sender: str, members: Sequence[KnownMember]) -> tuple[str, ...]:
    """Return the members whom a chat may call this: by full name, by first name and an initial, by first name."""
    said = list(words_of(sender))
    if not said:
        return ()
    full = [
        one.key
        for one in members
        if list(words_of(one.name)) == said or _phrase(one.name) in f" {' '.join(said)} "
    ]
    if full:
        return tuple(full)
    begun = [one.key for one in members if len(said) > 1 and _begins(said, words_of(one.name))]
    if begun:
        return tuple(begun)
    if len(said) > 1:
        return ()
    return tuple(one.key for one in members if list(words_of(one.first_name)) == said)


def _proposal(message: Message, members: Sequence[KnownMember]) -> Proposal:
    intent, name = intent_of(message.text)
    return Proposal(
        quote=message.quote[:LONGEST_QUOTE],
        fitting=_fitting(message, members, name),
        intent=intent,
        substitute_name=name,
    )


def _fitting(message: Message, members: Sequence[KnownMember], substitute_name: str) -> tuple[str, ...]:
    """Return whom a message is of: its sender, else who signed it, else whom it names."""
    for name in (message.sender, signature_of(message.text)):
        found = sender_among(name, members)
        if found:
            return found
    text = message.text.replace(substitute_name, " ") if substitute_name else message.text
    return members_in(text, members)


def _parted(message: Message, members: Sequence[KnownMember]) -> list[Message]:
    """Return the messages that stand in one: each line that begins with a member's name and a colon is a new one."""
    heads = [
        (number, found["sender"].strip(), found["text"])
        for number, line in enumerate(message.text.splitlines())
        if (found := NAMED.fullmatch(line)) and sender_among(found["sender"], members)
    ]
    if not heads:
        return _signed(message, members)
    lines = message.text.splitlines()
    parts = _signed(_part(message, lines[: heads[0][0]]), members) if heads[0][0] else []
    for (number, sender, text), end in zip(heads, [*(one[0] for one in heads[1:]), len(lines)], strict=True):
        said = "\n".join([text, *lines[number + 1 : end]])
        parts.append(Message(sender=sender, text=said, quote=" ".join(lines[number:end])))
    return parts


def _part(message: Message, lines: Sequence[str]) -> Message:
    quote = message.quote if message.sender else " ".join(lines)
    return Message(sender=message.sender, text="\n".join(lines), quote=quote)


def _signed(message: Message, members: Sequence[KnownMember]) -> list[Message]:
    """Return the messages of a paragraph without senders: a signed line, or one that says all by itself, ends one."""
    lines = message.text.splitlines()
    if message.sender or len(lines) < 2:
        return [message]
    parts: list[list[str]] = [[]]
    for line in lines:
        if parts[-1] and (_is_whole("\n".join(parts[-1]), members) and _is_whole(line, members)):
            parts.append([])
        parts[-1].append(line)
        if sender_among(signature_of(line), members):
            parts.append([])
    return [_part(message, part) for part in parts if any(part)]


def _is_whole(text: str, members: Sequence[KnownMember]) -> bool:
    return bool(members_in(text, members)) and intent_of(text)[0] is not None


def _has(patterns: Sequence[str], plain: str) -> bool:
    return any(re.search(rf"(?<![\w']){pattern}(?![\w'])", plain) for pattern in patterns)


def _spans(patterns: Sequence[str], plain: Sequence[str]) -> list[tuple[int, int]]:
    """Return which tokens, from the first to behind the last, the patterns match in the text."""
    starts, text = [], ""
    for token in plain:
        starts.append(len(text))
        text += f"{token} "
    return [
        (bisect_right(starts, found.start()) - 1, bisect_left(starts, found.end()))
        for pattern in patterns
        for found in re.finditer(rf"(?<![\w']){pattern}(?![\w'])", text)
    ]


def _name_after(tokens: Sequence[str], place: int) -> str:
    name: list[str] = []
    for token in tokens[place : place + _MOST_WORDS_OF_A_NAME]:
        if not _is_name(token):
            break
        name.append(token)
        if token[-1] in ".,;!?)":
            break
    return _joined(name)


def _name_before(tokens: Sequence[str], place: int) -> str:
    name: list[str] = []
    for token in reversed(tokens[max(0, place - _MOST_WORDS_OF_A_NAME) : place]):
        if not _is_name(token) or (name and token[-1] in ".,:;!?)"):
            break
        name.insert(0, token)
    while name and folded(name[0]).strip(".,;!?") in _NO_NAMES:
        name.pop(0)
    return _joined(name)


def _is_name(token: str) -> bool:
    bare = token.strip(".,;!?()\"'")
    return bare[:1].isupper() and folded(bare) not in _NO_NAMES and not bare.isdigit()


def _joined(name: Sequence[str]) -> str:
    return " ".join(token.strip('.,;!?()"') for token in name)


def _is_clear(words: Sequence[str]) -> bool:
    """Return whether the words speak of a substitute even without a name: sending alone might be a file."""
    return any(
        re.match(r"sub|stand-in|replace|vertret|ersatz|sustitu|suplente|remplac|supplean|represent", one)
        for one in words
    )


def _phrase(name: str) -> str:
    return f" {' '.join(words_of(name))} "


def _begins(said: Sequence[str], full: Sequence[str]) -> bool:
    """Return whether `said` is a first name with the beginning of another: Ana S. for Ana Sousa."""
    return bool(full) and said[0] == full[0] and any(one.startswith(said[-1]) for one in full[1:])


_NO_NAMES = frozenset(
    ("i", "my", "hi", "hello", "sorry", "today", "tomorrow", "me", "the", "ich", "heute", "morgen", "hallo", "leider", "meine", "mein",
     "hola", "hoy", "manana", "buenos", "bonjour", "salut", "aujourd'hui", "demain", "bom", "boa", "ola", "hoje", "amanha", "dia", "nao",
     "o", "a", "but", "and", "und", "aber", "mais", "et", "pero", "y", "e", "mas", "please", "bitte", "so", "then", "dann")
)  # fmt: skip
