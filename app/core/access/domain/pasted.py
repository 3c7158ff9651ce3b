"""Who is in this pasted text? Names and mail addresses in any shape people paste them, each with what is doubtful.

Nothing is invented: an address is a part of the text, and a better one is only suggested.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.core.access.domain.address import folded_address
from app.core.access.domain.mail_domains import meant_domain
from app.core.errors import Refused

MOST_PEOPLE = 200
"""More belong into an import."""

LONGEST_NAME = 120

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_BREAKS = re.compile(r"[\r\n\u2028\u2029\x0b\x0c]+")
_BETWEEN = ",;\t|，；、"
_PIECE = re.compile(f"[^{_BETWEEN}]+")
_IN_ADDRESS = '[^\\s<>"“”()\\[\\]{},;|，；、]'
_ADDRESS = re.compile(f"(?<!{_IN_ADDRESS})(?:{_IN_ADDRESS}+@{_IN_ADDRESS}*|@{_IN_ADDRESS}+)")
"""Looked for where a word begins: from every letter of a long text without one, the search would take minutes."""
_EDGES = " \t\"'“”‘’«»<>()[]{}.,;:|*•·-–—_/\\"
_NUMBERED = re.compile(r"^\s*(?:\d{1,3}\s*[.):]|[-*•·–])\s*")
_AT_IN_WORDS = re.compile(r"^([\w.+-]+)\s*(?:\(at\)|\[at\]|\bat\b)\s*([\w-]+(?:\.[\w-]+)+)$", re.IGNORECASE)
_FAMILY_FIRST = re.compile(r"\w\s*,\s+\w")
"""`Sousa, Ana` is how lists write a family name first."""
_ENDING = re.compile(r"[a-z]{2,6}$", re.IGNORECASE)
_HEADINGS = frozenset(
    {"name", "names", "first", "last", "given", "family", "surname", "e", "email", "mail", "address", "nome", "vorname",
     "nachname", "apelido", "nombre", "apellido", "apellidos", "nom", "prénom", "adresse", "endereço", "correo"}
)  # fmt: skip
_OF_A_ROLE = frozenset(
    {
        "info",
        "office",
        "mail",
        "contact",
        "hello",
        "admin",
        "kontakt",
        "contato",
        "geral",
        "sales",
        "post",
        "team",
    }
)


class Doubt(StrEnum):
    """What is wrong with a line; the value is what its sentence is kept under."""

    NO_ADDRESS = "no_address"
    BAD_ADDRESS = "bad_address"
    UNLIKELY_DOMAIN = "unlikely_domain"
    NO_NAME = "no_name"


@dataclass(frozen=True, slots=True, kw_only=True)
class PastedPerson:
    """One person of the text. `typed` is their piece of it as it stood; `address` is a part of it, or empty.

    `name` is guessed from the address where the text gives none. `suggestion` is a likelier address, or empty.
    """

    typed: str
    name: str
    address: str
    doubt: Doubt | None = None
    suggestion: str = ""


def read_pasted(text: str) -> tuple[PastedPerson, ...]:
    """Return the people of a pasted text in its order; never raises, whatever was pasted."""
    return tuple(
        person
        for line in _BREAKS.split(_UNSEEN.sub("", text).replace("＠", "@"))
        for entry in _entries(line)
        if (person := _person(entry)) is not None
    )


def looked_at(name: str, address: str, typed: str = "") -> PastedPerson:
    """Return a person whose name and address are given apart, with what is doubtful about them."""
    name, address = _clean_name(name), _UNSEEN.sub("", address).replace("＠", "@").strip()
    doubt, suggestion = _doubt(address)
    if doubt is None and not name:
        doubt = Doubt.NO_NAME
    return PastedPerson(
        typed=typed or address or name, name=name, address=address, doubt=doubt, suggestion=suggestion
    )


def name_from_address(address: str) -> str:
    """Return the name that an address tells, `ana.sousa@…`, or nothing for one of an office or a number."""
    local = unicodedata.normalize("NFKC", address).partition("@")[0].partition("+")[0]
    words = [word for word in re.split(r"[^\w]|[\d_]", local) if word]
    if not words or local.casefold() in _OF_A_ROLE:
        return ""
    return " ".join(word[:1].upper() + word[1:] for word in words)[:LONGEST_NAME]


def _entries(line: str) -> Iterator[str]:
    """Yield the pieces of a line that are about one person each: names stand before their address, or all behind."""
    bare = _NUMBERED.sub("", line)
    pieces = [piece for piece in _PIECE.finditer(bare) if piece[0].strip()]
    with_address = [index for index, piece in enumerate(pieces) if "@" in piece[0]]
    if len(with_address) < 2:
        yield from _by_address(bare)
        return
    names_follow = with_address[0] == 0 and with_address[-1] != len(pieces) - 1
    begins = with_address if names_follow else [0, *(index + 1 for index in with_address[:-1])]
    for begin, end in zip(begins, [*begins[1:], len(pieces)], strict=True):
        yield from _by_address(bare[pieces[begin].start() : pieces[end - 1].end()])


def _by_address(entry: str) -> Iterator[str]:
    """Yield an entry in parts where it holds several addresses with nothing but space between them."""
    found = list(_ADDRESS.finditer(entry))
    if len({match[0].strip(_EDGES).casefold() for match in found}) < 2:
        yield entry
        return
    begin = 0
    for match in found[:-1]:
        yield entry[begin : match.end()]
        begin = match.end()
    yield entry[begin:]


def _person(entry: str) -> PastedPerson | None:
    words = set(re.findall(r"[^\W\d_]+", entry.casefold()))
    if "@" not in entry and (sum(map(len, words)) < 2 or words <= _HEADINGS):
        return None
    found = _ADDRESS.search(entry)
    if found is None:
        return _without_address(entry)
    if len({match[0].strip(_EDGES).casefold() for match in _ADDRESS.finditer(entry)}) > 1:
        return _several(entry)
    address = _clean_address(found[0])
    before, behind = entry[: found.start()], _ADDRESS.sub(" ", entry[found.end() :])
    split_domain = _comma_for_dot(address, behind)
    name = _clean_name(before) or ("" if split_domain else _clean_name(behind))
    doubt, suggestion = _doubt(address)
    if split_domain:
        address = entry[found.start() :].strip(_EDGES)
        doubt, suggestion = Doubt.BAD_ADDRESS, split_domain
    name = name or name_from_address(address)
    if doubt is None and not name:
        doubt = Doubt.NO_NAME
    return PastedPerson(
        typed=entry.strip()[:300], name=name, address=address, doubt=doubt, suggestion=suggestion
    )


def _several(entry: str) -> PastedPerson | None:
    """Return the first person of an entry that kept several addresses together; the others stand on their own."""
    return _person(next(_by_address(entry)))


def _without_address(entry: str) -> PastedPerson:
    words = _AT_IN_WORDS.match(entry.strip(_EDGES))
    suggestion = f"{words[1]}@{words[2]}" if words else ""
    name = "" if words or _looks_like_address(entry) else _clean_name(entry)
    return PastedPerson(
        typed=entry.strip()[:300], name=name, address="", doubt=Doubt.NO_ADDRESS, suggestion=suggestion
    )


def _looks_like_address(entry: str) -> bool:
    return " " not in entry.strip() and "." in entry.strip(_EDGES)


def _clean_address(text: str) -> str:
    bare = text.partition("?")[0].strip(_EDGES)
    return re.sub(r"^mailto:", "", bare, flags=re.IGNORECASE).strip(_EDGES)[:254]


def _clean_name(text: str) -> str:
    bare = re.sub(r"mailto:|<\s*$", " ", text, flags=re.IGNORECASE)
    parts = [" ".join(part.strip(_EDGES).split()) for part in _PIECE.findall(bare)]
    parts = [part for part in parts if any(_is_letter(letter) for letter in part)]
    if len(parts) == 2 and _FAMILY_FIRST.search(text):
        parts.reverse()
    name = " ".join(part for part in " ".join(parts).replace('"', " ").split() if not part.isdigit())
    printable = "".join(letter for letter in name if letter.isprintable())
    return unicodedata.normalize("NFC", printable)[:LONGEST_NAME].strip()


def _comma_for_dot(address: str, behind: str) -> str:
    """Return the address that `ana@x,pt` was meant to be, or nothing."""
    domain = address.partition("@")[2]
    ending = behind.strip(_EDGES)
    is_split = behind[:1] == "," and domain and "." not in domain and _ENDING.fullmatch(ending)
    return f"{address}.{ending}" if is_split else ""


def _doubt(address: str) -> tuple[Doubt | None, str]:
    if "@" not in address:
        return Doubt.NO_ADDRESS, ""
    local, _at, domain = address.rpartition("@")
    meant = meant_domain(domain)
    suggestion = f"{local}@{meant}" if meant and local else ""
    try:
        folded_address(address)
    except Refused:
        return Doubt.BAD_ADDRESS, suggestion
    return (Doubt.UNLIKELY_DOMAIN, suggestion) if suggestion else (None, "")


def _is_letter(letter: str) -> bool:
    return unicodedata.category(letter).startswith("L")
