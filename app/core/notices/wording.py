"""A group's own words for its mails: which mails there are, which places their words have, and what can be kept."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.core.errors import Refusal
from app.core.sentences import N_

LONGEST_SUBJECT, LONGEST_BODY = 150, 4_000

_FACT = re.compile(r"%\((\w+)\)s")
_PLACE = re.compile(r"\{([^{}\n]*)\}")
_LINK = "https://…"

EVERYWHERE: Mapping[str, str] = {
    "reader": N_("the first name of who reads it"),
    "group": N_("the group’s name"),
    "headline": N_("what happened, as the usual subject says it"),
}
"""Places that every mail has, whatever it is about."""

KNOWN: Mapping[str, tuple[str, str]] = {
    "name": (N_("the name of whom it is about"), "Ana Silva"),
    "other": (N_("the name of the other person"), "Ben Castro"),
    "link": (N_("the address of the page"), _LINK),
    "url": (N_("the address of the page"), _LINK),
    "day": (N_("the day"), N_("Tuesday, 24 November 2026")),
    "time": (N_("the time"), "07:00"),
    "when": (N_("day and time"), N_("Tuesday, 24 November 2026, 07:00–08:30")),
    "where": (N_("the place and the call link, each on a line of its own"), N_("Harbour Hotel, first floor")),
    "office": (N_("the office"), N_("Visitor host")),
    "said": (N_("what a leader wrote to it, if anything"), N_("“We look forward to it.”")),
}
"""What a place of that name says in most mails, with a sample of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailKind:
    """One mail that a group may word its own way; `subject` and `body` are the usual words, marked with `N_`.

    `wording` is what its letters carry as `wording`, else their `kind`. Its places are the facts that the usual words
    name; `needs` are those that own words may not leave out, beside `link` and `url`. `places` says of a place what it
    is, with a sample, where `KNOWN` does not fit.
    """

    wording: str
    title: str
    subject: str
    body: str
    needs: tuple[str, ...] = ()
    places: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def facts(self) -> tuple[str, ...]:
        """The names of its own places, in the order in which the usual words have them."""
        return tuple(dict.fromkeys(_FACT.findall(f"{self.subject}\n{self.body}")))

    @property
    def needed(self) -> tuple[str, ...]:
        """The places without which the mail would be of no use."""
        return tuple(one for one in self.facts if one in {*self.needs, "link", "url"})

    @property
    def explained(self) -> dict[str, str]:
        """Each place with what it is, a sentence marked with `N_`; a place that nobody explained is a programmer's error."""
        own = {name: self._known(name)[0] for name in self.facts if name not in EVERYWHERE}
        return {**own, **EVERYWHERE}

    @property
    def samples(self) -> dict[str, str]:
        """Each of its own places with a sample of what will stand there; marked with `N_` where it is words."""
        return {name: self._known(name)[1] for name in self.facts if name not in EVERYWHERE}

    def _known(self, name: str) -> tuple[str, str]:
        return self.places[name] if name in self.places else KNOWN[name]


def with_places(usual: str) -> str:
    """Return a sentence with its facts written as a leader sees them: `{name}` for `%(name)s`."""
    return _FACT.sub(r"{\1}", usual).replace("%%", "%")


def filled(text: str, facts: Mapping[str, Any]) -> str:
    """Return own words with their places filled in; a place that has no fact becomes nothing, any other brace stays."""
    return _PLACE.sub(lambda found: str(facts.get(found.group(1), "")), text)


def refusals_for_words(kind: MailKind, subject: str, body: str) -> list[Refusal]:
    """Return every reason why a mail of this kind cannot have these words."""
    refusals = []
    for name, text, longest in (("subject", subject, LONGEST_SUBJECT), ("body", body, LONGEST_BODY)):
        if not text.strip():
            refusals.append(Refusal(code="notices.words_missing", field=name))
        if len(text) > longest:
            facts = {"longest": longest, "length": len(text)}
            refusals.append(Refusal(code="notices.words_too_long", facts=facts, field=name))
        unknown = sorted({place for place in _PLACE.findall(text) if place not in kind.explained})
        if unknown:
            told = {"unknown": _listed(unknown[:5]), "known": _listed(kind.explained)}
            refusals.append(Refusal(code="notices.unknown_place", facts=told, field=name))
    missing = [place for place in kind.needed if place not in _PLACE.findall(body)]
    if missing and body.strip():
        facts_missing = {"missing": _listed(missing)}
        refusals.append(Refusal(code="notices.place_missing", facts=facts_missing, field="body"))
    return refusals


def _listed(places: Mapping[str, str] | list[str]) -> str:
    return ", ".join(f"{{{place}}}" for place in places)
